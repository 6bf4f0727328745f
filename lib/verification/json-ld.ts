/** Canonical forms by the reference library, for credentials outside the compiled shapes. Loaded only when one is met. */
import jsonld from 'jsonld'
import { pinnedContexts } from '@/lib/signing/contexts'
import { formOfNamespace, type Namespaces } from '@/lib/signing/names'

/**
 * The canonical forms of a credential (without its proof) and of its proof options (with their context). Null when either
 * says something that the pinned contexts do not define, and for a context that is not pinned: nothing is ever fetched.
 */
export async function canonicalByLibrary(
  credential: Record<string, unknown>,
  proof: object,
  own: Namespaces,
): Promise<{ credential: string; proof: string } | null> {
  const { '@context': contexts, ...rest } = credential
  if (!Array.isArray(contexts) || formOfNamespace(contexts[1], own) === null) return null
  // A context further down could rename what is signed without changing the signature.
  if (hasContext(rest)) return null
  const options = {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    // What no context defines is an error, not left out.
    safe: true,
    ...pinnedContexts(own),
    // Nodes that look alike can take n! steps to tell apart. Browsers of 2022 and before lack this clock.
    canonizeOptions: { maxWorkFactor: 1, signal: (AbortSignal as Partial<typeof AbortSignal>).timeout?.(1000) ?? null },
  }
  try {
    return { credential: await jsonld.canonize(credential, options), proof: await jsonld.canonize(proof, options) }
  } catch {
    // The library's errors have no common class: whatever it was, this is nothing that was signed.
    return null
  }
}

/** Walks without recursion: deep nesting must not overflow the stack. */
function hasContext(root: unknown): boolean {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '@context')) return true
    for (const child of Object.values(value)) open.push(child)
  }
  return false
}
