/** Builds the unsigned certificate as VC Data Model 2.0: distinct words for every value, the places of its status, where to ask for the current one. Pure. */
import { vocabularyUrl } from '@/lib/certificate-types/vocabulary'
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Config } from '@/lib/config'
import { didWebOf } from '@/lib/signing/did-web'
import { buildCredential } from './credential'
import { statusEntriesOf } from './status-entries'
import type { Place } from './store-places'

export interface Credential2Input {
  /** The version that the certificate is issued under. */
  type: CertificateType
  /** A record in its normal form. */
  request: object
  certificateId: string
  issuedAt: Date
  settings: Pick<Config, 'credential' | 'issuer' | 'publicUrl'>
  /** Where its status is published; null for tests, which have none. */
  place: Place | null
}

/**
 * The unsigned credential. What the record does not say is absent: there are no empty texts. Certificates of the sandbox
 * (`place` null) say that they are tests.
 */
export function buildCredential2(input: Credential2Input): Record<string, unknown> {
  const { type, settings, place } = input
  const { publicUrl, credential, issuer } = settings
  const built = buildCredential({
    template: type.credential2,
    request: input.request,
    certificateId: input.certificateId,
    issuedAt: input.issuedAt,
    sandbox: place === null,
    settings: {
      ...credential,
      vocabulary: vocabularyUrl(publicUrl, type),
      certificateBase: `${publicUrl}/v3/certificates/`,
      issuerDid: didWebOf(publicUrl),
      issuerName: issuer.name,
    },
    codeLists: type.codeLists,
  })
  const said = withoutEmpty(built) as Record<string, unknown>
  return place ? { ...said, credentialStatus: statusEntriesOf(place, publicUrl) } : said
}

/** The shape of all of them, for compiling: the type's template under this installation's vocabulary, with the entries of a place. */
export function template2(type: CertificateType, publicUrl: string): Record<string, unknown> {
  const status = statusEntriesOf({ listId: 1, index: 1 }, publicUrl).map((entry) => {
    const { id: _id, statusListIndex: _index, statusListCredential: _list, ...same } = entry
    const leaf = { derive: 'status' }
    return { id: leaf, statusListIndex: leaf, statusListCredential: leaf, ...same }
  })
  const contexts = (type.credential2 as { '@context': unknown[] })['@context']
  return {
    ...(type.credential2 as object),
    '@context': [contexts[0], vocabularyUrl(publicUrl, type)],
    credentialStatus: status,
  }
}

/** Leaves out empty texts, and objects that say nothing but their type. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : value
  const members = Object.entries(value).flatMap(([key, child]) => {
    const kept = withoutEmpty(child)
    return kept === undefined ? [] : [[key, kept] as const]
  })
  return members.some(([key]) => key !== 'type') ? Object.fromEntries(members) : undefined
}
