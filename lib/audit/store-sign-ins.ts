/** The SQL of sign-ins that were refused. Those that worked are written with the session that they begin. */
import { createHmac } from 'node:crypto'
import type { Statements } from '@/lib/db'

export interface RefusedSignIn {
  /** As normalUsername writes it. */
  username: string
  /** Keys the hash that stands for a name nobody has. */
  secret: string
  /** Code of the refusal. */
  code: string
  /** How it was tried: password, second_factor … */
  how: string
}

const MINUTES = 15

/**
 * Writes a sign-in that was refused: under the account where there is one, else under a keyed hash of the name. Somebody
 * may type the password into the field of the name, so what was typed is never written. Of an account that is locked the
 * first try of a quarter of an hour is written: the others were not looked at.
 */
export async function writeRefusedSignIn(db: Statements, at: Date, refused: RefusedSignIn): Promise<void> {
  const { username, secret, code, how } = refused
  const hash = createHmac('sha256', secret).update(`account\n${username}`).digest('hex').slice(0, 16)
  const since = new Date(at.getTime() - MINUTES * 60_000)
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'sign_in.refused', case when o.id is null then 'unknown' else 'operator' end,
           coalesce(o.id::text, ${`account ${hash}`}), coalesce(o.name, 'Unknown account'),
           jsonb_build_object('code', ${code}::text, 'how', ${how}::text)
    from (values (1)) as one left join operator o on o.username = ${username}
    where ${code} <> 'TOO_MANY_ATTEMPTS' or not exists (
      select 1 from audit_event a
      where a.at >= ${since} and a.action = 'sign_in.refused' and a.detail ->> 'code' = 'TOO_MANY_ATTEMPTS'
        and a.actor_id = coalesce(o.id::text, ${`account ${hash}`}))`
}
