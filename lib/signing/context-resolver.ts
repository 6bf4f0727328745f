/** How the JSON-LD library finds the contexts of a document: pinned ones alone, each processed once. Runs in browsers too. */

/** What the library makes of a context, by what was in force before it. */
class Resolved {
  private readonly processed = new WeakMap<object, unknown>()

  constructor(readonly document: unknown) {}

  getProcessed(before: object): unknown {
    return this.processed.get(before)
  }

  setProcessed(before: object, processed: unknown): void {
    this.processed.set(before, processed)
  }
}

/** Of the contexts in pinned documents, for as long as those are pinned. */
const kept = new WeakMap<object, Resolved>()

/** Options of the library's calls under which it reads these documents and nothing else. */
export interface OnlyPinned {
  contextResolver: { resolve(asked: { context: unknown }): Promise<Resolved[]> }
  documentLoader: (url: string) => Promise<never>
}

/**
 * `documentOf` gives the context document of an address and throws for one that is not pinned; it is asked every time, so
 * that words that come in later are known at once. The library's own resolver keeps what it makes of the contexts that
 * stand within others, too (half a megabyte for a certificate), though these are new to it in every document.
 * `pause` is waited for before each context: without it the library does all of its work in one turn of the event loop.
 */
export function onlyPinned(
  documentOf: (url: string) => object,
  pause: () => Promise<void> = async () => {},
): OnlyPinned {
  const pinned = (url: string): Resolved[] =>
    contextsOf(documentOf(url)).flatMap((context) => (typeof context === 'string' ? pinned(context) : keptOf(context)))
  return {
    contextResolver: {
      resolve: async ({ context }) => {
        await pause()
        return contextsOf(context).flatMap((one) => (typeof one === 'string' ? pinned(one) : new Resolved(one)))
      },
    },
    documentLoader: async () => {
      throw new Error('Documents are never fetched.')
    },
  }
}

/** Of a document, or of what stands at "@context". */
function contextsOf(given: unknown): unknown[] {
  const isDocument = typeof given === 'object' && given !== null && '@context' in given
  return [isDocument ? given['@context'] : given].flat()
}

function keptOf(context: unknown): Resolved {
  const isObject = typeof context === 'object' && context !== null
  const known = (isObject && kept.get(context)) || new Resolved(context)
  if (isObject) kept.set(context, known)
  return known
}
