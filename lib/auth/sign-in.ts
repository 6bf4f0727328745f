/** Signing in with a username and a password, and with a code where somebody has a second factor. */
import type { Database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { passwordFits } from './passwords'
import { secondFactorOf, redeemCode } from './second-factor'
import { startSession, type SignInMethod } from './sessions'
import type { KnownBrowser } from './known-browser'
import { forgiveAttempts, knownBrowserThrottle, takeOrWait, throttlesFor } from './throttle'

export interface SignIn {
  username: string
  password: string
  /** Of the app, or a recovery code; "" = none was asked for yet. */
  code?: string
  /** Where the request came from; null when unknown: then attempts are counted by account alone. */
  address: string | null
  /** User-Agent header. */
  userAgent?: string | null
  /** What the browser knows of sign-ins before; null = nothing. */
  browser?: KnownBrowser | null
}

export interface SignInContext {
  db: Database
  /** Keys the hashes under which attempts are counted. */
  secret: string
  now: Date
  uuid: () => string
  /** IANA zone in which a time is told. */
  timeZone: string
}

/** Nothing is tried for this address now, whichever account is named. */
export class AddressLocked extends Refusal {}

/** The password is right and a code is missing. Told only to somebody who has the password. */
export class SecondFactorNeeded extends Error {}

/**
 * The operator who signs in, with the session that begins. Throws Refusal UNAUTHENTICATED with one sentence for everything
 * that does not fit (unknown, wrong, disabled: same words, same time taken), TOO_MANY_ATTEMPTS with the time until which
 * nothing is tried, and, to somebody who has the password, NOT_ALLOWED when the facility is disabled or a one-time
 * password is too old, SecondFactorNeeded, or UNAUTHENTICATED for a code that does not fit. Only who is in starts anew
 * with the attempts: guessing codes is counted like guessing passwords.
 */
export async function signIn(
  context: SignInContext,
  { username, password, code = '', address, userAgent, browser }: SignIn,
) {
  const { db, now } = context
  const name = normalUsername(username)
  const throttles = browser?.knows(name)
    ? { account: knownBrowserThrottle(name, browser.id, context.secret), address: null }
    : throttlesFor(name, address, context.secret)
  if (throttles.address) await takeOrWait(context, throttles.address, AddressLocked)
  await takeOrWait(context, throttles.account)
  const operator = await db.operator.findUnique({ where: { username: name }, include: { facility: true } })
  const fits = await passwordFits(operator?.passwordHash ?? null, password)
  if (!fits || !operator || operator.disabled || operator.external) {
    throw new Refusal('UNAUTHENTICATED', 'Username or password is incorrect.')
  }
  // Told only to somebody who has the password: they did nothing wrong, and have to ask somebody else.
  if (operator.facility?.disabled) {
    throw new Refusal('NOT_ALLOWED', 'Your facility is disabled. Ask your administrator.')
  }
  if (operator.mustChangePassword && operator.passwordExpiresAt && operator.passwordExpiresAt <= now) {
    throw new Refusal('NOT_ALLOWED', 'This one-time password is too old. Ask your administrator for a new one.')
  }
  const method = await proveCode(context, operator.id, code)
  await forgiveAttempts(db, throttles.account, throttles.address)
  const sessionId = context.uuid()
  const session = { id: sessionId, operatorId: operator.id, method, userAgent: userAgent ?? null, address, at: now }
  await startSession(db, session)
  return { ...operator, sessionId, method }
}

/** The one spelling of a username: as in Operator.username. */
export function normalUsername(username: string): string {
  return username.replaceAll('\u0000', '').normalize('NFKC').trim().toLowerCase().slice(0, 200)
}

async function proveCode({ db, now }: SignInContext, operatorId: string, code: string): Promise<SignInMethod> {
  const { confirmedAt } = await secondFactorOf(db, operatorId)
  if (confirmedAt === null) return 'password'
  if (code.trim() === '') throw new SecondFactorNeeded()
  const method = await redeemCode(db, operatorId, code, now)
  if (method) return method
  throw new Refusal('UNAUTHENTICATED', 'This code does not fit. Each code works once, and for half a minute only.')
}
