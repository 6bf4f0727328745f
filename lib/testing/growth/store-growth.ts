/** The SQL of a generated registry: what is there already, who works in it, and one batch written whole or not at all. */
import pg from 'pg'
import { SCOPES } from '@/lib/auth/scopes'
import { hashToken } from '@/lib/auth/tokens'
import { copyInto } from './copy'
import { drawsFrom } from './draws'
import { CLIENTS, DISTRICTS, FACILITIES, districtOf, facilityCode, facilityName } from './registry'
import { COLUMNS, type People, type Rows, type Table } from './rows'

/** The token of a generated source system: known to whoever measures. */
export function tokenOf(client: number): string {
  return `errata-growth-token-${client}`
}

/** A connection that may leave foreign keys unchecked: what is written is whole by construction. */
export async function connectToGrow(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'errata grow' })
  await client.connect()
  await client.query('set synchronous_commit = off')
  await client.query('set session_replication_role = replica').catch(() => {
    throw new Error('This needs a user of the database who may set session_replication_role (a superuser).')
  })
  return client
}

export interface Grown {
  seed: number
  /** When the registry was begun: its "now", so that what is continued fits what is there. */
  now: Date
  /** How many batches are written, and certificates in them. */
  batches: number
  certificates: number
}

/** What is there. A registry that was begun is continued with its seed and its time. */
export async function grownSoFar(client: pg.Client, seed: number, now: Date): Promise<Grown> {
  await client.query(`create schema if not exists growth;
    create table if not exists growth.registry (seed int not null, now timestamptz(3) not null);
    create table if not exists growth.batch (n int primary key, certificates int not null)`)
  await client.query('insert into growth.registry select $1, $2 where not exists (select 1 from growth.registry)', [
    seed,
    now,
  ])
  const { rows } = await client.query(`
    select seed, now, (select count(*)::int from growth.batch) as batches,
           (select coalesce(sum(certificates), 0)::int from growth.batch) as certificates
    from growth.registry`)
  return rows[0] as Grown
}

/** Facilities by district, source systems with their last calls, one operator for each facility. */
export async function writePeople(client: pg.Client, seed: number, now: Date): Promise<People> {
  const draws = drawsFrom(seed)
  const facilities = Array.from({ length: FACILITIES }, (_, n) => n)
  const clients = Array.from({ length: CLIENTS }, () => draws.uuid())
  const operators = facilities.map(() => draws.uuid())
  const { rows } = await client.query("select 1 from facility where code = 'F0000'")
  if (rows.length > 0) return { clients, operators }
  await client.query('begin')
  await copyInto(
    client,
    'facility',
    ['code', 'name', 'district'],
    facilities.map((n) => [facilityCode(n), facilityName(n), districtOf(n)]),
  )
  await copyInto(
    client,
    'api_client',
    ['id', 'name', 'token_hash', 'district', 'scopes', 'rate_per_minute'],
    clients.map((id, n) => [
      id,
      `Source system ${n}`,
      hashToken(tokenOf(n)),
      n < DISTRICTS ? districtOf(n) : null,
      `{${[...SCOPES].join(',')}}`,
      0,
    ]),
  )
  await copyInto(
    client,
    'operator',
    ['id', 'username', 'name', 'password_hash', 'facility_code', 'roles'],
    // Nobody signs in with this.
    operators.map((id, n) => [id, `operator${n}`, `Operator ${n}`, 'none', facilityCode(n), '{operator}']),
  )
  const calls = clients.flatMap((id) =>
    Array.from({ length: 50 }, () => [id, draws.uuid(), now, 'POST', '/v3/certify', 200, draws.below(40)]),
  )
  await copyInto(client, 'api_call', ['client_id', 'request_id', 'at', 'method', 'route', 'status', 'ms'], calls)
  await client.query('commit')
  return { clients, operators }
}

/** All rows of a batch, and that it is there. */
export async function writeBatch(client: pg.Client, n: number, certificates: number, rows: Rows): Promise<void> {
  await client.query('begin')
  try {
    for (const [table, columns] of Object.entries(COLUMNS) as [Table, string][]) {
      // The log stamps its rows itself.
      if (table === 'audit_event') await client.query('set local session_replication_role = origin')
      await copyInto(client, table, columns.split(' '), rows[table])
    }
    await client.query('insert into growth.batch values ($1, $2)', [n, certificates])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

export interface Size {
  table: string
  rows: number
  megabytes: number
  indexMegabytes: number
}

/** The largest tables after an `analyze`: rows as the planner knows them, size with everything, and of that the indexes. */
export async function sizesOf(client: pg.Client): Promise<Size[]> {
  const { rows } = await client.query<Size>(`
    select relname as table, reltuples::bigint::int as rows,
           round(pg_total_relation_size(oid) / 1048576.0)::int as megabytes,
           round(pg_indexes_size(oid) / 1048576.0)::int as "indexMegabytes"
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_total_relation_size(oid) > 5e6
    order by pg_total_relation_size(oid) desc`)
  return rows
}
