/** The SQL of confirmations. Who opens, answers or uses one first is decided by the database, each in one statement. */
import type { Statements } from '@/lib/db'
import type { Change } from '@/lib/certificates/answers'
import type { MarkedField } from './answers'

/** One certificate with what would change in it. */
export interface CorrectionShown {
  certificateId: string
  /** Name of the certificate type. */
  type: string
  dose: number
  totalDoses: number
  changes: Change[]
}

export interface NewConfirmation {
  id: string
  tokenHash: string
  operatorId: string
  /** Of the first correction. */
  certificateId: string
  changesHash: string
  corrections: CorrectionShown[]
  createdAt: Date
  expiresAt: Date
}

export interface ConfirmationRow {
  id: string
  certificateId: string
  corrections: CorrectionShown[]
  expiresAt: Date
  openedAt: Date | null
  answeredAt: Date | null
  verdict: 'right' | 'wrong' | null
  marked: MarkedField[]
}

/** Writes a confirmation in place of the one that the operator asked for before, for the same certificate. */
export async function insertConfirmation(db: Statements, one: NewConfirmation): Promise<void> {
  await db.$executeRaw`
    with earlier as (
      delete from confirmation
      where operator_id = ${one.operatorId}::uuid and certificate_id = ${one.certificateId})
    insert into confirmation (id, token_hash, operator_id, certificate_id, changes_hash, changes, created_at, expires_at)
    values (${one.id}::uuid, ${one.tokenHash}, ${one.operatorId}::uuid, ${one.certificateId}, ${one.changesHash},
            ${JSON.stringify(one.corrections)}::jsonb, ${one.createdAt}, ${one.expiresAt})`
}

/** The confirmation that an operator asked for. */
export async function confirmationOf(db: Statements, operatorId: string, id: string): Promise<ConfirmationRow | null> {
  const rows = await db.$queryRaw<ConfirmationRow[]>`
    select id, certificate_id as "certificateId", changes as corrections, expires_at as "expiresAt",
           opened_at as "openedAt", answered_at as "answeredAt", verdict, marked
    from confirmation where id = ${id}::uuid and operator_id = ${operatorId}::uuid`
  return rows[0] ?? null
}

/** Removes a confirmation of an operator. Says whether it was there. */
export async function deleteConfirmation(db: Statements, operatorId: string, id: string): Promise<boolean> {
  const gone = await db.$executeRaw`
    delete from confirmation where id = ${id}::uuid and operator_id = ${operatorId}::uuid`
  return gone === 1
}

/** Opens a code that nobody has opened, while it can be opened: of two phones one gets the row. */
export async function openConfirmation(db: Statements, tokenHash: string, now: Date): Promise<ConfirmationRow | null> {
  const rows = await db.$queryRaw<ConfirmationRow[]>`
    update confirmation set opened_at = ${now}
    where token_hash = ${tokenHash} and opened_at is null and expires_at > ${now}
    returning id, certificate_id as "certificateId", changes as corrections, expires_at as "expiresAt",
              opened_at as "openedAt", answered_at as "answeredAt", verdict, marked`
  return rows[0] ?? null
}

/** A code that was opened, for the device that opened it. */
export async function openedConfirmation(
  db: Statements,
  tokenHash: string,
  id: string,
): Promise<ConfirmationRow | null> {
  const rows = await db.$queryRaw<ConfirmationRow[]>`
    select id, certificate_id as "certificateId", changes as corrections, expires_at as "expiresAt",
           opened_at as "openedAt", answered_at as "answeredAt", verdict, marked
    from confirmation where token_hash = ${tokenHash} and id = ${id}::uuid and opened_at is not null`
  return rows[0] ?? null
}

/** Takes the holder's answer and lets go of the values, with a line in the audit. Says whether it was the first answer. */
export async function answerConfirmation(
  db: Statements,
  id: string,
  { verdict, marked }: { verdict: 'right' | 'wrong'; marked: MarkedField[] },
  now: Date,
): Promise<boolean> {
  const paths = marked.map(({ path }) => path)
  const rows = await db.$queryRaw<{ id: string }[]>`
    with answered as (
      update confirmation set answered_at = ${now}, verdict = ${verdict}, marked = ${JSON.stringify(marked)}::jsonb,
        changes = '[]'::jsonb
      where id = ${id}::uuid and answered_at is null
      returning id, certificate_id),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      select ${now}, 'confirmation.' || ${verdict}, 'holder', answered.id::text, 'The holder', c.lineage_id,
             c.certificate_id, jsonb_build_object('marked', ${JSON.stringify(paths)}::jsonb)
      from answered join certificate c on c.certificate_id = answered.certificate_id)
    select id from answered`
  return rows.length === 1
}

/** Uses up what a holder confirmed, in the transaction that accepts the correction. null: there is no such confirmation. */
export async function takeConfirmation(
  db: Statements,
  operatorId: string,
  id: string,
): Promise<{ changesHash: string; confirmedAt: Date } | null> {
  const rows = await db.$queryRaw<{ changesHash: string; confirmedAt: Date }[]>`
    delete from confirmation where id = ${id}::uuid and operator_id = ${operatorId}::uuid and verdict = 'right'
    returning changes_hash as "changesHash", answered_at as "confirmedAt"`
  return rows[0] ?? null
}

/** Removes every confirmation that was asked for before an instant, answered or not: they hold personal data. */
export async function forgetConfirmations(db: Statements, before: Date): Promise<void> {
  await db.$executeRaw`delete from confirmation where created_at < ${before}`
}
