/** Checks a row of a certificate before it may become one here: readable, the row's own, and signed by the issuer that is imported. */
import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { formOf, isCounted, type CertificateType, type Form } from '@/lib/certificate-types/type'
import { sequenceOf } from '@/lib/certificates/lineage-key'
import { valueAt, type CertificateRecord } from '@/lib/certificates/record'
import type { Config } from '@/lib/config'
import { Refusal } from '@/lib/errors'
import { fitInQr, packCredential, qrValue } from '@/lib/rendering/qr'
import { describe, typeOf, type PublicKey } from '@/lib/signing/keys'
import { formOfNamespace } from '@/lib/signing/names'
import { verifyCredential } from '@/lib/signing/sign'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import type { Cause } from './findings'
import { membersBeyond } from './members-beyond'
import { recordBehind } from './record-behind'
import { readCredential } from './request-of-credential'
import { isObject, jsonOf, type CertificateRow } from './rows'

export interface CheckedCredential {
  type: CertificateType
  form: Form
  issuedAt: Date
  /** The request behind it. */
  record: CertificateRecord
  /** Tells the certificates of one code apart. */
  dose: number
}

/** A cause with what it is about. */
export interface CauseFinding {
  code: Cause
  about: string[]
}

/** A public key as it was handed over, and where it stood. */
export interface GivenKey {
  file: string
  key: KeyObject
}

export type FormerKey = PublicKey & { thumbprint: string }

/** The issuer's former keys under the name that its certificates give them. */
export function formerKeys(settings: Config, keys: readonly GivenKey[]): FormerKey[] {
  return keys.map(({ key }) => ({ ...describe(settings, key), type: typeOf(key), thumbprint: thumbprintOf(key) }))
}

/** Reads what stands in the row, without its signature: for rows that were verified before. */
export function readChecked(
  row: CertificateRow,
  settings: Config,
  types: readonly CertificateType[],
): CheckedCredential | Cause {
  const read = readCredential(jsonOf(row.text))
  if (!read) return 'UNREADABLE_CERTIFICATE'
  const type = typeOfRow(row, read.types, types)
  if (!type) return 'OTHER_ENTITY'
  if (read.certificateId !== row.certificateId) return 'OTHER_NUMBER'
  if (read.refId !== null && read.refId !== row.preEnrollmentCode) return 'OTHER_CODE'
  if (read.issuedAt === null) return 'NO_DATE_OF_ISSUE'
  const form = formOfNamespace(read.namespace, settings.credential)
  if (form === null || !type.forms[form]) return 'OTHER_VOCABULARY'
  const names = { did: settings.credential.did, timeZone: settings.issuer.timeZone }
  const record = recordBehind(row, read, { type, form, names })
  if (record.preEnrollmentCode === '') return 'NO_CODE'
  const dose = sequenceOf(record, type)
  return isPossible(dose, record, type) ? { type, form, issuedAt: read.issuedAt, record, dose } : 'DOSE_NOT_WHOLE'
}

/** By the name of its table, else by what the certificate says it is, else of a vaccination. */
function typeOfRow({ entity }: CertificateRow, said: unknown, types: readonly CertificateType[]) {
  if (entity !== null) return types.find(({ name, aliases }) => name === entity || aliases.includes(entity))
  const isSaid = ({ forms }: CertificateType) =>
    Object.values(forms).some((form) => isDeepStrictEqual((form?.credential as { type?: unknown })?.type, said))
  return types.find(isSaid) ?? types.find(({ name }) => name === VACCINATION_TYPE)
}

function isPossible(dose: number, record: CertificateRecord, type: CertificateType): boolean {
  if (!isCounted(type)) return Number.isInteger(dose)
  const total = type.lineage.total === undefined ? 1 : valueAt(record, type.lineage.total)
  return [dose, total].every((n) => Number.isInteger(n) && Number(n) >= 1 && Number(n) <= 1000)
}

/** The whole check; answers with the thumbprint of the key that signed it. */
export async function checkRow(
  row: CertificateRow,
  keys: readonly FormerKey[],
  settings: Config,
  types: readonly CertificateType[],
): Promise<(CheckedCredential & { signedBy: string }) | Cause | CauseFinding> {
  const checked = readChecked(row, settings, types)
  if (typeof checked === 'string') return checked
  const credential = jsonOf(row.text)
  const proof = isObject(credential) && isObject(credential.proof) ? credential.proof : {}
  if (typeof proof.verificationMethod === 'string' && proof.verificationMethod !== settings.signing.did)
    return 'OTHER_KEY_NAME'
  const key = await keyOf(credential, keys)
  if (!key) {
    const about = membersBeyond(formOf(checked.type, checked.form).credential, credential)
    return about.length > 0 ? { code: 'SAYS_MORE', about } : 'NOT_SIGNED_BY_KEY'
  }
  return fitsQr(row.text) ? { ...checked, signedBy: key.thumbprint } : 'TOO_LARGE'
}

async function keyOf(credential: unknown, keys: readonly FormerKey[]): Promise<FormerKey | undefined> {
  for (const key of keys) if ((await verifyCredential(credential, key)).verified) return key
  return undefined
}

/** Shorter than this fits whatever it says: the largest code holds 1,900 bytes of any kind. */
const ALWAYS_FITS = 1900

function fitsQr(text: string): boolean {
  if (Buffer.byteLength(text) <= ALWAYS_FITS) return true
  try {
    fitInQr(qrValue(packCredential(text)))
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
