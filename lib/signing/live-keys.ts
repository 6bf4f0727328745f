/** Takes up a rotated key while the worker runs. */
import { log, traceOf } from '@/lib/log'
import type { KeySettings } from './keys'
import { loadSigningKeys, type SigningKeys } from './signing-keys'
import { isSameKey, thumbprintOf } from './thumbprint'

const LOOK_EVERY_MS = 1000

export interface LiveKeysOptions {
  /** Tells whoever checks what will be signed from now on. */
  publish?: (keys: SigningKeys) => Promise<void>
  lookEveryMs?: number
}

/**
 * The context with the keys that sign at each moment: `key`, `key2` and the rest are read anew at every access, so hand the
 * object on as it is; a copy ({...it}) keeps the keys of now. Looks once a second until `signal` aborts. Throws as
 * `loadSigningKeys` at first; later on an error is logged and the keys stay as they are. `publish` is waited for before
 * keys are taken up, and called at every look.
 */
export async function withLiveKeys<Around extends { settings: KeySettings }>(
  context: Around,
  signal: AbortSignal,
  { publish = async () => {}, lookEveryMs = LOOK_EVERY_MS }: LiveKeysOptions = {},
): Promise<Around & SigningKeys> {
  let keys = await loadSigningKeys(context.settings)
  await publish(keys)
  let complaint = ''
  const look = async () => {
    try {
      const found = await loadSigningKeys(context.settings)
      await publish(found)
      if (!isSame(found, keys)) {
        keys = found
        log().info({ key: thumbprintOf(keys.key.publicKey), key2: thumbprintOf(keys.key2.publicKey) }, 'keys changed')
      }
      complaint = ''
    } catch (error) {
      const { name, code } = traceOf(error)
      // Once and not every second.
      if (complaint !== `${name} ${code}`) log().error(traceOf(error), 'the keys cannot be read: the present ones stay')
      complaint = `${name} ${code}`
    }
    if (!signal.aborted) timer = setTimeout(look, lookEveryMs)
  }
  let timer = setTimeout(look, lookEveryMs)
  signal.addEventListener('abort', () => clearTimeout(timer))
  return {
    ...context,
    get key() {
      return keys.key
    },
    get key2() {
      return keys.key2
    },
    get sandboxKey() {
      return keys.sandboxKey
    },
    get sandboxKey2() {
      return keys.sandboxKey2
    },
  }
}

function isSame(a: SigningKeys, b: SigningKeys): boolean {
  return (['key', 'key2', 'sandboxKey', 'sandboxKey2'] as const).every((name) =>
    isSameKey(a[name].publicKey, b[name].publicKey),
  )
}
