/** The SQL of emptying a sandbox. Nothing here touches a lineage that is not of the sandbox. */
import type { Statements } from '@/lib/db'
import type { Actor } from './store'

/**
 * Removes the sandbox lineages that a client opened, in the order in which accepting and issuing lock them: what is being
 * written is waited for, and a worker that was signing for one finds its lease gone. Returns how many rows went.
 */
export async function removeSandbox(
  db: Statements,
  by: Actor,
  at: Date,
): Promise<{ certificates: number; transactions: number }> {
  const locked = await db.$queryRaw<{ id: string }[]>`
    select l.id from lineage l
    where l.sandbox
      and exists (select 1 from transaction t
                  where t.lineage_id in (l.id, l.reserved_for) and t.kind = 'certify' and t.caller_id = ${by.id})
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation, l.sandbox
    for update of l`
  const ids = locked.map((row) => row.id)
  await db.$executeRaw`update lineage set head_certificate_id = null where id = any(${ids}::uuid[])`
  await db.$executeRaw`
    delete from status_entry s using certificate c
    where c.certificate_id = s.certificate_id and c.lineage_id = any(${ids}::uuid[])`
  await db.$executeRaw`delete from print_run where lineage_id = any(${ids}::uuid[])`
  const certificates = await db.$executeRaw`delete from certificate where lineage_id = any(${ids}::uuid[])`
  const transactions = await db.$executeRaw`delete from transaction where lineage_id = any(${ids}::uuid[])`
  await db.$executeRaw`delete from lineage where id = any(${ids}::uuid[])`
  await db.$executeRaw`delete from idempotency_key where caller_id = ${by.id}`
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    values (${at}, 'sandbox.reset', ${by.kind}, ${by.id}, ${by.name}, null, null,
            jsonb_build_object('certificates', ${certificates}::int, 'transactions', ${transactions}::int))`
  return { certificates, transactions }
}
