/** Changes of people, facilities and clients: one after the other, each with its line in the audit. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { sqlStateOf, type Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'

export type Writing = Prisma.TransactionClient

/** Any number nobody else locks. */
const LOCK = 7_311_002

/**
 * Runs `work` in a transaction that no other change of people runs beside: what it reads (is this name free, is there
 * another administrator) is still true when it is written.
 */
export function writingPeople<T>(context: Pick<Context, 'db'>, work: (db: Writing) => Promise<T>): Promise<T> {
  return context.db.$transaction(async (db) => {
    await db.$executeRaw`select pg_advisory_xact_lock(${LOCK})`
    return work(db)
  })
}

export interface AuditLine {
  action: string
  detail: Record<string, unknown>
  lineageId?: string
  certificateId?: string
}

/** Writes who did what. Call it in the transaction that does it. */
export async function writeAudit(db: Statements, by: Caller, at: Date, line: AuditLine): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    values (${at}, ${line.action}, ${by.kind}, ${by.id}, ${by.name}, ${line.lineageId ?? null}::uuid,
            ${line.certificateId ?? null}, ${JSON.stringify(line.detail)}::jsonb)`
}

/** What differs between two states, as {field: [before, after]}; what is left out of `after` stays. */
export function differences(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[key]))
      .map(([key, value]) => [key, [before[key] ?? null, value]]),
  )
}

/** Somebody else has this name already. `field` is the one to change. */
export function nameTaken(field: string, message: string): Refusal {
  return new Refusal('NAME_TAKEN', message, [{ index: 0, path: `/${field}`, code: 'NAME_TAKEN', message }])
}

/** A facility that is named must be there; a disabled one gets nobody new. */
export async function requireFacility(db: Writing, code: string | null | undefined): Promise<void> {
  if (code === null || code === undefined) return
  const facility = await db.facility.findUnique({ where: { code } })
  const message = facility ? 'This facility is disabled.' : 'There is no facility with this code.'
  if (facility && !facility.disabled) return
  throw new Refusal('VALIDATION_ERROR', message, [
    { index: 0, path: '/facilityCode', code: 'VALIDATION_ERROR', message },
  ])
}

/** A district that is named must be that of a facility. Refusal: VALIDATION_ERROR with those that there are. */
export async function requireDistrict(db: Statements, district: string | null | undefined): Promise<void> {
  if (!district) return
  const rows = await db.$queryRaw<{ district: string }[]>`
    select distinct district from facility where district is not null order by district`
  const known = rows.map((row) => row.district)
  if (known.includes(district)) return
  const message =
    known.length === 0
      ? `No facility is in district "${district}": none has a district yet.`
      : `No facility is in district "${district}". There are: ${known.join(', ')}.`
  throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/district', code: 'VALIDATION_ERROR', message }])
}

/** A district is what a supervisor reaches; it belongs to the role. Refusal: VALIDATION_ERROR. */
export function requireSupervisor({ district, roles }: { district: string | null; roles: readonly string[] }): void {
  if (!district || roles.includes('supervisor')) return
  const message = 'Only a supervisor can have a district.'
  throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/district', code: 'VALIDATION_ERROR', message }])
}

/** Administrators who can really sign in and act: without one nobody could ever let anybody in again. */
export async function requireAdministrator(db: Statements): Promise<void> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from operator o left join facility f on f.code = o.facility_code
    where 'administrator' = any(o.roles) and not o.disabled and not o.must_change_password and not coalesce(f.disabled, false)`
  if (row!.count > 0) return
  throw new Refusal(
    'LAST_ADMINISTRATOR',
    'Nobody could administer any more. First make another operator, who has signed in already, an administrator.',
  )
}

/** A piece of text for `like`, in which % and _ stand for themselves. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** Whether the database refused a value that must be unique. */
export function isDuplicate(error: unknown): boolean {
  return sqlStateOf(error) === '23505' || (error as { code?: unknown }).code === 'P2002'
}
