/** Data Integrity proofs eddsa-rdfc-2022 (W3C vc-di-eddsa, section 3.3) over any document with pinned contexts. */
import { verify, type KeyObject } from 'node:crypto'
import bs58 from 'bs58'
import jsonld from 'jsonld'
import { ownTurn } from '@/lib/own-turn'
import { onlyPinned } from './context-resolver'
import { pinnedContext, STANDARD_CONTEXTS, type PinnedContexts } from './contexts2'
import { RULES } from './rules'
import { signedBytes } from './signed-bytes'

export const CRYPTOSUITE = 'eddsa-rdfc-2022'
export const PROOF2_TYPE = 'DataIntegrityProof'

/** What it takes to sign: an Ed25519 key, wherever it is kept. */
export interface Signer2 {
  /** An address at which others find the public key. */
  verificationMethod: string
  /** The Ed25519 signature (64 bytes) over the bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

export interface Proof2 {
  type: typeof PROOF2_TYPE
  cryptosuite: typeof CRYPTOSUITE
  /** YYYY-MM-DDTHH:MM:SSZ */
  created: string
  verificationMethod: string
  proofPurpose: string
  /** "z" and base58 of the 64 bytes. */
  proofValue: string
}

export type Signed2<Document extends object = Record<string, unknown>> = Document & { proof: Proof2 }

/** Why a proof does not hold; the sentences repeat nothing of the document. */
export type Verification2 = { verified: true } | { verified: false; code: Failure2; reason: string }
export type Failure2 = 'NO_PROOF' | 'MALFORMED_PROOF' | 'UNKNOWN_KEY' | 'NOT_DEFINED' | 'ALTERED' | 'EXPIRED_PROOF'

export const ALTERED2 = failure('ALTERED', 'The signature does not match what is written.')

/** The public key that a verification method names, or null. It must not ask the network. */
export type KeyOf = (verificationMethod: string) => KeyObject | null | undefined

export interface Checks {
  /** What the proof is for; assertionMethod where left out. */
  purpose?: string
  contexts?: PinnedContexts
  /** For a proof with `expires`; without it such a proof counts as expired. */
  now?: Date
}

/**
 * A copy of the document with `proof` as its last member. Throws an Error when a context is not pinned, a word is not in
 * the contexts or an id is relative (safe mode): each of them would leave something unsigned.
 */
export async function signCredential2<Document extends object>(
  unsigned: Document,
  key: Signer2,
  created: Date,
  contexts: PinnedContexts = STANDARD_CONTEXTS,
): Promise<Signed2<Document>> {
  if ('proof' in unsigned) throw new Error('This document already has a proof.')
  const document = structuredClone(unsigned)
  const options = proofOptions(key.verificationMethod, created)
  const signature = await key.sign(await bytesToSign(document, options, contexts))
  return { ...document, proof: { ...options, proofValue: proofValueOf(signature) } }
}

/** The proof without its value, as it is signed. */
export function proofOptions(verificationMethod: string, created: Date): Omit<Proof2, 'proofValue'> {
  return {
    type: PROOF2_TYPE,
    cryptosuite: CRYPTOSUITE,
    created: `${created.toISOString().slice(0, 19)}Z`,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  }
}

/** Multibase base58-btc. */
export function proofValueOf(signature: Uint8Array): string {
  if (signature.length !== 64) throw new Error('An Ed25519 signature has 64 bytes.')
  return `z${bs58.encode(signature)}`
}

/**
 * Checks the one proof of a document. Never throws for what it is given, and asks nothing but `keyOf`. A true answer says
 * that every statement is signed by that key; whose key it is and what the document's status is are other questions.
 */
export async function verifyCredential2(document: unknown, keyOf: KeyOf, checks: Checks = {}): Promise<Verification2> {
  if (!isObject(document) || !isObject(document.proof)) return failure('NO_PROOF', 'It carries no single proof.')
  const { proof, ...unsecured } = document
  const { proofValue, ...options } = proof as Record<string, unknown>
  const malformed = malformedProof(options, proofValue, checks)
  if (malformed) return malformed
  const key = keyOf(String(options.verificationMethod))
  if (key?.asymmetricKeyType !== 'ed25519') return failure('UNKNOWN_KEY', 'The key that it names is not known here.')
  let bytes: Uint8Array
  try {
    bytes = await bytesToSign(unsecured, options, checks.contexts ?? STANDARD_CONTEXTS)
  } catch {
    return failure('NOT_DEFINED', 'It says something that the pinned contexts do not define.')
  }
  const signature = bs58.decode(String(proofValue).slice(1))
  return verify(null, bytes, key, signature) ? { verified: true } : ALTERED2
}

/** As section 3.3.4 says. */
async function bytesToSign(document: object, options: object, contexts: PinnedContexts): Promise<Uint8Array> {
  const context = (document as Record<string, unknown>)['@context']
  const [said, proven] = await Promise.all([
    canonize(document, contexts),
    canonize({ ...options, '@context': context }, contexts),
  ])
  if (said === '' || proven === '') throw new Error('A document that says nothing is not signed.')
  return signedBytes(RULES.hash(proven), said)
}

/** Nodes that look alike are compared for this long; a document without such nodes takes what it takes. */
const MOST_MS = 1000

/** RDF Dataset Canonicalization 1.0 of a JSON-LD document. Throws for what it would otherwise leave out silently. */
export async function canonize(document: object, contexts: PinnedContexts): Promise<string> {
  if (!isWellFormed(document)) throw new Error('Half a character has no UTF-8 form.')
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    safe: true,
    canonizeOptions: { maxWorkFactor: 1, signal: AbortSignal.timeout(MOST_MS) },
    ...onlyPinned((url) => pinnedContext(url, contexts), ownTurn),
  })
}

/** Why a proof cannot be one of this suite; null when it can. */
export function malformedProof(
  options: Record<string, unknown>,
  proofValue: unknown,
  { purpose = 'assertionMethod', now }: Checks,
): Verification2 | null {
  if (options.type !== PROOF2_TYPE || options.cryptosuite !== CRYPTOSUITE) {
    return failure('MALFORMED_PROOF', 'Its proof is of another type.')
  }
  if (options.proofPurpose !== purpose) return failure('MALFORMED_PROOF', 'Its proof is for another purpose.')
  if (typeof options.verificationMethod !== 'string') return failure('MALFORMED_PROOF', 'Its proof names no key.')
  for (const time of ['created', 'expires']) {
    if (options[time] !== undefined && !isTimestamp(options[time])) {
      return failure('MALFORMED_PROOF', 'A time of its proof is not a time.')
    }
  }
  if (options.expires !== undefined && !(now && now < new Date(String(options.expires)))) {
    return failure('EXPIRED_PROOF', 'Its proof has expired.')
  }
  // 64 bytes never need more characters; decoding is quadratic in its input.
  const valid = typeof proofValue === 'string' && /^z[1-9A-HJ-NP-Za-km-z]{64,88}$/.test(proofValue)
  if (!valid || bs58.decode(proofValue.slice(1)).length !== 64) {
    return failure('MALFORMED_PROOF', 'Its proof has no signature.')
  }
  return null
}

/** XML Schema dateTimeStamp: with seconds and a zone, and a day that exists. */
export function isTimestamp(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/.exec(value)
  if (!parts) return false
  const [year, month, day, hour, minute, second, zoneHour = 0, zoneMinute = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  const days = new Date(Date.UTC(year!, month!, 0)).getUTCDate()
  if (month! < 1 || month! > 12 || day! < 1 || day! > days) return false
  return hour! < 24 && minute! < 60 && second! < 60 && zoneHour * 60 + zoneMinute <= 14 * 60 && zoneMinute < 60
}

/** Every address that a document names as a context, at any depth. Walks without recursion. */
export function contextsIn(document: object): Set<string> {
  const found = new Set<string>()
  const open: { value: unknown; named: boolean }[] = [{ value: document, named: false }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, named } = next
    if (typeof value === 'string' && named) found.add(value)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, child] of Object.entries(value)) {
      const naming = key === '@context' || key === '@import' || (named && Array.isArray(value))
      open.push({ value: child, named: naming })
    }
  }
  return found
}

/** Half a surrogate pair would be hashed as another character. Walks without recursion. */
function isWellFormed(root: unknown): boolean {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && !value.isWellFormed()) return false
    if (typeof value !== 'object' || value === null) continue
    for (const [name, child] of Object.entries(value)) open.push(name, child)
  }
  return true
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failure(code: Failure2, reason: string): Verification2 {
  return { verified: false, code, reason }
}
