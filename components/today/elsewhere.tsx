'use client'
/** What belongs to a day and has a page of its own: many at once, and what is not issued yet. */
import { Facts } from '@/components/ui/facts'
import { useBulkWaiting } from '@/components/bulk/use-bulk'
import { Link } from '@/components/ui/link'
import { words } from './words'

export function Elsewhere() {
  const toApprove = useBulkWaiting()
  return (
    <nav aria-label={words.elsewhere.label} className="mt-2" data-screen-only>
      <Facts>
        <Link href="/bulk" className="link inline-flex min-h-11 items-center">
          {toApprove > 0 ? words.elsewhere.bulkWaiting(toApprove) : words.elsewhere.bulk}
        </Link>
        <Link href="/queue" className="link inline-flex min-h-11 items-center">
          {words.elsewhere.queue}
        </Link>
      </Facts>
    </nav>
  )
}
