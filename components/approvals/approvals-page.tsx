'use client'
/** Lists of requests: the own ones, and for supervisors those to decide and those decided. */
import { useRouter, useSearchParams } from 'next/navigation'
import { useHas } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Said } from '@/components/validity/said'
import { words as shared } from '@/components/words'
import { REQUEST_LISTS, type RequestList } from '@/lib/approvals/answers'
import { RequestEntry } from './request-entry'
import { useApprovalList } from './use-approvals'
import { words } from './words'

export function ApprovalsPage() {
  const decides = useHas('supervisor')
  const params = useSearchParams()
  const router = useRouter()
  const named = REQUEST_LISTS.find((list) => list === params.get('list'))
  const list = decides ? (named ?? 'to_decide') : 'mine'
  return (
    <div className="mx-auto max-w-4xl">
      <h1>{words.title}</h1>
      <p className="mt-1 text-ink-2">{words.lead}</p>
      <Said />
      {decides && (
        <div role="group" aria-label={words.whichList} className="mt-5 flex flex-wrap gap-2">
          {(['to_decide', 'mine', 'decided'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === list}
              onClick={() => router.push(`/approvals?list=${one}`, { scroll: false })}
              className={`min-h-11 rounded-full border px-4 text-sm font-semibold ${
                one === list ? 'border-act bg-act text-on-act' : 'border-edge bg-sheet text-ink-2 hover:text-act'
              }`}
            >
              {words.lists[one]}
            </button>
          ))}
        </div>
      )}
      <List key={list} list={list} />
    </div>
  )
}

function List({ list }: { list: RequestList }) {
  const asked = useApprovalList(list)
  const requests = asked.data?.pages.flatMap((page) => page.requests) ?? []
  return (
    <>
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-5">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div className="sheet mt-5 divide-y divide-line">
          <span className="sr-only">{shared.loading}</span>
          {[0, 1, 2].map((row) => (
            <div key={row} className="space-y-2 px-5 py-4" aria-hidden>
              <Skeleton className="h-5 w-48" />
              <Skeleton className="h-4 w-72 max-w-full" />
            </div>
          ))}
        </div>
      )}
      {asked.data && requests.length === 0 && (
        <div className="sheet mt-5 px-6 py-10 text-center">
          <p className="font-semibold">{words.empty[list]}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext[list]}</p>
        </div>
      )}
      {requests.length > 0 && (
        <ul className="sheet mt-5 divide-y divide-line">
          {requests.map((request) => (
            <RequestEntry key={request.requestId} request={request} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </>
  )
}
