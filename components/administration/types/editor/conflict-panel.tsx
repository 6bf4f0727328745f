'use client'
/** Somebody else wrote the same draft, or took it away: what to do with what is on this screen. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { differences } from '@/lib/certificate-types/compare'
import { DifferencesList } from '../differences-list'
import { words } from '../words'
import type { Editing } from './use-editing'

interface ConflictPanelProps {
  editing: Editing
  /** Keeps what is on the screen as a draft of its own. */
  onKeepAsNew: () => void
  busy: boolean
}

export function ConflictPanel({ editing, onKeepAsNew, busy }: ConflictPanelProps) {
  const { timeZone } = usePlace()
  const { keeping, theirs, draft } = editing
  if (keeping === 'gone') {
    return (
      <Notice kind="stop" live="alert" title={words.conflict.goneTitle} className="mt-4">
        <p>{words.conflict.goneBody}</p>
        <Button className="mt-3" busy={busy} onClick={onKeepAsNew}>
          {words.conflict.asNew}
        </Button>
      </Notice>
    )
  }
  if (keeping !== 'conflict' || !theirs) return null
  const found = differences(draft, theirs)
  return (
    <Notice kind="warn" live="alert" className="mt-4">
      <h2 className="font-semibold">{words.conflict.title}</h2>
      <p>
        {words.conflict.by(
          theirs.changedByName ?? theirs.createdByName,
          momentOf(theirs.changedAt ?? theirs.createdAt, timeZone),
        )}
      </p>
      <div tabIndex={0} className="my-3 max-h-72 overflow-y-auto rounded-control bg-sheet px-4 py-3 text-ink">
        {found.length === 0 ? words.conflict.same : <DifferencesList found={found} />}
      </div>
      <div className="flex flex-wrap gap-3">
        <Button onClick={editing.takeTheirs}>{words.conflict.theirs}</Button>
        <Button onClick={editing.keepMine}>{words.conflict.mine}</Button>
        <Button busy={busy} onClick={onKeepAsNew}>
          {words.conflict.asNew}
        </Button>
      </div>
    </Notice>
  )
}
