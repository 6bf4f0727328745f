/** Between a record and what the form edits: text for everything, local time for instants, and back again. */
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { readInstant } from '@/lib/certificates/dates'
import { pruned, valueAt, type Reason } from '@/lib/certificates/record'
import { localMinute } from '@/components/display'

/** Text by path of the field; lists of contacts are lists. Paths are flat keys here and nested objects in react-hook-form. */
export interface FormValues {
  record: Record<string, unknown>
  reason: { requestedBy: Reason['requestedBy'] | ''; cause: Reason['cause'] | ''; note: string }
}

/** The values the form starts with: those of the certificate that is current now. */
export function valuesOf(record: unknown, type: CertificateType, timeZone: string): FormValues {
  const values: Record<string, unknown> = {}
  for (const field of fieldsOf(type)) put(values, field.path, editable(field, valueAt(record, field.path), timeZone))
  return { record: values, reason: { requestedBy: '', cause: '', note: '' } }
}

/**
 * The request item that the form stands for. What the form does not show (programme, comorbidities, meta) and what was
 * not touched stays exactly as in `base`: an instant keeps its seconds unless somebody changed it.
 */
export function itemOf(values: FormValues, base: unknown, type: CertificateType, timeZone: string): unknown {
  const item = structuredClone(base) as Record<string, unknown>
  for (const field of fieldsOf(type)) {
    const before = valueAt(base, field.path)
    const edited = valueAt(values.record, field.path)
    const untouched = JSON.stringify(edited) === JSON.stringify(editable(field, before, timeZone))
    put(item, field.path, untouched ? before : storedValue(field, edited, timeZone))
  }
  const reason = pruned(values.reason) as object
  return pruned({ ...item, reason: { ...reason } })
}

/** Sets the value at a dotted path, making the objects on the way. */
export function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.')
  let place = target
  for (const key of keys.slice(0, -1)) {
    if (typeof place[key] !== 'object' || place[key] === null) place[key] = {}
    place = place[key] as Record<string, unknown>
  }
  place[keys.at(-1)!] = value
}

function editable(field: Field, value: unknown, timeZone: string): unknown {
  if (field.kind === 'contacts') return Array.isArray(value) && value.length > 0 ? value.map(String) : ['']
  if (value === undefined || value === null) return ''
  if (field.kind === 'instant') return localMinute(String(value), timeZone)
  return String(value)
}

/** What the record keeps of an edited value: trimmed, padded, an instant for a local time; undefined when it is empty. */
export function storedValue(field: Field, edited: unknown, timeZone: string): unknown {
  if (field.kind === 'contacts') return (edited as string[]).map((one) => one.trim()).filter((one) => one !== '')
  const text = String(edited ?? '').trim()
  if (text === '') return undefined
  switch (field.kind) {
    case 'wholeNumber':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
    case 'date':
      return padded(text)
    case 'instant':
      return readInstant(padded(text), timeZone)?.toISOString() ?? text
    default:
      return text
  }
}

/** "1957-1-3" as "1957-01-03", "2021-10-17T9:5" as "2021-10-17T09:05". */
function padded(text: string): string {
  return text.replaceAll(/(?<=^|[-T:])(\d)(?=$|[-T:])/g, '0$1')
}
