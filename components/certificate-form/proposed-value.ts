/** A value that somebody else wrote, as the form takes it. Pure. */
import { asContact, localMinute, offeredBy } from '@/components/display'
import { lockOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { isDate } from '@/lib/certificates/dates'

/**
 * What the control of a field gets for this text; undefined when the text is none of its values ("next May" is no date)
 * and a person has to read it. A holder writes as people do, a correction that was not issued as records are stored.
 */
export function asEdited(field: Field, text: string, timeZone: string, type: CertificateType): unknown {
  if (lockOf(type, field) !== undefined) return undefined
  switch (field.kind) {
    case 'date':
      return isDate(text) ? text : undefined
    case 'instant':
      return /^\d{4}-\d{2}-\d{2}T.*Z$/.test(text) && !Number.isNaN(Date.parse(text))
        ? localMinute(text, timeZone)
        : undefined
    case 'wholeNumber':
    case 'age':
      return /^\d{1,4}$/.test(text) ? text : undefined
    case 'choice':
      return offeredBy(type, field).find((option) => option.toLowerCase() === text.toLowerCase())
    case 'contacts':
      return text === '' ? [''] : text.split(/\s*,\s*/).map((contact) => asContact(contact, undefined))
    default:
      return text
  }
}
