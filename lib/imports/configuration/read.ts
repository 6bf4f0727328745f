/** Reads the configuration of a DIVOC deployment: a folder as its scripts fill etcd from, or an export of etcd. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, jsonOf } from '../rows'

export interface Configuration {
  /** etcd's key -> text. */
  values: Map<string, string>
  /** Public keys as they were handed over, by file or key. */
  keys: Map<string, string>
  /** Too large to be configuration: names. */
  tooLarge: string[]
}

/** Templates of DIVOC have 2 KB, its lists 2 KB, its pages 20 KB. */
const LARGEST_VALUE = 1024 * 1024
const LARGEST_EXPORT = 16 * 1024 * 1024
const MOST = 500

/** Where an export of etcd may hold the public key. DIVOC itself has it in the environment, under the first name. */
const KEYS = ['CERTIFICATE_PUBLIC_KEY', 'publicKey', 'publicKeyPem']

/**
 * The keys with their values. Of a folder: each file is the key that its name says up to the first dot, files of a folder
 * in it are "folder/key", `*.pem` are public keys. Of a file: what `etcdctl get "" --prefix -w json` writes, or a JSON
 * object of keys. Links are not followed. Throws an Error for what is neither.
 */
export function readConfiguration(path: string): Configuration {
  const read: Configuration = { values: new Map(), keys: new Map(), tooLarge: [] }
  if (lstatSync(path).isDirectory()) readFolder(path, '', read)
  else readExport(path, read)
  if (read.values.size > MOST) throw new Error(`${path} has ${read.values.size} keys; at most ${MOST} are taken.`)
  return read
}

function readFolder(folder: string, prefix: string, read: Configuration): void {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    const { size, isFile, isFolder } = kindOf(path)
    if (name.startsWith('.')) continue
    if (isFolder && prefix === '') readFolder(path, `${name}/`, read)
    if (!isFile) continue
    if (size > LARGEST_VALUE) read.tooLarge.push(prefix + name)
    else if (name.endsWith('.pem')) read.keys.set(prefix + name, readFileSync(path, 'utf8'))
    else read.values.set(prefix + name.split('.')[0]!, readFileSync(path, 'utf8'))
  }
}

function kindOf(path: string) {
  const found = lstatSync(path)
  return { size: found.size, isFile: found.isFile(), isFolder: found.isDirectory() }
}

function readExport(path: string, read: Configuration): void {
  if (lstatSync(path).size > LARGEST_EXPORT) throw new Error(`${path} is larger than ${LARGEST_EXPORT} bytes.`)
  const parsed = jsonOf(readFileSync(path, 'utf8'))
  if (!isObject(parsed)) throw new Error(`${path} is no folder, and no JSON object of keys and values.`)
  for (const [key, value] of entriesOf(parsed)) {
    if (Buffer.byteLength(value) > LARGEST_VALUE) read.tooLarge.push(key)
    else (KEYS.includes(key) ? read.keys : read.values).set(key, value)
  }
}

function entriesOf(parsed: Record<string, unknown>): [string, string][] {
  const { kvs } = parsed
  if (Array.isArray(kvs)) {
    return kvs.filter(isObject).map(({ key, value }) => [fromBase64(key), fromBase64(value)])
  }
  return Object.entries(parsed).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
}

function fromBase64(text: unknown): string {
  return Buffer.from(String(text ?? ''), 'base64').toString('utf8')
}
