/** The own account: second factor, recovery codes, and where one is signed in. */
import { needsSecondFactor } from '@/lib/auth/operator'
import {
  beginSecondFactor,
  confirmSecondFactor,
  newRecoveryCodes,
  removeSecondFactor,
  secondFactorOf,
} from '@/lib/auth/second-factor'
import { renewSession } from '@/lib/auth/renew-session'
import { endSession, endSessions, openSessions, provedSince } from '@/lib/auth/sessions'
import { forgiveAttempts, stepUpThrottle, takeOrWait } from '@/lib/auth/throttle'
import { totpAddress } from '@/lib/auth/totp'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { AccountView } from './answers'
import { disconnect } from './disconnect'
import { prove, wrongField } from './step-up'
import { ownAccount, type OwnAccount } from './store-account'
import { writeAudit } from './store-writing'

/** Who asks, in which session; `secret` keys the hashes of attempts. */
export interface Own {
  caller: Caller
  sessionId: string
  secret: string
}

/** As long as lib/api/proofs.ts asks nobody again. */
const JUST_MS = 10 * 60_000

/** What somebody sees of the own account. */
export async function readAccount(context: Context, { caller, sessionId }: Own): Promise<AccountView> {
  const account = await found(context, caller)
  const factor = await secondFactorOf(context.db, caller.id)
  const sessions = await openSessions(context.db, caller.id, context.now())
  const { oidc } = context.settings
  return {
    username: account.username,
    name: account.name,
    external: account.external,
    service: oidc ? { name: oidc.name, connected: account.issuers.includes(oidc.issuer) } : null,
    secondFactor: {
      since: factor.confirmedAt?.toISOString() ?? null,
      required: needsSecondFactor(account),
      codesLeft: factor.codesLeft,
    },
    sessions: sessions.map(({ id, startedAt, lastSeenAt, ...session }) => ({
      sessionId: id,
      ...session,
      startedAt: startedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      here: id === sessionId,
    })),
  }
}

/**
 * Says again who somebody is. Answers the new id under which the session goes on. Refusals: VALIDATION_ERROR,
 * TOO_MANY_ATTEMPTS, NOT_ALLOWED (comes through the sign-in service: signing in there again is the proof).
 */
export async function proveAgain(context: Context, own: Own, given: { password: string; code?: string }) {
  await proveAll(context, own, await withPassword(context, own.caller), given)
  return renewed(context, own)
}

/**
 * Begins a second factor, or the change to another phone: the secret for the app, told this once. It counts when a code
 * of it is confirmed. The password is asked for, and a code where there is one to replace: else whoever knows the password
 * could do without the second factor. Neither is while a first one is due to somebody who has just signed in. Refusals: VALIDATION_ERROR, TOO_MANY_ATTEMPTS, NOT_ALLOWED.
 */
export async function beginOwnSecondFactor(context: Context, own: Own, given: { password?: string; code?: string }) {
  const account = await withPassword(context, own.caller)
  const { confirmedAt } = await secondFactorOf(context.db, own.caller.id)
  if (confirmedAt !== null || !needsSecondFactor(account)) await proveAll(context, own, account, given)
  else if (!(await provedSince(context.db, own.sessionId, new Date(context.now().getTime() - JUST_MS)))) {
    throw new Refusal('PROOF_REQUIRED', 'You signed in a while ago. Sign out and in again, then set it up.')
  }
  const secret = await beginSecondFactor(context.db, own.caller.id, context.random)
  return { secret, address: totpAddress(secret, `Errata ${context.settings.issuer.name}`, account.username) }
}

/**
 * Confirms with a code of the app; answers ten recovery codes, told this once. All other sessions end: they began without
 * it. Refusals: VALIDATION_ERROR, TOO_MANY_ATTEMPTS.
 */
export async function confirmOwnSecondFactor(context: Context, own: Own, { code }: { code: string }) {
  const { db, now, random } = context
  const { caller } = own
  const account = await withPassword(context, caller)
  const throttle = stepUpThrottle(account.id, own.secret)
  await takeOrWait({ db, now: now(), timeZone: context.settings.issuer.timeZone }, throttle)
  const recoveryCodes = await db.$transaction(async (writing) => {
    if (!(await confirmSecondFactor(writing, caller.id, code, now()))) return null
    await endSessions(writing, caller.id, now(), own.sessionId)
    await writeAudit(writing, caller, now(), { action: 'second_factor.added', detail: { operatorId: caller.id } })
    return newRecoveryCodes(writing, caller.id, random)
  })
  if (!recoveryCodes)
    throw wrongField('code', 'This code does not fit. Look at the app again; is the clock of the phone right?')
  await forgiveAttempts(db, throttle, null)
  return { recoveryCodes, sessionId: await renewed(context, own) }
}

/** Removes the second factor. Refusals: VALIDATION_ERROR, TOO_MANY_ATTEMPTS, NOT_ALLOWED (it is required). */
export async function removeOwnSecondFactor(context: Context, own: Own, given: { password: string; code: string }) {
  const account = await withPassword(context, own.caller)
  if (needsSecondFactor(account)) {
    throw new Refusal('NOT_ALLOWED', 'Your account needs a second factor. You can move it to another phone.')
  }
  await proveBoth(context, own, account, given)
  await context.db.$transaction(async (writing) => {
    await removeSecondFactor(writing, own.caller.id)
    await endSessions(writing, own.caller.id, context.now(), own.sessionId)
    const detail = { operatorId: own.caller.id }
    await writeAudit(writing, own.caller, context.now(), { action: 'second_factor.removed', detail })
  })
  return { removed: true as const }
}

/** A new set of recovery codes in place of the old ones. Refusals: VALIDATION_ERROR, TOO_MANY_ATTEMPTS, NOT_ALLOWED. */
export async function replaceRecoveryCodes(context: Context, own: Own, given: { password: string; code: string }) {
  const account = await withPassword(context, own.caller)
  const { confirmedAt } = await secondFactorOf(context.db, own.caller.id)
  if (confirmedAt === null)
    throw new Refusal('NOT_ALLOWED', 'Recovery codes come with a second factor. Set one up first.')
  await proveBoth(context, own, account, given)
  const recoveryCodes = await context.db.$transaction(async (writing) => {
    const detail = { operatorId: own.caller.id }
    await writeAudit(writing, own.caller, context.now(), { action: 'recovery_codes.made', detail })
    return newRecoveryCodes(writing, own.caller.id, context.random)
  })
  return { recoveryCodes }
}

/** Ends one session of one's own, at once. Refusal: NOT_FOUND. */
export async function endOwnSession(context: Context, { caller }: Own, sessionId: string) {
  const ended = await context.db.$transaction(async (writing) => {
    if (!isUuid(sessionId) || !(await endSession(writing, caller.id, sessionId, context.now()))) return false
    const detail = { operatorId: caller.id, sessionId }
    await writeAudit(writing, caller, context.now(), { action: 'session.ended', detail })
    return true
  })
  if (!ended) throw new Refusal('NOT_FOUND', 'You are not signed in there any more.')
  return { ended: 1 }
}

/** Ends all sessions of one's own but this one. */
export async function endOtherSessions(context: Context, { caller, sessionId }: Own) {
  const ended = await context.db.$transaction(async (writing) => {
    const ended = await endSessions(writing, caller.id, context.now(), sessionId)
    const detail = { operatorId: caller.id, ended }
    await writeAudit(writing, caller, context.now(), { action: 'session.others_ended', detail })
    return ended
  })
  return { ended }
}

/** Checks the password, and a code where there is a second factor, before somebody goes to the sign-in service to connect it. Refusals as above. */
export async function proveForConnecting(
  context: Context,
  own: Own,
  given: { password: string; code?: string },
): Promise<void> {
  if (!context.settings.oidc) throw new Refusal('NOT_FOUND', 'There is no sign-in service here.')
  await proveAll(context, own, await withPassword(context, own.caller), given)
}

/** Ends the connection with the sign-in service, and the sessions that may have begun there. Refusals: NOT_FOUND, NOT_ALLOWED. */
export async function disconnectOwnService(context: Context, { caller, sessionId }: Own) {
  await withPassword(context, caller)
  await context.db.$transaction(async (writing) => {
    const was = await disconnect(context, writing, caller, caller.id)
    if (!was) throw new Refusal('NOT_FOUND', 'Your account is not connected with a sign-in service.')
    await endSessions(writing, caller.id, context.now(), sessionId)
  })
  return { disconnected: true as const }
}

async function renewed({ db, now, uuid }: Context, { caller, sessionId, secret }: Own): Promise<string> {
  const newId = uuid()
  if (await renewSession(db, secret, { operatorId: caller.id, id: sessionId, newId, at: now() })) return newId
  throw new Refusal('UNAUTHENTICATED', 'Sign in again.')
}

/** The password, and a code where there is a second factor. */
async function proveAll(
  context: Context,
  own: Own,
  account: OwnAccount,
  { password = '', code = '' }: { password?: string; code?: string },
) {
  const { confirmedAt } = await secondFactorOf(context.db, account.id)
  if (confirmedAt !== null) return proveBoth(context, own, account, { password, code })
  await prove(context, own.secret, account, { password: { field: 'password', value: password } })
}

async function proveBoth(context: Context, own: Own, account: OwnAccount, given: { password: string; code: string }) {
  await prove(context, own.secret, account, {
    password: { field: 'password', value: given.password },
    code: { field: 'code', value: given.code },
  })
}

async function withPassword(context: Context, caller: Caller): Promise<OwnAccount> {
  const account = await found(context, caller)
  if (account.external)
    throw new Refusal('NOT_ALLOWED', 'You come through the sign-in service, which takes care of this.')
  return account
}

async function found(context: Context, caller: Caller): Promise<OwnAccount> {
  const account = await ownAccount(context.db, caller.id)
  if (!account) throw new Refusal('UNAUTHENTICATED', 'Sign in again.')
  return account
}
