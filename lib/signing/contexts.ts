/** The pinned context documents: what a credential's words mean is decided by files shipped here, never by the network. */
import securityContext from '@digitalbazaar/security-context'
import credentialsContext from '@transmute/credentials-context'
import type { DocumentLoader } from 'jsonld-signatures'
import vocabulary from '@/lib/certificate-types/VaccinationCertificate/context.json'
import { CREDENTIALS_V1, KNOWN_NAMESPACES, SECURITY_V1, SECURITY_V2 } from './names'

const standard = new Map<string, object | undefined>([
  [CREDENTIALS_V1, credentialsContext.contexts.get(CREDENTIALS_V1)],
  [SECURITY_V1, securityContext.contexts.get(SECURITY_V1)],
  [SECURITY_V2, securityContext.contexts.get(SECURITY_V2)],
])

/**
 * The context document of an address. `namespace` is the setting CERTIFICATE_NAMESPACE_V2.
 * Throws an Error for every address that is not pinned: nothing is ever fetched.
 */
export function contextDocument(url: string, namespace: string): object {
  const document = url === namespace || KNOWN_NAMESPACES.includes(url) ? vocabularyAt(url) : standard.get(url)
  if (!document) throw new Error(`The context ${JSON.stringify(url)} is not pinned; contexts are never fetched.`)
  return document
}

/** Every signature asks for it, and there are only as many as there are pinned addresses. */
const vocabularies = new Map<string, object>()

function vocabularyAt(namespace: string): object {
  const known = vocabularies.get(namespace) ?? vaccinationVocabulary(namespace)
  vocabularies.set(namespace, known)
  return known
}

/** Our vaccination vocabulary under the given namespace (`vac` is the namespace itself, as verifiers have it). */
export function vaccinationVocabulary(namespace: string): object {
  return JSON.parse(JSON.stringify(vocabulary), (_key, value) => (value === '{namespace}' ? namespace : value))
}

/** A document loader for JSON-LD that knows the pinned documents and rejects everything else. */
export function pinnedLoader(namespace: string): DocumentLoader {
  // 'static' lets the library keep the parsed context instead of parsing it for every signature.
  return async (url) => ({
    contextUrl: null,
    documentUrl: url,
    document: contextDocument(url, namespace),
    tag: 'static',
  })
}
