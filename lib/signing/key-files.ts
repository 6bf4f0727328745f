/**
 * Key files in DATA_DIR/keys (folder 0700, private files 0600), written so that processes starting at once agree on one key
 * and a crash between two steps leaves every key published that may have signed something.
 *
 *     rsa.private.pem, ed25519.private.pem        sign now, where no settings give a key
 *     rsa.public.pem, ed25519.public.pem          the public halves of what signs now, wherever that is kept
 *     rsa.next.private.pem, rsa.next.public.pem   will sign after the next rotation
 *     <any other name>.public.pem                 signed before, or was put there by hand
 *     <any name>.withdrawn.pem                    counts no longer
 */
import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { KeyType } from './keys'
import { isSameKey, thumbprintOf } from './thumbprint'

export type KeyRole = 'present' | 'next'

/** The private key of this type; `generate` is called when there is none, and the first to finish wins. Its public half is published. */
export async function readOrCreateKey(
  dataDir: string,
  type: KeyType,
  generate: () => KeyObject,
  role: KeyRole = 'present',
): Promise<KeyObject> {
  const folder = path.join(dataDir, 'keys')
  const file = fileOf(folder, type, role, 'private')
  const stored = (await readIfThere(file)) ?? (await create(folder, file, generate()))
  const key = parse(stored, file, createPrivateKey)
  await publishKey(dataDir, type, createPublicKey(key), role)
  return key
}

/**
 * Leaves a public key for everybody who checks and publishes. What stood there before stays published under a name of its
 * own, written first: at no moment is a key missing that may have signed something.
 */
export async function publishKey(
  dataDir: string,
  type: KeyType,
  key: KeyObject,
  role: KeyRole = 'present',
): Promise<void> {
  const folder = path.join(dataDir, 'keys')
  const file = fileOf(folder, type, role, 'public')
  const before = await readPublic(file)
  if (before && isSameKey(before, key)) return
  await makeFolder(folder)
  if (before && !(await isWithdrawn(dataDir, before))) {
    await replace(path.join(folder, `${type.toLowerCase()}.${thumbprintOf(before)}.public.pem`), pemOf(before), 0o644)
  }
  await replace(file, pemOf(key), 0o644)
}

/** The public half of what signs now, undefined when nothing has been published yet. */
export function readPublicFile(dataDir: string, type: KeyType): Promise<KeyObject | undefined> {
  return readPublic(fileOf(path.join(dataDir, 'keys'), type, 'present', 'public'))
}

/**
 * Every public key in DATA_DIR/keys (all `*.public.pem`, in the order of their names): the present ones and those that
 * signed before them, also those that were put there by hand. Throws an Error that names a file that holds no key.
 */
export function readPublicFiles(dataDir: string): Promise<{ file: string; key: KeyObject }[]> {
  return readAll(dataDir, '.public.pem')
}

/** Whether a key was withdrawn: it signs no more and is published no more. */
export async function isWithdrawn(dataDir: string, key: KeyObject): Promise<boolean> {
  return (await readAll(dataDir, '.withdrawn.pem')).some((withdrawn) => isSameKey(withdrawn.key, key))
}

/** The keys that were withdrawn. */
export function readWithdrawn(dataDir: string): Promise<{ file: string; key: KeyObject }[]> {
  return readAll(dataDir, '.withdrawn.pem')
}

/** Where the half of a key lies. */
export function fileOf(folder: string, type: KeyType, role: KeyRole, half: 'private' | 'public'): string {
  return path.join(folder, `${type.toLowerCase()}.${role === 'next' ? 'next.' : ''}${half}.pem`)
}

/** Writes a file whole or not at all, over what was there. */
export async function replace(file: string, text: string, mode: number): Promise<void> {
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

export function pemOf(key: KeyObject): string {
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

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}

async function create(folder: string, file: string, key: KeyObject): Promise<string> {
  await makeFolder(folder)
  const draft = await writeDraft(file, key.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600)
  try {
    // A link appears complete or not at all, and fails when another process was first: its key then counts.
    await link(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  return readFile(file, 'utf8')
}

async function writeDraft(file: string, text: string, mode: number): Promise<string> {
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', mode)
  try {
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

function parse(pem: string, file: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    return read(pem)
  } catch {
    throw new Error(
      `The key file ${file} is damaged. Restore it from a backup: certificates signed with it stay valid.`,
    )
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
