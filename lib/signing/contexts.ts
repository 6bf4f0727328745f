/** The pinned context documents: what a credential's words mean is decided by files shipped here, never by the network. */
import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context'
import securityContext from '@digitalbazaar/security-context'
import vocabulary from '@/lib/certificate-types/VaccinationCertificate/context.json'
import vocabularyV1 from '@/lib/certificate-types/VaccinationCertificate/context-v1.json'
import { onlyPinned, type OnlyPinned } from './context-resolver'
import { CREDENTIALS_V1, formOfNamespace, SECURITY_V1, SECURITY_V2, type Namespaces } from './names'
import { vocabularyAt } from './vocabularies'

const standard = new Map<string, object | undefined>([
  [CREDENTIALS_V1, credentialsContexts.get(CREDENTIALS_V1)],
  [SECURITY_V1, securityContext.contexts.get(SECURITY_V1)],
  [SECURITY_V2, securityContext.contexts.get(SECURITY_V2)],
])

/**
 * The context document of an address. Throws an Error for every address that is not pinned: nothing is ever fetched.
 */
export function contextDocument(url: string, own: Namespaces): object {
  const form = formOfNamespace(url, own)
  const document = form ? wordsAt(url, form) : standard.get(url)
  if (!document) throw new Error(`The context ${JSON.stringify(url)} is not pinned; contexts are never fetched.`)
  return document
}

/** Every signature asks for it, and there are only as many as there are pinned addresses. */
const filledIn = new Map<string, { words: object; document: object }>()

/** The words of an address: as the types in force have them, else those that came with the product. */
function wordsAt(namespace: string, form: 'certifyV3' | 'certifyV2'): object {
  const words = vocabularyAt(namespace)?.words ?? (form === 'certifyV3' ? vocabulary : vocabularyV1)
  const known = filledIn.get(namespace)
  if (known?.words === words) return known.document
  const document = underNamespace(words, namespace)
  filledIn.set(namespace, { words, document })
  return document
}

/** A vocabulary under the given namespace (`vac` is the namespace itself, as verifiers have it). */
export function underNamespace(words: object, namespace: string): object {
  return JSON.parse(JSON.stringify(words), (_key, value) => (value === '{namespace}' ? namespace : value))
}

/** Options for the JSON-LD library: it knows the pinned documents and nothing else. `pause` as for `onlyPinned`. */
export function pinnedContexts(own: Namespaces, pause?: () => Promise<void>): OnlyPinned {
  return onlyPinned((url) => contextDocument(url, own), pause)
}
