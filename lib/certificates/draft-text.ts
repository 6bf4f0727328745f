/** The text of the credential that a draft would become, unsigned. Pure: for browsers, too. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { KeyType } from '@/lib/signing/keys'
import { previewCredential } from '@/lib/signing/preview'
import { buildCredential, type CredentialSettings } from './credential'
import type { CertificateRecord } from './record'

/** What the credential of a draft is made with, besides the draft. Nothing of it is secret: it stands in every certificate. */
export interface DraftMeans {
  /** "credential" of the type's form. */
  template: unknown
  settings: CredentialSettings
  keyType: KeyType
  /** Name of the key that would sign; only its length is used. */
  keyName: string
  certificateIdDigits: number
}

/** The credential as text with a filler in place of the signature, under the largest possible number. */
export function draftText(
  record: CertificateRecord,
  { codeLists }: Pick<CertificateType, 'codeLists'>,
  { template, settings, keyType, keyName, certificateIdDigits }: DraftMeans,
  issuedAt: Date,
): string {
  const unsigned = buildCredential({
    template,
    request: record,
    certificateId: '835172946018376425'.slice(0, certificateIdDigits),
    issuedAt,
    settings,
    codeLists,
  })
  return JSON.stringify(previewCredential(unsigned, keyType, keyName))
}
