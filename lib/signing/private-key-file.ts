/**
 * The private key files in DATA_DIR/keys (0600), written so that processes starting at once agree on one key. For the worker
 * and the command that rotates: the web server never comes near.
 *
 *     rsa.private.pem, ed25519.private.pem  sign now, where no settings give a key
 *     rsa.next.private.pem                  will sign after the next rotation
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { link, readFile, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import { codeOf, keepPublished, makeFolder, parse, publishKey, readIfThere, writeDraft } from './key-files'
import type { KeyType } from './keys'

/** The present private key of this type, made when there is none; the first to finish wins. Its public half is published. Throws when it was withdrawn. */
export async function readOrCreateKey(dataDir: string, type: KeyType): Promise<KeyObject> {
  const key = await readOrCreate(fileOf(dataDir, type), type)
  await publishKey(dataDir, type, createPublicKey(key))
  return key
}

/** The private key that will be the next one, made when there is none. Its public half is published. Throws when it was withdrawn. */
export async function readOrCreateNext(dataDir: string, type: KeyType): Promise<KeyObject> {
  const key = await readOrCreate(nextFileOf(dataDir, type), type)
  await keepPublished(dataDir, createPublicKey(key))
  return key
}

/** The stored private keys, undefined where there are none. */
export async function readStored(dataDir: string, type: KeyType): Promise<{ present?: KeyObject; next?: KeyObject }> {
  const [present, next] = await Promise.all(
    [fileOf(dataDir, type), nextFileOf(dataDir, type)].map(async (file) => {
      const pem = await readIfThere(file)
      return pem === undefined ? undefined : parse(pem, file, createPrivateKey)
    }),
  )
  return { present, next }
}

/** Puts a key that others sign with in the place of the present one. Throws when it was withdrawn. */
export async function adoptKey(dataDir: string, type: KeyType, key: KeyObject): Promise<void> {
  const file = fileOf(dataDir, type)
  await makeFolder(path.dirname(file))
  await rename(await writeDraft(file, key.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600), file)
  await publishKey(dataDir, type, createPublicKey(key))
}

/** Puts the next private key in the place of the present one, which is gone then. Throws an Error when there is no next one. */
export async function promoteNext(dataDir: string, type: KeyType): Promise<void> {
  try {
    await rename(nextFileOf(dataDir, type), fileOf(dataDir, type))
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new Error('The next key has just been taken into use by another rotation.')
  }
}

/** Deletes a private key. */
export async function destroy(dataDir: string, type: KeyType, which: 'present' | 'next'): Promise<void> {
  await unlink(which === 'next' ? nextFileOf(dataDir, type) : fileOf(dataDir, type))
}

function fileOf(dataDir: string, type: KeyType): string {
  return path.join(dataDir, 'keys', `${type.toLowerCase()}.private.pem`)
}

function nextFileOf(dataDir: string, type: KeyType): string {
  return path.join(dataDir, 'keys', `${type.toLowerCase()}.next.private.pem`)
}

async function readOrCreate(file: string, type: KeyType): Promise<KeyObject> {
  return parse((await readIfThere(file)) ?? (await create(file, generate(type))), file, createPrivateKey)
}

function generate(type: KeyType): KeyObject {
  return type === 'RSA'
    ? generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 65537 }).privateKey
    : generateKeyPairSync('ed25519').privateKey
}

async function create(file: string, key: KeyObject): Promise<string> {
  await makeFolder(path.dirname(file))
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
