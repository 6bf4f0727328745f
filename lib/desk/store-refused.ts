/** The SQL of updates that were refused because no update was left. */
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'

export interface RefusedItem {
  code: string
  dose: number
  programId: string | null
}

/**
 * Writes one audit line for each lineage that was named, with its own facility's caller. Who asks for the same again since
 * `from` gets no second line: a source system that repeats itself all day is one fact.
 */
export async function writeRefusedUpdates(
  db: Statements,
  type: string,
  items: RefusedItem[],
  by: Caller,
  from: Date,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select distinct on (l.id) ${at}::timestamptz, 'update.refused', ${by.kind}, ${by.id}, ${by.name}, l.id,
           l.head_certificate_id, '{"code": "UPDATE_LIMIT_REACHED"}'::jsonb
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(code text, dose int, "programId" text)
    join lineage l on l.type = ${type} and l.pre_enrollment_code = i.code and l.dose = i.dose and l.open and l.sandbox = ${by.sandbox}
      and (i."programId" is null or l.program_id = i."programId"
           or not exists (select 1 from lineage exact where exact.type = ${type} and exact.pre_enrollment_code = i.code and exact.dose = i.dose
                          and exact.program_id = i."programId" and exact.sandbox = ${by.sandbox}))
    where ${withinReach(by, 'l')}
      and not exists (select 1 from audit_event a where a.lineage_id = l.id and a.action = 'update.refused'
                      and a.actor_kind = ${by.kind} and a.actor_id = ${by.id} and a.at >= ${from})`
}
