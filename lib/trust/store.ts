/** The SQL of the trust list. One row is one key. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { containing, type Writing } from '@/lib/people/store-writing'

export const PAGE = 50

export interface TrustRow {
  id: string
  name: string
  verificationMethod: string
  algorithm: 'RSA' | 'ED25519'
  publicKey: string
  note: string
  disabled: boolean
  createdAt: Date
  createdByName: string
}

/** One page by name, and one row more when there is another page. `q` is part of a name, `after` an id. */
export function trustPage(db: Statements, q: string, after: string): Promise<TrustRow[]> {
  const pattern = containing(q)
  const found =
    q === '' ? Prisma.sql`true` : Prisma.sql`(name ilike ${pattern} or verification_method ilike ${pattern})`
  const beyond =
    after === ''
      ? Prisma.sql`true`
      : Prisma.sql`(lower(name), id::text) > (select lower(name), id::text from trusted_issuer where id::text = ${after})`
  return rows(db, Prisma.sql`${found} and ${beyond} order by lower(name), id::text limit ${PAGE + 1}`)
}

/** One key; null when there is none. */
export async function trustById(db: Statements, id: string): Promise<TrustRow | null> {
  return (await rows(db, Prisma.sql`id::text = ${id}`))[0] ?? null
}

/** Of these keys those that are in the list already. */
export function trustByKey(db: Statements, publicKeys: string[]): Promise<TrustRow[]> {
  return rows(db, Prisma.sql`public_key = any(${publicKeys}::text[])`)
}

/** All that are not disabled, the oldest first. */
export function trustInForce(db: Statements): Promise<TrustRow[]> {
  return rows(db, Prisma.sql`not disabled order by created_at, id`)
}

export async function insertTrust(db: Writing, row: TrustRow): Promise<void> {
  await db.trustedIssuer.create({ data: row })
}

/** Changes what is given. */
export async function updateTrust(
  db: Writing,
  id: string,
  facts: { name?: string; note?: string; disabled?: boolean },
): Promise<void> {
  await db.trustedIssuer.update({ where: { id }, data: facts })
}

function rows(db: Statements, which: Prisma.Sql): Promise<TrustRow[]> {
  return db.$queryRaw`
    select id::text, name, verification_method as "verificationMethod", algorithm, public_key as "publicKey",
           note, disabled, created_at as "createdAt", created_by_name as "createdByName"
    from trusted_issuer where ${which}`
}

/** A real certificate as it was issued, in both forms (the second is null where it has none); null when there is none of this number. */
export async function issuedTexts(
  db: Statements,
  certificateId: string,
): Promise<{ credential: string; credential2: string | null } | null> {
  const rows = await db.$queryRaw<{ credential: string; credential2: string | null }[]>`
    select c.credential, c.credential2 from certificate c join lineage l on l.id = c.lineage_id
    where c.certificate_id = ${certificateId} and not l.sandbox`
  return rows[0] ?? null
}
