/**
 * What a worker agrees on with the others before it signs: on one key of the issuer, which the database publishes for all
 * installations, and on one key of tests. A key that this machine alone made, beside one that signs already, is refused.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { takeOverKeys } from '@/lib/certificates/shared-keys'
import {
  addEndorsements,
  addKeys,
  keyEndorsements,
  oneAtATime,
  sharedKeys,
  takeIntoUse,
  testKey,
  withdrawShared,
  type SharedKey,
} from '@/lib/certificates/store-keys'
import { log, traceOf } from '@/lib/log'
import { endorse, isEndorsed, type Endorsement, type Endorser, type KeyState } from '@/lib/signing/endorsement'
import { readEndorsements, readPublicFiles, readWithdrawn } from '@/lib/signing/key-files'
import { sandboxSettings, typeOf, type KeySettings, type KeyType } from '@/lib/signing/keys'
import { withLiveKeys, type LiveKeysOptions } from '@/lib/signing/live-keys'
import { adoptKey, readOrCreateKey, readStored } from '@/lib/signing/private-key-file'
import type { SigningKeys } from '@/lib/signing/signing-keys'
import { isSameKey, thumbprintOf } from '@/lib/signing/thumbprint'

/**
 * The keys that sign in this worker, live (lib/signing/live-keys.ts), published for all installations before anything is
 * signed with them. Throws an Error with a sentence for whoever starts it.
 */
export function agreedKeys(
  context: Context,
  signal: AbortSignal,
  options: Pick<LiveKeysOptions, 'onWithdrawn' | 'lookEveryMs'> = {},
): Promise<Context & SigningKeys> {
  return oneAtATime(context.db, async () => {
    await agree(context)
    return withLiveKeys(context, signal, { ...options, publish: publisher(context) })
  })
}

/** Before the keys are loaded, which makes those that are missing. */
async function agree({ db, settings, now }: Context): Promise<void> {
  const shared = await sharedKeys(db)
  for (const { type, setting } of generated(settings)) {
    await refuseSecondIssuer(settings, type, setting, shared)
  }
  // Not before: what others publish would pass for known here. A key that was withdrawn elsewhere is refused when it is loaded.
  await takeOverKeys({ db, settings })
  const sandbox = sandboxSettings(settings)
  for (const type of typesOf(settings)) {
    const mine = await readOrCreateKey(sandbox.dataDir, type)
    const agreed = await testKey(db, type, mine, now())
    if (!isSameKey(createPublicKey(agreed), createPublicKey(mine))) await adoptKey(sandbox.dataDir, type, agreed)
  }
}

/** Well within the time after which a key counts as used no more. */
const SAY_EVERY_MS = 10_000

/** Publishes what this installation knows, and says of each key that it signs, unless another worker has a newer one. */
function publisher(context: Context): (keys: SigningKeys) => Promise<void> {
  const said = new Map<string, { at: number; inUse: boolean }>()
  return async (keys) => {
    const { key, key2 } = keys
    await publishTests(context)
    await publishKnown(context, keys)
    for (const publicKey of new Set([key.publicKey, key2.publicKey])) {
      const thumbprint = thumbprintOf(publicKey)
      const last = said.get(thumbprint)
      if (last && performance.now() - last.at < SAY_EVERY_MS) continue
      const inUse = await takeIntoUse(context.db, { key: publicKey, type: typeOf(publicKey) }, context.now())
      if (!inUse && last?.inUse !== false) log().warn({ key: thumbprint }, REPLACED)
      said.set(thumbprint, { at: performance.now(), inUse })
    }
  }
}

const REPLACED =
  'another worker signs with a newer key than this one: what is signed here is valid, but give this worker the newer key (setting, or the folder "keys")'

/** With what the keys that sign here say of each: on other machines a key counts by that, not by standing in the database. */
async function publishKnown({ db, settings: { dataDir }, now }: Context, { key, key2 }: SigningKeys): Promise<void> {
  const shared = await sharedKeys(db)
  const knows = (one: KeyObject) => shared.find((known) => known.thumbprint === thumbprintOf(one))
  const [published, withdrawn] = await Promise.all([readPublicFiles(dataDir), readWithdrawn(dataDir)])
  const endorsers = isSameKey(key.publicKey, key2.publicKey) ? [key] : [key, key2]
  await publishEndorsements(db, dataDir, endorsers, [
    ...published.map((one) => ({ key: one.key, state: 'known' as const })),
    ...endorsers.map(({ publicKey }) => ({ key: publicKey, state: 'signs' as const })),
    ...withdrawn.map((one) => ({ key: one.key, state: 'withdrawn' as const })),
  ])
  const added = [...published, ...withdrawn].filter((one) => !knows(one.key))
  if (added.length > 0) await addKeys(db, added.map(row(false)), now())
  const gone = withdrawn.filter((one) => !knows(one.key)?.withdrawn).map((one) => thumbprintOf(one.key))
  if (gone.length > 0) await withdrawShared(db, gone, now())
}

/** What is missing, or was spoilt. Before the keys themselves, so that nobody sees one that nothing speaks for. */
async function publishEndorsements(
  db: Context['db'],
  dataDir: string,
  endorsers: Endorser[],
  states: { key: KeyObject; state: KeyState }[],
): Promise<void> {
  const [there, kept] = await Promise.all([keyEndorsements(db), readEndorsements(dataDir)])
  const missing: Endorsement[] = []
  const keys = states.map(({ key }) => key)
  for (const one of kept) {
    const key = keys.find((other) => thumbprintOf(other) === one.thumbprint)
    if (!key || !(await isEndorsed([one], key, one.state, keys))) continue
    const by = keys.filter((other) => thumbprintOf(other) === one.endorser)
    if (!(await isEndorsed(there, key, one.state, by))) missing.push(one)
  }
  try {
    for (const { key, state } of states) {
      for (const by of endorsers) {
        if (!(await isEndorsed(there, key, state, [by.publicKey]))) missing.push(await endorse(by, key, state))
      }
    }
  } catch (error) {
    // A signing service that is away keeps nobody from publishing: it is asked again at the next look.
    log().warn(traceOf(error), 'the signing service does not speak for the keys yet')
  }
  if (missing.length > 0) await addEndorsements(db, missing)
}

async function publishTests({ db, settings, now }: Context): Promise<void> {
  const shared = await sharedKeys(db)
  const published = await readPublicFiles(sandboxSettings(settings).dataDir)
  const added = published.filter((one) => !shared.some(({ thumbprint }) => thumbprint === thumbprintOf(one.key)))
  if (added.length > 0) await addKeys(db, added.map(row(true)), now())
}

function row(sandbox: boolean): (file: { key: KeyObject }) => Pick<SharedKey, 'key' | 'type' | 'sandbox'> {
  return ({ key }) => ({ key, type: typeOf(key), sandbox })
}

function typesOf({ signing }: KeySettings): KeyType[] {
  return signing.keyType === 'ED25519' ? ['ED25519'] : ['RSA', 'ED25519']
}

/** The keys that no setting gives: they are made in DATA_DIR/keys, on this machine alone. */
function generated({ signing }: KeySettings): { type: KeyType; setting: string }[] {
  const { keyType, ed25519 } = signing
  const first = { type: keyType, setting: 'CERTIFICATE_PRIVATE_KEY', given: signing }
  const second = { type: 'ED25519' as const, setting: 'CERTIFICATE_ED25519_PRIVATE_KEY', given: ed25519 }
  return (keyType === 'ED25519' ? [first] : [first, second]).filter(
    ({ given }) => !given.privateKey && !given.publicKey,
  )
}

async function refuseSecondIssuer(settings: KeySettings, type: KeyType, setting: string, shared: SharedKey[]) {
  const signs = shared.find((key) => key.signs && key.type === type && !key.sandbox)
  if (!signs) return
  const { present } = await readStored(settings.dataDir, type)
  const mine = present && createPublicKey(present)
  // One that signed before, here or elsewhere, is the issuer's; after a rotation the one before is still known here.
  if (mine && shared.some((key) => isSameKey(key.key, mine))) return
  const { dataDir } = settings
  const here = (await Promise.all([readPublicFiles(dataDir), readWithdrawn(dataDir)])).flat()
  // This machine signed with it from a setting that is gone: what it makes now is the next one.
  if (here.some(({ key }) => isSameKey(key, signs.key))) return
  const own = mine ? `holds another one (${thumbprintOf(mine)})` : 'holds none, and a new one would be a second issuer'
  throw new Error(
    `The certificates of this database are signed with the ${type} key ${signs.thumbprint}. ${settings.dataDir}/keys ${own}. Give this worker the same key: set ${setting}, or copy the folder "keys" of the worker that has it.`,
  )
}
