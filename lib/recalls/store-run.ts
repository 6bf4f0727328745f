/** The SQL of carrying out a recall: take a group of rows, follow what was replaced, write what became of each. */
import type { Statements } from '@/lib/db'
import type { RecallAction, RecallCriteria } from './answers'
import { fitsCriteria } from './store-matching'

export interface RunningRecall {
  id: string
  action: RecallAction
  criteria: RecallCriteria
  reason: { cause: 'recall'; note: string }
  until: Date | null
  facilityCode: string | null
  decidedById: string
  decidedByName: string
  ofRecallId: string | null
}

/** Whether any recall runs. Asked at every turn of a worker, so it costs next to nothing. */
export async function anyRunning(db: Statements): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`select 1 from recall where state = 'running' limit 1`
  return rows.length > 0
}

/**
 * The running recall that was confirmed first and has a row to do now, kept from being stopped until the end of the
 * transaction; null when there is none.
 */
export async function runningRecall(db: Statements): Promise<RunningRecall | null> {
  const rows = await db.$queryRaw<RunningRecall[]>`
    select r.id::text as id, r.action, r.criteria, r.reason, r.until, r.facility_code as "facilityCode",
           r.decided_by_id as "decidedById", r.decided_by_name as "decidedByName", r.of_recall_id::text as "ofRecallId"
    from recall r
    where r.state = 'running' and exists (
      select 1 from recall_row w where w.recall_id = r.id and w.state = 'waiting' and w.next_attempt_at <= now())
    order by r.decided_at, r.id limit 1
    for share of r skip locked`
  return rows[0] ?? null
}

/** Whether a recall runs, kept so until the end of the transaction. */
export async function stillRunning(db: Statements, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from recall r where r.id = ${id}::uuid and r.state = 'running' for share of r`
  return rows.length > 0
}

/** Takes one waiting row; false when another worker has it or did it. */
export async function takeRow(db: Statements, recallId: string, certificateId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from recall_row w
    where w.recall_id = ${recallId}::uuid and w.certificate_id = ${certificateId} and w.state = 'waiting'
    for update skip locked`
  return rows.length > 0
}

/** Takes up to `limit` waiting rows that no other worker has at the moment. Whoever dies gives them back. */
export async function takeRows(db: Statements, recallId: string, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select w.certificate_id as id from recall_row w
    where w.recall_id = ${recallId}::uuid and w.state = 'waiting' and w.next_attempt_at <= now()
    order by w.certificate_id limit ${limit}
    for update skip locked`
  return rows.map((row) => row.id)
}

/** Which of these certificates have the vaccine, batch, manufacturer and day. */
export async function stillFitting(
  db: Statements,
  certificateIds: string[],
  asked: { criteria: RecallCriteria; timeZone: string },
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select c.certificate_id as id from certificate c join transaction t on t.id = c.transaction_id
    where c.certificate_id = any(${certificateIds}::text[]) and ${fitsCriteria(asked)}`
  return new Set(rows.map((row) => row.id))
}

/** What became of a row. */
export interface RowResult {
  certificateId: string
  state: 'done' | 'refused'
  followedId: string | null
  code: string | null
  message: string | null
}

/** Writes results, in the transaction in which the certificates were changed. */
export async function writeResults(db: Statements, recallId: string, results: RowResult[], at: Date): Promise<void> {
  await db.$executeRaw`
    update recall_row r
    set state = g.state, followed_id = g."followedId", code = g.code, message = g.message, at = ${at}
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as g("certificateId" text, state text, "followedId" text, code text, message text)
    where r.recall_id = ${recallId}::uuid and r.certificate_id = g."certificateId" and r.state = 'waiting'`
}

/** After an error of ours a row is tried again, later each time: from a second to five minutes. */
export async function postponeRow(db: Statements, recallId: string, certificateId: string): Promise<void> {
  await db.$executeRaw`
    update recall_row
    set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => least(300, 2 ^ least(attempts, 9)))
    where recall_id = ${recallId}::uuid and certificate_id = ${certificateId} and state = 'waiting'`
}

/** Ends running recalls of which no row waits any more. Returns how many. */
export async function endFinished(db: Statements, at: Date): Promise<number> {
  return db.$executeRaw`
    with ended as (
      update recall r set state = 'done', finished_at = ${at}
      where r.state = 'running'
        and not exists (select 1 from recall_row w where w.recall_id = r.id and w.state = 'waiting')
      returning r.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'recall.done', 'system', 'recalls', 'Recalls',
           jsonb_build_object('recallId', e.id,
             'done', (select count(*) from recall_row w where w.recall_id = e.id and w.state = 'done'),
             'refused', (select count(*) from recall_row w where w.recall_id = e.id and w.state = 'refused'))
    from ended e`
}
