'use client'
/** All re-issues, the newest first. */
import { RefreshCw } from 'lucide-react'
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { AskedList } from '@/components/ui/asked-list'
import { buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import type { ReissueView } from '@/lib/reissues/answers'
import { ReissueTag } from './reissue-tag'
import { useReissueList } from './use-reissues'
import { words } from './words'

export const REISSUES = '/administration/reissues'

export function ReissuesPage() {
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
      <AskedList asked={useReissueList()} rowsOf={(page) => page.reissues} words={words}>
        {(reissue) => <Entry key={reissue.reissueId} reissue={reissue} />}
      </AskedList>
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
