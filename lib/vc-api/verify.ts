/** Checks credentials and presentations that a client gives: form, proofs, issuer, period, and the status where the list is ours. */
import type { KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { STATUS_PURPOSES } from '@/lib/certificates/status-entries'
import { canonize, verifyCredential2, type KeyOf } from '@/lib/signing/eddsa'
import { keyOfDidKey } from '@/lib/signing/multikey'
import { isIssuedForm2 } from '@/lib/trust/issued'
import { vcApiContexts } from './contexts'
import { credentialProblems, periodProblems, presentationProblems } from './data-model'
import { ownWordsIn } from './own-words'
import { refuseCostly } from './refuse'
import { stateAtPlace } from './store'
import { idOf, isFields, listOf, type Fields, type Problem } from './values'

export interface Checked {
  verified: boolean
  /** Why it is not. */
  problems: Problem[]
  /** What could not be looked at, and does not make it false. */
  warnings: Problem[]
}

/** What it takes besides the registry. */
export interface Verifier extends Pick<Context, 'db' | 'settings' | 'now'> {
  /** Keys of our own and of trusted issuers by the name of their verification method. */
  keys: ReadonlyMap<string, KeyObject>
}

/** Never asks the network: did:key carries its key, our own and trusted keys are known, other lists than ours are a warning. */
export async function checkCredential(
  verifier: Verifier,
  credential: unknown,
  expected: Expected = {},
): Promise<Checked> {
  refuseCostly(credential)
  const problems = credentialProblems(credential)
  if (problems.length > 0) return failed(problems)
  const document = credential as Fields
  const proven = [
    ...(await proofProblems(verifier, document, 'assertionMethod')),
    ...unexpectedIn(document, expected),
    ...issuerProblems(document),
    ...periodProblems(document, verifier.now()),
  ]
  if (proven.length > 0) return failed(proven)
  if (await isPretended(verifier, document)) return failed([insecure('', 'is no certificate as it was issued here')])
  return statusOf(verifier, document)
}

/** What the proofs have to say, where the asker says so. */
export interface Expected {
  challenge?: string
  domain?: string
  expectedProofPurpose?: string
}

/** The presentation's own proof, then every credential in it. Refuses a challenge or domain other than the expected one. */
export async function checkPresentation(
  verifier: Verifier,
  presentation: unknown,
  expected: Expected,
): Promise<Checked> {
  refuseCostly(presentation)
  const problems = presentationProblems(presentation)
  if (problems.length > 0) return failed(problems)
  const document = presentation as Fields
  const proofs = document.proof === undefined ? [] : (listOf(document.proof) as Fields[])
  const own = await proofProblems(verifier, document, 'authentication')
  own.push(...unexpectedIn(document, expected))
  const signers = proofs.map((proof) => controllerOf(proof.verificationMethod))
  const holder = idOf(document.holder)
  if (holder !== undefined && signers.some((signer) => signer !== holder)) {
    own.push(insecure('/holder', 'did not sign the presentation'))
  }
  if (own.length > 0) return failed(own)
  const warnings: Problem[] = []
  const credentials = document.verifiableCredential === undefined ? [] : listOf(document.verifiableCredential)
  for (const [index, credential] of credentials.entries()) {
    const path = `/verifiableCredential/${index}`
    const checked = await checkCredential(verifier, credential)
    warnings.push(...below(path, checked.warnings))
    if (!checked.verified) return failed(below(path, checked.problems), warnings)
    const issuer = idOf((credential as Fields).issuer)
    // Said by the one who presents it: then who that is must be said (VC Data Model 2.0, section 4.13.4).
    if (issuer !== undefined && signers.includes(issuer) && holder !== issuer) {
      return failed([insecure('/holder', 'must be the issuer of a credential that is self-asserted')], warnings)
    }
  }
  return { verified: true, problems: [], warnings }
}

/** Every proof there is has to hold; proofs of proofs (previousProof) are not understood here, so they do not. */
async function proofProblems(verifier: Verifier, document: Fields, purpose: string): Promise<Problem[]> {
  const { proof, ...unsecured } = document
  if (proof === undefined) return [insecure('/proof', 'is missing')]
  const keyOf: KeyOf = (method) => keyOfDidKey(method) ?? verifier.keys.get(method)
  const contexts = vcApiContexts(verifier.settings.publicUrl)
  const problems: Problem[] = []
  for (const one of listOf(proof) as Fields[]) {
    const chained = one.previousProof !== undefined
    const answer = await verifyCredential2({ ...unsecured, proof: one }, keyOf, {
      purpose,
      contexts,
      now: verifier.now(),
    })
    if (chained) problems.push(insecure('/proof/previousProof', 'is not supported'))
    else if (one.created === undefined) problems.push(insecure('/proof/created', 'is missing'))
    else if (!answer.verified) {
      problems.push(insecure(answer.code === 'NOT_DEFINED' ? '' : '/proof', `does not verify: ${answer.reason}`))
    }
  }
  return problems
}

/** Whether it says what our certificates say, in their words, and is none: a signature alone makes no certificate. */
async function isPretended({ db, settings: { publicUrl } }: Verifier, document: Fields): Promise<boolean> {
  const { proof: _proof, ...unsecured } = document
  const { certificate } = ownWordsIn(await canonize(unsecured, vcApiContexts(publicUrl)), publicUrl)
  return certificate && !(await isIssuedForm2(db, document))
}

function unexpectedIn({ proof }: Fields, { challenge, domain, expectedProofPurpose }: Expected): Problem[] {
  const proofs = proof === undefined ? [] : (listOf(proof) as Fields[])
  const wrong = {
    challenge: proofs.some((one) => challenge !== undefined && one.challenge !== challenge),
    domain: proofs.some((one) => domain !== undefined && !listOf(one.domain).includes(domain)),
    proofPurpose: proofs.some((one) => expectedProofPurpose !== undefined && one.proofPurpose !== expectedProofPurpose),
  }
  const names = Object.entries(wrong).flatMap(([name, is]) => (is ? [name] : []))
  return names.map((name) => insecure(`/proof/${name}`, 'is not the expected one'))
}

/** A key speaks for the identifier before its "#", and for nobody else. */
function issuerProblems(document: Fields): Problem[] {
  const issuer = idOf(document.issuer)
  const own = listOf(document.proof).every(
    (proof) => isFields(proof) && controllerOf(proof.verificationMethod) === issuer,
  )
  return own ? [] : [insecure('/issuer', 'is not the one whose key signed')]
}

function controllerOf(verificationMethod: unknown): string | undefined {
  return typeof verificationMethod === 'string' ? verificationMethod.split('#')[0] : undefined
}

async function statusOf(verifier: Verifier, document: Fields): Promise<Checked> {
  const warnings: Problem[] = []
  const entries = document.credentialStatus === undefined ? [] : (listOf(document.credentialStatus) as Fields[])
  for (const entry of entries) {
    const place = placeIn(entry, verifier.settings.publicUrl)
    const path = '/credentialStatus'
    if (!place) {
      warnings.push({ kind: 'STATUS_ERROR', path, message: 'is in a list of somebody else, which was not asked' })
      continue
    }
    const state = await stateAtPlace(verifier.db, place, verifier.now())
    const message = {
      current: null,
      superseded: 'says that it was replaced',
      revoked: 'says that it was revoked',
      suspended: 'says that it is suspended',
    }[state ?? 'current']
    if (state === null) return failed([{ kind: 'STATUS_ERROR', path, message: 'names a place that nobody was given' }])
    if (message !== null) return failed([{ kind: 'STATUS_ERROR', path, message }], warnings)
  }
  return { verified: true, problems: [], warnings }
}

function placeIn(entry: Fields, publicUrl: string): { listId: number; index: number } | null {
  const list = String(entry.statusListCredential)
  const [, id, purpose] = /\/status\/(\d{1,9})\/(\w+)$/.exec(list) ?? []
  const ours =
    list === `${publicUrl}/status/${id}/${purpose}` && (STATUS_PURPOSES as readonly string[]).includes(purpose!)
  const index = Number(entry.statusListIndex)
  return ours && index < 2 ** 31 ? { listId: Number(id), index } : null
}

function below(path: string, problems: Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: path + problem.path }))
}

function insecure(path: string, message: string): Problem {
  return { kind: 'CRYPTOGRAPHIC_SECURITY_ERROR', path, message }
}

function failed(problems: Problem[], warnings: Problem[] = []): Checked {
  return { verified: false, problems, warnings }
}
