/** How the JSON-LD library finds the contexts of a document: pinned ones alone, each processed once. Runs in browsers too. */
import { keptWithin, noteScoped, type ActiveContext, type Processed } from './scoped-contexts'

/** What the library makes of a context, by what was in force before it. */
class Resolved {
  private readonly processed = new WeakMap<object, Processed>()

  constructor(
    readonly document: unknown,
    private readonly isPinned: boolean,
  ) {}

  getProcessed(before: ActiveContext): Processed | undefined {
    return this.processed.get(before)
  }

  setProcessed(before: ActiveContext, processed: Processed): void {
    this.processed.set(before, processed)
    if (this.isPinned) noteScoped(processed.context)
  }
}

/** Of the contexts in pinned documents, for as long as those are pinned. */
const kept = new WeakMap<object, Resolved>()

/** What the library is given of a context. */
type Answer = Pick<Resolved, 'document' | 'getProcessed' | 'setProcessed'>

/** Options of the library's calls under which it reads these documents and nothing else. */
export interface OnlyPinned {
  contextResolver: { resolve(asked: { activeCtx: ActiveContext; context: unknown }): Promise<Answer[]> }
  documentLoader: (url: string) => Promise<never>
}

/**
 * `documentOf` gives the context document of an address and throws for one that is not pinned; it is asked every time, so
 * that words that come in later are known at once. The library's own resolver keeps what it makes of the contexts that
 * stand within others by what was in force, which is new to it in every document: half a megabyte for a certificate that it
 * never finds again. Here they are found again (scoped-contexts.ts).
 * `pause` is waited for before each context: without it the library does all of its work in one turn of the event loop.
 */
export function onlyPinned(
  documentOf: (url: string) => object,
  pause: () => Promise<void> = async () => {},
): OnlyPinned {
  const pinned = (url: string): Answer[] =>
    contextsOf(documentOf(url)).flatMap((context) => (typeof context === 'string' ? pinned(context) : keptOf(context)))
  return {
    contextResolver: {
      resolve: async ({ activeCtx, context }) => {
        await pause()
        return contextsOf(context).flatMap((one) =>
          typeof one === 'string' ? pinned(one) : (keptWithin(activeCtx, one) ?? new Resolved(one, false)),
        )
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
  const known = (isObject && kept.get(context)) || new Resolved(context, isObject)
  if (isObject) kept.set(context, known)
  return known
}
