/** The whole check of something that was scanned, in a browser: nothing but key addresses and certificate numbers is ever asked for. */
import type { Namespaces } from '@/lib/signing/names'
import { formOfNamespace, PROOF_TYPE } from '@/lib/signing/names'
import { isPreview } from '@/lib/signing/proof'
import { isSandbox } from '@/lib/signing/sandbox'
import type { StatusAnswer } from './answers'
import { verifyDetached } from './detached-jws'
import { factsOf, possibleNumbers, type Facts, type Kind } from './facts'
import { isNameOf, keysNamed, type IssuerKey, type IssuerKeys } from './issuer-keys'
import { standingOf, type ListAge, type ListEntry } from './revocation-list'
import { readScanned, type Scanned } from './scanned'
import { outOfTime } from './validity'
import type { Verdict } from './verdict'
import { hashOf, verifyDataOf, type ProofOptions, type Words } from './verify-data'

/** Where the check gets what it needs to know. An offline copy can stand behind each. */
export interface Sources {
  /** Our own published keys, then those of the trust list; null when they cannot be had. `fresh`: no kept copy. */
  keys(fresh: boolean): Promise<readonly IssuerKeys[] | null>
  /** What the registry says about a number: 'unknown' = asked, and it has none; null = it could not be asked. */
  status(certificateId: string): Promise<StatusAnswer | 'unknown' | null>
  /** What the kept revocation list says about a number (null = it is not in it); null without a list. */
  listed?(certificateId: string): Promise<{ entry: ListEntry | null; list: ListAge } | null>
  /** The clock of this device: whether a suspension is over. */
  now(): Date
  /** The vocabularies of the issuer's settings. */
  own: Namespaces
  /** The words of one of these as they are now, or a copy from before; null when they cannot be had. Without it those at hand are all. */
  words?(address: string): Promise<Words | null>
  /** What certificates of each type show besides what they always show. */
  kinds?: readonly Kind[]
}

/**
 * What is to be said about a scanned or pasted value. Never throws for what it is given; what cannot be asked or loaded
 * is "could not check", which is neither good nor bad.
 */
export async function verify(value: string, sources: Sources): Promise<Verdict> {
  const scanned = readScanned(value)
  if (!scanned) return { state: 'not_a_certificate' }
  if (isPreview(scanned.credential)) return { state: 'preview' }
  if (isSandbox(scanned.credential)) return { state: 'sandbox' }
  if (!globalThis.crypto?.subtle) return { state: 'could_not_check', obstacle: 'insecure' }
  let signature: Signature
  try {
    signature = await checkSignature(scanned.credential, sources)
  } catch {
    // A part of this page that is loaded when it is needed did not come.
    return { state: 'could_not_check', obstacle: 'keys' }
  }
  if (signature === 'wrong') return { state: 'not_genuine' }
  if (typeof signature === 'string') return { state: 'could_not_check', obstacle: signature }
  const { trusted } = signature.by
  // Their numbers mean nothing to our registry, and are nobody else's business.
  if (trusted !== undefined) {
    const facts = factsOf(scanned.credential, sources.kinds)
    return outOfTime(facts, sources.now()) ?? { state: 'trusted', issuer: trusted, facts }
  }
  return standing(scanned, sources)
}

/** Whose key signed it; else what is in the way of knowing. */
type Signature = { by: IssuerKeys } | 'wrong' | 'keys' | 'kept_keys' | 'issuer' | 'vocabulary'

async function checkSignature(credential: Record<string, unknown>, sources: Sources): Promise<Signature> {
  const { proof, ...document } = credential
  const options = proofOptionsOf(proof)
  if (!options) return 'wrong'
  const { jws, verificationMethod: name, keyType, ...rest } = options
  const kept = await sources.keys(false)
  const verifyData = await verifyDataOf(
    document,
    { ...rest, verificationMethod: name },
    keyType,
    sources.own,
    sources.words,
  )
  /** Our own keys come first: many issuers use the same name. */
  const signer = async (issuers: readonly IssuerKeys[]): Promise<IssuerKeys | null> => {
    for (const issuer of issuers) {
      for (const key of keysNamed([issuer], name, keyType)) {
        if (verifyData && (await verifyDetached(key, jws, verifyData))) return issuer
      }
    }
    return null
  }
  const known = kept && (await signer(kept))
  if (known) return { by: known }
  // The issuer may have a new key since the copy was made: nobody is called a forger over an old copy.
  const fresh = await sources.keys(true)
  if (!fresh) return kept ? 'kept_keys' : 'keys'
  const found = await signer(fresh)
  if (found) return { by: found }
  const named = fresh.filter((issuer) => isNameOf(issuer, name) || keysNamed([issuer], name, keyType).length > 0)
  const others = named.some(({ trusted }) => trusted !== undefined)
  if (others && verifyData === null && isOfAnotherVocabulary(document, sources.own)) return 'vocabulary'
  // Our own name over another kind of key is nobody else's certificate.
  return named.length > 0 ? 'wrong' : 'issuer'
}

/** Whether the certificate still counts, and whether it is what was issued. */
async function standing({ text, credential }: Scanned, sources: Sources): Promise<Verdict> {
  const facts = factsOf(credential, sources.kinds)
  const hash = hashOf(text)
  const numbers = possibleNumbers(credential)
  for (const number of numbers) {
    const status = await sources.status(number)
    if (status === null) return standingByList(numbers, facts, sources)
    if (status === 'unknown') continue
    // Under another of its values: number and batch were swapped, for example. Such a text was never issued.
    const isOther = status.credentialHash !== null && status.credentialHash !== hash
    if (isOther || number !== facts.certificateId) return { state: 'altered' }
    return verdictOf(status, facts, sources.now())
  }
  return { state: 'could_not_check', obstacle: 'registry' }
}

/**
 * What the kept list says. It holds no hashes: that values were swapped cannot be seen, unless a number that is in the
 * list stands in another field.
 */
async function standingByList(numbers: string[], facts: Facts, sources: Sources): Promise<Verdict> {
  let age: ListAge | null = null
  for (const number of numbers) {
    const found = await sources.listed?.(number)
    if (!found) break
    age = found.list
    const entry = standingOf(found.entry, sources.now())
    if (!entry) continue
    if (number !== facts.certificateId) return { state: 'altered' }
    return { ...verdictOf(entry, facts, sources.now()), list: age } as Verdict
  }
  // Whatever became of it since: it does not count now.
  const late = outOfTime(facts, sources.now())
  if (late) return late
  return { state: 'could_not_check', obstacle: 'status', facts, ...(age ? { list: age } : {}) }
}

type Standing = Pick<StatusAnswer, 'state' | 'since' | 'until'> & { cause?: string | null }

function verdictOf({ state, since, until, cause = null }: Standing, facts: Facts, now: Date): Verdict {
  switch (state) {
    case 'current':
      return outOfTime(facts, now) ?? { state: 'valid', facts }
    case 'superseded':
      return { state: 'replaced', since, facts }
    case 'revoked':
      return { state: 'cancelled', since, cause, facts }
    case 'suspended':
      return { state: 'suspended', since, until, facts }
  }
}

/** A well-formed certificate whose second context is not among those that are pinned here. */
function isOfAnotherVocabulary(document: Record<string, unknown>, own: Namespaces): boolean {
  const contexts = document['@context']
  return Array.isArray(contexts) && contexts.length === 2 && formOfNamespace(contexts[1], own) === null
}

interface Proof extends ProofOptions {
  jws: string
  verificationMethod: string
  keyType: IssuerKey['type']
}

/** A proof that says what ours say; null for anything else. */
function proofOptionsOf(proof: unknown): Proof | null {
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) return null
  const { jws, verificationMethod, type, proofPurpose } = proof as Record<string, unknown>
  const keyType = (['RSA', 'ED25519'] as const).find((key) => PROOF_TYPE[key] === type)
  if (typeof jws !== 'string' || typeof verificationMethod !== 'string' || !keyType) return null
  if (proofPurpose !== 'assertionMethod') return null
  return { ...(proof as ProofOptions), jws, verificationMethod, keyType }
}
