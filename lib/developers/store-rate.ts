/** The SQL of rate limits: requests of one minute counted in one row, for all processes together. */
import type { Statements } from '@/lib/db'

const KEPT_MINUTES = 5

/**
 * Takes `wanted` places of a window and answers how many of them are within `limit` (0 to `wanted`), and how many are
 * taken by now. One statement that waits for no disk: a database that crashes may forget the counts of the last second.
 */
export async function takePlaces(
  db: Statements,
  { key, windowStart, limit, wanted }: { key: string; windowStart: Date; limit: number; wanted: number },
): Promise<{ granted: number; taken: number }> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    insert into rate_window as w (key, window_start, count)
    select ${key}, ${windowStart}::timestamptz, ${wanted}::int
    from (select set_config('synchronous_commit', 'off', true) as value) as hurried
    where hurried.value is not null
    on conflict (key, window_start) do update set count = w.count + excluded.count
    returning count`
  const before = rows[0]!.count - wanted
  return { granted: Math.max(0, Math.min(wanted, limit - before)), taken: Math.min(limit, rows[0]!.count) }
}

/** Removes windows that are over. Rows that another process is removing are left to it. */
export async function forgetOldWindows(db: Statements, at: Date): Promise<void> {
  const before = new Date(at.getTime() - KEPT_MINUTES * 60_000)
  await db.$executeRaw`
    delete from rate_window where (key, window_start) in (
      select key, window_start from rate_window where window_start < ${before} for update skip locked)`
}
