/** The request behind a row of any type: what its certificate says, and what stands in the row alone. Pure. */
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { fieldsOf, formOf, type CertificateType, type Form } from '@/lib/certificate-types/type'
import { valueAt, type CertificateRecord } from '@/lib/certificates/record'
import { place, recordOfCredential, type Names } from './record-of-credential'
import { requestOf, type ReadCredential } from './request-of-credential'
import { jsonOf, type CertificateRow } from './rows'

type Tree = Record<string, unknown>

/** The record in its normal form; preEnrollmentCode is "" where neither row nor certificate has one. */
export function recordBehind(
  row: CertificateRow,
  read: ReadCredential,
  { type, form, names }: { type: CertificateType; form: Form; names: Names },
): CertificateRecord {
  const said = recordOfCredential(formOf(type, form).credential, jsonOf(row.text), type, names)
  if (type.name === VACCINATION_TYPE) return withFieldsOf(type, requestOf(row, read, names), said)
  const { preEnrollmentCode, programId, contact } = row
  for (const { path, kind } of fieldsOf(type)) if (kind === 'contacts') place(said, path.split('.'), contact)
  const key = type.lineage.key === undefined ? undefined : valueAt(said, type.lineage.key)
  const code = preEnrollmentCode || (typeof key === 'string' ? key : (read.refId ?? ''))
  return { preEnrollmentCode: code, ...(programId ? { programId } : {}), ...said } as unknown as CertificateRecord
}

/** DIVOC's fields are read tolerantly; what a deployment added is read as its type says. */
function withFieldsOf(type: CertificateType, request: CertificateRecord, said: Tree): CertificateRecord {
  for (const { path, kind } of fieldsOf(type)) {
    const [value, known] = [valueAt(said, path), valueAt(request, path)]
    if (value !== undefined && known === undefined && !DIVOCS.test(path) && kind !== 'contacts')
      place(request as unknown as Tree, path.split('.'), value)
  }
  return request
}

/** Paths of DIVOC's own request. */
const DIVOCS = /^(recipient|facility)\.address\.|^recipient\.(name|dob|age|gender|nationality|identity)$|^vaccination\./
