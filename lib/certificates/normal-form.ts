/** A request item in its normal form, or everything that keeps it from having one. Pure: for browsers, too. */
import type { z } from 'zod'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { RefusalCode, RefusalDetail } from '@/lib/errors'
import { NO_DOSE, withCorrectedDose } from './corrected-dose'
import { sequenceOf } from './lineage-key'
import { pruned, valueAt, type CertificateRecord } from './record'
import { pointer } from './schema'

export type ItemIssue = Omit<RefusalDetail, 'index'>

export interface NormalForm {
  /** As it is to be issued: with the new dose where the request moves the certificate to another. */
  record: CertificateRecord
  /** The dose that the request is about: where the certificate is. */
  dose: number
  /** The dose that it goes to (meta.correctedDose), null for a request that moves nothing. */
  correctedDose: number | null
}

/** Reads one item by the schema of its type and form. */
export function normalForm(
  given: unknown,
  type: CertificateType,
  schema: z.ZodType<CertificateRecord>,
): NormalForm | { issues: ItemIssue[] } {
  const parsed = schema.safeParse(withKey(pruned(given), type))
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map((issue) => ({
        path: pointer(issue.path),
        code:
          issue.code === 'custom' ? ((issue.params?.code as RefusalCode) ?? 'VALIDATION_ERROR') : 'VALIDATION_ERROR',
        message: issue.message,
      })),
    }
  }
  const dose = sequenceOf(parsed.data, type)
  const corrected = withCorrectedDose(parsed.data, type)
  if (!corrected) return { issues: [{ path: '/meta/correctedDose', code: 'VALIDATION_ERROR', message: NO_DOSE }] }
  const other = otherCode(corrected.record, type)
  return other ? { issues: [other] } : { dose, ...corrected }
}

/** The item with its code, where the type has a field that holds it and the item names none besides. */
function withKey(item: unknown, { lineage: { key } }: CertificateType): unknown {
  if (key === undefined || typeof item !== 'object' || item === null || 'preEnrollmentCode' in item) return item
  const code = valueAt(item, key)
  return code === undefined ? item : { ...item, preEnrollmentCode: code }
}

/** Two codes in one item: nobody can say which is meant. */
function otherCode(record: CertificateRecord, type: CertificateType): ItemIssue | null {
  const { key } = type.lineage
  if (key === undefined || valueAt(record, key) === record.preEnrollmentCode) return null
  const field = fieldsOf(type).find(({ path }) => path === key)
  const message = `${field?.label ?? key} and the pre-enrollment code are one: certificates are found by it. Send the same, or no preEnrollmentCode.`
  return { path: '/preEnrollmentCode', code: 'VALIDATION_ERROR', message }
}
