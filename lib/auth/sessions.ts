/** Sessions as rows: what is ended here is over at once, in every process, whatever cookie somebody still holds. */
import type { Statements } from '@/lib/db'
import { deviceOf, networkOf } from './device'
import { IDLE_SECONDS, LONGEST_SECONDS } from './session-cookie'

/** How somebody proved who they are. */
export type SignInMethod = 'password' | 'second_factor' | 'recovery_code' | 'oidc'

export interface NewSession {
  id: string
  operatorId: string
  method: SignInMethod
  userAgent: string | null
  address: string | null
  at: Date
  /** Sealed ID token of the sign-in service. */
  idToken?: Uint8Array<ArrayBuffer>
}

export interface SessionRow {
  id: string
  method: SignInMethod
  device: string
  address: string | null
  startedAt: Date
  lastSeenAt: Date
}

/** A session that was seen this recently is not written again. */
const SEEN_EVERY_SECONDS = 60

/** Somebody with more open sessions than this forgot where; the one seen longest ago ends. */
const MOST_SESSIONS = 10

/** Begins a session and notes who signed in. Of too many the one seen longest ago ends. */
export async function startSession(db: Statements, session: NewSession): Promise<void> {
  const { id, operatorId, method, at } = session
  const [device, address] = [deviceOf(session.userAgent), networkOf(session.address)]
  const { seen } = bounds(at)
  await db.$executeRaw`
    with signed_in as (
      update operator set last_signed_in_at = ${at} where id = ${operatorId}::uuid returning id, name),
    started as (
      insert into operator_session (id, operator_id, method, device, address, started_at, last_seen_at, id_token)
      select ${id}::uuid, id, ${method}, ${device}, ${address}, ${at}, ${at}, ${session.idToken ?? null} from signed_in),
    crowded as (
      update operator_session set ended_at = ${at}
      where id in (
        select id from operator_session
        where operator_id = ${operatorId}::uuid and ended_at is null and last_seen_at > ${seen}
        order by last_seen_at desc, id offset ${MOST_SESSIONS - 1}))
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'signed_in', 'operator', id::text, name, ${JSON.stringify({ method, sessionId: id })}::jsonb
    from signed_in`
}

/** Notes that somebody is there. */
export async function seeSession(db: Statements, id: string, lastSeenAt: Date, at: Date): Promise<void> {
  if (at.getTime() - lastSeenAt.getTime() < SEEN_EVERY_SECONDS * 1000) return
  await db.$executeRaw`update operator_session set last_seen_at = ${at} where id = ${id}::uuid and last_seen_at < ${at}`
}

/** Where an operator is signed in now, the last seen first. */
export function openSessions(db: Statements, operatorId: string, at: Date): Promise<SessionRow[]> {
  const { seen, started } = bounds(at)
  return db.$queryRaw`
    select id, method, device, address, started_at as "startedAt", last_seen_at as "lastSeenAt"
    from operator_session
    where operator_id = ${operatorId}::uuid and ended_at is null and last_seen_at > ${seen} and started_at > ${started}
    order by last_seen_at desc, id`
}

/** Whether somebody said who they are in this session since then. */
export async function provedSince(db: Statements, id: string, since: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from operator_session where id = ${id}::uuid and coalesce(proved_at, started_at) > ${since}`
  return rows.length > 0
}

/** Ends one session of an operator; false when there is none that is open. */
export async function endSession(db: Statements, operatorId: string, id: string, at: Date): Promise<boolean> {
  const ended = await db.$executeRaw`
    update operator_session set ended_at = ${at}
    where id = ${id}::uuid and operator_id = ${operatorId}::uuid and ended_at is null`
  return ended > 0
}

/** Ends the own session and notes it; nothing when it was over already. */
export async function signOut(db: Statements, operatorId: string, id: string, at: Date): Promise<void> {
  await db.$executeRaw`
    with ended as (
      update operator_session set ended_at = ${at}
      where id = ${id}::uuid and operator_id = ${operatorId}::uuid and ended_at is null
      returning operator_id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'signed_out', 'operator', o.id::text, o.name, jsonb_build_object('sessionId', ${id}::text)
    from ended join operator o on o.id = ended.operator_id`
}

/** Ends all sessions of an operator, but for one of them; answers how many somebody could still have used. */
export async function endSessions(
  db: Statements,
  operatorId: string,
  at: Date,
  exceptId: string | null,
): Promise<number> {
  const { seen } = bounds(at)
  const rows = await db.$queryRaw<{ open: boolean }[]>`
    update operator_session set ended_at = ${at}
    where operator_id = ${operatorId}::uuid and ended_at is null and id is distinct from ${exceptId}::uuid
    returning last_seen_at > ${seen} as open`
  return rows.filter(({ open }) => open).length
}

/** Ends all sessions of the operators of a facility. */
export async function endSessionsAt(db: Statements, facilityCode: string, at: Date): Promise<void> {
  await db.$executeRaw`
    update operator_session s set ended_at = ${at} from operator o
    where o.id = s.operator_id and o.facility_code = ${facilityCode} and s.ended_at is null`
}

/** Removes sessions that were over a month ago. */
export async function forgetOldSessions(db: Statements, now: Date): Promise<void> {
  const monthAgo = new Date(now.getTime() - 30 * 24 * 60 * 60_000)
  await db.$executeRaw`delete from operator_session where last_seen_at < ${monthAgo}`
}

/** Last seen and begun before these, a session is over by the clock. A minute of grace: it is not written at each request. */
function bounds(at: Date): { seen: Date; started: Date } {
  return {
    seen: new Date(at.getTime() - (IDLE_SECONDS + SEEN_EVERY_SECONDS) * 1000),
    started: new Date(at.getTime() - LONGEST_SECONDS * 1000),
  }
}
