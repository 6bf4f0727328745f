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
 * wrong, disabled: same words, same time taken) and TOO_MANY_ATTEMPTS with the time until which nothing is tried.
 */
export async function signIn(context: SignInContext, { username, password, address }: SignIn) {
  const { db, now } = context
  const name = normalUsername(username)
  const throttles = throttlesFor(name, address, context.secret)
  if (throttles.address) await takeOrWait(context, throttles.address)
  await takeOrWait(context, throttles.account)
  const operator = await db.operator.findUnique({ where: { username: name } })
  const fits = await passwordFits(operator?.passwordHash ?? null, password)
  if (!fits || !operator || operator.disabled) {
    throw new Refusal('UNAUTHENTICATED', 'Username or password is incorrect.')
  }
  await forgiveAttempts(db, throttles.account, throttles.address)
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    values (${now}, 'signed_in', 'operator', ${operator.id}, ${operator.name}, '{}'::jsonb)`
  return operator
}

/** The one spelling of a username: as in Operator.username. */
export function normalUsername(username: string): string {
  return username.replaceAll('\u0000', '').normalize('NFKC').trim().toLowerCase().slice(0, 200)
}
