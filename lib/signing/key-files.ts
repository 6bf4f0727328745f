/** Key files in DATA_DIR/keys (folder 0700, private file 0600), written so that processes starting at once agree on one key. */
import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { KeyType } from './keys'

/** The private key of this type in DATA_DIR/keys; `generate` is called when there is none, and the first to finish wins. */
export async function readOrCreateKey(dataDir: string, type: KeyType, generate: () => KeyObject): Promise<KeyObject> {
  const folder = path.join(dataDir, 'keys')
  const file = path.join(folder, `${type.toLowerCase()}.private.pem`)
  const stored = (await readIfThere(file)) ?? (await create(folder, file, generate()))
  const key = parse(stored, file, createPrivateKey)
  await publish(folder, type, key)
  return key
}

/** The public key file next to the private one, undefined when no key has been generated yet. */
export async function readPublicFile(dataDir: string, type: KeyType): Promise<KeyObject | undefined> {
  const file = publicFile(path.join(dataDir, 'keys'), type)
  const pem = await readIfThere(file)
  return pem === undefined ? undefined : parse(pem, file, createPublicKey)
}

/**
 * Every public key in DATA_DIR/keys (all `*.public.pem`, in the order of their names): the present one and those that
 * signed before it, also those that were put there by hand. Throws an Error that names a file that holds no key.
 */
export async function readPublicFiles(dataDir: string): Promise<KeyObject[]> {
  const folder = path.join(dataDir, 'keys')
  const names = (await namesIfThere(folder)).filter((name) => name.endsWith('.public.pem')).sort()
  const files = names.map((name) => path.join(folder, name))
  return Promise.all(files.map(async (file) => parse(await readFile(file, 'utf8'), file, createPublicKey)))
}

async function create(folder: string, file: string, key: KeyObject): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
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

/** The public half follows from the private one, so writing it again is harmless. */
async function publish(folder: string, type: KeyType, key: KeyObject): Promise<void> {
  const file = publicFile(folder, type)
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string
  if ((await readIfThere(file)) === pem) return
  await rename(await writeDraft(file, pem, 0o644), file)
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

function publicFile(folder: string, type: KeyType): string {
  return path.join(folder, `${type.toLowerCase()}.public.pem`)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
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
