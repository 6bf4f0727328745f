/** What the signature of a credential is over, computed in a browser (the 2018 signature suites): along a compiled shape, else over JSON-LD as such. */
import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalForm, rulesWith } from '@/lib/signing/canonical'
import { CREDENTIALS_V1, SECURITY_V2, type Namespaces } from '@/lib/signing/names'
import { setVocabulary } from '@/lib/signing/vocabularies'
import { joined } from './detached-jws'
import { credentialProgram, proofProgram } from './shapes'

/** Hashing inside canonical forms cannot wait, and crypto.subtle answers later. */
const RULES = rulesWith((text) => hexOf(sha256(new TextEncoder().encode(text))))

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
  wordsOf?: (address: string) => Promise<object | null>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const contexts = credential['@context']
  if (!Array.isArray(contexts) || contexts.length !== 2 || contexts[0] !== CREDENTIALS_V1) return null
  const program = credentialProgram(contexts[1], own)
  const proof = { '@context': SECURITY_V2, type, ...options }
  const said = program && canonicalForm(program, credential, RULES)
  const proven = said && canonicalForm(proofProgram(keyType), proof, RULES)
  if (said && proven) return dataOf(proven, said)
  if (wordsOf && (contexts[1] === own.namespace || contexts[1] === own.namespaceV1)) {
    // It may say what came in after this program was made. Without the words nobody is called a forger.
    const words = await wordsOf(contexts[1])
    if (!words) throw new Error('The words of the vocabulary cannot be had.')
    setVocabulary(contexts[1], { words, shapes: [] })
  }
  const { canonicalByLibrary } = await import('./json-ld')
  const general = await canonicalByLibrary(credential, proof, own)
  return general && dataOf(general.proof, general.credential)
}

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function hashOf(text: string): string {
  return RULES.hash(text)
}

function dataOf(proof: string, credential: string): Uint8Array<ArrayBuffer> {
  const [first, second] = [proof, credential].map((text) => sha256(new TextEncoder().encode(text)))
  return joined(first!, second!)
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
