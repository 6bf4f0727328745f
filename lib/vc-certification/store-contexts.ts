/** The SQL of the context documents that source systems sent. `owner`: only what this caller sent; null = whoever sent it. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

/** The text of one; null = there is none. */
export async function contextText(db: Statements, id: string, owner: string | null): Promise<string | null> {
  const [row] = await db.$queryRaw<{ document: string }[]>`
    select document from json_ld_context where id = ${id}::uuid and ${ownedBy(owner)}`
  return row?.document ?? null
}

export interface NewContext {
  id: string
  document: string
  createdById: string
  at: Date
}

export async function insertContext(db: Statements, { id, document, createdById, at }: NewContext): Promise<void> {
  await db.$executeRaw`
    insert into json_ld_context (id, document, created_at, changed_at, created_by_id)
    values (${id}::uuid, ${document}, ${at}, ${at}, ${createdById})`
}

/** Puts another text in its place. false = there is none. */
export async function rewriteContext(
  db: Statements,
  { id, document, at }: Omit<NewContext, 'createdById'>,
  owner: string | null,
): Promise<boolean> {
  const rows = await db.$executeRaw`
    update json_ld_context set document = ${document}, changed_at = ${at} where id = ${id}::uuid and ${ownedBy(owner)}`
  return rows > 0
}

/** Takes one away. false = there is none. */
export async function deleteContext(db: Statements, id: string, owner: string | null): Promise<boolean> {
  return (await db.$executeRaw`delete from json_ld_context where id = ${id}::uuid and ${ownedBy(owner)}`) > 0
}

function ownedBy(owner: string | null): Prisma.Sql {
  return owner === null ? Prisma.sql`true` : Prisma.sql`created_by_id = ${owner}`
}
