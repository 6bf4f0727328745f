/**
 * What DIVOC's own consumers make of a message, and where they would fail: their fields and types (github.com/egovernments/DIVOC,
 * backend), read by the rules of Go's encoding/json. A message that one of these refuses would stop that component.
 */

/** Fields of a Go struct: [element] is a slice, 'any' an interface{}. */
type Shape = 'string' | 'int' | 'time' | 'any' | [Shape] | { [field: string]: Shape }

const address = {
  streetAddress: 'string',
  district: 'string',
  addressRegion: 'string',
  addressCountry: 'string',
} as const

const CERTIFIED: Shape = {
  name: 'string',
  contact: ['string'],
  mobile: 'string',
  preEnrollmentCode: 'string',
  certificateId: 'string',
  certificate: 'string',
  meta: { previousCertificateId: 'string' },
  dose: 'int',
}

const CERTIFICATE: Shape = {
  '@context': ['string'],
  type: ['string'],
  credentialSubject: { id: 'string', name: 'string', gender: 'string', age: 'string', nationality: 'string', address },
  issuer: 'string',
  issuanceDate: 'string',
  evidence: [
    {
      ...{ id: 'string', feedbackUrl: 'string', infoUrl: 'string', type: ['string'], certificateId: 'string' },
      ...{ batch: 'string', vaccine: 'string', manufacturer: 'string', date: 'time' },
      ...{ effectiveStart: 'string', effectiveUntil: 'string', dose: 'int', totalDoses: 'int' },
      verifier: { name: 'string' },
      facility: { name: 'string', address: { ...address, postalCode: 'any' } },
    },
  ],
  nonTransferable: 'string',
  proof: { type: 'string', created: 'time', verificationMethod: 'string', proofPurpose: 'string', jws: 'string' },
}

const CERTIFY: Shape = {
  facility: {
    address: { addressLine1: 'string', district: 'string', state: 'string', pincode: 'string' },
    name: 'string',
  },
  preEnrollmentCode: 'string',
  recipient: {
    ...{ dob: 'string', gender: 'string', identity: 'string', name: 'string', nationality: 'string', age: 'string' },
    contact: ['string'],
  },
  vaccination: {
    ...{ batch: 'string', date: 'time', effectiveStart: 'string', effectiveUntil: 'string' },
    ...{ manufacturer: 'string', name: 'string' },
  },
  vaccinator: { name: 'string' },
}

const PROC_STATUS: Shape = { preEnrollmentCode: 'string', status: 'string', procType: 'string', date: 'time' }
const TRANSACTION: Shape = { transactionId: 'string', certificateId: 'string', status: 'string' }

/** vaccination_api on `certified`: the row that it adds to RevokedCertificate, null where the message replaces nothing. */
export function revocationOf(value: string) {
  const message = decoded(CERTIFIED, value)
  const { evidence } = decoded(CERTIFICATE, message.certificate)
  const { dose } = first(evidence)
  const { preEnrollmentCode, certificateId, meta } = message
  const { previousCertificateId } = meta
  return previousCertificateId === '' ? null : { preEnrollmentCode, certificateId, dose, previousCertificateId }
}

/** analytics_feed on `certified`: what it counts of it. */
export function analyticsOf(value: string) {
  const message = decoded(CERTIFIED, value)
  const { credentialSubject, evidence } = decoded(CERTIFICATE, message.certificate)
  const { vaccine, date, dose, totalDoses, facility } = first(evidence)
  const { postalCode } = facility.address
  if (!['string', 'number'].includes(typeof postalCode)) throw new Error('panic: interface conversion of postalCode')
  const { gender, age } = credentialSubject
  const { preEnrollmentCode, certificateId } = message
  return { preEnrollmentCode, certificateId, gender, age, vaccine, date, dose, totalDoses, postalCode }
}

/** analytics_feed on `certify`. */
export function analyticsOfRequest(value: string) {
  const { preEnrollmentCode, recipient, vaccination, facility } = decoded(CERTIFY, value)
  return { preEnrollmentCode, dob: recipient.dob, date: vaccination.date, district: facility.address.district }
}

/** analytics_feed on `proc_status`. */
export function procStatusOf(value: string) {
  return decoded(PROC_STATUS, value)
}

/** vaccination_api on `certify_ack`: a map of texts; the row of the upload, null where it has none. */
export function ackOf(value: string): { row: number; status: string; errorMsg: string } | null {
  const message: Record<string, unknown> = JSON.parse(value)
  for (const [name, one] of Object.entries(message)) decode('string', one, name)
  const { rowId = '', status = '', errorMsg = '' } = message as Record<string, string>
  if (rowId === '') return null
  if (!/^\d+$/.test(rowId)) throw new Error('rowId is no whole number, the message is never committed')
  return { row: Number(rowId), status, errorMsg }
}

/** notification-service on `notify`: one message for each address. */
export function noticesOf(value: string) {
  const { recipient, message, subject = '' } = JSON.parse(value) as Record<string, unknown>
  // Pointers, read without a question.
  if (typeof recipient !== 'string' || typeof message !== 'string') throw new Error('panic: nil pointer')
  return recipient.split(',').map((address) => {
    const [, scheme, to] = /^(tel|mailto):(.+)$/.exec(address) ?? []
    if (!scheme) throw new Error(`neither tel: nor mailto: ${address}`)
    return { by: scheme, to, subject: decode('string', subject, 'subject'), message }
  })
}

/** certificate_processor on `revoke_cert`: the row of the registry that it removes, and the key of the dose that is free again. */
export function revokedOf(value: string) {
  const { preEnrollmentCode, certificateBody } = JSON.parse(value)
  const asserted = (name: string): string => {
    if (typeof certificateBody[name] !== 'string') throw new Error(`panic: interface conversion of ${name}`)
    return certificateBody[name]
  }
  const { dose } = JSON.parse(asserted('certificate')).evidence[0]
  if (typeof dose !== 'number') throw new Error('panic: interface conversion of dose')
  const key = `${preEnrollmentCode}-${asserted('programId')}-${dose}`
  return { osid: asserted('osid'), certificateId: asserted('certificateId'), dose, key }
}

/** vc-certify-consumer and analytics_feed on `post-vc-certify`: the row of TransactionCertificateMap. */
export function transactionOf(value: string) {
  const { payload, entityType } = JSON.parse(value)
  const { transactionId, certificateId, status } = decoded(TRANSACTION, value)
  return { transactionId, certificateId, status, entityType, payload: JSON.stringify(payload) }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a shape says what is in it, and tests look into it
function decoded(shape: Shape, text: string): any {
  return decode(shape, JSON.parse(text), '')
}

/** As json.Unmarshal: names in any case, what is not asked for is left, null and absent are the zero value, other types an error. */
function decode(shape: Shape, value: unknown, path: string): unknown {
  const given = value ?? undefined
  const wrong = () => new Error(`json: cannot unmarshal ${typeof value} into ${path} (${JSON.stringify(shape)})`)
  if (shape === 'any') return value ?? null
  if (shape === 'string') {
    if (given !== undefined && typeof given !== 'string') throw wrong()
    return given ?? ''
  }
  if (shape === 'int') {
    if (given !== undefined && !Number.isInteger(given)) throw wrong()
    return given ?? 0
  }
  if (shape === 'time') {
    const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
    if (given !== undefined && !(typeof given === 'string' && rfc3339.test(given))) throw wrong()
    return given ?? null
  }
  if (Array.isArray(shape)) {
    if (given !== undefined && !Array.isArray(given)) throw wrong()
    return (given ?? []).map((one, at) => decode(shape[0]!, one, `${path}[${at}]`))
  }
  if (given !== undefined && (typeof given !== 'object' || Array.isArray(given))) throw wrong()
  const members = Object.entries(given ?? {})
  return Object.fromEntries(
    Object.entries(shape).map(([field, inner]) => {
      const exact = members.find(([name]) => name === field)
      const found = exact ?? members.find(([name]) => name.toLowerCase() === field.toLowerCase())
      return [field, decode(inner, found?.[1], `${path}.${field}`)]
    }),
  )
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
function first(list: any[]): any {
  if (list.length === 0) throw new Error('panic: index out of range')
  return list[0]
}
