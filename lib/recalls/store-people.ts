/** The SQL of the two people of a recall, read under locks: whoever is disabled at this moment waits, or was first. */
import { personReaches } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

export interface PersonRow {
  id: string
  disabled: boolean
  /** Works with records, and reaches the facility that was asked about. */
  reaches: boolean
}

/** People by id and whether they reach a facility (null = all facilities), with the locks that keep them as they are until the end of the transaction. */
export function lockPeople(db: Statements, ids: string[], facilityCode: string | null): Promise<PersonRow[]> {
  return db.$queryRaw<PersonRow[]>`
    select o.id::text as id, o.disabled or coalesce(f.disabled, false) as disabled, 
           ${personReaches('o', Prisma.sql`${facilityCode}::text`)} as reaches
    from operator o left join facility f on f.code = o.facility_code
    where o.id = any(${ids}::uuid[]) order by o.id for share of o`
}

/** Whether one operator added another, or made a one-time password for that one, since an instant: then the two may be one person. */
export async function madeBy(db: Statements, operatorId: string, makerId: string, since: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from audit_event
    where lineage_id is null and at >= ${since} and action in ('operator.added', 'operator.password_reset')
      and actor_kind = 'operator' and actor_id = ${makerId} and detail->>'operatorId' = ${operatorId}
    limit 1`
  return rows.length > 0
}
