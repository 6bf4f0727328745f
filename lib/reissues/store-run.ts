/** The SQL of carrying out a re-issue: look through what was chosen, take some, note what became of each. */
import type { Form } from '@/lib/certificate-types/type'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import type { Problem, ReissueChoice, SkipCode } from './answers'

export interface Running {
  id: string
  type: string
  version: number
  state: 'choosing' | 'checking' | 'running'
  choice: ReissueChoice
  /** Of those accepted until then. */
  requestedAt: Date
  /** Those after this transaction are not chosen yet. */
  chosenTo: string | null
  perMinute: number
  startedById: string
  startedByName: string
}

/** Whether anything is to be done. Asked at every turn of a worker, so it costs next to nothing. */
export async function anyToDo(db: Statements): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 where exists (select 1 from reissue where state in ('choosing', 'checking', 'running'))
      or exists (select 1 from reissue_row where state = 'accepted')`
  return rows.length > 0
}

/**
 * A run that can go on now, for this worker alone until the end of the transaction; null when there is none. One that makes
 * certificates waits its time, and while `mostAtOnce` of its certificates are being issued.
 */
export async function takeReissue(db: Statements, mostAtOnce: number): Promise<Running | null> {
  const rows = await db.$queryRaw<Running[]>`
    select r.id::text as id, r.type, r.version, r.state, r.choice, r.requested_at as "requestedAt", r.chosen_to::text as "chosenTo", r.per_minute as "perMinute",
           coalesce(r.started_by_id, '') as "startedById", coalesce(r.started_by_name, '') as "startedByName"
    from reissue r
    where r.state in ('choosing', 'checking')
      or (r.state = 'running' and r.next_batch_at <= now()
          and exists (select 1 from reissue_row w where w.reissue_id = r.id and w.state = 'waiting' and w.next_attempt_at <= now())
          and (select count(*) from reissue_row a where a.state = 'accepted' and a.reissue_id = r.id) < ${mostAtOnce})
    order by r.state, r.requested_at, r.id limit 1
    for update of r skip locked`
  return rows[0] ?? null
}

/** Takes a run for one row more; false when it does not run any more. */
export async function takeAgain(db: Statements, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from reissue where id = ${id}::uuid and state = 'running' for update`
  return rows.length > 0
}

/** The next of a run's rows in a state, by number. */
export async function rowsOf(
  db: Statements,
  id: string,
  state: 'unchecked' | 'waiting',
  limit: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select w.certificate_id as id from reissue_row w
    where w.reissue_id = ${id}::uuid and w.state = ${state} and w.next_attempt_at <= now()
    order by w.certificate_id limit ${limit}`
  return rows.map((row) => row.id)
}

/** Whether this row of a run waits still. */
export async function isWaiting(db: Statements, id: string, certificateId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from reissue_row
    where reissue_id = ${id}::uuid and certificate_id = ${certificateId} and state = 'waiting'`
  return rows.length > 0
}

/** What these certificates say, and in which form. */
export function recordsOf(
  db: Statements,
  certificateIds: string[],
): Promise<{ certificateId: string; record: CertificateRecord; form: Form }[]> {
  return db.$queryRaw`
    select c.certificate_id as "certificateId", t.request as record, t.form
    from certificate c join transaction t on t.id = c.transaction_id
    where c.certificate_id = any(${certificateIds}::text[])`
}

/** What became of a row. */
export interface RowResult {
  certificateId: string
  state: 'waiting' | 'accepted' | 'skipped'
  code: SkipCode | null
  fields: Problem[]
  transactionId: string | null
}

/** Writes results, in the transaction that they come from. */
export async function writeResults(db: Statements, id: string, results: RowResult[], at: Date): Promise<void> {
  await db.$executeRaw`
    update reissue_row r
    set state = g.state, code = g.code, fields = g.fields, transaction_id = g."transactionId", at = ${at}
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as g("certificateId" text, state text, code text, fields jsonb, "transactionId" uuid)
    where r.reissue_id = ${id}::uuid and r.certificate_id = g."certificateId" and r.state in ('unchecked', 'waiting')`
}

/** So many were begun: the next ones wait until the pace allows them, whichever worker takes them. */
export async function writePace(db: Statements, id: string, begun: number): Promise<void> {
  await db.$executeRaw`
    update reissue
    set next_batch_at = greatest(next_batch_at, now() - interval '1 second') + make_interval(secs => ${begun}::int * 60.0 / per_minute)
    where id = ${id}::uuid`
}

/** Notes what became of certificates that were being issued. Returns how many. */
export async function settleRows(db: Statements, at: Date): Promise<number> {
  return db.$executeRaw`
    with ended as (
      select r.reissue_id, r.certificate_id, t.state, t.failure_code
      from reissue_row r join transaction t on t.id = r.transaction_id
      where r.state = 'accepted' and t.state <> 'pending'
      order by r.reissue_id, r.certificate_id
      for update of r skip locked)
    update reissue_row r
    set state = case when e.state = 'issued' then 'done'
                     when e.failure_code in ('CERTIFICATE_REVOKED', 'CERTIFICATE_SUSPENDED') then 'skipped' else 'failed' end,
        code = case e.failure_code when 'CERTIFICATE_REVOKED' then 'REVOKED' when 'CERTIFICATE_SUSPENDED' then 'SUSPENDED'
                                   else e.failure_code end,
        at = ${at}
    from ended e where r.reissue_id = e.reissue_id and r.certificate_id = e.certificate_id`
}

/** After an error of ours a row is tried again, later each time: from a second to five minutes. */
export async function postponeRow(db: Statements, id: string, certificateId: string): Promise<void> {
  await db.$executeRaw`
    update reissue_row
    set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => least(300, 2 ^ least(attempts, 9)))
    where reissue_id = ${id}::uuid and certificate_id = ${certificateId} and state = 'waiting'`
}

/** Ends runs of which nothing waits and nothing is being issued any more. Returns how many. */
export async function endFinished(db: Statements, at: Date): Promise<number> {
  return db.$executeRaw`
    with ended as (
      update reissue r set state = 'done', finished_at = ${at}
      where r.state = 'running' and not exists (
        select 1 from reissue_row w where w.reissue_id = r.id and w.state in ('waiting', 'accepted'))
      returning r.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'reissue.done', 'system', 'reissues', 'Re-issues',
           jsonb_build_object('reissueId', e.id,
             'done', (select count(*) from reissue_row w where w.reissue_id = e.id and w.state = 'done'),
             'skipped', (select count(*) from reissue_row w where w.reissue_id = e.id and w.state = 'skipped'),
             'failed', (select count(*) from reissue_row w where w.reissue_id = e.id and w.state = 'failed'))
    from ended e`
}

/** Pauses a run by itself, as its version is not in force any more. */
export async function pauseByItself(db: Statements, id: string, at: Date): Promise<void> {
  await db.$executeRaw`
    with paused as (
      update reissue set state = 'paused', paused_why = 'version' where id = ${id}::uuid returning id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'reissue.paused', 'system', 'reissues', 'Re-issues', jsonb_build_object('reissueId', id, 'why', 'version')
    from paused`
}

/** What was chosen has been looked through. */
export async function writeReady(db: Statements, id: string): Promise<void> {
  await db.$executeRaw`update reissue set state = 'ready' where id = ${id}::uuid and state = 'checking'`
}
