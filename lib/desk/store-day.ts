/** The SQL of the list of a day: which items there are, and what each is about. Reach and sandbox are asked here, in every branch. */
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { TransactionKind } from '@/lib/certificates/rules'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { DayKind } from './answers'

/** Which items are asked for. */
export interface DayQuery {
  /** The instant at which it is asked. */
  now: Date
  /** Whose reach decides. */
  reader: Caller
  from: Date
  until: Date
  /** Only what this operator did; null = everybody's. */
  operatorId: string | null
  /** Only these lineages, of any day; null = all, of the day. */
  lineageIds: string[] | null
  /** Name of a type -> its limit. */
  updateLimits: Record<string, number>
}

/** The place of an item in the list. */
export interface Place {
  /** 0 = an open report, 1 = everything else. */
  rank: number
  at: Date
  id: string
}

export interface DayRow extends Place {
  kind: DayKind
  type: string
  preEnrollmentCode: string
  programId: string
  dose: number
  facilityCode: string
  facilityName: string
  /** The newest. */
  record: CertificateRecord
  current: string | null
  /** Of the general limit: without those that were granted beyond it. */
  updatesUsed: number
  updatesPending: number
  transactionId: string | null
  transactionKind: TransactionKind | null
  state: 'pending' | 'issued' | 'failed' | null
  certificateId: string | null
  labels: string[] | null
  correctedDose: number | null
  failureCode: string | null
  failureMessage: string | null
  /** No later request of the lineage was accepted. */
  isNewest: boolean
  actorKind: string | null
  actorId: string | null
  actorName: string | null
  channel: 'api' | 'screen' | null
  reportId: string | null
  reference: string | null
  about: 'wrong' | 'not_requested' | null
  fields: unknown
  note: string | null
  reportCertificateId: string | null
  headIssuedAt: Date | null
  closedAt: Date | null
  closedByName: string | null
  answer: string | null
  outcome: string | null
  statusState: 'revoked' | 'suspended' | 'current' | null
  statusCertificateId: string | null
  statusCause: 'error' | 'fraud' | 'recall' | 'other' | null
  statusUntil: Date | null
}

/** One page of a list after a place (null = from its start), open reports first, then the newest first. */
export function dayPage(
  db: Statements,
  query: DayQuery,
  kinds: readonly DayKind[],
  after: Place | null,
  size: number,
): Promise<DayRow[]> {
  const beyond = after
    ? Prisma.sql`(b.rank > ${after.rank}::int or (b.rank = ${after.rank}::int and (b.at, b.id) < (${after.at}::timestamptz, ${after.id})))`
    : Prisma.sql`true`
  const order = Prisma.sql`order by b.rank, b.at desc, b.id desc limit ${size}`
  const parts = kinds.map((kind) => Prisma.sql`(select * from (${branchOf(kind, query)}) b where ${beyond} ${order})`)
  return db.$queryRaw<DayRow[]>`
    with page as (select * from (${Prisma.join(parts, ' union all ')}) b ${order})
    select b.kind, b.rank, b.at, b.id, l.type, l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose,
           l.facility_code as "facilityCode", f.name as "facilityName",
           newest.request as record,
           case when ${stateAt('head', query.now)} = 'current' then head.certificate_id end as current,
           updates.used as "updatesUsed", updates.pending as "updatesPending",
           t.id::text as "transactionId", t.kind::text as "transactionKind", t.state::text as state,
           t.certificate_id as "certificateId",
           array(select c ->> 'label' from jsonb_array_elements(issued.changes) c) as labels,
           t.corrected_dose as "correctedDose", t.failure_code as "failureCode", t.failure_message as "failureMessage",
           not exists (select 1 from transaction later where later.lineage_id = l.id and later.state <> 'failed'
                       and later.sequence > t.sequence) as "isNewest",
           coalesce(t.caller_kind, a.actor_kind, s.actor_kind) as "actorKind",
           coalesce(t.caller_id, a.actor_id, s.actor_id) as "actorId",
           coalesce(t.caller_name, a.actor_name, s.actor_name) as "actorName", t.channel::text as channel,
           s.state::text as "statusState", s.certificate_id as "statusCertificateId", s.reason ->> 'cause' as "statusCause",
           s.until as "statusUntil",
           r.id::text as "reportId", r.reference, r.kind as about, r.fields, r.note,
           r.certificate_id as "reportCertificateId", head.issued_at as "headIssuedAt",
           r.closed_at as "closedAt", r.closed_by_name as "closedByName", r.answer, closing.outcome
    from page b
    join lineage l on l.id = b.lineage_id
    join facility f on f.code = l.facility_code
    left join certificate head on head.certificate_id = l.head_certificate_id
    left join transaction t on t.id = b.transaction_id
    left join certificate issued on issued.transaction_id = t.id
    left join audit_event a on a.id = b.audit_id
    left join holder_report r on r.id = b.report_id
    left join status_entry s on s.id = b.status_id
    cross join lateral (
      select n.request from transaction n where n.lineage_id = l.id order by (n.state = 'failed'), n.sequence desc limit 1) newest
    cross join lateral (
      select count(*)::int - l.extra_updates as used, (count(*) filter (where u.state = 'pending'))::int as pending
      from transaction u where u.lineage_id = l.id and u.kind = 'update' and u.state <> 'failed') updates
    left join lateral (
      select e.detail ->> 'outcome' as outcome from audit_event e
      where e.lineage_id = l.id and e.action = 'report.closed' and e.detail ->> 'reportId' = r.id::text
      order by e.id desc limit 1) closing on true
    ${order}`
}

/** How many items of each kind there are. */
export async function dayCounts(db: Statements, query: DayQuery): Promise<Record<DayKind, number>> {
  const count = (kind: DayKind) => Prisma.sql`(select count(*)::int from (${branchOf(kind, query)}) b)`
  const [row] = await db.$queryRaw<Record<DayKind, number>[]>`
    select ${count('report')} as report, ${count('failure')} as failure, ${count('status')} as status,
           ${count('correction')} as correction,
           ${count('limit')} as "limit"`
  return row!
}

/** What waits for somebody: open reports, and failures since `from` after which nothing was accepted for the same dose. */
export async function attention(
  db: Statements,
  reader: Caller,
  from: Date,
): Promise<{ reports: number; failures: number }> {
  const [row] = await db.$queryRaw<{ reports: number; failures: number }[]>`
    select
      (select count(*)::int from holder_report r join lineage l on l.id = r.lineage_id
       where r.state = 'open' and ${ownedBy(reader)}) as reports,
      (select count(*)::int from transaction t join lineage l on l.id = t.lineage_id
       where t.state = 'failed' and t.kind <> 'reissue' and t.finished_at >= ${from} and ${ownedBy(reader)}
         and ${stillFailed}) as failures`
  return row!
}

/**
 * A failed transaction `t` of lineage `l` that waits for somebody: nothing was accepted for the same dose since. Of a
 * certificate that was cancelled since there is nothing left to try again.
 */
export const stillFailed = Prisma.sql`(l.open or l.head_certificate_id is null)
  and not exists (
    select 1 from lineage same join transaction later on later.lineage_id = same.id
    where same.type = l.type and same.pre_enrollment_code = l.pre_enrollment_code
      and same.program_id = l.program_id and same.dose = l.dose and not same.sandbox
      and later.state <> 'failed' and later.accepted_at > t.accepted_at)`

/** The lineages that a code, certificate number, report reference or transaction id names. Exactly: no part of one is enough. */
export async function lineagesNamed(
  db: Statements,
  named: { code: string; certificateId: string; reference: string; transactionId: string | null },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id::text from lineage where pre_enrollment_code = ${named.code}
    union select lineage_id::text from certificate where certificate_id = ${named.certificateId}
    union select lineage_id::text from holder_report where reference = ${named.reference}
    union select lineage_id::text from transaction where id = ${named.transactionId}::uuid`
  return rows.map((row) => row.id)
}

function branchOf(kind: DayKind, query: DayQuery): Prisma.Sql {
  switch (kind) {
    case 'correction':
      return transactions(
        query,
        'correction',
        Prisma.sql`t.kind = 'update' and t.state in ('issued', 'pending')`,
        ACCEPTED,
      )
    case 'failure':
      // What fails of many that are issued anew is in the list of those, for whoever began that.
      return transactions(query, 'failure', Prisma.sql`t.state = 'failed' and t.kind <> 'reissue'`, FINISHED)
    case 'limit':
      return Prisma.sql`${limitUsed(query)} union all ${limitRefused(query)}`
    case 'report':
      return reports(query)
    case 'status':
      return statuses(query)
  }
}

const ACCEPTED = Prisma.sql`t.accepted_at`
const FINISHED = Prisma.sql`t.finished_at`

function transactions(query: DayQuery, kind: DayKind, which: Prisma.Sql, at: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select ${kind}::text as kind, 1 as rank, ${at} as at, t.id::text as id, t.lineage_id, t.id as transaction_id,
           null::bigint as audit_id, null::uuid as report_id, null::bigint as status_id
    from transaction t join lineage l on l.id = t.lineage_id
    where ${which} and ${inScope(query, at)} and ${doneBy(query, Prisma.sql`t.caller_kind`, Prisma.sql`t.caller_id`)}`
}

/** Updates that took the last place of their lineage. */
function limitUsed(query: DayQuery): Prisma.Sql {
  const last = Prisma.sql`t.kind = 'update' and t.state <> 'failed'
    and not exists (select 1 from transaction later where later.lineage_id = t.lineage_id and later.kind = 'update'
                    and later.state <> 'failed' and later.sequence > t.sequence)
    and (select count(*) from transaction u where u.lineage_id = t.lineage_id and u.kind = 'update'
         and u.state <> 'failed') >= (${JSON.stringify(query.updateLimits)}::jsonb ->> l.type)::int + l.extra_updates`
  return transactions(query, 'limit', last, ACCEPTED)
}

function limitRefused(query: DayQuery): Prisma.Sql {
  return Prisma.sql`
    select 'limit'::text, 1, a.at, a.id::text, a.lineage_id, null::uuid, a.id, null::uuid, null::bigint
    from audit_event a join lineage l on l.id = a.lineage_id
    where a.action = 'update.refused' and ${inScope(query, Prisma.sql`a.at`)}
      and ${doneBy(query, Prisma.sql`a.actor_kind`, Prisma.sql`a.actor_id`)}`
}

/** Reports made or closed on the day, and those that were open then and still are. "Mine": of links and corrections of mine. */
function reports(query: DayQuery): Prisma.Sql {
  const { from, until, operatorId, lineageIds } = query
  const when =
    lineageIds === null
      ? Prisma.sql`((r.state = 'open' and r.created_at < ${until}) or (r.created_at >= ${from} and r.created_at < ${until})
          or (r.closed_at >= ${from} and r.closed_at < ${until})) and ${ownedBy(query.reader)}`
      : inScope(query, Prisma.sql`r.created_at`)
  const mine =
    operatorId === null
      ? Prisma.sql`true`
      : Prisma.sql`(exists (select 1 from holder_link h where h.id = r.link_id and h.actor_kind = 'operator'
                            and h.actor_id = ${operatorId})
                    or exists (select 1 from transaction t where t.lineage_id = l.id and t.caller_kind = 'operator'
                               and t.caller_id = ${operatorId}))`
  return Prisma.sql`
    select 'report'::text as kind, case when r.state = 'open' then 0 else 1 end as rank, r.created_at as at,
           r.id::text as id, r.lineage_id, null::uuid as transaction_id, null::bigint as audit_id, r.id as report_id,
           null::bigint as status_id
    from holder_report r join lineage l on l.id = r.lineage_id
    where ${when} and ${mine}`
}

/** What was revoked, suspended, or made valid again, one by one: a recall of thousands has a page of its own. */
function statuses(query: DayQuery): Prisma.Sql {
  return Prisma.sql`
    select 'status'::text as kind, 1 as rank, s.at, s.id::text as id, l.id as lineage_id, null::uuid as transaction_id,
           null::bigint as audit_id, null::uuid as report_id, s.id as status_id
    from status_entry s join certificate c on c.certificate_id = s.certificate_id join lineage l on l.id = c.lineage_id
    where s.state <> 'superseded' and not coalesce(s.reason ? 'recallId', false)
      and ${inScope(query, Prisma.sql`s.at`)}
      and ${doneBy(query, Prisma.sql`s.actor_kind`, Prisma.sql`s.actor_id`)}`
}

function inScope({ reader, from, until, lineageIds }: DayQuery, at: Prisma.Sql): Prisma.Sql {
  const when =
    lineageIds === null
      ? Prisma.sql`${at} >= ${from} and ${at} < ${until}`
      : Prisma.sql`l.id = any(${lineageIds}::uuid[])`
  return Prisma.sql`${when} and ${ownedBy(reader)}`
}

function ownedBy(reader: Caller): Prisma.Sql {
  return Prisma.sql`not l.sandbox and ${withinReach(reader, 'l')}`
}

function doneBy({ operatorId }: DayQuery, kind: Prisma.Sql, id: Prisma.Sql): Prisma.Sql {
  return operatorId === null ? Prisma.sql`true` : Prisma.sql`${kind} = 'operator' and ${id} = ${operatorId}`
}
