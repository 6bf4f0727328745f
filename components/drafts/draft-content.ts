/** Between the form and its draft: a draft holds only what differs from the certificate that the correction began with. */
import { put, type FormValues } from '@/components/certificate-form/values'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { valueAt } from '@/lib/certificates/record'
import type { DraftContent } from '@/lib/desk/answers'

/** What there is to keep of a form that started with `initial`, and of a move to another dose. */
export function draftContentOf(
  type: CertificateType,
  values: FormValues,
  initial: FormValues,
  moveTo?: number,
): DraftContent {
  const fields: DraftContent['fields'] = {}
  for (const { path, kind } of fieldsOf(type)) {
    const [is, was] = [valueAt(values.record, path), valueAt(initial.record, path)]
    if (JSON.stringify(is) === JSON.stringify(was)) continue
    fields[path] = kind === 'contacts' ? (is as string[]).map(String) : String(is ?? '')
  }
  const { requestedBy, cause, note } = values.reason
  return { fields, reason: { requestedBy, cause, note }, ...(moveTo === undefined ? {} : { moveTo }) }
}

/** Nothing was typed or chosen. */
export function isEmptyDraft({ fields, reason, moveTo }: DraftContent): boolean {
  return moveTo === undefined && Object.keys(fields).length === 0 && Object.values(reason).every((text) => text === '')
}

/** The form again. Fields that the certificate type does not have (any more), or of another kind, stay as they were. */
export function withDraft(type: CertificateType, initial: FormValues, { fields, reason }: DraftContent): FormValues {
  const values: FormValues = { record: structuredClone(initial.record), reason: reason as FormValues['reason'] }
  for (const { path, kind, locked } of fieldsOf(type)) {
    const kept = Object.hasOwn(fields, path) ? fields[path] : undefined
    if (kept === undefined || locked !== undefined || Array.isArray(kept) !== (kind === 'contacts')) continue
    put(values.record, path, Array.isArray(kept) && kept.length === 0 ? [''] : structuredClone(kept))
  }
  return values
}
