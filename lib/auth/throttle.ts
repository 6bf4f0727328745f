/** Counts sign-in attempts by account and by address, in the database, so that parallel guesses cannot exceed the count. */
import { createHmac } from 'node:crypto'
import type { Statements } from '@/lib/db'

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
  const key = (kind: string, value: string) => createHmac('sha256', secret).update(`${kind}\n${value}`).digest('hex')
  return {
    account: { attempts: 5, key: key('account', username) },
    // One count for all whose address is unknown would let anybody lock everybody out.
    address: address === null ? null : { attempts: 30, key: key('address', address) },
  }
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

/** After a success the account starts anew, and the address gets back the one attempt that was taken from it. */
export async function forgiveAttempts(db: Statements, account: Throttle, address: Throttle | null): Promise<void> {
  await db.$executeRaw`delete from sign_in_throttle where key = ${account.key}`
  if (!address) return
  await db.$executeRaw`
    update sign_in_throttle set
      failures = greatest(failures - 1, 0),
      locked_until = case when failures <= ${address.attempts} then null else locked_until end
    where key = ${address.key}`
}
