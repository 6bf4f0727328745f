/** The SQL of DIVOC's VC API: whose certificate a number is. */
import type { Owned } from '@/lib/certificates/reach'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'

export interface Named extends Owned {
  type: string
  preEnrollmentCode: string
  /** Where the certificate is now. */
  dose: number
  /** What became of it; null while it is being issued. */
  state: 'current' | 'superseded' | 'revoked' | 'suspended' | null
}

/** Whose certificate a number is, issued or still to be issued; null when it is not ours. */
export async function namedCertificate(
  db: Statements,
  certificateId: string,
  sandbox: boolean,
  at: Date,
): Promise<Named | null> {
  const rows = await db.$queryRaw<Named[]>`
    select l.type, l.facility_code as "facilityCode", l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose,
           ${stateAt('c', at)} as state
    from transaction t
    join lineage l on l.id = t.lineage_id
    left join certificate c on c.transaction_id = t.id
    where t.certificate_id = ${certificateId} and t.state <> 'failed' and l.sandbox = ${sandbox}`
  return rows[0] ?? null
}

/** The type of what a transaction of this registry is about. */
export async function typeOfTransaction(db: Statements, id: string): Promise<string> {
  const rows = await db.$queryRaw<{ type: string }[]>`
    select l.type from transaction t join lineage l on l.id = t.lineage_id where t.id = ${id}::uuid`
  return rows[0]!.type
}
