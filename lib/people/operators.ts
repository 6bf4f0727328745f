/** Operators, for administrators: who there is, letting people in, changing and stopping them. */
import { hashPassword } from '@/lib/auth/passwords'
import { rolesIn } from '@/lib/auth/roles'
import { removeSecondFactor } from '@/lib/auth/second-factor'
import { endSessions } from '@/lib/auth/sessions'
import { normalUsername } from '@/lib/auth/sign-in'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { OperatorView } from './answers'
import { disconnect } from './disconnect'
import { oneTimePassword } from './one-time-password'
import {
  insertOperator,
  operatorById,
  operatorPage,
  PAGE,
  updateOperator,
  type OperatorFacts,
  type OperatorRow,
} from './store-operators'
import {
  differences,
  isDuplicate,
  nameTaken,
  requireAdministrator,
  requireDistrict,
  requireFacility,
  requireSupervisor,
  writeAudit,
  writingPeople,
} from './store-writing'

/** A page of operators, by username. */
export async function listOperators(context: Context, caller: Caller, { q = '', after = '' }) {
  const rows = await operatorPage(context.db, q.trim(), after)
  const page = rows.slice(0, PAGE)
  return {
    operators: page.map((row) => viewOf(row, caller)),
    next: rows.length > PAGE ? page.at(-1)!.username : null,
  }
}

/** One operator. Refusal: NOT_FOUND. */
export async function oneOperator(context: Context, caller: Caller, id: string): Promise<OperatorView> {
  return viewOf(await found(context.db, id), caller)
}

/** Adds an operator with a one-time password. Refusals: NAME_TAKEN, VALIDATION_ERROR (no such facility or district). */
export async function addOperator(context: Context, caller: Caller, given: OperatorFacts & { username: string }) {
  const id = context.uuid()
  const username = normalUsername(given.username)
  const password = oneTimePassword(context.random)
  const passwordHash = await hashPassword(password)
  const { name, facilityCode, district, roles, secondFactorRequired } = given
  const operator = await writingPeople(context, async (db) => {
    await requireFacility(db, facilityCode)
    await requireDistrict(db, district)
    requireSupervisor(given)
    try {
      await insertOperator(db, {
        id,
        username,
        name,
        facilityCode,
        district,
        roles,
        secondFactorRequired,
        passwordHash,
        passwordExpiresAt: expiryOf(context),
        createdAt: context.now(),
      })
    } catch (error) {
      if (isDuplicate(error)) throw nameTaken('username', 'There is an operator with this username already.')
      throw error
    }
    const detail = { operatorId: id, username, name, facilityCode, district, roles, secondFactorRequired }
    await writeAudit(db, caller, context.now(), { action: 'operator.added', detail })
    return found(db, id)
  })
  return { operator: viewOf(operator, caller), password }
}

/**
 * Changes what is given and leaves the rest. Disabling ends the sessions for good: none comes back with the operator.
 * Refusals: NOT_FOUND, VALIDATION_ERROR, LAST_ADMINISTRATOR.
 */
export async function changeOperator(
  context: Context,
  caller: Caller,
  id: string,
  given: Partial<OperatorFacts & { disabled: boolean }>,
): Promise<OperatorView> {
  return writingPeople(context, async (db) => {
    const before = await found(db, id)
    const changes = differences({ ...before }, given)
    if (Object.keys(changes).length === 0) return viewOf(before, caller)
    requireOwnFacts(before, given)
    requireOther(caller, before, changes)
    if ('facilityCode' in changes) await requireFacility(db, given.facilityCode)
    if ('district' in changes) await requireDistrict(db, given.district)
    requireSupervisor({ ...before, ...given })
    await updateOperator(db, before.id, given)
    if ('disabled' in changes) await endSessions(db, before.id, context.now(), null)
    await requireAdministrator(db)
    const detail = { operatorId: before.id, username: before.username, changes }
    await writeAudit(db, caller, context.now(), { action: 'operator.changed', detail })
    return viewOf(await found(db, before.id), caller)
  })
}

/**
 * Gives an operator a one-time password; the old password, the sessions and a connection with the sign-in service end: who
 * made one with a stolen password would get in by it for ever. Refusals: NOT_FOUND, NOT_ALLOWED (oneself).
 */
export async function resetPassword(context: Context, caller: Caller, id: string) {
  if (id.toLowerCase() === caller.id) {
    throw new Refusal('NOT_ALLOWED', 'Your own password is changed in the account menu.')
  }
  const password = oneTimePassword(context.random)
  const passwordHash = await hashPassword(password)
  const operator = await writingPeople(context, async (db) => {
    const before = await found(db, id)
    if (before.external) throw throughService()
    const facts = { passwordHash, mustChangePassword: true, passwordExpiresAt: expiryOf(context) }
    await updateOperator(db, before.id, facts)
    await endSessions(db, before.id, context.now(), null)
    await requireAdministrator(db)
    const detail = { operatorId: before.id, username: before.username }
    await disconnect(context, db, caller, before.id)
    await writeAudit(db, caller, context.now(), { action: 'operator.password_reset', detail })
    return found(db, before.id)
  })
  return { operator: viewOf(operator, caller), password }
}

/**
 * Takes the second factor and the recovery codes of somebody who lost the phone; the sessions end, and so does a
 * connection with the sign-in service. Where one is required,
 * a new one is set up at the next sign-in. Refusals: NOT_FOUND, NOT_ALLOWED (oneself).
 */
export async function resetSecondFactor(context: Context, caller: Caller, id: string): Promise<OperatorView> {
  if (id.toLowerCase() === caller.id) {
    throw new Refusal('NOT_ALLOWED', 'Your own second factor is changed in the account menu.')
  }
  return writingPeople(context, async (db) => {
    const before = await found(db, id)
    await removeSecondFactor(db, before.id)
    await endSessions(db, before.id, context.now(), null)
    const detail = { operatorId: before.id, username: before.username }
    await disconnect(context, db, caller, before.id)
    await writeAudit(db, caller, context.now(), { action: 'second_factor.reset', detail })
    return viewOf(await found(db, before.id), caller)
  })
}

/** Signs somebody out everywhere, at once. Refusal: NOT_FOUND. */
export async function signOutOperator(context: Context, caller: Caller, id: string): Promise<{ ended: number }> {
  return writingPeople(context, async (db) => {
    const before = await found(db, id)
    const ended = await endSessions(db, before.id, context.now(), null)
    const detail = { operatorId: before.id, username: before.username, ended }
    await writeAudit(db, caller, context.now(), { action: 'operator.signed_out', detail })
    return { ended }
  })
}

/** Nobody changes what they may do themselves, nor where. Refusal: NOT_ALLOWED. */
function requireOther(caller: Caller, { id }: OperatorRow, changes: Record<string, unknown>): void {
  if (id !== caller.id || !['roles', 'facilityCode', 'district'].some((field) => field in changes)) return
  throw new Refusal('NOT_ALLOWED', 'Your own roles and facilities are changed by another administrator.')
}

/** What the sign-in service says about somebody is said there: here it would be overwritten at the next sign-in. */
function requireOwnFacts(before: OperatorRow, given: Partial<OperatorFacts>): void {
  const { secondFactorRequired: _ours, disabled: _too, ...theirs } = differences({ ...before }, given)
  if (before.external && Object.keys(theirs).length > 0) throw throughService()
}

function throughService(): Refusal {
  return new Refusal('NOT_ALLOWED', 'This person comes through the sign-in service. Change it there.')
}

/** Until when a one-time password that is made now can be used. */
function expiryOf({ now, settings }: Context): Date {
  return new Date(now().getTime() + settings.oneTimePasswordHours * 60 * 60_000)
}

async function found(db: Parameters<typeof operatorById>[0], id: string): Promise<OperatorRow> {
  const row = isUuid(id) ? await operatorById(db, id) : null
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such operator.')
  return row
}

function viewOf(row: OperatorRow, caller: Caller): OperatorView {
  const { id, username, name, district, disabled, mustChangePassword, passwordExpiresAt, lastSignedInAt } = row
  return {
    operatorId: id,
    username,
    name,
    facility: facilityOf(row),
    district,
    roles: rolesIn(row.roles),
    disabled,
    mustChangePassword,
    passwordExpiresAt: (mustChangePassword && passwordExpiresAt?.toISOString()) || null,
    secondFactor: row.secondFactor,
    secondFactorRequired: row.secondFactorRequired,
    external: row.external,
    lastSignedInAt: lastSignedInAt?.toISOString() ?? null,
    you: id === caller.id,
  }
}

/** The facility of an operator or client, null = all. */
export function facilityOf(row: {
  facilityCode: string | null
  facilityName: string | null
  facilityDisabled: boolean | null
}): OperatorView['facility'] {
  if (row.facilityCode === null) return null
  return { code: row.facilityCode, name: row.facilityName ?? '', disabled: row.facilityDisabled ?? false }
}
