/** The SQL of two people who decide together: what they may do, and whether the two may be one. */
import { personReaches } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

export interface PersonRow {
  id: string
  disabled: boolean
  /** Works with records, and reaches the facility that was asked about. */
  reaches: boolean
}

const DAY = 24 * 60 * 60 * 1000

/**
 * People by id and whether they reach a facility (null = all facilities), as they are at this moment; nobody takes them away
 * before the end of the transaction. No stronger lock: who asks here may hold a lineage, and opening a record locks the
 * person first and the lineage after.
 */
export function lockPeople(db: Statements, ids: string[], facilityCode: string | null): Promise<PersonRow[]> {
  return db.$queryRaw<PersonRow[]>`
    select o.id::text as id, o.disabled or coalesce(f.disabled, false) as disabled, 
           ${personReaches('o', Prisma.sql`${facilityCode}::text`)} as reaches
    from operator o left join facility f on f.code = o.facility_code
    where o.id = any(${ids}::uuid[]) order by o.id for key share of o`
}

/** Whether one operator added another, or made a one-time password for that one, a day ago or less: then the two may be one person. */
export async function madeBy(db: Statements, operatorId: string, makerId: string, now: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from audit_event
    where lineage_id is null and at >= ${new Date(now.getTime() - DAY)} and action in ('operator.added', 'operator.password_reset')
      and actor_kind = 'operator' and actor_id = ${makerId} and detail->>'operatorId' = ${operatorId}
    limit 1`
  return rows.length > 0
}

/** Whether an operator ever made or changed a source system, or gave it a token: then it may be that person who asks. */
export async function madeClient(db: Statements, makerId: string, clientId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from audit_event
    where action in ('client.added', 'client.changed', 'client.token_replaced') and detail->>'clientId' = ${clientId}
      and actor_kind = 'operator' and actor_id = ${makerId}
    limit 1`
  return rows.length > 0
}
