/** The SQL of messages: does what they name exist here? */
import type { Statements } from '@/lib/db'

/** Whether this registry accepted the transaction. `id` is a uuid. */
export async function knownTransaction(db: Statements, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`select 1 from transaction where id = ${id}::uuid`
  return rows.length > 0
}

/** Writes into the audit log that a message was refused, under each dose of the code that it names; under none where it names none of ours. */
export async function writeMessageRefused(
  db: Statements,
  by: { id: string; name: string },
  { origin, code, preEnrollmentCode }: { origin: string; code: string; preEnrollmentCode: string | null },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'message.refused', 'system', ${by.id}, ${by.name}, l.id, l.head_certificate_id,
           jsonb_build_object('origin', ${origin}::text, 'code', ${code}::text)
    from (select ${preEnrollmentCode}::text as code) named
    left join lineage l on l.pre_enrollment_code = named.code and l.open and not l.sandbox`
}

/** Type, code and dose of a real certificate, issued or accepted and still to be issued; null when the number is not ours. */
export async function namedCertificate(
  db: Statements,
  certificateId: string,
): Promise<{ type: string; preEnrollmentCode: string; dose: number } | null> {
  const rows = await db.$queryRaw<{ type: string; preEnrollmentCode: string; dose: number }[]>`
    select l.type, l.pre_enrollment_code as "preEnrollmentCode", l.dose
    from transaction t join lineage l on l.id = t.lineage_id
    where t.certificate_id = ${certificateId} and t.state <> 'failed' and not l.sandbox`
  return rows[0] ?? null
}
