/** The SQL of the workers: rows taken under a lease, what became of each, the end of a run. */
import type { ApprovalReason, Change } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { BulkRowState, RowProblem } from './answers'
import type { Cells } from './rows'

export interface TakenRow {
  row: number
  cells: Cells
  certificateId: string | null
  attempts: number
}

/** Whether any run has work. Asked at every turn of a worker, so it costs next to nothing. */
export async function anyAtWork(db: Statements): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from bulk_run where state in ('checking', 'running') limit 1`
  return rows.length > 0
}

const isFree = (at: Date) =>
  Prisma.sql`w.next_attempt_at <= ${at} and (w.lease_until is null or w.lease_until <= ${at})
    and w.state = case r.state when 'checking' then 'unchecked' else 'waiting' end`

/**
 * The run whose turn it is: of those with something to do the one that nobody worked at for longest. One waits while
 * `mostAtOnce` of its certificates are being issued.
 */
export async function nextRun(db: Statements, at: Date, mostAtOnce: number): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    update bulk_run set turn_at = ${at} where id = (
      select r.id from bulk_run r
      where r.state in ('checking', 'running') and exists (
        select 1 from bulk_row w where w.run_id = r.id and ${isFree(at)})
        and (r.state = 'checking' or (
          select count(*) from transaction t join bulk_row w on w.transaction_id = t.id
          where t.state = 'pending' and w.run_id = r.id) < ${mostAtOnce})
      order by r.turn_at, r.id limit 1
      for no key update skip locked)
    returning id::text as id`
  return rows[0]?.id ?? null
}

/** Takes rows until `until`; a worker that dies gives them up by that. */
export function leaseRows(
  db: Statements,
  runId: string,
  lease: { token: string; at: Date; until: Date },
  limit: number,
): Promise<TakenRow[]> {
  return db.$queryRaw<TakenRow[]>`
    with taken as (
      select w.run_id, w."row" from bulk_row w join bulk_run r on r.id = w.run_id
      where w.run_id = ${runId}::uuid and ${isFree(lease.at)}
      order by w."row" limit ${limit}
      for update of w skip locked),
    leased as (
      update bulk_row w set lease_token = ${lease.token}::uuid, lease_until = ${lease.until}
      from taken where w.run_id = taken.run_id and w."row" = taken."row"
      returning w."row", w.cells, w.certificate_id as "certificateId", w.attempts)
    select * from leased order by "row"`
}

export interface RowOutcome {
  row: number
  state: BulkRowState
  lineageId?: string
  certificateId?: string
  changes?: Change[]
  reasons?: ApprovalReason[]
  problems?: RowProblem[]
  transactionId?: string
  requestId?: string
}

/** Writes what became of leased rows. Returns how many of them this lease still held. */
export async function writeOutcomes(
  db: Statements,
  runId: string,
  token: string,
  outcomes: RowOutcome[],
  at: Date,
): Promise<number> {
  return db.$executeRaw`
    update bulk_row w
    set state = g.state, at = ${at}, lease_token = null, lease_until = null, attempts = 0,
        lineage_id = coalesce(g."lineageId", w.lineage_id), certificate_id = coalesce(g."certificateId", w.certificate_id),
        changes = coalesce(g.changes, w.changes), problems = coalesce(g.problems, '[]'),
        reasons = coalesce(g.reasons, w.reasons),
        transaction_id = coalesce(g."transactionId", w.transaction_id), request_id = coalesce(g."requestId", w.request_id)
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      as g("row" int, state text, "lineageId" uuid, "certificateId" text, changes jsonb, reasons text[], problems jsonb,
           "transactionId" uuid, "requestId" uuid)
    where w.run_id = ${runId}::uuid and w."row" = g."row" and w.lease_token = ${token}::uuid`
}

/** After an error of ours a row is tried again, later each time: from a second to five minutes. */
export async function postpone(db: Statements, runId: string, token: string, row: number, at: Date): Promise<void> {
  await db.$executeRaw`
    update bulk_row set attempts = attempts + 1, lease_token = null, lease_until = null,
      next_attempt_at = ${at}::timestamptz + make_interval(secs => least(300, 2 ^ least(attempts, 9)))
    where run_id = ${runId}::uuid and "row" = ${row}::int and lease_token = ${token}::uuid`
}

/** A certificate that can be corrected, as it is now. */
export interface Base {
  lineageId: string
  type: string
  code: string
  dose: number
  programId: string
  /** The newest accepted one. */
  certificateId: string
  record: CertificateRecord
  /** Of those asked for by number: the number. */
  asked: string | null
}

/**
 * The certificates that rows are about, of what the caller reaches: by number, whichever version it is of, or by code and
 * dose. A certificate elsewhere is not found, as one that does not exist.
 */
export async function basesOf(
  db: Statements,
  caller: Caller,
  type: string,
  numbers: string[],
  codes: { code: string; dose: number }[],
): Promise<Base[]> {
  const newest = Prisma.sql`
    join lateral (
      select n.certificate_id, n.request from transaction n
      where n.lineage_id = l.id and n.state <> 'failed' order by n.sequence desc limit 1) t on true`
  const columns = Prisma.sql`l.id::text as "lineageId", l.type, l.pre_enrollment_code as code, l.dose,
    l.program_id as "programId", t.certificate_id as "certificateId", t.request as record`
  const mine = Prisma.sql`l.type = ${type} and l.sandbox = ${caller.sandbox} and ${withinReach(caller, 'l')}
    and l.reserved_for is null`
  return db.$queryRaw<Base[]>`
    select ${columns}, c.certificate_id as asked
    from certificate c join lineage l on l.id = c.lineage_id ${newest}
    where c.certificate_id = any(${numbers}::text[]) and ${mine}
    union all
    select ${columns}, null as asked
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as g(code text, dose int)
    join lineage l on l.pre_enrollment_code = g.code and l.dose = g.dose and l.open ${newest}
    where ${mine}`
}

/** Which of these certificates an earlier row of the run is about already. */
export async function takenBefore(
  db: Statements,
  runId: string,
  lineageIds: string[],
): Promise<{ lineageId: string; row: number }[]> {
  return db.$queryRaw`
    select w.lineage_id::text as "lineageId", min(w."row") as "row" from bulk_row w
    where w.run_id = ${runId}::uuid and w.lineage_id = any(${lineageIds}::uuid[]) and w.state not in ('refused', 'unchecked')
    group by w.lineage_id`
}

/** The change that a row of a proposal makes, when it was checked. */
export async function certificatesOfRows(db: Statements, runId: string, rows: number[]): Promise<Map<number, string>> {
  const found = await db.$queryRaw<{ row: number; certificateId: string }[]>`
    select w."row", w.certificate_id as "certificateId" from bulk_row w
    where w.run_id = ${runId}::uuid and w."row" = any(${rows}::int[]) and w.certificate_id is not null`
  return new Map(found.map(({ row, certificateId }) => [row, certificateId]))
}

/**
 * Goes on with runs of which no row is left: from being checked to what was found, from running to the end. Returns how many.
 */
export async function endFinished(db: Statements, at: Date): Promise<number> {
  const checked = await db.$executeRaw`
    update bulk_run r
    set state = case
          when not exists (select 1 from bulk_row w where w.run_id = r.id and w.state = 'ready')
            then case when r.started_at is not null or r.proposal is not null then 'done' else 'checked' end
          when r.proposal is not null and r.started_at is null then 'proposed'
          else 'checked' end,
        finished_at = case when not exists (select 1 from bulk_row w where w.run_id = r.id and w.state = 'ready')
          then coalesce(r.finished_at, ${at}) end
    where r.state = 'checking'
      and not exists (select 1 from bulk_row w where w.run_id = r.id and w.state = 'unchecked')`
  const done = await db.$executeRaw`
    with ended as (
      update bulk_run r set state = 'done', finished_at = ${at}
      where r.state = 'running' and not exists (select 1 from bulk_row w where w.run_id = r.id and w.state = 'waiting')
      returning r.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'bulk.done', 'system', 'bulk', 'Bulk runs',
           jsonb_build_object('runId', e.id,
             'done', (select count(*) from bulk_row w where w.run_id = e.id and w.state = 'done'),
             'requested', (select count(*) from bulk_row w where w.run_id = e.id and w.state = 'requested'),
             'refused', (select count(*) from bulk_row w where w.run_id = e.id and w.state = 'refused'))
    from ended e`
  return checked + done
}
