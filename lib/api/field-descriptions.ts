/** What the fields of a request mean, from the certificate type, for the description of the API. */
import { FORMATS } from '@/lib/certificate-types/pattern'
import { choicesOf, fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'

interface JsonSchema {
  description?: string
  format?: string
  enum?: string[]
  pattern?: string
  properties?: Record<string, JsonSchema>
}

const OTHERS: Record<string, string> = {
  preEnrollmentCode: 'The code under which your system knows the person. Up to 300 characters without < > and "',
  enrollmentType: 'Kept, not printed',
  programId: 'The vaccination programme; "" or absent = without one',
  comorbidities: 'Kept, not printed',
  recipient: 'The person',
  'recipient.address': 'Whole or not at all',
  vaccination: 'What was given',
  vaccinator: 'Who gave it',
  facility: 'Where it was given',
  'facility.address': 'Whole or not at all',
  meta: 'Anything of your own. Kept and given back, not in the QR code',
  reason: 'Updates only: why, for the history',
  'reason.requestedBy': 'Who asked for it',
  'reason.cause': 'What was wrong',
  'reason.note': 'For people. Nothing personal, up to 500 characters',
}

/** Writes what the type says of its fields into the JSON Schema of a request item, in place. */
export function describeFields<S extends JsonSchema>(item: S, type: CertificateType): S {
  for (const [path, text] of Object.entries(OTHERS)) describe(item, path, { description: text })
  for (const { id, title } of type.sections) if (!(id in OTHERS)) describe(item, id, { description: title })
  for (const field of fieldsOf(type)) {
    const pattern = field.pattern ?? (field.format && FORMATS[field.format].pattern)
    describe(item, field.path, {
      description: noteOf(field, type),
      ...(field.kind === 'date' ? { format: 'date' } : {}),
      ...(field.allowed ? { enum: field.allowed } : {}),
      ...(pattern ? { pattern: `^${pattern}$` } : {}),
    })
  }
  return item
}

function describe(item: JsonSchema, path: string, facts: JsonSchema): void {
  const schema = path.split('.').reduce<JsonSchema | undefined>((at, key) => at?.properties?.[key], item)
  if (schema) Object.assign(schema, facts)
}

function noteOf(field: Field, type: CertificateType): string {
  return [field.label, field.hint, formOf(field, type)].filter(Boolean).join('. ')
}

function formOf(field: Field, type: CertificateType): string | undefined {
  switch (field.kind) {
    case 'date':
      return 'YYYY-MM-DD, since 1900'
    case 'instant':
      return 'Date and time, seconds and zone may be left out: 2021-10-17T13:10, 2021-10-17T13:10:00+05:30'
    case 'age':
      return 'Whole years'
    case 'identifier':
      return 'Without < > and "'
    case 'contacts':
      return 'Phone numbers as tel:…, addresses as mailto:…'
    case 'choice':
      return field.options && `${field.options.join(', ')}, or another text`
    case 'code':
      return `${choicesOf(type, field.codeList ?? '')
        .slice(0, 3)
        .join(', ')}, … or another text`
    case 'wholeNumber':
    case 'text':
      return undefined
  }
}
