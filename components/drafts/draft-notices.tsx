'use client'
/** What a person has to know about the draft in the form: where it comes from, and whether another window changed it. */
import { useState } from 'react'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useDraftKeeper, useDraftState } from './drafts-provider'
import { whenOf } from './when'
import { draftWords } from './words'

/** Where the question stands which of two drafts to keep. */
export const ELSEWHERE = 'draft-elsewhere'

interface DraftNoticesProps {
  /** When the draft in the form was saved; undefined when the form began with the certificate. */
  restoredAt: string | undefined
  onStartOver: () => void
  onBringBack: () => void
  /** Puts the draft of the other window into the form. */
  onTakeOther: () => void
}

export function DraftNotices({ restoredAt, onStartOver, onBringBack, onTakeOther }: DraftNoticesProps) {
  const { timeZone } = usePlace()
  const keeper = useDraftKeeper()
  const state = useDraftState()
  const [aside, setAside] = useState(false)
  return (
    <>
      {state.kind === 'elsewhere' && (
        <div id={ELSEWHERE} className="scroll-mt-24">
          <Notice kind="warn" live="alert" title={draftWords.elsewhere}>
            <p>{draftWords.elsewhereNext}</p>
            <div className="mt-2 flex flex-wrap gap-3">
              <Button onClick={onTakeOther}>{draftWords.takeOther}</Button>
              <Button onClick={() => void keeper.overwrite()}>{draftWords.keepThis}</Button>
            </div>
          </Notice>
        </div>
      )}
      {restoredAt !== undefined && (
        <Notice
          kind="info"
          live="status"
          title={aside ? draftWords.startedOver : draftWords.restored(whenOf(restoredAt, timeZone))}
        >
          <button
            type="button"
            className="link -my-1 inline-flex min-h-11 items-center font-semibold"
            onClick={() => {
              if (aside) onBringBack()
              else onStartOver()
              setAside(!aside)
            }}
          >
            {aside ? draftWords.bringBack : draftWords.startOver}
          </button>
        </Notice>
      )}
    </>
  )
}
