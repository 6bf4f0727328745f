/**
 * The public key files in DATA_DIR/keys (folder 0700), written so that a crash between two steps leaves every key published
 * that may have signed something.
 *
 *     rsa.public.pem, ed25519.public.pem     the public halves of what signs now, wherever that is kept
 *     <any other name>.public.pem            signed before, will sign next, or was put there by hand
 *     <any name>.withdrawn.pem               counts no longer
 *     <any name>.endorsement.json            the key before it says that this one is the issuer's (endorsement.ts)
 *     rsa.private.pem, rsa.next.private.pem  see private-key-file.ts
 */
import { createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Endorsement } from './endorsement'
import type { KeyType } from './keys'
import { isSameKey, thumbprintOf } from './thumbprint'

/**
 * Leaves the public half of what signs now for everybody who checks and publishes. What stood there before stays published
 * under a name of its own, written first: at no moment is a key missing that may have signed something. Throws an Error when
 * the key was withdrawn, before anything is written: a backup may have brought it back.
 */
export async function publishKey(dataDir: string, type: KeyType, key: KeyObject): Promise<void> {
  await requireNotWithdrawn(dataDir, key)
  const file = presentFile(dataDir, type)
  const before = await readPublic(file)
  if (before && isSameKey(before, key)) return
  if (before && !(await isWithdrawn(dataDir, before))) await keepPublished(dataDir, before)
  await makeFolder(path.dirname(file))
  await replace(file, pemOf(key), 0o644)
}

/** Publishes a key under a name of its own, under which it stays published until it is withdrawn. Throws as `publishKey`. */
export async function keepPublished(dataDir: string, key: KeyObject): Promise<void> {
  await requireNotWithdrawn(dataDir, key)
  const file = path.join(dataDir, 'keys', `${nameOf(key)}.public.pem`)
  if ((await readPublic(file)) !== undefined) return
  await makeFolder(path.dirname(file))
  await replace(file, pemOf(key), 0o644)
}

/** Writes down that a key counts no longer, then takes it out of what is published. */
export async function withdrawPublished(dataDir: string, key: KeyObject): Promise<void> {
  await makeFolder(path.join(dataDir, 'keys'))
  await replace(path.join(dataDir, 'keys', `${nameOf(key)}.withdrawn.pem`), pemOf(key), 0o644)
  for (const { file, key: stored } of await readAll(dataDir, '.public.pem')) {
    if (isSameKey(stored, key)) await unlink(file)
  }
}

/** The public half of what signs now, undefined when nothing has been published yet. */
export function readPublicFile(dataDir: string, type: KeyType): Promise<KeyObject | undefined> {
  return readPublic(presentFile(dataDir, type))
}

/** When what signs now was published in the place of another key, undefined when nothing has been published yet. */
export async function publishedAt(dataDir: string, type: KeyType): Promise<Date | undefined> {
  try {
    return (await stat(presentFile(dataDir, type))).mtime
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Every public key in DATA_DIR/keys (all `*.public.pem`, in the order of their names): the present ones and those that
 * signed before them, also those that were put there by hand; withdrawn ones are not among them. Throws an Error that names a file that holds no key.
 */
export async function readPublicFiles(dataDir: string): Promise<{ file: string; key: KeyObject }[]> {
  const [files, withdrawn] = await Promise.all([readAll(dataDir, '.public.pem'), readWithdrawn(dataDir)])
  return files.filter(({ key }) => !withdrawn.some((one) => isSameKey(one.key, key)))
}

/** Whether a key was withdrawn: it signs no more and is published no more. */
export async function isWithdrawn(dataDir: string, key: KeyObject): Promise<boolean> {
  return (await readWithdrawn(dataDir)).some((withdrawn) => isSameKey(withdrawn.key, key))
}

/** The keys that were withdrawn. */
export function readWithdrawn(dataDir: string): Promise<{ file: string; key: KeyObject }[]> {
  return readAll(dataDir, '.withdrawn.pem')
}

async function requireNotWithdrawn(dataDir: string, key: KeyObject): Promise<void> {
  if (!(await isWithdrawn(dataDir, key))) return
  throw new WithdrawnSigningKey(key)
}

/** The key that was to sign or to be published counts no longer. */
export class WithdrawnSigningKey extends Error {
  override readonly name = 'WithdrawnSigningKey'

  constructor(key: KeyObject) {
    super(`The signing key ${thumbprintOf(key)} was withdrawn. Nothing is signed with it any more.`)
  }
}

/** Leaves what another key says of this one for the worker, which tells everybody. */
export async function keepEndorsement(dataDir: string, key: KeyObject, endorsement: Endorsement): Promise<void> {
  const file = path.join(dataDir, 'keys', `${nameOf(key)}.endorsement.json`)
  await makeFolder(path.dirname(file))
  await replace(file, `${JSON.stringify(endorsement)}\n`, 0o644)
}

/** What was left by `keepEndorsement`. Throws an Error that names a file that holds something else. */
export async function readEndorsements(dataDir: string): Promise<Endorsement[]> {
  const folder = path.join(dataDir, 'keys')
  const names = (await namesIfThere(folder)).filter((name) => name.endsWith('.endorsement.json'))
  const texts = await Promise.all(names.map((name) => readIfThere(path.join(folder, name))))
  return texts.flatMap((text, n) => {
    try {
      return text === undefined ? [] : [JSON.parse(text) as Endorsement]
    } catch {
      throw new Error(`The file ${path.join(folder, names[n]!)} is damaged. Restore it from a backup, or delete it.`)
    }
  })
}

function presentFile(dataDir: string, type: KeyType): string {
  return path.join(dataDir, 'keys', `${type.toLowerCase()}.public.pem`)
}

function nameOf(key: KeyObject): string {
  return `${key.asymmetricKeyType}.${thumbprintOf(key)}`
}

/** Writes a file whole or not at all, over what was there. */
async function replace(file: string, text: string, mode: number): Promise<void> {
  await rename(await writeDraft(file, text, mode), file)
}

/** Undefined when there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }) as string
}

async function readAll(dataDir: string, ending: string): Promise<{ file: string; key: KeyObject }[]> {
  const folder = path.join(dataDir, 'keys')
  const names = (await namesIfThere(folder)).filter((name) => name.endsWith(ending)).sort()
  const read = await Promise.all(
    names.map(async (name) => ({ file: path.join(folder, name), key: await readPublic(path.join(folder, name)) })),
  )
  // One that was renamed since the folder was read stands there under another name.
  return read.flatMap(({ file, key }) => (key ? [{ file, key }] : []))
}

async function readPublic(file: string): Promise<KeyObject | undefined> {
  const pem = await readIfThere(file)
  return pem === undefined ? undefined : parse(pem, file, createPublicKey)
}

/** The folder of keys, for its owner alone. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}

/** Writes a file beside the one that it is to become; answers its name. */
export async function writeDraft(file: string, text: string, mode: number): Promise<string> {
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', mode)
  try {
    // Rotated by root, a key still belongs to whom the worker runs as.
    if (process.getuid?.() === 0) {
      const { uid, gid } = await stat(path.dirname(file))
      await handle.chown(uid, gid)
    }
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

async function namesIfThere(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Throws an Error that names the file. */
export function parse(pem: string, file: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    return read(pem)
  } catch {
    throw new Error(
      `The key file ${file} is damaged. Restore it from a backup: certificates signed with it stay valid.`,
    )
  }
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
