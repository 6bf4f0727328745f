/** Checks a row of a certificate before it may become one here: readable, the row's own, and signed by the issuer that is imported. */
import type { KeyObject } from 'node:crypto'
import type { Config } from '@/lib/config'
import { Refusal } from '@/lib/errors'
import { fitInQr, packCredential, qrValue } from '@/lib/rendering/qr'
import { describe, typeOf, type PublicKey } from '@/lib/signing/keys'
import { formOfNamespace } from '@/lib/signing/names'
import { verifyCredential } from '@/lib/signing/sign'
import type { Cause } from './findings'
import { readCredential, type ReadCredential } from './request-of-credential'
import { isObject, jsonOf, type CertificateRow } from './rows'

export interface CheckedCredential {
  read: ReadCredential
  form: 'certifyV3' | 'certifyV2'
  issuedAt: Date
}

/** The issuer's former keys under the name that its certificates give them. */
export function formerKeys(settings: Config, keys: readonly KeyObject[]): PublicKey[] {
  return keys.map((key) => ({ ...describe(settings, key), type: typeOf(key) }))
}

/** Reads what stands in the row, without its signature: for rows that were verified before. */
export function readChecked(row: CertificateRow, settings: Config): CheckedCredential | Cause {
  const read = readCredential(jsonOf(row.text))
  if (!read) return 'UNREADABLE_CERTIFICATE'
  if (read.certificateId !== row.certificateId) return 'OTHER_NUMBER'
  if (read.refId !== null && read.refId !== row.preEnrollmentCode) return 'OTHER_CODE'
  if (![read.dose, read.totalDoses].every((n) => Number.isInteger(n) && n >= 1 && n <= 1000)) return 'DOSE_NOT_WHOLE'
  if (read.issuedAt === null) return 'NO_DATE_OF_ISSUE'
  const form = formOfNamespace(read.namespace, settings.credential)
  if (form === null) return 'OTHER_VOCABULARY'
  return { read, form, issuedAt: read.issuedAt }
}

/** The whole check. */
export async function checkRow(
  row: CertificateRow,
  keys: readonly PublicKey[],
  settings: Config,
): Promise<CheckedCredential | Cause> {
  const checked = readChecked(row, settings)
  if (typeof checked === 'string') return checked
  const credential = jsonOf(row.text)
  const proof = isObject(credential) && isObject(credential.proof) ? credential.proof : {}
  if (typeof proof.verificationMethod === 'string' && proof.verificationMethod !== settings.signing.did)
    return 'OTHER_KEY_NAME'
  if (!(await isSignedByOne(credential, keys))) return 'NOT_SIGNED_BY_KEY'
  return fitsQr(row.text) ? checked : 'TOO_LARGE'
}

async function isSignedByOne(credential: unknown, keys: readonly PublicKey[]): Promise<boolean> {
  for (const key of keys) if ((await verifyCredential(credential, key)).verified) return true
  return false
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
