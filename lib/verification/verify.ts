/** The whole check of something that was scanned, in a browser: nothing but key addresses and certificate numbers is ever asked for. */
import type { Namespaces } from '@/lib/signing/names'
import { PROOF_TYPE } from '@/lib/signing/names'
import { isPreview } from '@/lib/signing/proof'
import { isSandbox } from '@/lib/signing/sandbox'
import type { StatusAnswer } from './answers'
import { verifyDetached } from './detached-jws'
import { factsOf, possibleNumbers, type Facts } from './facts'
import { keysNamed, type IssuerKey, type IssuerKeys } from './issuer-keys'
import { readScanned, type Scanned } from './scanned'
import type { Verdict } from './verdict'
import { hashOf, verifyDataOf, type ProofOptions } from './verify-data'

/** Where the check gets what it needs to know. An offline copy can stand behind each. */
export interface Sources {
  /** The issuers' published keys, null when they cannot be had. `fresh`: no kept copy. */
  keys(fresh: boolean): Promise<readonly IssuerKeys[] | null>
  /** What the registry says about a number: 'unknown' = asked, and it has none; null = it could not be asked. */
  status(certificateId: string): Promise<StatusAnswer | 'unknown' | null>
  /** The vocabularies of the issuer's settings. */
  own: Namespaces
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
  let signature: Awaited<ReturnType<typeof checkSignature>>
  try {
    signature = await checkSignature(scanned.credential, sources)
  } catch {
    // A part of this page that is loaded when it is needed did not come.
    return { state: 'could_not_check', obstacle: 'keys' }
  }
  if (signature === 'wrong') return { state: 'not_genuine' }
  if (signature !== 'right') return { state: 'could_not_check', obstacle: signature }
  return standing(scanned, sources)
}

/** Whether one of the issuer's keys signed it; else what is in the way of knowing. */
async function checkSignature(
  credential: Record<string, unknown>,
  sources: Sources,
): Promise<'right' | 'wrong' | 'keys' | 'issuer'> {
  const { proof, ...document } = credential
  const options = proofOptionsOf(proof)
  if (!options) return 'wrong'
  const { jws, verificationMethod, keyType, ...rest } = options
  let known = await sources.keys(false)
  let keys = known && keysNamed(known, verificationMethod, keyType)
  const verifyData = await verifyDataOf(document, { ...rest, verificationMethod }, keyType, sources.own)
  const isSigned = async (candidates: IssuerKey[]) => {
    for (const key of candidates) if (verifyData && (await verifyDetached(key, jws, verifyData))) return true
    return false
  }
  if (keys && (await isSigned(keys))) return 'right'
  // The issuer may have a new key since the copy was made: nobody is called a forger over an old copy.
  known = await sources.keys(true)
  if (!known) return 'keys'
  keys = keysNamed(known, verificationMethod, keyType)
  if (keys.length > 0) return (await isSigned(keys)) ? 'right' : 'wrong'
  // Our own name over another kind of key is nobody else's certificate.
  return known.some(({ did }) => did === verificationMethod) ? 'wrong' : 'issuer'
}

/** Whether the certificate still counts, and whether it is what was issued. */
async function standing({ text, credential }: Scanned, sources: Sources): Promise<Verdict> {
  const facts = factsOf(credential)
  const hash = hashOf(text)
  for (const number of possibleNumbers(credential)) {
    const status = await sources.status(number)
    if (status === null) return { state: 'could_not_check', obstacle: 'status', facts }
    if (status === 'unknown') continue
    // Under another of its values: number and batch were swapped, for example. Such a text was never issued.
    if (status.credentialHash !== hash || number !== facts.certificateId) return { state: 'altered' }
    return verdictOf(status, facts)
  }
  return { state: 'could_not_check', obstacle: 'registry' }
}

function verdictOf({ state, since, until }: StatusAnswer, facts: Facts): Verdict {
  switch (state) {
    case 'current':
      return { state: 'valid', facts }
    case 'superseded':
      return { state: 'replaced', since, facts }
    case 'revoked':
      return { state: 'cancelled', since, facts }
    case 'suspended':
      return { state: 'suspended', since, until, facts }
  }
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
