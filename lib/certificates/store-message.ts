/** The SQL of messages: does what they name exist here? */
import type { Statements } from '@/lib/db'

/** Whether this registry accepted the transaction. `id` is a uuid. */
export async function knownTransaction(db: Statements, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`select 1 from transaction where id = ${id}::uuid`
  return rows.length > 0
}

/** Code and dose of a real certificate, issued or accepted and still to be issued; null when the number is not ours. */
export async function namedCertificate(
  db: Statements,
  certificateId: string,
): Promise<{ preEnrollmentCode: string; dose: number } | null> {
  const rows = await db.$queryRaw<{ preEnrollmentCode: string; dose: number }[]>`
    select l.pre_enrollment_code as "preEnrollmentCode", l.dose
    from transaction t join lineage l on l.id = t.lineage_id
    where t.certificate_id = ${certificateId} and t.state <> 'failed' and not l.sandbox`
  return rows[0] ?? null
}
