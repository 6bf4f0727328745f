/** The SQL of reading what is published. */
import type { Statements } from '@/lib/db'

/** A published list as signed, null when there is none of this number and purpose. */
export async function publishedList(db: Statements, listId: number, purpose: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ credential: string }[]>`
    select credential from status_list_credential where list_id = ${listId}::int and purpose = ${purpose}`
  return rows[0]?.credential ?? null
}
