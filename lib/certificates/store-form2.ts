/** The SQL of the form of VC Data Model 2.0, read and added to older certificates. */
import type { Statements } from '@/lib/db'
import type { CertificateRecord } from './record'
import { stateAt } from './store-effective'
import type { Place } from './store-places'

/** The stored text, null where the certificate is older than this form; null altogether where there is no such certificate. */
export async function credential2Of(
  db: Statements,
  certificateId: string,
  at: Date,
): Promise<{ credential2: string | null; state: string } | null> {
  const rows = await db.$queryRaw<{ credential2: string | null; state: string }[]>`
    select c.credential2, ${stateAt('c', at)} as state from certificate c where c.certificate_id = ${certificateId}`
  return rows[0] ?? null
}

interface Unsigned2 {
  credential2: string | null
  type: string
  typeVersion: number
  record: CertificateRecord
  issuedAt: Date
  sandbox: boolean
}

/** What it takes to sign a certificate that counts now; null for all others. */
export async function unsigned2(db: Statements, certificateId: string, at: Date): Promise<Unsigned2 | null> {
  const rows = await db.$queryRaw<Unsigned2[]>`
    select c.credential2, l.type, t.type_version as "typeVersion", t.request as record, c.issued_at as "issuedAt", l.sandbox
    from certificate c
    join lineage l on l.id = c.lineage_id
    join transaction t on t.id = c.transaction_id
    where c.certificate_id = ${certificateId} and ${stateAt('c', at)} = 'current'`
  return rows[0] ?? null
}

/**
 * Keeps the text and place of a certificate that has none yet and still counts, and answers the text that is kept: of two
 * at once the first one's. Null when it was replaced or revoked meanwhile.
 */
export async function writeCredential2(
  db: Statements,
  certificateId: string,
  { credential2, place }: { credential2: string; place: Place | null },
  at: Date,
): Promise<string | null> {
  await db.$executeRaw`
    update certificate c
    set credential2 = ${credential2}, status_list_id = ${place?.listId ?? null}::int,
        status_index = ${place?.index ?? null}::int
    where c.certificate_id = ${certificateId} and c.credential2 is null and ${stateAt('c', at)} = 'current'`
  return (await credential2Of(db, certificateId, at))?.credential2 ?? null
}
