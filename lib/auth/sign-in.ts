/** Signing in with a username and a password. */
import { Refusal } from '@/lib/errors'
import type { Database } from '@/lib/db'
import { passwordFits } from './passwords'
import { forgiveAttempts, takeOrWait, throttlesFor } from './throttle'

export interface SignIn {
  username: string
  password: string
  /** Where the request came from; null when unknown: then attempts are counted by account alone. */
  address: string | null
}

export interface SignInContext {
  db: Database
  /** Keys the hashes under which attempts are counted. */
  secret: string
  now: Date
  /** IANA zone in which a time is told. */
  timeZone: string
}

/**
 * The operator who signs in. Throws Refusal UNAUTHENTICATED with one sentence for everything that does not fit (unknown,
 * wrong, disabled: same words, same time taken), TOO_MANY_ATTEMPTS with the time until which nothing is tried, and NOT_ALLOWED
 * when the password is right and the facility is disabled.
 */
export async function signIn(context: SignInContext, { username, password, address }: SignIn) {
  const { db, now } = context
  const name = normalUsername(username)
  const throttles = throttlesFor(name, address, context.secret)
  if (throttles.address) await takeOrWait(context, throttles.address)
  await takeOrWait(context, throttles.account)
  const operator = await db.operator.findUnique({ where: { username: name }, include: { facility: true } })
  const fits = await passwordFits(operator?.passwordHash ?? null, password)
  if (!fits || !operator || operator.disabled) {
    throw new Refusal('UNAUTHENTICATED', 'Username or password is incorrect.')
  }
  // Told only to somebody who has the password: they did nothing wrong, and have to ask somebody else.
  if (operator.facility?.disabled) {
    throw new Refusal('NOT_ALLOWED', 'Your facility is disabled. Ask your administrator.')
  }
  await forgiveAttempts(db, throttles.account, throttles.address)
  await db.$executeRaw`
    with signed_in as (
      update operator set last_signed_in_at = ${now} where id = ${operator.id}::uuid returning id, name)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${now}, 'signed_in', 'operator', id::text, name, '{}'::jsonb from signed_in`
  return operator
}

/** The one spelling of a username: as in Operator.username. */
export function normalUsername(username: string): string {
  return username.replaceAll('\u0000', '').normalize('NFKC').trim().toLowerCase().slice(0, 200)
}
