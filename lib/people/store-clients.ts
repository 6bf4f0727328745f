/** The SQL of source systems. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { containing, type Writing } from './store-writing'

export const PAGE = 50

export interface ClientRow {
  id: string
  name: string
  facilityCode: string | null
  facilityName: string | null
  facilityDisabled: boolean | null
  district: string | null
  programs: string[]
  batch: 'all' | 'each'
  sandbox: boolean
  ratePerMinute: number | null
  scopes: string[]
  tokenExpiresAt: Date | null
  previousTokenUntil: Date | null
  disabled: boolean
  lastUsedAt: Date | null
}

/** One page of clients by name, and one row more when there is another page. `q` is part of a name or facility. */
export function clientPage(db: Statements, q: string, after: string): Promise<ClientRow[]> {
  const found = q === '' ? Prisma.sql`true` : matching(containing(q))
  return clients(db, Prisma.sql`${found} and c.name > ${after} order by c.name limit ${PAGE + 1}`)
}

/** One client; null when there is none. */
export async function clientById(db: Statements, id: string): Promise<ClientRow | null> {
  return (await clients(db, Prisma.sql`c.id = ${id}::uuid`))[0] ?? null
}

function matching(pattern: string): Prisma.Sql {
  return Prisma.sql`(c.name ilike ${pattern} or f.name ilike ${pattern} or f.code ilike ${pattern})`
}

function clients(db: Statements, which: Prisma.Sql): Promise<ClientRow[]> {
  return db.$queryRaw`
    select c.id, c.name, f.code as "facilityCode", f.name as "facilityName", f.disabled as "facilityDisabled",
           c.district, c.programs, c.batch, c.sandbox, c.rate_per_minute as "ratePerMinute", c.disabled, c.last_used_at as "lastUsedAt",
           c.scopes, c.token_expires_at as "tokenExpiresAt", c.previous_token_until as "previousTokenUntil"
    from api_client c left join facility f on f.code = c.facility_code
    where ${which}`
}

/** Whether another client has this name, whatever its case. */
export async function clientNameTaken(db: Statements, name: string, ownId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from api_client where lower(name) = lower(${name}) and id <> ${ownId}::uuid`
  return rows.length > 0
}

export interface ClientFacts {
  name: string
  facilityCode: string | null
  district: string | null
  programs: string[]
  batch: 'all' | 'each'
  ratePerMinute: number | null
  scopes: string[]
}

export async function insertClient(
  db: Writing,
  facts: ClientFacts & {
    id: string
    sandbox: boolean
    tokenHash: string
    tokenExpiresAt: Date | null
    createdAt: Date
  },
): Promise<void> {
  await db.apiClient.create({ data: facts })
}

/** Changes what is given. */
export async function updateClient(
  db: Writing,
  id: string,
  facts: Partial<ClientFacts & { disabled: boolean }>,
): Promise<void> {
  await db.apiClient.update({ where: { id }, data: facts })
}

/** Puts a token in the place of the present one, which goes on working until `previousUntil`; null = it stops now. */
export async function replaceTokenHash(
  db: Writing,
  id: string,
  token: { hash: string; expiresAt: Date | null },
  previousUntil: Date | null,
): Promise<void> {
  await db.$executeRaw`
    update api_client set
      previous_token_hash = case when ${previousUntil}::timestamptz is null then null else token_hash end,
      -- A token never lives longer for being replaced.
      previous_token_until = case when ${previousUntil}::timestamptz is null then null
        else least(${previousUntil}::timestamptz, coalesce(token_expires_at, 'infinity')) end,
      token_hash = ${token.hash}, token_expires_at = ${token.expiresAt}
    where id = ${id}::uuid`
}

/** The token before the present one stops working. */
export async function dropPreviousToken(db: Writing, id: string): Promise<void> {
  await db.apiClient.update({ where: { id }, data: { previousTokenHash: null, previousTokenUntil: null } })
}
