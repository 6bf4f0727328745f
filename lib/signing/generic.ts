/** The reference library's own way from a credential to its signature: for every shape, at the cost of JSON-LD expansion. */
import jsigs from 'jsonld-signatures'
import { ownTurn } from '@/lib/own-turn'
import type { Reference } from './compile'
import { onlyPinned, type OnlyPinned } from './context-resolver'
import { contextDocument, pinnedContexts, underNamespace } from './contexts'
import type { PublicKey, SigningKey } from './keys'
import type { Namespaces } from './names'
import { ALTERED, type SignedCredential, type Verification } from './proof'
import { DetachedJwsSuite } from './suites'

/** Signs a copy. Throws when a word or an id would be left unsigned. */
export function signGenerically(unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential> {
  return signWith(pinnedContexts(key, ownTurn), unsigned, key, at)
}

/** The same under words that are not published yet, in the place of those of the key's vocabulary. */
export function signUnder(words: object, unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential> {
  const document = underNamespace(words, key.namespace)
  const contexts = onlyPinned((url) => (url === key.namespace ? document : contextDocument(url, key)), ownTurn)
  return signWith(contexts, unsigned, key, at)
}

async function signWith(contexts: OnlyPinned, unsigned: object, key: SigningKey, at: Date) {
  const signed = await jsigs.sign(structuredClone(unsigned), {
    suite: new DetachedJwsSuite(key, contexts, at),
    purpose: new jsigs.purposes.AssertionProofPurpose(),
    documentLoader: contexts.documentLoader,
  })
  return signed as SignedCredential
}

/** Checks a credential whose outer shape was checked before. Never throws for what it is given. */
export async function verifyGenerically(signed: object, key: PublicKey): Promise<Verification> {
  try {
    const { verificationMethod, controller } = key
    const contexts = pinnedContexts(key, ownTurn)
    const result = await jsigs.verify(signed, {
      suite: new DetachedJwsSuite(key, contexts),
      purpose: new jsigs.purposes.AssertionProofPurpose({
        controller: { id: controller, assertionMethod: verificationMethod },
      }),
      documentLoader: contexts.documentLoader,
    })
    return result.verified ? { verified: true } : reasonOf(result.error?.errors ?? [])
  } catch (error) {
    return reasonOf([error])
  }
}

/** The library as the compiler asks it, for documents with these contexts. */
export function referenceFor(contexts: readonly string[], own: Namespaces): Reference {
  const { contextResolver, documentLoader } = pinnedContexts(own, ownTurn)
  const suite = new jsigs.suites.LinkedDataSignature({ type: 'any', canonizeOptions: { contextResolver } })
  return {
    canonize: (document) => suite.canonize(document, { documentLoader, skipExpansion: false }),
    words: wordsOf(contexts, (url) => contextDocument(url, own)),
  }
}

/** Every word that contexts define, at any depth. */
export function wordsOf(contexts: readonly string[], documentOf: (url: string) => object): Set<string> {
  const words = new Set<string>()
  const read = (node: unknown, isContext: boolean): void => {
    if (typeof node === 'string') return isContext ? read(documentOf(node), false) : undefined
    if (Array.isArray(node)) return node.forEach((item) => read(item, isContext))
    if (typeof node !== 'object' || node === null) return
    for (const [key, child] of Object.entries(node)) {
      words.add(key)
      read(child, key === '@context')
    }
  }
  read(contexts, true)
  return words
}

function reasonOf(errors: unknown[]): Verification {
  const invalid = errors.some((error) => error instanceof Error && error.message === 'Invalid signature.')
  return invalid ? ALTERED : { verified: false, reason: 'It says something that the contexts do not define.' }
}
