/** What DIVOC's signer puts into the placeholders of its templates, as leaves of our mapping. Pure. */
import { fieldsOf, type CertificateType, type Form } from '@/lib/certificate-types/type'
import type { Placeholder } from './json-template'

export type Leaf = Record<string, string>

const AGE = { age: 'recipient.age', dob: 'recipient.dob' }
const VACCINE = 'vaccination.name'

/** The names that DIVOC's signer always fills. */
const FIXED = new Map<string, Leaf>(
  Object.entries<Leaf>({
    namespace: { setting: 'namespace' },
    preEnrollmentCode: { from: 'preEnrollmentCode' },
    recipientName: { from: 'recipient.name' },
    recipientDob: { derive: 'birthDate', ...AGE },
    issuer: { setting: 'issuer' },
    issuanceDate: { derive: 'issuedAt' },
    evidenceId: { derive: 'concat', setting: 'baseUrl' },
    InfoUrl: { derive: 'concat', setting: 'infoBaseUrl' },
    feedbackUrl: { derive: 'concat', setting: 'feedbackBaseUrl' },
    certificateId: { derive: 'certificateId' },
    batch: { from: 'vaccination.batch' },
    vaccine: { from: VACCINE },
    icd11Code: { derive: 'icd11Code', from: VACCINE },
    prophylaxis: { derive: 'icd11Term', from: VACCINE },
    vaccinationDate: { derive: 'timestamp', from: 'vaccination.date' },
    dose: { from: 'vaccination.dose' },
    totalDoses: { from: 'vaccination.totalDoses' },
    facilityAddressCountry: {
      derive: 'country',
      from: 'facility.address.country',
      setting: 'facilityCountryCode',
    },
  }),
)

/** The leaf of a placeholder; null for a name that nothing fills. `paths` has the optional fields, which go first there too. */
export function leafFor(
  name: string,
  { form, paths, type }: { form: Form; paths: ReadonlyMap<string, string>; type: CertificateType },
): Leaf | null {
  const path = paths.get(name)
  if (path !== undefined) return leafOfPath(name, path, type)
  if (name === 'namespace' && form === 'certifyV2') return { setting: 'namespaceV1' }
  return FIXED.get(name) ?? null
}

function leafOfPath(name: string, path: string, type: CertificateType): Leaf {
  if (name === 'recipientIdentifier') return { derive: 'identityIri', from: path, else: 'preEnrollmentCode' }
  if (name === 'recipientAge') return { derive: 'ageInYears', ...AGE }
  const kind = fieldsOf(type).find((field) => field.path === path)?.kind
  return kind === 'instant' ? { derive: 'timestamp', from: path } : { from: path }
}

/** Whether a number stands there: DIVOC's templates leave out the quotes for those, and for those alone. */
export function isNumber(leaf: Leaf, type: CertificateType): boolean {
  return (
    leaf.derive === undefined && fieldsOf(type).some(({ path, kind }) => path === leaf.from && kind === 'wholeNumber')
  )
}

/** What is odd about the quotes of a placeholder; null = nothing. */
export function oddQuotes({ quoted }: Placeholder, leaf: Leaf, type: CertificateType): 'refuse' | 'differs' | null {
  if (isNumber(leaf, type)) return quoted ? 'differs' : null
  return quoted ? null : 'refuse'
}
