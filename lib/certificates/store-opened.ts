/** The SQL of what one person may see for a while: records that were opened beyond the own reach, and revealed values. */
import type { Statements } from '@/lib/db'

/** An opening that is active, as the screens show it. */
export interface Opened {
  openingId: string
  reason: string
  openedAt: string
  until: string
}

/** How long an objection keeps the same person from the same record. */
const OBJECTION_STANDS = 24 * 60 * 60_000

/** Objections after this instant still stand. */
export function objectionsFrom(now: Date): Date {
  return new Date(now.getTime() - OBJECTION_STANDS)
}

/**
 * The opening through which a person may read a record at an instant; null = none. Of several the one that lasts longest.
 * None after an objection to this person and record, whichever opening it was said of.
 */
export async function openedFor(
  db: Statements,
  operatorId: string,
  lineageId: string,
  at: Date,
): Promise<Opened | null> {
  const rows = await db.$queryRaw<{ openingId: string; reason: string; openedAt: Date; until: Date }[]>`
    select o.id::text as "openingId", o.reason, o.opened_at as "openedAt", o.until
    from opening_record r join opening o on o.id = r.opening_id
    where r.lineage_id = ${lineageId}::uuid and o.operator_id = ${operatorId}::uuid
      and o.ended_at is null and o.opened_at <= ${at} and o.until > ${at}
      and not exists (
        select 1 from opening_record objected join opening other on other.id = objected.opening_id
        where objected.lineage_id = r.lineage_id and other.operator_id = o.operator_id
          and objected.verdict = 'objected' and objected.decided_at > ${objectionsFrom(at)})
    order by o.until desc, o.id limit 1`
  const [row] = rows
  return row ? { ...row, openedAt: row.openedAt.toISOString(), until: row.until.toISOString() } : null
}

/** Until when a person sees a record's hidden values; null = not now. */
export async function revealedUntil(
  db: Statements,
  operatorId: string,
  lineageId: string,
  at: Date,
): Promise<Date | null> {
  const rows = await db.$queryRaw<{ until: Date }[]>`
    select until from reveal
    where lineage_id = ${lineageId}::uuid and operator_id = ${operatorId}::uuid and revealed_at <= ${at} and until > ${at}
    order by until desc limit 1`
  return rows[0]?.until ?? null
}
