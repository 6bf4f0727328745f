'use client'
/** One bulk run: what it is about, how far it is, and its rows. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '@/components/administration/card'
import { dayInWords, momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { GivenType, useType } from '@/components/type-in-force'
import { Asked } from '@/components/ui/asked'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateNumber, Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { BulkRun } from '@/lib/bulk/answers'
import { nameOf } from './bulk-page'
import { BulkTag } from './bulk-tag'
import { ProgressPart } from './progress-part'
import { ProposedPart } from './proposed-part'
import { RowsPart } from './rows-part'
import { useBulkRun } from './use-bulk'
import { words } from './words'

export function RunPage({ runId }: { runId: string }) {
  const asked = useBulkRun(runId)
  return (
    <Asked asked={asked} listHref="/bulk" words={words} className="mx-auto max-w-3xl">
      {(run) => (
        <OwnType name={run.type.name}>
          <Run run={run} />
        </OwnType>
      )}
    </Asked>
  )
}

/** Labels and formats are those of the run's type. */
function OwnType({ name, children }: { name: string; children: ReactNode }) {
  const usual = useType()
  const { data } = useQuery({
    queryKey: ['type', name],
    queryFn: () => call('GET /v3/types/{name}', { params: { name } }),
    enabled: name !== usual.name,
  })
  return <GivenType type={data ?? usual}>{children}</GivenType>
}

function Run({ run }: { run: BulkRun }) {
  const { state, outcome, proposal, counts } = run
  const waits = state === 'proposed' || (state === 'checking' && proposal !== null && run.startedAt === null)
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading
        crumbs={[{ key: 'bulk', label: words.title, href: '/bulk' }]}
        title={<Value>{nameOf(run)}</Value>}
        tag={<BulkTag state={state} label={outcome ? words.outcomes[outcome] : undefined} />}
        lead={<People run={run} />}
      />
      <div className="mt-6 space-y-6">
        {state !== 'cancelled' && <ProgressPart run={run} />}
        <About run={run} />
        {waits && <ProposedPart run={run} />}
        {counts.total > 0 && <RowsPart run={run} />}
      </div>
    </div>
  )
}

function People({ run }: { run: BulkRun }) {
  const { timeZone } = usePlace()
  const { kind, type, by, createdAt, decidedBy, decidedAt, outcome, counts } = run
  return (
    <Facts>
      <span>{words.kinds[kind]}</span>
      <span>
        <Value>{type.title}</Value>
      </span>
      <span className="numbers">{words.rows(counts.total)}</span>
      <span>{words.by(by.name, by.you, momentOf(createdAt, timeZone))}</span>
      {decidedBy && decidedAt && (
        <span>
          {words.decidedBy(
            outcome ? words.outcomes[outcome] : words.approved,
            decidedBy.name,
            decidedBy.you,
            momentOf(decidedAt, timeZone),
          )}
        </span>
      )}
    </Facts>
  )
}

function About({ run }: { run: BulkRun }) {
  const { proposal, reason, counts, state, note } = run
  const text = words.about
  if (proposal === null && reason === '' && counts.blank === 0) return null
  return (
    <Card id="about" title={text.title}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-[0.9375rem] max-sm:grid-cols-1">
        {proposal && (
          <>
            <Fact name={text.field}>{proposal.label}</Fact>
            <Fact name={text.now}>
              <Value>{dayInWords(proposal.from)}</Value>
            </Fact>
            <Fact name={text.to}>
              <strong>
                <Value>{dayInWords(proposal.to)}</Value>
              </strong>
            </Fact>
            <Fact name={text.where}>
              <Value>{text.session(proposal.facility.name, dayInWords(proposal.day))}</Value>
            </Fact>
            <Fact name={text.seen}>
              <Link href={`/certificates/${proposal.certificateId}`} className="link inline-flex min-h-6 items-center">
                <CertificateNumber id={proposal.certificateId} />
              </Link>
            </Fact>
          </>
        )}
        {reason !== '' && (
          <Fact name={text.cause}>
            <span className="whitespace-pre-line">
              <Value>{reason}</Value>
            </span>
          </Fact>
        )}
        {counts.blank > 0 && <Fact name={text.file}>{words.blank(counts.blank)}</Fact>}
        {note !== '' && state === 'cancelled' && (
          <Fact name={text.note}>
            <Value>{note}</Value>
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
