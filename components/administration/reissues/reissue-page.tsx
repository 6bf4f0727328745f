'use client'
/** One re-issue: what was chosen, how far it is, and what became of each certificate. */
import { Card } from '@/components/administration/card'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Asked } from '@/components/ui/asked'
import { Facts } from '@/components/ui/facts'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import type { ReissueView } from '@/lib/reissues/answers'
import { ChoiceList } from './choice-list'
import { ProgressPart } from './progress-part'
import { ReissueTag } from './reissue-tag'
import { REISSUES } from './reissues-page'
import { RowsPart } from './rows-part'
import { useReissue } from './use-reissues'
import { words } from './words'

export function ReissuePage({ reissueId }: { reissueId: string }) {
  const asked = useReissue(reissueId)
  return (
    <Asked asked={asked} listHref={REISSUES} words={words}>
      {(reissue) => <Reissue reissue={reissue} />}
    </Asked>
  )
}

function Reissue({ reissue }: { reissue: ReissueView }) {
  const { title, version, state, choice, reason, perMinute } = reissue
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.title, href: REISSUES }]}
        title={<Value>{words.name(title, version)}</Value>}
        tag={<ReissueTag state={state} />}
        lead={<People reissue={reissue} />}
      />
      <div className="mt-6 space-y-6">
        <ProgressPart reissue={reissue} />
        <Card id="choice" title={words.choice.title}>
          <ChoiceList {...{ title, version, choice, reason, perMinute }} given={choice.given} />
        </Card>
        <RowsPart reissue={reissue} />
      </div>
    </>
  )
}

function People({ reissue }: { reissue: ReissueView }) {
  const { timeZone } = usePlace()
  const { requestedBy, requestedAt, startedBy, startedAt, finishedAt } = reissue
  const name = (person: { name: string; you: boolean }) => words.by(person.name, person.you)
  return (
    <Facts>
      <span>{words.chosenBy(name(requestedBy), momentOf(requestedAt, timeZone))}</span>
      {startedBy && startedAt && <span>{words.startedBy(name(startedBy), momentOf(startedAt, timeZone))}</span>}
      {finishedAt && <span>{words.finished(momentOf(finishedAt, timeZone))}</span>}
    </Facts>
  )
}
