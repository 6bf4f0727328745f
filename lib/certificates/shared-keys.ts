/**
 * The issuer's public keys on every machine: what workers publish in the database is written into each installation's own
 * DATA_DIR/keys, which everything else reads. The database only carries it: a key counts, or counts no longer, because a key
 * that is trusted here says so (lib/signing/endorsement.ts). Only a process that signs nothing and has no key at all, in its
 * folder or its settings, believes the database, once.
 */
import type { KeyObject } from 'node:crypto'
import { log, traceOf } from '@/lib/log'
import { isEndorsed, type Endorsement } from '@/lib/signing/endorsement'
import {
  keepPublished,
  publishKey,
  readPublicFile,
  readPublicFiles,
  readWithdrawn,
  withdrawPublished,
} from '@/lib/signing/key-files'
import { givenKeys, sandboxSettings } from '@/lib/signing/keys'
import { isSameKey } from '@/lib/signing/thumbprint'
import type { Context } from './context'
import { keyEndorsements, sharedKeys, type SharedKey } from './store-keys'

const LOOK_EVERY_MS = 1000

const COPY = 'or copy its file from a worker into DATA_DIR/keys'
const ALARMS = {
  false: 'a row of issuer_key holds another key than it names: it is left alone. Find out who wrote it',
  unknown: `the database names a key that no key trusted here speaks for: it is not trusted. If it is the issuer's, set CERTIFICATE_PUBLIC_KEY and CERTIFICATE_ED25519_PUBLIC_KEY here, ${COPY}; else find out who wrote it`,
  withdrawn: `the database calls a key withdrawn, and no key trusted here says so: it still counts here. If you withdrew it, do the same on this machine (npm run keys -- withdraw), ${COPY}; else find out who wrote it`,
}

/** Takes over what others publish, for as long as the process lives; it never keeps it alive. */
export function followKeys(context: Context): void {
  let complained = false
  const look = async () => {
    try {
      await takeOverKeys(context)
      complained = false
    } catch (error) {
      // Once and not every second: a database that is away is told of in many places.
      if (!complained) log().warn(traceOf(error), 'the keys of the other installations are not known yet')
      complained = true
    }
    setTimeout(look, LOOK_EVERY_MS).unref()
  }
  void look()
}

/** Writes into DATA_DIR/keys what the database carries and the folder does not have. */
export async function takeOverKeys({ db, settings }: Pick<Context, 'db' | 'settings'>): Promise<void> {
  const keys = await sharedKeys(db, (thumbprint) => alarm('false', thumbprint))
  // After the keys: whoever publishes one has endorsed it before.
  const endorsements = await keyEndorsements(db)
  // Where a worker runs it says what signs, in both places.
  const follows = !settings.roles.includes('worker')
  await takeOverTests(
    sandboxSettings(settings).dataDir,
    keys.filter(({ sandbox }) => sandbox),
    follows,
  )
  await takeOver(
    settings,
    keys.filter(({ sandbox }) => !sandbox),
    endorsements,
    follows,
  )
}

/** Whoever reads the database can sign tests: nothing speaks for their keys, and none is ever withdrawn. */
async function takeOverTests(dataDir: string, keys: SharedKey[], follows: boolean): Promise<void> {
  const [known, withdrawn] = await keysIn(dataDir)
  for (const one of keys.filter(({ key }) => !has(withdrawn, key)))
    await write(dataDir, one, known, follows && one.signs)
}

async function takeOver(
  settings: Context['settings'],
  keys: SharedKey[],
  endorsements: Endorsement[],
  follows: boolean,
): Promise<void> {
  const { dataDir } = settings
  const [known, withdrawn] = await keysIn(dataDir)
  const own = [...known, ...givenKeys(settings)]
  const isFirstSight = follows && own.length === 0 && withdrawn.length === 0
  const sight = isFirstSight ? keys.filter((one) => !one.withdrawn).map(({ key }) => key) : []
  const trusted = [...own.filter((key) => !has(withdrawn, key)), ...sight]
  const candidates = keys.filter(({ key }) => !has(withdrawn, key))
  // One speaks for the next: a machine may have been away for more than one change.
  for (let grown = true; grown;) {
    grown = false
    for (const { key } of candidates) {
      if (has(trusted, key) || !(await isEndorsed(endorsements, key, 'known', trusted))) continue
      trusted.push(key)
      grown = true
    }
  }
  const ended: KeyObject[] = []
  for (const one of candidates) {
    if (await isEndorsed(endorsements, one.key, 'withdrawn', trusted)) ended.push(one.key)
    else if (one.withdrawn) alarm('withdrawn', one.thumbprint)
    else if (!has(trusted, one.key)) alarm('unknown', one.thumbprint)
    else {
      const signs =
        follows && one.signs && (isFirstSight || (await isEndorsed(endorsements, one.key, 'signs', trusted)))
      await write(dataDir, one, known, signs)
    }
  }
  // Last: at no moment is there no key that signs.
  for (const key of ended) await withdrawPublished(dataDir, key)
}

async function write(dataDir: string, { key, type }: SharedKey, known: KeyObject[], signs: boolean): Promise<void> {
  if (signs) {
    const present = await readPublicFile(dataDir, type)
    if (!present || !isSameKey(present, key)) await publishKey(dataDir, type, key)
  } else if (!has(known, key)) {
    await keepPublished(dataDir, key)
  }
}

async function keysIn(dataDir: string): Promise<[published: KeyObject[], withdrawn: KeyObject[]]> {
  const [published, withdrawn] = await Promise.all([readPublicFiles(dataDir), readWithdrawn(dataDir)])
  return [published.map(({ key }) => key), withdrawn.map(({ key }) => key)]
}

function has(keys: KeyObject[], key: KeyObject): boolean {
  return keys.some((one) => isSameKey(one, key))
}

const told = new Set<string>()

/** Once and not every second. */
function alarm(what: keyof typeof ALARMS, thumbprint: string): void {
  if (told.has(`${what} ${thumbprint}`)) return
  told.add(`${what} ${thumbprint}`)
  log().error({ key: thumbprint }, ALARMS[what])
}
