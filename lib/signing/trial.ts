/** Canonical forms of documents under context documents that nobody uses yet. */
import { contexts as credentials } from '@digitalbazaar/credentials-context'
import jsonld from 'jsonld'

/** Contexts that define each other without end are refused after this. */
const MOST_MS = 2000

/**
 * The canonical N-Quads (RDFC-1.0) of a document under the credentials contexts of the W3C and those given. `strict`:
 * throws for what no context defines; else that is left out. Throws for an address that is in neither.
 */
export function canonicalUnder(
  document: object,
  contexts: ReadonlyMap<string, object>,
  { strict }: { strict: boolean },
): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    safe: strict,
    canonizeOptions: { maxWorkFactor: 1, signal: AbortSignal.timeout(MOST_MS) },
    documentLoader: async (url) => {
      const document = contexts.get(url) ?? credentials.get(url)
      if (!document) throw new Error(`The context ${url} is not known here; contexts are never fetched.`)
      return { contextUrl: null, documentUrl: url, document, tag: undefined }
    },
  })
}
