'use client'
/** On a record: that a correction of it waits for a supervisor. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { LineageView } from '@/lib/api/contract'
import { words } from './words'

export function PendingNotice({ approval }: { approval: LineageView['approval'] }) {
  const { timeZone } = usePlace()
  if (!approval) return null
  return (
    <Notice kind="info" title={words.pending.title}>
      <p>
        {words.pending.by(approval.by.name, momentOf(approval.requestedAt, timeZone))}{' '}
        <Link href={`/approvals/${approval.requestId}`} className="link font-semibold">
          {words.pending.open}
        </Link>
      </p>
    </Notice>
  )
}
