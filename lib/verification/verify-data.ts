/** What the signature of a credential is over, computed in a browser (the 2018 signature suites): along a compiled shape, else over JSON-LD as such. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { canonicalForm, rulesWith } from '@/lib/signing/canonical'
import { CREDENTIALS_V1, SECURITY_V2, type Namespaces } from '@/lib/signing/names'
import { setVocabulary } from '@/lib/signing/vocabularies'
import { joined } from './detached-jws'
import { credentialProgram, proofProgram } from './shapes'

/** SHA-256 of a text in UTF-8. */
type Hash = (text: string) => Uint8Array

/** Hashing inside canonical forms cannot wait, and crypto.subtle answers later. */
const inBrowser: Hash = (text) => sha256(new TextEncoder().encode(text))

/** What the words of a vocabulary mean. */
export interface Words {
  words: object
  /** Kept from before: newer words may have come in since. */
  copy: boolean
}

/** The proof without its signature. */
export interface ProofOptions {
  type: string
  [member: string]: unknown
}

/**
 * SHA-256 of the canonical proof options, then that of the canonical credential without proof. Null when it says something
 * that its contexts do not define, or redefines its words. Rejects when the JSON-LD library is needed and cannot be loaded.
 */
export async function verifyDataOf(
  credential: Record<string, unknown>,
  { type, ...options }: ProofOptions,
  keyType: 'RSA' | 'ED25519',
  own: Namespaces,
  wordsOf?: (address: string) => Promise<Words | null>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const contexts = credential['@context']
  if (!Array.isArray(contexts) || contexts.length !== 2 || contexts[0] !== CREDENTIALS_V1) return null
  const shipped = shippedDataOf(credential, { type, ...options }, keyType, own)
  if (shipped) return shipped
  const proof = { '@context': SECURITY_V2, type, ...options }
  const isOurs = contexts[1] === own.namespace || contexts[1] === own.namespaceV1
  // It may say what came in after this program was made. Without the words nobody is called a forger.
  const known = wordsOf && isOurs ? await wordsOf(String(contexts[1])) : undefined
  if (known === null) throw new Error('The words of the vocabulary cannot be had.')
  if (known) setVocabulary(String(contexts[1]), { words: known.words, shapes: [] })
  const { canonicalByLibrary } = await import('./json-ld')
  const general = await canonicalByLibrary(credential, proof, own)
  // Words are only added: a copy of them reads right what it can read, and may not know the rest yet.
  if (!general && known?.copy) throw new Error('The kept words of the vocabulary do not say what this means.')
  return general && dataOf(general.proof, general.credential)
}

/**
 * The same along the shapes that every verifier came with, whatever the words are now. Null for what they do not cover.
 * `hash` where there is a faster one than a browser's.
 */
export function shippedDataOf(
  credential: Record<string, unknown>,
  { type, ...options }: ProofOptions,
  keyType: 'RSA' | 'ED25519',
  own: Namespaces,
  hash = inBrowser,
): Uint8Array<ArrayBuffer> | null {
  const contexts = credential['@context']
  const rules = rulesWith((text) => bytesToHex(hash(text)))
  const program = Array.isArray(contexts) ? credentialProgram(contexts[1], own) : null
  const said = program && canonicalForm(program, credential, rules)
  const proven = said && canonicalForm(proofProgram(keyType), { '@context': SECURITY_V2, type, ...options }, rules)
  return said && proven ? dataOf(proven, said, hash) : null
}

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function hashOf(text: string): string {
  return bytesToHex(inBrowser(text))
}

function dataOf(proof: string, credential: string, hash = inBrowser): Uint8Array<ArrayBuffer> {
  return joined(hash(proof), hash(credential))
}
