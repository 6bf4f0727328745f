/** A request that failed, as it is sent again. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { withValueAt } from '@/lib/certificates/corrected-dose'
import { valueAt } from '@/lib/certificates/record'
import type { OneTransaction } from './store-transaction'

/**
 * The whole record, in its normal form, as an item of a certify or an update. A dose that was moved meanwhile is named as
 * it is now; a move says again where to. Who asked for a correction and why stays what it was.
 */
export function againItem(
  type: CertificateType,
  { kind, record, reason, programId, dose, correctedDose }: OneTransaction,
): object {
  const { meta, reason: _kept, ...rest } = record
  const { sequence } = type.lineage
  const isNumbered = sequence !== undefined && typeof valueAt(rest, sequence) === 'number'
  const placed = kind === 'update' && isNumbered ? withValueAt(rest, sequence, dose) : rest
  const moved = correctedDose === null ? meta : { ...meta, correctedDose }
  const { requestedBy, cause, note } = reason ?? {}
  return {
    ...placed,
    ...(programId === '' ? {} : { programId }),
    ...(moved ? { meta: moved } : {}),
    ...(requestedBy && cause ? { reason: { requestedBy, cause, ...(note ? { note } : {}) } } : {}),
  }
}
