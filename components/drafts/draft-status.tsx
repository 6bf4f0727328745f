'use client'
/** "Draft saved 10:42", or why not. Read out once, not at every key. */
import { CloudOff } from 'lucide-react'
import { useState } from 'react'
import { timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import type { DraftState } from './draft-keeper'
import { ELSEWHERE } from './draft-notices'
import { useDraftState } from './drafts-provider'
import { draftWords } from './words'

export function DraftStatus() {
  const state = useDraftState()
  const { timeZone } = usePlace()
  const text = sentenceOf(state, timeZone)
  const wrong = !['none', 'saving', 'saved'].includes(state.kind)
  const [said, setSaid] = useState('')
  // The same words again are not read out; "saving" between two saves would make them new.
  const saying = state.kind === 'saved' ? draftWords.savedOnce : text
  if (state.kind !== 'saving' && saying !== said) setSaid(saying)
  return (
    <>
      {text !== '' && (
        <span className={wrong ? 'font-semibold text-warn' : 'text-ink-2'}>
          {wrong && <CloudOff aria-hidden className="me-1.5 inline size-4 align-[-0.15em]" />}
          {state.kind === 'elsewhere' ? (
            <a href={`#${ELSEWHERE}`} className="underline underline-offset-3">
              {text}
            </a>
          ) : (
            text
          )}
        </span>
      )}
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}

function sentenceOf(state: DraftState, timeZone: string): string {
  switch (state.kind) {
    case 'none':
      return ''
    case 'saving':
      return draftWords.saving
    case 'saved':
      return draftWords.saved(timeOf(state.at, timeZone))
    case 'offline':
      return draftWords.offline
    case 'refused':
      return draftWords.refused
    case 'elsewhere':
      return draftWords.elsewhereShort
    case 'signedOut':
      return draftWords.signedOut
  }
}
