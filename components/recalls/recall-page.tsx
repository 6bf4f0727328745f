'use client'
/** One recall: what it is about, who proposed and confirmed it, how far it is, and what became of each certificate. */
import { Card } from '@/components/administration/card'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import type { RecallAnswer } from '@/lib/recalls/answers'
import { CriteriaList } from './criteria-list'
import { ProgressPart } from './progress-part'
import { ProposedPart } from './proposed-part'
import { RecallLoaded } from './recall-loaded'
import { RecallTag } from './recall-tag'
import { RowsTable } from './rows-table'
import { useRecall } from './use-recalls'
import { words } from './words'

export function RecallPage({ recallId }: { recallId: string }) {
  const asked = useRecall(recallId)
  return <RecallLoaded asked={asked}>{(recall) => <Recall recall={recall} />}</RecallLoaded>
}

function Recall({ recall }: { recall: RecallAnswer }) {
  const { recallId, action, criteria, state, outcome, progress } = recall
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading
        crumbs={[{ key: 'recalls', label: words.title, href: '/recalls' }]}
        title={<Value>{words.name(action, criteria.batch)}</Value>}
        tag={<RecallTag state={state} label={outcome ? words.outcomes[outcome] : undefined} />}
        lead={<People recall={recall} />}
      />
      <div className="mt-6 space-y-6">
        {(state === 'running' || state === 'stopped' || state === 'done') && <ProgressPart recall={recall} />}
        <Card id="about" title={words.criteria.title}>
          <CriteriaList recall={recall} />
          <Related recall={recall} />
        </Card>
        {state === 'proposed' && <ProposedPart recall={recall} />}
        {progress.total > 0 && <RowsTable recallId={recallId} progress={progress} state={state} />}
      </div>
    </div>
  )
}

function People({ recall }: { recall: RecallAnswer }) {
  const { timeZone } = usePlace()
  const { state, outcome, requestedBy, requestedAt, decidedBy, decidedAt, finishedAt, expiresAt } = recall
  const name = (person: { name: string; you: boolean }) => words.by(person.name, person.you)
  return (
    <Facts>
      <span>{words.proposedBy(name(requestedBy), momentOf(requestedAt, timeZone))}</span>
      {state === 'proposed' && <span>{words.expires(momentOf(expiresAt, timeZone))}</span>}
      {decidedBy && decidedAt && (
        <span>
          {outcome
            ? words.endedBy(words.outcomes[outcome], name(decidedBy), momentOf(decidedAt, timeZone))
            : words.confirmedBy(name(decidedBy), momentOf(decidedAt, timeZone))}
        </span>
      )}
      {state === 'done' && finishedAt && <span>{words.finished(momentOf(finishedAt, timeZone))}</span>}
    </Facts>
  )
}

/** The recall that this one lifts, or the one that lifts it. */
function Related({ recall: { ofRecallId, liftedBy } }: { recall: RecallAnswer }) {
  if (ofRecallId === null && liftedBy === null) return null
  return (
    <p className="mt-4 flex flex-wrap gap-x-5">
      {ofRecallId && (
        <Link href={`/recalls/${ofRecallId}`} className="link inline-flex min-h-11 items-center">
          {words.progress.of_}
        </Link>
      )}
      {liftedBy && (
        <Link href={`/recalls/${liftedBy}`} className="link inline-flex min-h-11 items-center">
          {words.progress.lifted}
        </Link>
      )}
    </p>
  )
}
