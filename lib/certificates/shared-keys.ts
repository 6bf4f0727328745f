/**
 * The issuer's public keys on every machine: what workers publish in the database is written into each installation's own
 * DATA_DIR/keys, which everything else reads. Public halves only; nothing here knows a private one.
 */
import { log, traceOf } from '@/lib/log'
import {
  isWithdrawn,
  keepPublished,
  publishKey,
  readPublicFile,
  readPublicFiles,
  withdrawPublished,
} from '@/lib/signing/key-files'
import { sandboxSettings } from '@/lib/signing/keys'
import { isSameKey } from '@/lib/signing/thumbprint'
import type { Context } from './context'
import { sharedKeys, type SharedKey } from './store-keys'

const LOOK_EVERY_MS = 1000

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

/** Writes into DATA_DIR/keys what the database knows and the folder does not. */
export async function takeOverKeys({ db, settings }: Pick<Context, 'db' | 'settings'>): Promise<void> {
  const keys = await sharedKeys(db)
  // Where a worker runs it says what signs, in both places.
  const follows = !settings.roles.includes('worker')
  for (const sandbox of [false, true]) {
    const { dataDir } = sandbox ? sandboxSettings(settings) : settings
    await writeKeys(
      dataDir,
      keys.filter((key) => key.sandbox === sandbox),
      follows,
    )
  }
}

async function writeKeys(dataDir: string, keys: SharedKey[], follows: boolean): Promise<void> {
  const known = (await readPublicFiles(dataDir)).map(({ key }) => key)
  for (const { key, type, signs, withdrawn } of keys) {
    if (withdrawn) {
      if (!(await isWithdrawn(dataDir, key))) await withdrawPublished(dataDir, key)
    } else if (await isWithdrawn(dataDir, key)) {
      continue // here first: the worker of this installation is about to say so
    } else if (signs && follows) {
      const present = await readPublicFile(dataDir, type)
      if (!present || !isSameKey(present, key)) await publishKey(dataDir, type, key)
    } else if (!known.some((one) => isSameKey(one, key))) {
      await keepPublished(dataDir, key)
    }
  }
}
