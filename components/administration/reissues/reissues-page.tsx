'use client'
/** All re-issues, the newest first. */
import { RefreshCw } from 'lucide-react'
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import type { ReissueView } from '@/lib/reissues/answers'
import { ReissueTag } from './reissue-tag'
import { useReissueList } from './use-reissues'
import { words } from './words'

export const REISSUES = '/administration/reissues'

export function ReissuesPage() {
  const asked = useReissueList()
  const reissues = asked.data?.pages.flatMap((page) => page.reissues) ?? []
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        aside={
          <Link href={`${REISSUES}/new`} className={`${buttonClass('main')} max-sm:w-full`}>
            <RefreshCw aria-hidden className="size-4" />
            {words.add}
          </Link>
        }
      />
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-6">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div aria-busy className="mt-6">
          <span className="sr-only">{shared.loading}</span>
          <Skeleton className="h-40 w-full rounded-sheet" />
        </div>
      )}
      {asked.data && reissues.length === 0 && (
        <div className="sheet mt-6 px-6 py-10 text-center">
          <p className="font-semibold">{words.empty}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext}</p>
        </div>
      )}
      {reissues.length > 0 && (
        <ul className="sheet mt-6 divide-y divide-line">
          {reissues.map((reissue) => (
            <Entry key={reissue.reissueId} reissue={reissue} />
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

function Entry({ reissue }: { reissue: ReissueView }) {
  const { timeZone } = usePlace()
  const { reissueId, title, version, state, progress, reason, requestedBy, requestedAt } = reissue
  const { total, done, skipped, failed } = progress
  return (
    <ListRow
      href={`${REISSUES}/${reissueId}`}
      name={<Value>{words.name(title, version)}</Value>}
      flags={<ReissueTag state={state} />}
    >
      <Facts className="text-sm text-ink-2">
        <span className="numbers">
          {state === 'running' || state === 'paused'
            ? words.progress.of(done + skipped + failed, total)
            : words.certificates(state === 'done' || state === 'stopped' ? done : total)}
        </span>
        <span>
          <Value>{reason}</Value>
        </span>
        <span>{words.chosenBy(words.by(requestedBy.name, requestedBy.you), momentOf(requestedAt, timeZone))}</span>
      </Facts>
    </ListRow>
  )
}
