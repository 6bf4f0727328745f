/** Takes a new signing key into use, and an old one out, while the product runs. Every step may be the last one before a crash. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { endorse } from './endorsement'
import {
  isWithdrawn,
  keepEndorsement,
  keepPublished,
  publishedAt,
  publishKey,
  readPublicFiles,
  readWithdrawn,
  withdrawPublished,
} from './key-files'
import { loadKeysThatSign, loadPublishedKeys, typeOf, type KeySettings, type KeyType } from './keys'
import { destroy, promoteNext, readOrCreateNext, readStored } from './private-key-file'
import { signBytes } from './raw-signature'
import { isSameKey, thumbprintOf } from './thumbprint'

const TYPES = ['RSA', 'ED25519'] as const
/** A worker signs on with the key before for as long as it takes to notice (1 s) and to end what it has at hand (15 s). */
const STILL_SIGNING_MS = 30_000

/** What a key is for at the moment. */
export type Use =
  /** Signs certificates in DIVOC's form. */
  | 'signs certificates'
  /** Signs the form of VC Data Model 2.0 and the status lists. */
  | 'signs the second form and status lists'
  | 'signs both forms'
  /** Published, so that verifiers know it when it begins to sign. */
  | 'signs next'
  | 'signed before'
  | 'withdrawn'

export interface KeyFacts {
  thumbprint: string
  type: KeyType
  use: Use
}

/** Every key that is or was published, the present ones first. Nothing secret. */
export async function listKeys(settings: KeySettings): Promise<KeyFacts[]> {
  const { present, present2 } = await loadPublishedKeys(settings)
  const [signs, signs2] = await loadKeysThatSign(settings)
  const next = await nextKeys(settings)
  const useOf = (key: KeyObject): Use => {
    const [first, second] = [signs, signs2].map((one) => one !== null && isSameKey(key, one.publicKey))
    if (first && second) return 'signs both forms'
    if (first) return 'signs certificates'
    if (second) return 'signs the second form and status lists'
    return next.some((one) => isSameKey(one, key)) ? 'signs next' : 'signed before'
  }
  const all = [
    present.publicKey,
    present2.publicKey,
    ...(await readPublicFiles(settings.dataDir)).map(({ key }) => key),
  ]
  const each = all.filter((key, index) => all.findIndex((other) => isSameKey(other, key)) === index)
  const withdrawn = await readWithdrawn(settings.dataDir)
  return [
    ...each.map((key) => ({ thumbprint: thumbprintOf(key), type: typeOf(key), use: useOf(key) })),
    ...withdrawn.map(({ key }) => ({ thumbprint: thumbprintOf(key), type: typeOf(key), use: 'withdrawn' as const })),
  ]
}

/**
 * Makes the key that will sign next and publishes its public half; asked again it answers the same one. Throws an Error
 * (a sentence for the operator) when keys of this type are given by settings. Refuses (SIGNER_UNAVAILABLE) before the worker
 * has ever run.
 */
export async function prepareKey(settings: KeySettings, type: KeyType): Promise<{ thumbprint: string }> {
  refuseGiven(settings, type)
  // In a folder without keys this is hardly meant: it would not be the one that the product runs with.
  if ((await readWithdrawn(settings.dataDir)).length === 0) await loadPublishedKeys(settings)
  const next = createPublicKey(await readOrCreateNext(settings.dataDir, type))
  const { present } = await readStored(settings.dataDir, type)
  // While both are at hand: other machines believe in the next one because the one that they know says so.
  if (present) {
    const before = { publicKey: createPublicKey(present), sign: (bytes: Uint8Array) => signBytes(type, present, bytes) }
    await keepEndorsement(settings.dataDir, next, await endorse(before, next, 'known'))
  }
  return { thumbprint: thumbprintOf(next) }
}

/**
 * The next key (made now when there is none) signs from here on; running workers notice within a second. The public half of
 * the one before stays published, its private half is gone. Throws as `prepareKey`.
 */
export async function rotateKey(
  settings: KeySettings,
  type: KeyType,
): Promise<{ before: string | null; after: string }> {
  const { dataDir } = settings
  const { thumbprint } = await prepareKey(settings, type)
  const { present } = await readStored(dataDir, type)
  const before = present ? createPublicKey(present) : null
  // Published under its own name before its file goes over to another key. A withdrawn one came back with a backup.
  if (before && !(await isWithdrawn(dataDir, before))) await keepPublished(dataDir, before)
  await promoteNext(dataDir, type)
  const after = createPublicKey((await readStored(dataDir, type)).present!)
  await publishKey(dataDir, type, after)
  return { before: before && thumbprintOf(before), after: thumbprint }
}

/**
 * Takes a compromised key out of everything that is published, for good: what it signed is not genuine any more. Throws an
 * Error when the key is one that signs now or did until a moment before `now`, or when no key, or more than one, begins with
 * these characters.
 */
export async function withdrawKey(settings: KeySettings, beginning: string, now: Date): Promise<KeyFacts> {
  const known = (await listKeys(settings)).filter(({ thumbprint }) => thumbprint.startsWith(beginning))
  const [facts, ...more] = known
  if (beginning.length < 6 || !facts)
    throw new Error('There is no such key. Give at least 6 characters as `list` shows them.')
  if (more.length > 0) throw new Error('More than one key begins so. Give more characters.')
  if (facts.use.startsWith('signs') && facts.use !== 'signs next') {
    throw new Error('This key signs now. Take another one into use first (rotate), then withdraw this one.')
  }
  const { dataDir } = settings
  const replacedAt = facts.use === 'signed before' ? await publishedAt(dataDir, facts.type) : undefined
  // Either way: the clock of the disk may be a little ahead.
  if (replacedAt && Math.abs(now.getTime() - replacedAt.getTime()) < STILL_SIGNING_MS) {
    throw new Error(
      'Another key was taken into use only now. What is being signed with this one would not be genuine: withdraw it in half a minute.',
    )
  }
  const published = (await readPublicFiles(dataDir)).find(({ key }) => thumbprintOf(key) === facts.thumbprint)
  if (published) await withdrawPublished(dataDir, published.key)
  // A private half that still lies here: the next key, or that of a type which is not in use.
  for (const type of TYPES) {
    const stored = await readStored(dataDir, type)
    for (const which of ['present', 'next'] as const) {
      const key = stored[which]
      if (key && thumbprintOf(createPublicKey(key)) === facts.thumbprint) await destroy(dataDir, type, which)
    }
  }
  return { ...facts, use: 'withdrawn' }
}

async function nextKeys({ dataDir }: KeySettings): Promise<KeyObject[]> {
  const stored = await Promise.all(TYPES.map((type) => readStored(dataDir, type)))
  return stored.flatMap(({ next }) => (next ? [createPublicKey(next)] : []))
}

function refuseGiven({ signing }: KeySettings, type: KeyType): void {
  const isFirst = type === signing.keyType
  const { privateKey, publicKey } = isFirst ? signing : signing.ed25519
  if (!isFirst && type === 'RSA') {
    throw new Error('No RSA key is in use: SIGNING_KEY_TYPE=ED25519 has one Ed25519 pair sign everything.')
  }
  const name = isFirst ? 'CERTIFICATE_PRIVATE_KEY' : 'CERTIFICATE_ED25519_PRIVATE_KEY'
  if (privateKey) {
    throw new Error(
      `The key comes from ${name}. Change that setting (and its public half) and start again: the public half of the key before stays published in DATA_DIR/keys.`,
    )
  }
  if (publicKey) {
    throw new Error(
      `The key is kept by the external signer. Change it there, set ${name.replace('PRIVATE', 'PUBLIC')} and start again: the public half of the key before stays published in DATA_DIR/keys.`,
    )
  }
}
