/** The request behind a certificate of DIVOC, from what it says and from its row: the way back of the credential template. Pure. */
import { isDate, readInstant } from '@/lib/certificates/dates'
import type { Address, CertificateRecord } from '@/lib/certificates/record'
import { isObject, type CertificateRow } from './rows'

export interface ReadCredential {
  certificateId: string
  /** Absent where the deployment's template left it out. */
  refId: string | null
  dose: number
  totalDoses: number
  issuedAt: Date | null
  /** The vocabulary: its second context. */
  namespace: unknown
  /** What kind of certificate it says it is. */
  types: unknown
  subject: Record<string, unknown>
  evidence: Record<string, unknown>
}

/** What a certificate says; null for a text that is no certificate. */
export function readCredential(credential: unknown): ReadCredential | null {
  if (!isObject(credential)) return null
  const { '@context': contexts, credentialSubject: subject, evidence: all, issuanceDate } = credential
  const [evidence] = Array.isArray(all) ? (all as unknown[]) : [all]
  if (!isObject(subject) || !isObject(evidence)) return null
  const issuedAt = new Date(String(issuanceDate))
  return {
    certificateId: String(evidence.certificateId ?? ''),
    refId: typeof subject.refId === 'string' ? subject.refId : null,
    dose: Number(evidence.dose),
    totalDoses: Number(evidence.totalDoses),
    issuedAt: Number.isFinite(issuedAt.getTime()) ? issuedAt : null,
    namespace: Array.isArray(contexts) ? contexts[1] : undefined,
    types: credential.type,
    subject,
    evidence,
  }
}

/**
 * The request in its normal form. What the certificate does not say stays absent; texts without which no request is
 * complete are "". The age is left out beside a date of birth, as in every comparison of contents.
 */
export function requestOf(
  row: CertificateRow,
  { subject, evidence, dose, totalDoses }: ReadCredential,
  { did, timeZone }: { did: string; timeZone: string },
): CertificateRecord {
  const dob = dayOf(subject.dob)
  const { previousCertificateId: _chain, certificateType: _form, ...meta } = row.meta
  const facility = isObject(evidence.facility) ? evidence.facility : {}
  const verifier = isObject(evidence.verifier) ? evidence.verifier : {}
  const instant = readInstant(textOf(evidence.date), timeZone)
  return given({
    preEnrollmentCode: row.preEnrollmentCode,
    programId: row.programId || undefined,
    recipient: given({
      name: textOf(subject.name),
      dob,
      age: dob === undefined ? textOf(subject.age) || undefined : undefined,
      gender: textOf(subject.gender) || undefined,
      nationality: textOf(subject.nationality),
      identity: identityOf(textOf(subject.id), did),
      contact: row.contact.length > 0 || row.mobile === null ? row.contact : [`tel:${row.mobile}`],
      address: addressOf(subject.address),
    }),
    vaccination: given({
      name: textOf(evidence.vaccine),
      manufacturer: textOf(evidence.manufacturer),
      batch: textOf(evidence.batch) || undefined,
      date: instant?.toISOString() ?? textOf(evidence.date),
      effectiveStart: dayOf(evidence.effectiveStart) ?? textOf(evidence.effectiveStart),
      effectiveUntil: dayOf(evidence.effectiveUntil) ?? textOf(evidence.effectiveUntil),
      dose,
      totalDoses,
    }),
    vaccinator: textOf(verifier.name) === '' ? undefined : { name: textOf(verifier.name) },
    facility: given({ name: textOf(facility.name), address: facilityAddressOf(facility.address) }),
    meta: Object.keys(meta).length > 0 ? meta : undefined,
  })
}

/** "did:x:1234" was made of the identity "1234"; another absolute address is the identity itself. */
function identityOf(id: string, did: string): string {
  return id.startsWith(`${did}:`) ? id.slice(did.length + 1) : id
}

/** A country alone was never asked for: FACILITY_COUNTRY_CODE stood in for an address. */
function facilityAddressOf(given: unknown): Address | undefined {
  const address = addressOf(given)
  return address && Object.keys(address).join() !== 'country' ? address : undefined
}

function addressOf(given: unknown): Address | undefined {
  if (!isObject(given)) return undefined
  const address = {
    addressLine1: textOf(given.streetAddress),
    addressLine2: textOf(given.streetAddress2),
    city: textOf(given.city),
    district: textOf(given.district),
    state: textOf(given.addressRegion),
    pincode: textOf(given.postalCode),
    country: textOf(given.addressCountry),
  }
  const said = Object.entries(address).filter(([, value]) => value !== '')
  return said.length > 0 ? (Object.fromEntries(said) as unknown as Address) : undefined
}

/** The day of a date or date-time, undefined for anything else. */
function dayOf(value: unknown): string | undefined {
  const day = textOf(value).slice(0, 10)
  return isDate(day) ? day : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
