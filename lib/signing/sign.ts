/** Signs credentials and checks signed ones without any network: fast where their shape is known, else over JSON-LD as such. */
import { log, traceOf } from '@/lib/log'
import { contextDocument } from './contexts'
import { FastPath } from './fast'
import { signGenerically, verifyGenerically } from './generic'
import type { PublicKey, SigningKey } from './keys'
import { CREDENTIALS_V1, formOfNamespace, PROOF_TYPE } from './names'
import { ALTERED, type SignedCredential, type Verification } from './proof'
import { refuseUnsignable, someValue } from './signable'
import { verifyDetached } from './suites'

export type { CredentialProof, SignedCredential, Verification } from './proof'

const fast = new FastPath((what, error) => log().error(error === undefined ? {} : { trace: traceOf(error) }, what))

/**
 * Signs a credential and returns it with `proof` as its last member; the input is left alone.
 * `at` becomes `proof.created` (whole seconds). Throws an Error when a context is not pinned, a term is not in the
 * contexts or the subject's id is relative: each of them would leave something unsigned. Refuses (UNSUPPORTED_CHARACTER)
 * control characters and lone surrogates.
 */
export async function signCredential(unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential> {
  if ('proof' in unsigned) throw new Error('This credential already has a proof.')
  const signed = await fast.sign(unsigned, key, at)
  if (signed) return signed
  refuseUnsignable(unsigned)
  // The library would say that an address could not be reached; the truth is that it is never asked.
  for (const context of contextsOf(unsigned)) contextDocument(context, key)
  return signGenerically(unsigned, key, at)
}

/**
 * Checks the signature of a credential with one public key. Never throws for what it is given.
 * A true answer says that the signed statements are the issuer's. Some terms of the vocabulary share an IRI, so values
 * swapped between them (a batch and a vaccine) still verify: compare with the issued text as well.
 * `readByOthers`: the bytes that others take it to be over, where they read it in another way; it has to be over those, too.
 */
export async function verifyCredential(
  signed: unknown,
  key: PublicKey,
  readByOthers: Uint8Array | null = null,
): Promise<Verification> {
  const reason = refuseShape(signed, key)
  if (reason) return { verified: false, reason }
  const answer = await fast.verify(signed as SignedCredential, key, readByOthers)
  if (answer) return answer
  // A context further down could rename what is signed without changing the signature. (No compiled shape has one.)
  const { '@context': _contexts, ...rest } = signed as SignedCredential
  if (someValue(rest, isWithContext)) return { verified: false, reason: 'It redefines its own words.' }
  const general = await verifyGenerically(signed as object, key)
  if (!general.verified || readByOthers === null) return general
  return (await verifyDetached(key, (signed as SignedCredential).proof.jws, readByOthers)) ? general : ALTERED
}

function contextsOf(document: object): string[] {
  return '@context' in document ? [document['@context']].flat().map(String) : []
}

/** What a document must look like before it is worth any work. Undefined when it does. */
function refuseShape(signed: unknown, key: PublicKey): string | undefined {
  if (!isObject(signed)) return 'This is not a credential.'
  const contexts = signed['@context']
  if (
    !Array.isArray(contexts) ||
    contexts.length !== 2 ||
    contexts[0] !== CREDENTIALS_V1 ||
    !formOfNamespace(contexts[1], key)
  ) {
    return 'Its context is not one of the pinned ones.'
  }
  const proof = signed.proof
  if (!isObject(proof)) return 'It carries no single proof.'
  if (proof.type !== PROOF_TYPE[key.type]) return 'Its proof is of another type.'
  if (proof.verificationMethod !== key.verificationMethod) return 'It names another issuer key.'
  if (typeof proof.jws !== 'string') return 'Its proof has no signature.'
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWithContext(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '@context')
}
