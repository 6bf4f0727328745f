/** Takes up a rotated key while the worker runs, and signs nothing more once the key was withdrawn. */
import { log, traceOf } from '@/lib/log'
import { WithdrawnSigningKey } from './key-files'
import type { KeySettings } from './keys'
import { loadSigningKeys, type SigningKeys } from './signing-keys'
import { isSameKey, thumbprintOf } from './thumbprint'

const LOOK_EVERY_MS = 1000

export interface LiveKeysOptions {
  /** Tells whoever checks what will be signed from now on. */
  publish?: (keys: SigningKeys) => Promise<void>
  /** Called once, when a key that signs here was withdrawn elsewhere: from then on whoever asks for a key gets an Error. */
  onWithdrawn?: () => void
  lookEveryMs?: number
}

/**
 * The context with the keys that sign at each moment: `key`, `key2` and the rest are read anew at every access, so hand the
 * object on as it is; a copy ({...it}) keeps the keys of now. Looks once a second until `signal` aborts. Throws as
 * `loadSigningKeys` at first; later on an error is logged and the keys stay as they are, but for a key that was withdrawn:
 * what is under way with it fails, too. `publish` is waited for before keys are taken up, and called at every look.
 */
export async function withLiveKeys<Around extends { settings: KeySettings }>(
  context: Around,
  signal: AbortSignal,
  { publish = async () => {}, onWithdrawn = () => {}, lookEveryMs = LOOK_EVERY_MS }: LiveKeysOptions = {},
): Promise<Around & SigningKeys> {
  let gone: WithdrawnSigningKey | undefined
  // Also copies of the keys, which a claim under way holds, end with them.
  const load = async () => {
    const loaded = await loadSigningKeys(context.settings)
    const ending = <Key extends { sign(bytes: Uint8Array): Promise<Uint8Array> }>(key: Key): Key => ({
      ...key,
      sign: (bytes) => (gone ? Promise.reject(gone) : key.sign(bytes)),
    })
    return {
      key: ending(loaded.key),
      key2: ending(loaded.key2),
      sandboxKey: ending(loaded.sandboxKey),
      sandboxKey2: ending(loaded.sandboxKey2),
    }
  }
  let keys: SigningKeys = await load()
  await publish(keys)
  const present = () => {
    if (gone) throw gone
    return keys
  }
  let complaint = ''
  const look = async () => {
    try {
      const found = await load()
      await publish(found)
      if (!isSame(found, keys)) {
        keys = found
        log().info({ key: thumbprintOf(keys.key.publicKey), key2: thumbprintOf(keys.key2.publicKey) }, 'keys changed')
      }
      complaint = ''
    } catch (error) {
      if (error instanceof WithdrawnSigningKey) {
        gone = error
        log().fatal(
          { ...traceOf(error), key: thumbprintOf(keys.key.publicKey), key2: thumbprintOf(keys.key2.publicKey) },
          'the signing key was withdrawn: this worker stops. Give it the key that signs now (setting, or the folder "keys")',
        )
        return onWithdrawn()
      }
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
      return present().key
    },
    get key2() {
      return present().key2
    },
    get sandboxKey() {
      return present().sandboxKey
    },
    get sandboxKey2() {
      return present().sandboxKey2
    },
  }
}

function isSame(a: SigningKeys, b: SigningKeys): boolean {
  return (['key', 'key2', 'sandboxKey', 'sandboxKey2'] as const).every((name) =>
    isSameKey(a[name].publicKey, b[name].publicKey),
  )
}
