/** The two forms of a generated certificate: really signed for a sample, otherwise a text of the same size that says that it is not. */
import { createHash } from 'node:crypto'
import { formOf, type CertificateType } from '@/lib/certificate-types/type'
import { buildCredential } from '@/lib/certificates/credential'
import { buildCredential2 } from '@/lib/certificates/credential2'
import type { CertificateRecord } from '@/lib/certificates/record'
import { signCertificate2 } from '@/lib/certificates/sign2'
import type { Place } from '@/lib/certificates/store-places'
import type { Config } from '@/lib/config'
import { signCredential } from '@/lib/signing/sign'
import type { SigningKeys } from '@/lib/signing/signing-keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import type { Draws } from './draws'

export interface Maker {
  type: CertificateType
  settings: Config
  keys: SigningKeys
}

export interface Texts {
  credential: string
  credential2: string
  credentialHash: string
  signedBy: string[]
  checks: Record<string, boolean>
}

interface Given {
  record: CertificateRecord
  certificateId: string
  issuedAt: Date
  place: Place
}

/** Both forms as the pipeline makes them, with true signatures. */
export async function signedTexts(maker: Maker, given: Given): Promise<Texts> {
  const { settings, keys } = maker
  const credential = JSON.stringify(await signCredential(unsignedOf(maker, given), keys.key, given.issuedAt))
  const credential2 = JSON.stringify(await signCertificate2({ ...inputOf(maker, given), settings }, keys.key2))
  const signedBy = [keys.key, keys.key2].map(({ publicKey }) => thumbprintOf(publicKey))
  return {
    credential,
    credential2,
    credentialHash: hashOf(credential),
    signedBy,
    checks: { signatureVerified: true, qrScanned: false },
  }
}

/**
 * Both forms of the same record with a proof that fits in size and in nothing else: signing a million in two forms takes a
 * quarter of an hour. "notSigned" stands in the proof, and `checks` says that nothing was verified.
 */
export function unsignedTexts(maker: Maker, given: Given, draws: Draws, like: Texts): Texts {
  const proof = proofOf(like.credential)
  const proof2 = proofOf(like.credential2)
  const [header, signature] = proof.jws!.split('..')
  const jws = `${header}..notSigned${noise(draws, signature!.length - 9)}`
  const created = `${given.issuedAt.toISOString().slice(0, 19)}Z`
  const credential = JSON.stringify({ ...unsignedOf(maker, given), proof: { ...proof, created, jws } })
  const credential2 = JSON.stringify({
    ...buildCredential2(inputOf(maker, given)),
    proof: { ...proof2, created, proofValue: `znotSigned${noise(draws, 78)}` },
  })
  const checks = { generated: true, signatureVerified: false, qrScanned: false }
  return { credential, credential2, credentialHash: hashOf(credential), signedBy: [], checks }
}

function unsignedOf({ type, settings }: Maker, { record, certificateId, issuedAt }: Given) {
  const { codeLists } = type
  const template = formOf(type, 'certifyV3').credential
  return buildCredential({
    template,
    request: record,
    certificateId,
    issuedAt,
    settings: settings.credential,
    codeLists,
  })
}

function inputOf({ type, settings }: Maker, { record, certificateId, issuedAt, place }: Given) {
  return { type, request: record, certificateId, issuedAt, settings, place }
}

function proofOf(text: string): Record<string, string> {
  return (JSON.parse(text) as { proof: Record<string, string> }).proof
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789'

/** As hard to compress as a signature. */
function noise(draws: Draws, length: number): string {
  let text = ''
  for (let n = 0; n < length; n++) text += LETTERS[draws.below(LETTERS.length)]
  return text
}
