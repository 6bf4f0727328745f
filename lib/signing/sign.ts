/** Signs credentials and checks signed ones, over the generic JSON-LD path and without any network. */
import jsigs from 'jsonld-signatures'
import { Refusal } from '@/lib/errors'
import { contextDocument, CREDENTIALS_V1, KNOWN_NAMESPACES, pinnedLoader } from './contexts'
import type { PublicKey, SigningKey } from './keys'
import { DetachedJwsSuite, PROOF_TYPE } from './suites'

/** A credential with its proof; its text (what is stored, hashed and put into the QR) is `JSON.stringify` of it. */
export type SignedCredential = Record<string, unknown> & { proof: CredentialProof }

export interface CredentialProof {
  type: string
  /** YYYY-MM-DDTHH:MM:SSZ, seconds precision. */
  created: string
  verificationMethod: string
  proofPurpose: string
  /** Detached JWS: header, two dots, signature. */
  jws: string
}

/**
 * The verifiers in the field write these characters as they are where today's canonical form escapes them, so a signature
 * over them verifies here and fails there (tried with tab, backspace, form feed and delete; line breaks are the same).
 * A lone surrogate has no UTF-8 form at all.
 */
const NOT_SIGNABLE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u

/** `reason` is a fixed sentence: it never repeats what stands in the document. */
export type Verification = { verified: true } | { verified: false; reason: string }

/**
 * Signs a credential and returns it with `proof` as its last member; the input is left alone.
 * `at` becomes `proof.created` (whole seconds). Throws an Error when a context is not pinned, a term is not in the
 * contexts or the subject's id is relative: each of them would leave something unsigned. Refuses (UNSUPPORTED_CHARACTER)
 * control characters and lone surrogates.
 */
export async function signCredential(unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential> {
  if ('proof' in unsigned) throw new Error('This credential already has a proof.')
  refuseUnsignable(unsigned)
  // The library would say that an address could not be reached; the truth is that it is never asked.
  for (const context of contextsOf(unsigned)) contextDocument(context, key.namespace)
  const signed = await jsigs.sign(structuredClone(unsigned), {
    suite: new DetachedJwsSuite(key, at),
    purpose: new jsigs.purposes.AssertionProofPurpose(),
    documentLoader: pinnedLoader(key.namespace),
  })
  return signed as SignedCredential
}

/**
 * Checks the signature of a credential with one public key. Never throws for what it is given.
 * A true answer says that the signed statements are the issuer's. Some terms of the vocabulary share an IRI, so values
 * swapped between them (a batch and a vaccine) still verify: compare with the issued text as well.
 */
export async function verifyCredential(signed: unknown, key: PublicKey): Promise<Verification> {
  const reason = refuseShape(signed, key)
  if (reason) return { verified: false, reason }
  try {
    const { verificationMethod, controller } = key
    const result = await jsigs.verify(signed as object, {
      suite: new DetachedJwsSuite(key),
      purpose: new jsigs.purposes.AssertionProofPurpose({
        controller: { id: controller, assertionMethod: verificationMethod },
      }),
      documentLoader: pinnedLoader(key.namespace),
    })
    return result.verified ? { verified: true } : { verified: false, reason: reasonOf(result.error?.errors ?? []) }
  } catch (error) {
    return { verified: false, reason: reasonOf([error]) }
  }
}

function refuseUnsignable(document: object): void {
  JSON.stringify(document, (_key, value) => {
    if (typeof value === 'string' && NOT_SIGNABLE.test(value)) {
      throw new Refusal(
        'UNSUPPORTED_CHARACTER',
        'A value holds a control character, which existing verifiers cannot check.',
      )
    }
    return value
  })
}

function contextsOf(document: object): string[] {
  return '@context' in document ? [document['@context']].flat().map(String) : []
}

/** What a document must look like before it is worth any work. Undefined when it does. */
function refuseShape(signed: unknown, key: PublicKey): string | undefined {
  if (!isObject(signed)) return 'This is not a credential.'
  const contexts = signed['@context']
  const pinned = (namespace: unknown) => namespace === key.namespace || KNOWN_NAMESPACES.includes(namespace as string)
  if (!Array.isArray(contexts) || contexts.length !== 2 || contexts[0] !== CREDENTIALS_V1 || !pinned(contexts[1])) {
    return 'Its context is not one of the pinned ones.'
  }
  const proof = signed.proof
  if (!isObject(proof)) return 'It carries no single proof.'
  if (proof.type !== PROOF_TYPE[key.type]) return 'Its proof is of another type.'
  if (proof.verificationMethod !== key.verificationMethod) return 'It names another issuer key.'
  if (typeof proof.jws !== 'string') return 'Its proof has no signature.'
  // A context further down could rename what is signed without changing the signature.
  const { '@context': _contexts, ...rest } = signed
  if (mentionsContext(rest)) return 'It redefines its own words.'
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Walks without recursion: a document nested very deeply must not overflow the stack. */
function mentionsContext(root: unknown): boolean {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '@context')) return true
    open.push(...Object.values(value))
  }
  return false
}

function reasonOf(errors: unknown[]): string {
  const invalid = errors.some((error) => error instanceof Error && error.message === 'Invalid signature.')
  return invalid
    ? 'The signature does not match what is written.'
    : 'It says something that the contexts do not define.'
}
