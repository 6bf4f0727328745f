/** The SQL of presence: who has a correction of a lineage open. */
import { personReaches } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

export interface PresentRow {
  name: string
  facility: string | null
  openedAt: Date
}

/** The lineage of a certificate and its current certificate. */
export async function placeOf(
  db: Statements,
  certificateId: string,
): Promise<{ lineageId: string; newest: string | null }> {
  const [row] = await db.$queryRaw<{ lineageId: string; newest: string | null }[]>`
    select l.id as "lineageId", l.head_certificate_id as newest
    from certificate c join lineage l on l.id = c.lineage_id where c.certificate_id = ${certificateId}`
  return row!
}

/** Says that an operator is there. Who was gone meanwhile (not seen since `gone`) has opened it anew. */
export async function writePresence(
  db: Statements,
  lineageId: string,
  operatorId: string,
  now: Date,
  gone: Date,
): Promise<void> {
  await db.$executeRaw`
    insert into presence as p (lineage_id, operator_id, opened_at, seen_at)
    values (${lineageId}::uuid, ${operatorId}::uuid, ${now}, ${now})
    on conflict (lineage_id, operator_id) do update
      set seen_at = ${now}, opened_at = case when p.seen_at < ${gone} then ${now} else p.opened_at end`
}

/** The operator is not there any more. */
export async function deletePresence(db: Statements, lineageId: string, operatorId: string): Promise<void> {
  await db.$executeRaw`
    delete from presence where lineage_id = ${lineageId}::uuid and operator_id = ${operatorId}::uuid`
}

/** Who else is there: people who still work here and may still read the lineage, the first to open it first. */
export function othersPresent(
  db: Statements,
  lineageId: string,
  operatorId: string,
  gone: Date,
): Promise<PresentRow[]> {
  return db.$queryRaw`
    select o.name, f.name as facility, p.opened_at as "openedAt"
    from presence p
    join lineage l on l.id = p.lineage_id
    join operator o on o.id = p.operator_id
    left join facility f on f.code = o.facility_code
    where p.lineage_id = ${lineageId}::uuid and p.operator_id <> ${operatorId}::uuid and p.seen_at >= ${gone}
      and not o.disabled and ${personReaches('o', Prisma.sql`l.facility_code`)}
    order by p.opened_at, o.name
    limit 10`
}

/** Removes everybody who was not seen since. */
export async function forgetGone(db: Statements, gone: Date): Promise<void> {
  await db.$executeRaw`delete from presence where seen_at < ${gone}`
}
