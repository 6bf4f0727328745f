/** What WHO's core data set of a vaccination record (DDCC:VS) asks for and a record does not say. It is noted and never refused. Pure. */
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { valueAt } from './record'

export interface MissingCoreData {
  field: Field
  message: string
}

/**
 * The fields that the data set makes mandatory and that have no value, in the order of the form. `given`: fields whose value
 * the credential gets from elsewhere (a setting) where the record has none.
 */
export function missingCoreData(
  record: unknown,
  type: CertificateType,
  given: ReadonlySet<string> = new Set(),
): MissingCoreData[] {
  return (
    fieldsOf(type)
      // What is required is refused, not noted.
      .filter(
        ({ path, who, required }) =>
          who === 'mandatory' && !required && !given.has(path) && isEmpty(valueAt(record, path)),
      )
      .map((field) => ({
        field,
        message: `${field.label} is missing. WHO’s core data set has it; it is not required here.`,
      }))
  )
}

/** The fields that the credential of a type fills in from the installation's settings: the country of the facilities. */
export function givenBySettings(type: CertificateType, settings: { facilityCountryCode: string }): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { derive, from } = node as Record<string, unknown>
    if (derive === 'country' && typeof from === 'string') found.add(from)
    Object.values(node).forEach(walk)
  }
  if (settings.facilityCountryCode !== '') walk(type.forms.certifyV3.credential)
  return found
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || [value].flat().join('').trim() === ''
}
