'use client'
/** The certificates that the operator opened last, to be opened again without typing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, History } from 'lucide-react'
import { useBrought } from '@/components/brought'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { call } from '@/lib/api/call'
import type { RecentAnswer } from '@/lib/desk/answers'
import { words } from './words'

const KEY = ['recent']

/** Nothing while there is nothing: a list that cannot be read is missed by nobody who has the code in the hand. */
export function RecentItems() {
  const queries = useQueryClient()
  const brought = useBrought('GET /v3/recent')
  const recent = useQuery({ ...brought, queryKey: KEY, queryFn: () => call('GET /v3/recent') })
  const forget = useMutation({
    mutationFn: () => call('DELETE /v3/recent'),
    onSuccess: () => queries.setQueryData<RecentAnswer>(KEY, { items: [] }),
  })
  const items = recent.data?.items ?? []
  return (
    <>
      <p role="status" className="text-sm text-ink-2 empty:hidden">
        {forget.isSuccess && items.length === 0 ? words.forgotten : ''}
      </p>
      {items.length > 0 && (
        <section aria-labelledby="recent">
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <h2 id="recent" className="flex items-center gap-2 text-base">
              <History aria-hidden className="size-4 text-ink-3" />
              {words.title}
            </h2>
            <Button kind="quiet" busy={forget.isPending} onClick={() => forget.mutate()}>
              {words.forget}
            </Button>
          </div>
          <p className="text-sm text-ink-3">{words.hint}</p>
          {forget.isError && (
            <p role="alert" className="mt-1 text-sm font-semibold text-stop">
              {words.failed}
            </p>
          )}
          <ul className="sheet mt-3 divide-y divide-line">
            {items.map((item) => (
              <li key={item.certificateId}>
                <RecentItem item={item} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function RecentItem({ item }: { item: RecentAnswer['items'][number] }) {
  const { timeZone } = usePlace()
  const which = useWhich()
  return (
    <Link
      href={`/certificates/${item.certificateId}`}
      className="flex min-h-12 items-center gap-3 px-5 py-2.5 hover:bg-act-soft"
    >
      <span className="min-w-0 flex-1">
        <span className="numbers font-semibold text-act">
          <Value ltr>{item.preEnrollmentCode}</Value>
        </span>
        <Facts className="text-sm text-ink-2">
          <span>{which.title(item)}</span>
          <span>
            <Value>{item.initials}</Value>
          </span>
        </Facts>
      </span>
      <span className="numbers shrink-0 text-xs text-ink-3 max-sm:hidden">{momentOf(item.at, timeZone)}</span>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3 rtl:-scale-x-100" />
    </Link>
  )
}
