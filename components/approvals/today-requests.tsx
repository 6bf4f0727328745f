'use client'
/** On the list of a day: the requests that wait for whoever looks, and what became of the own ones. */
import { useState } from 'react'
import { useHas } from '@/components/place'
import { Link } from '@/components/ui/link'
import { RequestEntry } from './request-entry'
import { useApprovalList } from './use-approvals'
import { words } from './words'

/** More than these are found on their own page. */
const SHOWN = 5
const A_DAY = 24 * 60 * 60_000

export function TodayRequests() {
  const [opened] = useState(() => Date.now())
  const decides = useHas('supervisor')
  const toDecide = useApprovalList('to_decide', decides).data?.pages[0]?.requests ?? []
  const mine = useApprovalList('mine').data?.pages[0]?.requests ?? []
  const waiting = [
    ...toDecide.filter(({ state }) => state !== 'waiting-for-information'),
    ...mine.filter(({ decidedAt, changedAt }) => decidedAt === null || Date.parse(changedAt) > opened - A_DAY),
  ]
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="requests" className="mt-6 mb-8">
      <h2 id="requests" className="text-lg">
        {words.title}
      </h2>
      <ul className="sheet mt-3 divide-y divide-line">
        {waiting.slice(0, SHOWN).map((request) => (
          <RequestEntry key={request.requestId} request={request} />
        ))}
      </ul>
      {waiting.length > SHOWN && (
        <Link href="/approvals" className="link mt-2 inline-flex min-h-11 items-center">
          {words.all}
        </Link>
      )}
    </section>
  )
}
