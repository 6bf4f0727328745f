/** Reads an export once from end to end: every row is read, checked and verified, and what the plan needs of it is kept. */
import type { Hash } from 'node:crypto'
import type { z } from 'zod'
import { isCounted, type CertificateType } from '@/lib/certificate-types/type'
import type { Context } from '@/lib/certificates/context'
import { pruned, type CertificateRecord } from '@/lib/certificates/record'
import { pointer, requestSchema } from '@/lib/certificates/schema'
import { checkRow, type CheckedCredential, type FormerKey } from './check-row'
import type { Cause, Finding } from './findings'
import type { CertificateFacts, RevocationFacts } from './plan'
import { readRow, type CertificateRow, type Place } from './rows'
import { linesOf, type Line } from './source'

/** What became of a row so far. */
export interface RowOutcome {
  place: Place
  kind: 'certificate' | 'revocation' | 'unknown'
  certificateId: string | null
  /** Why it is not imported; null = it is, or it is not decided yet. */
  cause: Cause | null
  findings: Finding[]
}

export interface ExportRead {
  rows: RowOutcome[]
  certificates: CertificateFacts[]
  revocations: RevocationFacts[]
}

export interface HowToRead {
  files: readonly string[]
  keys: readonly FormerKey[]
  /** All types in force. */
  types: readonly CertificateType[]
  digest: Hash
  onRow?: (n: number) => void
}

/** Signatures that are checked side by side. */
const AT_ONCE = 200

/** Throws an Error when a file cannot be read; whatever stands in a row is an outcome. */
export async function readExport(context: Context, how: HowToRead): Promise<ExportRead> {
  const read: ExportRead = { rows: [], certificates: [], revocations: [] }
  const schemas = schemasOf(context)
  let waiting: Promise<RowOutcome>[] = []
  const settle = async () => {
    read.rows.push(...(await Promise.all(waiting)))
    waiting = []
    how.onRow?.(read.rows.length)
  }
  for await (const line of linesOf(how.files, how.digest)) {
    waiting.push(readLine(context, line, how, schemas, read))
    if (waiting.length === AT_ONCE) await settle()
  }
  await settle()
  return read
}

type Schemas = (checked: Pick<CheckedCredential, 'type' | 'form'>) => z.ZodType<CertificateRecord>

async function readLine(
  { settings }: Context,
  { text, ...place }: Line,
  { keys, types }: HowToRead,
  schemas: Schemas,
  read: ExportRead,
): Promise<RowOutcome> {
  const row = text === null ? ({ kind: 'unknown', cause: 'NOT_JSON' } as const) : readRow(text)
  if ('cause' in row) {
    const { kind, cause } = row
    const findings = 'entity' in row && row.entity !== undefined ? [{ code: cause, about: [row.entity] }] : []
    return { place, kind, certificateId: null, cause, findings }
  }
  const { kind, certificateId } = row
  const outcome = { place, kind, certificateId, cause: null, findings: [] }
  if (row.kind === 'revocation') {
    const { kind: _kind, ...facts } = row
    read.revocations.push({ place, ...facts })
    return outcome
  }
  const checked = await checkRow(row, keys, settings, types)
  if (typeof checked === 'string') {
    const findings = checked === 'OTHER_ENTITY' && row.entity !== null ? [{ code: checked, about: [row.entity] }] : []
    return { ...outcome, cause: checked, findings }
  }
  if ('code' in checked) return { ...outcome, cause: checked.code, findings: [checked] }
  read.certificates.push(factsOf(place, row, checked, missingToday(checked.record, schemas(checked))))
  return outcome
}

function factsOf(
  place: Place,
  row: CertificateRow,
  checked: CheckedCredential & { signedBy: string },
  missing: string[],
): CertificateFacts {
  const { certificateId, programId, hash, createdAt, meta } = row
  const findings: Finding[] = []
  if (createdAt === null) findings.push({ code: 'NO_TIME' })
  if (missing.length > 0) findings.push({ code: 'ASKED_AGAIN', about: missing })
  const claimed = meta.previousCertificateId
  return {
    place,
    certificateId,
    type: checked.type.name,
    isCounted: isCounted(checked.type),
    preEnrollmentCode: checked.record.preEnrollmentCode,
    programId,
    dose: checked.dose,
    signedBy: checked.signedBy,
    hash,
    previousId: typeof claimed === 'string' && claimed !== '' ? claimed : null,
    createdAt: createdAt ?? checked.issuedAt.getTime(),
    findings,
  }
}

/** Each is made once. */
function schemasOf({ now, settings }: Context): Schemas {
  const clock = { now, timeZone: settings.issuer.timeZone }
  const made = new Map<string, z.ZodType<CertificateRecord>>()
  return ({ type, form }) => {
    const key = `${type.name} ${form}`
    const schema = made.get(key) ?? requestSchema(type, clock, form)
    made.set(key, schema)
    return schema
  }
}

/** The fields that a request of today would be refused for. */
function missingToday(record: CertificateRecord, schema: z.ZodType<CertificateRecord>): string[] {
  const parsed = schema.safeParse(pruned(record))
  return parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => pointer(path)))]
}
