/** Whether a record fits a version of its type as it is: nothing of it is changed to make it fit. */
import type { CertificateType, Form } from '@/lib/certificate-types/type'
import type { Context } from '@/lib/certificates/context'
import { readItem } from '@/lib/certificates/read-items'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Problem } from './answers'

/** More reasons than that say nothing new. */
const MOST = 5

/** What does not fit, by field, without values; none = it fits. */
export function problemsOf(
  context: Context,
  type: CertificateType,
  { record, form }: { record: CertificateRecord; form: Form },
): Problem[] {
  if (!type.forms[form]) {
    return [{ path: '', message: `Version ${type.version} has no certificates of the form ${form}.` }]
  }
  // What a source system wrote beside the record is kept as it is, and says nothing of whether it fits.
  const { meta: _meta, reason: _reason, ...item } = record
  const read = readItem(item, type, context, { form, sandbox: false })
  if (!('issues' in read)) return []
  return read.issues.slice(0, MOST).map(({ path, message }) => ({ path, message }))
}
