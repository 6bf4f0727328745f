/** The SQL of the context documents that source systems sent. */
import type { Statements } from '@/lib/db'

/** The text of one; null = there is none. */
export async function contextText(db: Statements, id: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ document: string }[]>`
    select document from json_ld_context where id = ${id}::uuid`
  return row?.document ?? null
}

export async function insertContext(db: Statements, id: string, document: string, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into json_ld_context (id, document, created_at, changed_at) values (${id}::uuid, ${document}, ${at}, ${at})`
}

/** Puts another text in its place. false = there is none. */
export async function rewriteContext(db: Statements, id: string, document: string, at: Date): Promise<boolean> {
  const rows = await db.$executeRaw`
    update json_ld_context set document = ${document}, changed_at = ${at} where id = ${id}::uuid`
  return rows > 0
}

/** Takes one away. false = there is none. */
export async function deleteContext(db: Statements, id: string): Promise<boolean> {
  return (await db.$executeRaw`delete from json_ld_context where id = ${id}::uuid`) > 0
}
