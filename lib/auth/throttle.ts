/** Counts attempts to sign in or to open a holder's link, in the database, so that parallel guesses cannot exceed the count. */
import { createHmac } from 'node:crypto'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'

export interface Throttle {
  /** Attempts within the window; the last one of them locks. */
  attempts: number
  key: string
}

const MINUTES = 15

/** At most 5 failures of an account and 30 of an address within 15 minutes; then a pause of 15 minutes. */
export function throttlesFor(
  username: string,
  address: string | null,
  secret: string,
): { account: Throttle; address: Throttle | null } {
  return {
    account: { attempts: 5, key: hashedKey('account', username, secret) },
    // One count for all whose address is unknown would let anybody lock everybody out.
    address: address === null ? null : { attempts: 30, key: hashedKey('address', address, secret) },
  }
}

/**
 * The same for an account that signed in before in this browser: failures from elsewhere do not count here, so that
 * nobody can lock out somebody else for good by failing in their name.
 */
export function knownBrowserThrottle(username: string, browserId: string, secret: string): Throttle {
  return { attempts: 5, key: hashedKey('browser', `${browserId}\n${username}`, secret) }
}

/** Of somebody who is signed in and says again who they are: a count of its own, which nobody outside can use up. */
export function stepUpThrottle(operatorId: string, secret: string): Throttle {
  return { attempts: 5, key: hashedKey('step up', operatorId, secret) }
}

/** The same for holders' links, whether there is such a link or not: 5 of a token, 30 of an address. */
export function holderThrottles(
  tokenHash: string,
  address: string | null,
  secret: string,
): { token: Throttle; address: Throttle | null } {
  return {
    token: { attempts: 5, key: hashedKey('holder token', tokenHash, secret) },
    address: address === null ? null : { attempts: 30, key: hashedKey('holder address', address, secret) },
  }
}

/** Takes one attempt as `takeAttempt`; when there is none left, a Refusal TOO_MANY_ATTEMPTS says until when. */
export async function takeOrWait(
  { db, now, timeZone }: { db: Statements; now: Date; timeZone: string },
  throttle: Throttle,
  Refused: typeof Refusal = Refusal,
): Promise<void> {
  const lockedUntil = await takeAttempt(db, throttle, now)
  if (!lockedUntil) return
  const seconds = Math.max(1, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000))
  const sentence = `Too many attempts. Try again at ${clock(lockedUntil, timeZone)}.`
  throw new Refused('TOO_MANY_ATTEMPTS', sentence, [], seconds)
}

/**
 * Takes one attempt before the password is looked at: a guess that never got its place is never compared.
 * Answers null when there was one, else the time until which nothing is tried.
 */
export async function takeAttempt(db: Statements, { key, attempts }: Throttle, now: Date): Promise<Date | null> {
  const over = new Date(now.getTime() - MINUTES * 60_000)
  const lockUntil = new Date(now.getTime() + MINUTES * 60_000)
  const [row] = await db.$queryRaw<{ failures: number; locked_until: Date | null }[]>`
    insert into sign_in_throttle as t (key, failures, window_start, locked_until)
    values (${key}, 1, ${now}, null)
    on conflict (key) do update set
      failures = case
        when t.locked_until > ${now} then ${attempts + 1}
        when t.locked_until is not null or t.window_start <= ${over} then 1
        else t.failures + 1 end,
      window_start = case
        when t.locked_until > ${now} then t.window_start
        when t.locked_until is not null or t.window_start <= ${over} then ${now}
        else t.window_start end,
      locked_until = case
        when t.locked_until > ${now} then t.locked_until
        when t.locked_until is null and t.window_start > ${over} and t.failures + 1 >= ${attempts} then ${lockUntil}::timestamptz
        else null end
    returning failures, locked_until`
  return row && row.failures > attempts ? row.locked_until : null
}

/** After a success the account or token starts anew, and the address gets back the one attempt that was taken from it. */
export async function forgiveAttempts(db: Statements, account: Throttle, address: Throttle | null): Promise<void> {
  await db.$executeRaw`delete from sign_in_throttle where key = ${account.key}`
  if (address) await giveBackAttempt(db, address)
}

/** Gives back the one attempt that was taken, and leaves those before it counted. */
export async function giveBackAttempt(db: Statements, { key, attempts }: Throttle): Promise<void> {
  await db.$executeRaw`
    update sign_in_throttle set
      failures = greatest(failures - 1, 0),
      locked_until = case when failures <= ${attempts} then null else locked_until end
    where key = ${key}`
}

/** Removes counts that no longer count: tokens that somebody made up leave rows, too. */
export async function forgetOldAttempts(db: Statements, now: Date): Promise<void> {
  const over = new Date(now.getTime() - 2 * MINUTES * 60_000)
  await db.$executeRaw`
    delete from sign_in_throttle where window_start < ${over} and (locked_until is null or locked_until < ${now})`
}

function hashedKey(kind: string, value: string, secret: string): string {
  return createHmac('sha256', secret).update(`${kind}\n${value}`).digest('hex')
}

/** The first full minute at which it works again. UTC is named, because nobody's wall shows it. */
function clock(at: Date, timeZone: string): string {
  const minute = new Date(Math.ceil(at.getTime() / 60_000) * 60_000)
  const text = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(minute)
  return timeZone === 'UTC' ? `${text} UTC` : text
}
