/** The pinned context documents of VC Data Model 2.0: the W3C's own, and whatever an issuer adds. Never the network. */
import { contexts as credentials } from '@digitalbazaar/credentials-context'
import dataIntegrity from '@digitalbazaar/data-integrity-context'

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'
/** Gives every word a meaning of its own below the address of the W3C's examples, which the W3C's test suites use. */
export const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2'

/** Address -> context document. */
export type PinnedContexts = ReadonlyMap<string, object>

/** What a credential or list of ours may name besides our own vocabulary. */
export const STANDARD_CONTEXTS: PinnedContexts = new Map([
  [CREDENTIALS_V2, known(credentials, CREDENTIALS_V2)],
  [DATA_INTEGRITY_V2, known(dataIntegrity.contexts, DATA_INTEGRITY_V2)],
])

/** The document of an address. Throws an Error for every address that is not pinned. */
export function pinnedContext(url: string, pinned: PinnedContexts): object {
  const document = pinned.get(url)
  if (!document) throw new Error(`The context ${JSON.stringify(url)} is not pinned; contexts are never fetched.`)
  return document
}

function known(contexts: ReadonlyMap<string, object>, url: string): object {
  const document = contexts.get(url)
  if (!document) throw new Error(`The package lacks the context ${url}.`)
  return document
}
