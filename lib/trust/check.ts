/** The whole check of a credential that somebody presents to the server: whose it is, whether it counts, whether it is what was issued. */
import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '@/lib/certificates/context'
import { verifyCertificate2 } from '@/lib/certificates/sign2'
import { statusOf } from '@/lib/certificates/store-status'
import { Refusal } from '@/lib/errors'
import { didDocument } from '@/lib/signing/did-document'
import { sandboxMethod2, verificationMethod2 } from '@/lib/signing/did-web'
import { PROOF2_TYPE } from '@/lib/signing/eddsa'
import { loadPublishedKeys } from '@/lib/signing/keys'
import { multikeyOf } from '@/lib/signing/multikey'
import type { StatusAnswer } from '@/lib/verification/answers'
import { issuerKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import { excessOf, type Limits } from '@/lib/vc-api/refuse'
import { factsOf } from '@/lib/verification/facts'
import { outOfTime, type OutOfTime } from '@/lib/verification/validity'
import { verify } from '@/lib/verification/verify'
import type { Verdict } from '@/lib/verification/verdict'
import { hashOf } from '@/lib/verification/verify-data'
import { isIssuedForm2, numberOfForm2 } from './issued'
import { trustedKeys } from './keys'
import { issuedTexts } from './store'

/** Far above a certificate in either form; what anybody may have canonicalised is small. */
const CERTIFICATE_LIMITS: Limits = { values: 500, depth: 12, contexts: 4, labels: 6, objects: 32 }

/** What is to be said about it, without what it says itself. */
export type Finding =
  | { state: 'valid' | 'altered' | 'not_genuine' | 'preview' | 'sandbox' | 'not_a_certificate' }
  | { state: 'replaced'; since: string }
  | { state: 'cancelled'; since: string; cause: string | null }
  | { state: 'suspended'; since: string; until: string | null }
  /** Outside the time that it names itself. */
  | { state: 'not_yet_valid'; from: string }
  | { state: 'expired'; since: string }
  /** Another issuer's, by its name. */
  | { state: 'trusted'; issuer: string }
  /** issuer: nobody whose key is known; registry: genuine, but no certificate of ours; vocabulary: words not known here. */
  | { state: 'could_not_check'; obstacle: 'issuer' | 'registry' | 'vocabulary' }

/**
 * Checks a signed certificate in DIVOC's form with the very code of the verify page, or in the form of VC Data Model 2.0.
 * Refusal MALFORMED_CERTIFICATE: far larger than any certificate. Else never throws for what it is given; throws when the
 * registry cannot be asked. Nothing of it is kept.
 */
export async function check(context: Context, credential: Record<string, unknown>): Promise<Finding> {
  // Anybody may ask: what only costs time is looked at no further.
  const excess = excessOf(credential, CERTIFICATE_LIMITS)
  if (excess) throw new Refusal('MALFORMED_CERTIFICATE', `This is no certificate: ${excess}`)
  const proof = credential.proof as { type?: unknown; verificationMethod?: unknown } | null | undefined
  if (proof?.type === PROOF2_TYPE) return checkForm2(context, credential, String(proof.verificationMethod))
  // Asked before: a registry that is away is no property of the certificate.
  const { issuers } = await keysOf(context)
  const keys = async () => issuers
  const text = JSON.stringify(credential)
  const status = async (certificateId: string) => {
    const answer = await registered(context, certificateId)
    if (answer === 'unknown' || answer.credentialHash === hashOf(text)) return answer
    // Many programs write the members of an object in an order of their own: that alters nothing.
    const issued = await issuedTexts(context.db, certificateId)
    const isSame = issued !== null && isDeepStrictEqual(JSON.parse(issued.credential), credential)
    return isSame ? { ...answer, credentialHash: hashOf(text) } : answer
  }
  const { credential: own } = context.settings
  return findingOf(await verify(text, { keys, status, now: context.now, own }))
}

async function checkForm2(context: Context, credential: object, keyName: string): Promise<Finding> {
  const { settings } = context
  if (keyName === sandboxMethod2(settings.publicUrl)) return { state: 'sandbox' }
  const { byName } = await keysOf(context)
  if (!byName.has(keyName)) return { state: 'could_not_check', obstacle: 'issuer' }
  const answer = await verifyCertificate2(credential, (name) => byName.get(name), settings)
  if (!answer.verified) {
    return answer.code === 'NOT_DEFINED'
      ? { state: 'could_not_check', obstacle: 'vocabulary' }
      : { state: 'not_genuine' }
  }
  const number = numberOfForm2(credential)
  const status = number === null ? 'unknown' : await registered(context, number)
  if (status === 'unknown') return { state: 'could_not_check', obstacle: 'registry' }
  // The same key signs what clients of the VC API give: only what is kept was issued as a certificate.
  if (!(await isIssuedForm2(context.db, credential))) return { state: 'altered' }
  const late = outOfTime(factsOf(credential as Record<string, unknown>), context.now())
  return status.state === 'current' && late ? withoutFacts(late) : standing(status)
}

function withoutFacts(late: OutOfTime): Finding {
  return late.state === 'expired' ? { state: late.state, since: late.since } : { state: late.state, from: late.from }
}

function standing({ state, since, until, cause }: StatusAnswer): Finding {
  switch (state) {
    case 'current':
      return { state: 'valid' }
    case 'superseded':
      return { state: 'replaced', since }
    case 'revoked':
      return { state: 'cancelled', since, cause: cause ?? null }
    case 'suspended':
      return { state: 'suspended', since, until }
  }
}

/** The verdict without the facts: who presents a credential has read it. */
function findingOf(verdict: Verdict): Finding {
  switch (verdict.state) {
    case 'valid':
      return { state: 'valid' }
    case 'replaced':
      return { state: 'replaced', since: verdict.since }
    case 'cancelled':
      return { state: 'cancelled', since: verdict.since, cause: verdict.cause }
    case 'suspended':
      return { state: 'suspended', since: verdict.since, until: verdict.until }
    case 'not_yet_valid':
    case 'expired':
      return withoutFacts(verdict)
    case 'trusted':
      return { state: 'trusted', issuer: verdict.issuer }
    case 'could_not_check':
      if (['issuer', 'registry', 'vocabulary'].includes(verdict.obstacle)) return verdict as Finding
      throw new Error(`A credential could not be checked here (${verdict.obstacle}).`)
    default:
      return verdict
  }
}

async function registered({ db, now }: Context, certificateId: string): Promise<StatusAnswer | 'unknown'> {
  const row = await statusOf(db, certificateId, now())
  if (!row) return 'unknown'
  return { ...row, since: row.since.toISOString(), until: row.until?.toISOString() ?? null }
}

interface Keys {
  /** Our own, then those of the trust list. */
  issuers: IssuerKeys[]
  /** Our own of the second form. */
  byName: Map<string, KeyObject>
}

/** Anyone may ask, as often as they like: keys are read once a second. */
const KEPT_MS = 1000
const kept = new WeakMap<Context['db'], { at: number; keys: Promise<Keys> }>()

function keysOf(context: Context): Promise<Keys> {
  const known = kept.get(context.db)
  if (known && performance.now() - known.at < KEPT_MS) return known.keys
  const keys = readKeys(context)
  kept.set(context.db, { at: performance.now(), keys })
  // A failure is told to those who asked, and the next one asks anew.
  keys.catch(() => kept.delete(context.db))
  return keys
}

async function readKeys(context: Context): Promise<Keys> {
  const { settings } = context
  const [published, others] = await Promise.all([loadPublishedKeys(settings), trustedKeys(context)])
  const own = issuerKeysOf(JSON.parse(JSON.stringify(didDocument(published, settings))))
  const all = [published.present.publicKey, published.present2.publicKey, ...published.others]
  const byName = new Map(
    all
      .filter((key) => key.asymmetricKeyType === 'ed25519')
      .map((key) => [verificationMethod2(settings.publicUrl, multikeyOf(key)), key] as const),
  )
  return { issuers: [own, ...others], byName }
}
