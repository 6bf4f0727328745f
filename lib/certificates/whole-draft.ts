/** A draft with the values that are hidden from the person who wrote it: for what the server works out from it. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Caller } from './caller'
import type { Context } from './context'
import { refuseUnfit } from './draft-credential'
import { pathOfHidden } from './hidden'
import { filledIn } from './masks'
import { withValues, type ReadItem } from './read-items'
import type { CertificateRecord } from './record'
import { pointer } from './schema'

/** The draft's record and warnings with the values of `source` for its markers. Refusal VALIDATION_ERROR where one stands for nothing. */
export function wholeDraft(
  context: Context,
  caller: Caller,
  read: Omit<ReadItem, 'index'>,
  source: CertificateRecord,
  type: CertificateType,
): Pick<ReadItem, 'record' | 'warnings'> {
  if (caller.kind !== 'operator' || pathOfHidden(read.record) === null) return read
  const whose = { type: type.name, preEnrollmentCode: source.preEnrollmentCode, sandbox: caller.sandbox }
  const filled = filledIn(context, whose, read.record, source)
  if ('unknown' in filled) {
    const message = 'This stands for a hidden value that the certificate does not have. Read it again.'
    refuseUnfit([{ path: pointer(filled.unknown.split('.')), code: 'VALIDATION_ERROR', message }])
    throw new Error('A draft with an unknown marker is unfit.')
  }
  const whole = withValues({ index: 0, ...read }, filled.record, type, context)
  if ('issues' in whole) refuseUnfit(whole.issues)
  return whole as ReadItem
}
