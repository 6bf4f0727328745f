/** The SQL of reading what is published. */
import type { Statements } from '@/lib/db'

/** A published list as signed, null when there is none of this number and purpose. */
export async function publishedList(db: Statements, listId: number, purpose: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ credential: string }[]>`
    select credential from status_list_credential where list_id = ${listId}::int and purpose = ${purpose}`
  return rows[0]?.credential ?? null
}

/** Whether every change from before a moment is in the lists, and no list has run out. */
export async function isInTime(db: Statements, changedBefore: Date, at: Date): Promise<boolean> {
  const rows = await db.$queryRaw<{ late: boolean }[]>`
    select exists(select 1 from status_entry where listed_at is null and at < ${changedBefore})
        or exists(select 1 from status_list_credential where valid_until < ${at})
        or not exists(select 1 from status_list_credential) as late`
  return !rows[0]!.late
}
