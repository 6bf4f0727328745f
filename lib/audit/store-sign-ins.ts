/** The SQL of sign-ins that were refused. Those that worked are written with the session that they begin. */
import type { Statements } from '@/lib/db'

const MINUTES = 15

/**
 * Writes a refused sign-in under the account of this name; false when there is none. Of an account that is locked the
 * first try of a quarter of an hour is written: the others were not looked at.
 */
export async function writeUnderAccount(
  db: Statements,
  at: Date,
  { username, code, how }: { username: string; code: string; how: string },
): Promise<boolean> {
  const since = new Date(at.getTime() - MINUTES * 60_000)
  const [row] = await db.$queryRaw<{ known: boolean }[]>`
    with account as (select id::text, name from operator where username = ${username}),
    written as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      select ${at}, 'sign_in.refused', 'operator', id, name,
             jsonb_build_object('code', ${code}::text, 'how', ${how}::text)
      from account
      where ${code} <> 'TOO_MANY_ATTEMPTS' or not exists (
        select 1 from audit_event a
        where a.at >= ${since} and a.action = 'sign_in.refused' and a.detail ->> 'code' = 'TOO_MANY_ATTEMPTS'
          and a.actor_id = account.id))
    select exists (select 1 from account) as known`
  return row!.known
}
