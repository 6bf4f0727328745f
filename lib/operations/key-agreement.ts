/**
 * What a worker agrees on with the others before it signs: on one key of the issuer, which the database publishes for all
 * installations, and on one key of tests. A key that this machine alone made, beside one that signs already, is refused.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { takeOverKeys } from '@/lib/certificates/shared-keys'
import {
  addKeys,
  oneAtATime,
  sharedKeys,
  takeIntoUse,
  testKey,
  withdrawShared,
  type SharedKey,
} from '@/lib/certificates/store-keys'
import { readPublicFiles, readWithdrawn } from '@/lib/signing/key-files'
import { sandboxSettings, typeOf, type KeySettings, type KeyType } from '@/lib/signing/keys'
import { withLiveKeys } from '@/lib/signing/live-keys'
import { adoptKey, readOrCreateKey, readStored } from '@/lib/signing/private-key-file'
import type { SigningKeys } from '@/lib/signing/signing-keys'
import { isSameKey, thumbprintOf } from '@/lib/signing/thumbprint'

/**
 * The keys that sign in this worker, live (lib/signing/live-keys.ts), published for all installations before anything is
 * signed with them. Throws an Error with a sentence for whoever starts it.
 */
export function agreedKeys(context: Context, signal: AbortSignal): Promise<Context & SigningKeys> {
  return oneAtATime(context.db, async () => {
    await agree(context)
    return withLiveKeys(context, signal, { publish: publisher(context) })
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

/** Publishes what this installation knows, and says once of each key that it signs: another worker may have a newer one. */
function publisher(context: Context): (keys: SigningKeys) => Promise<void> {
  const said = new Set<string>()
  return async ({ key, key2 }) => {
    await publishKnown(context)
    for (const { publicKey } of [key, key2]) {
      if (said.has(thumbprintOf(publicKey))) continue
      await takeIntoUse(context.db, { key: publicKey, type: typeOf(publicKey) }, context.now())
      said.add(thumbprintOf(publicKey))
    }
  }
}

async function publishKnown({ db, settings, now }: Context): Promise<void> {
  const shared = await sharedKeys(db)
  const knows = (one: KeyObject) => shared.find((known) => known.thumbprint === thumbprintOf(one))
  for (const sandbox of [false, true]) {
    const { dataDir } = sandbox ? sandboxSettings(settings) : settings
    const [published, withdrawn] = await Promise.all([readPublicFiles(dataDir), readWithdrawn(dataDir)])
    const added = [...published, ...withdrawn].filter((one) => !knows(one.key))
    if (added.length > 0) {
      await addKeys(
        db,
        added.map((one) => ({ key: one.key, type: typeOf(one.key), sandbox })),
        now(),
      )
    }
    const gone = withdrawn.filter((one) => !knows(one.key)?.withdrawn).map((one) => thumbprintOf(one.key))
    if (gone.length > 0) await withdrawShared(db, gone, now())
  }
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
  if (mine && (await readPublicFiles(settings.dataDir)).some(({ key }) => isSameKey(key, signs.key))) return
  const own = mine ? `holds another one (${thumbprintOf(mine)})` : 'holds none, and a new one would be a second issuer'
  throw new Error(
    `The certificates of this database are signed with the ${type} key ${signs.thumbprint}. ${settings.dataDir}/keys ${own}. Give this worker the same key: set ${setting}, or copy the folder "keys" of the worker that has it.`,
  )
}
