/** The SQL of the last calls of source systems. */
import type { Database, Statements } from '@/lib/db'
import { CALLS_KEPT, type Call, type CallingClient } from './answers'

/** A call with whose it is. */
export interface ClientCall extends Call {
  clientId: string
}

/** Writes calls in the order given, keeps the last ones of each client, and notes when each was used last. */
export async function writeCalls(db: Statements, calls: ClientCall[]): Promise<void> {
  await db.$executeRaw`
    with given as (
      select g.* from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) as g("clientId" uuid, "requestId" text,
        at timestamptz, method text, route text, status int, code text, message text, details jsonb, ms int)
      join api_client c on c.id = g."clientId"),
    used as (
      update api_client c set last_used_at = latest.at
      from (select "clientId", max(at) as at from given group by 1) as latest
      where c.id = latest."clientId" and (c.last_used_at is null or c.last_used_at < latest.at))
    insert into api_call (client_id, request_id, at, method, route, status, code, message, details, ms)
    select "clientId", "requestId", at, method, route, status, code, message, details, ms from given order by at`
  await db.$executeRaw`
    delete from api_call old
    using unnest(${[...new Set(calls.map((call) => call.clientId))]}::uuid[]) as client (id)
    where old.client_id = client.id and old.id <= (
      select id from api_call newest where newest.client_id = client.id order by id desc offset ${CALLS_KEPT} limit 1)`
}

/** The last calls of a client, the newest first. */
export async function lastCalls(db: Statements, clientId: string): Promise<Call[]> {
  const rows = await db.$queryRaw<(Omit<Call, 'at'> & { at: Date })[]>`
    select request_id as "requestId", at, method, route, status, code, message, details, ms
    from api_call where client_id = ${clientId}::uuid order by at desc, id desc limit ${CALLS_KEPT}`
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** A client as its developer knows it; null when there is none. `usual` = requests a minute where its row names none. */
export async function callingClient(db: Database, clientId: string, usual: number): Promise<CallingClient | null> {
  const row = await db.apiClient.findUnique({ where: { id: clientId } })
  if (!row) return null
  return {
    clientId: row.id,
    name: row.name,
    sandbox: row.sandbox,
    facilityCode: row.facilityCode,
    batch: row.batch === 'each' ? 'each' : 'all',
    ratePerMinute: row.ratePerMinute ?? usual,
  }
}
