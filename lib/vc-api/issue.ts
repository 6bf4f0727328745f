/** Issues a credential that a client gives: checked here, signed where the keys are, its status entered in our lists. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { vocabularyDocuments } from '@/lib/certificate-types/vocabulary'
import { statusEntriesOf } from '@/lib/certificates/status-entries'
import { allocatePlaces } from '@/lib/certificates/store-places'
import { Refusal } from '@/lib/errors'
import { signThrough } from '@/lib/queue/signing-jobs'
import { didWebOf } from '@/lib/signing/did-web'
import { canonize, contextsIn } from '@/lib/signing/eddsa'
import { vcApiContexts } from './contexts'
import { SIGN_VC } from './sign'
import { credentialProblems } from './data-model'
import { isBelow, ownWordsIn } from './own-words'
import { refusalOf, refuseCostly } from './refuse'
import { insertCredential } from './store'
import { isFields, isUrl, listOf, malformed, type Fields, type Problem } from './values'

/** Longer than a signature takes when workers are busy with a wave of certificates. */
const PATIENCE_MS = 10_000

/**
 * The signed credential. Its issuer becomes this installation whoever was named (name and description stay), it gets an id
 * where it has none, and entries for revocation and suspension in our lists. Refusals: VALIDATION_ERROR with every place,
 * SIGNER_UNAVAILABLE.
 */
export async function issueCredential(
  context: Context,
  caller: Caller,
  { credential: given, options = {} }: { credential: Fields; options?: Fields },
): Promise<{ verifiableCredential: Fields }> {
  refuseCostly(given)
  const unknown = Object.keys(options).filter((name) => name !== 'credentialId')
  if (unknown.length > 0) throw new Refusal('VALIDATION_ERROR', 'options may hold credentialId and nothing else.')
  const problems = credentialProblems(given)
  if (problems.length > 0) throw refusalOf(problems, '/credential')
  const { publicUrl } = context.settings
  if (listOf(given.credentialStatus).some((entry) => isOurs(entry, publicUrl))) {
    throw new Refusal('VALIDATION_ERROR', 'Entries of our own status lists are added here; leave them out.')
  }
  refuseOwnNames(given, options, publicUrl)
  const id = String(options.credentialId ?? given.id ?? `urn:uuid:${context.uuid()}`)
  await refuseUndefined({ ...given, id: given.id ?? id }, publicUrl)
  const [place] = await allocatePlaces(context.db, 1, context.random)
  const entries = statusEntriesOf(place!, publicUrl).filter((entry) => entry.statusPurpose !== 'message')
  const credential = {
    ...given,
    id: given.id ?? id,
    credentialStatus: [...(given.credentialStatus === undefined ? [] : listOf(given.credentialStatus)), ...entries],
  }
  const signed = await signThrough(context, SIGN_VC, { text: JSON.stringify(credential) }, PATIENCE_MS)
  const at = context.now()
  const row = { id: context.uuid(), credentialId: id, clientId: caller.id, clientName: caller.name, place: place!, at }
  await insertCredential(context.db, row)
  return { verifiableCredential: JSON.parse(signed) as Fields }
}

/** Said early where the place is plain to see; what is hidden is found in what the credential means. */
function refuseOwnNames(credential: Fields, options: Fields, publicUrl: string): void {
  const named = contextsIn(credential)
  const problems: Problem[] = []
  if ([...vocabularyDocuments(publicUrl).keys()].some((address) => named.has(address)))
    problems.push(malformed('/credential/@context', OURS.certificate))
  if (listOf(credential.type).includes('BitstringStatusListCredential')) {
    problems.push(malformed('/credential/type', OURS.list))
  }
  if (isUrl(credential.id) && isBelow(credential.id, publicUrl))
    problems.push(malformed('/credential/id', OURS.address))
  if (isUrl(options.credentialId) && isBelow(options.credentialId, publicUrl)) {
    problems.push(malformed('/options/credentialId', OURS.address))
  }
  if (problems.length > 0) throw refusalOf(problems)
}

const OURS = {
  certificate: 'must not use the vocabulary of our certificates: those are issued by certifying',
  list: 'must not be a status list: those are published by this installation alone',
  address: 'must not be an address of this installation',
} as const

/** Words without a meaning would stay unsigned, and some are only for this installation to say; said here, where the sentence reaches the client. */
async function refuseUndefined(credential: Fields, publicUrl: string): Promise<void> {
  const { proof: _proof, ...document } = credential
  // The issuer becomes ours, whoever was named.
  const issuer = didWebOf(publicUrl)
  const named = isFields(document.issuer) ? { ...document.issuer, id: issuer } : issuer
  let canonical: string
  try {
    canonical = await canonize({ ...document, issuer: named }, vcApiContexts(publicUrl))
  } catch {
    throw new Refusal(
      'VALIDATION_ERROR',
      'The credential uses a word, type or id that its contexts do not define, redefines a protected word, or names a context that is not known here.',
    )
  }
  const own = ownWordsIn(canonical, publicUrl)
  const said = (['certificate', 'list', 'address'] as const).filter((what) => own[what])
  if (said.length > 0) throw refusalOf(said.map((what) => malformed('/credential', OURS[what])))
}

function isOurs(entry: unknown, publicUrl: string): boolean {
  return isFields(entry) && String(entry.statusListCredential).startsWith(`${publicUrl}/status/`)
}
