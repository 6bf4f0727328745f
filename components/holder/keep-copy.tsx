'use client'
/** A copy on this phone, for places without a connection. Only for those who choose it, and gone when they say so. */
import { useState, useSyncExternalStore } from 'react'
import { momentOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { HolderView } from '@/lib/holders/answers'
import { canKeepCopies, keepCopy, removeCopy, type KeptCopy } from './copy-store'
import { holderWords } from './words'

interface KeepCopyProps {
  token: string
  view: HolderView
  copy: KeptCopy | null
  onCopy: (copy: KeptCopy | null) => void
}

export function KeepCopy({ token, view, copy, onCopy }: KeepCopyProps) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const able = useSyncExternalStore(
    () => () => {},
    canKeepCopies,
    () => false,
  )
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<'failed' | 'removed' | null>(null)
  if (!able) return null
  const keep = async () => {
    setBusy(true)
    const kept = await keepCopy(token, view, language)
    setBusy(false)
    setSaid(kept ? null : 'failed')
    onCopy(kept)
  }
  const remove = async () => {
    await removeCopy(token)
    setSaid('removed')
    onCopy(null)
  }
  return (
    <section aria-labelledby="holder-copy" className="sheet px-5 py-4">
      <h2 id="holder-copy" className="text-xl">
        {words.copy.title}
      </h2>
      <div role="status" className="mt-2 empty:hidden">
        {copy ? (
          <Notice kind="ok" title={words.copy.kept(momentOf(copy.savedAt, language, copy.timeZone))}>
            <p>{words.copy.keptNext}</p>
          </Notice>
        ) : (
          said && <Notice kind={said === 'failed' ? 'warn' : 'ok'} title={words.copy[said]} />
        )}
      </div>
      {copy ? (
        <Button kind="stop" onClick={() => void remove()} className="mt-3">
          {words.copy.remove}
        </Button>
      ) : (
        <>
          <p className="mt-2">{words.copy.lead}</p>
          <p className="mt-1 text-sm text-ink-2">{words.copy.warning}</p>
          <Button busy={busy} onClick={() => void keep()} className="mt-3">
            {busy ? words.copy.keeping : words.copy.keep}
          </Button>
        </>
      )}
    </section>
  )
}
