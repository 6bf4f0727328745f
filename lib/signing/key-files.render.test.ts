/** Keys on a real disk, by processes that start at once. */
import { execFile } from 'node:child_process'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { keySettings } from '@/lib/testing/vectors'
import { loadFormerPublicKeys, loadPublicKey, loadPublishedKeys, sandboxSettings } from './keys'
import { loadSigningKey, loadSigningKeys } from './signing-keys'

const NONE = { privateKey: undefined, publicKey: undefined }

let dataDir: string

beforeEach(() => {
  dataDir = temporaryFolder('keys-')
})

afterEach(() => rm(dataDir, { recursive: true }))

const settings = (type: 'RSA' | 'ED25519') => keySettings(type, { ...NONE, ed25519: NONE }, dataDir)

test.each(['RSA', 'ED25519'] as const)('%s: generated once, kept, readable by the owner alone', async (type) => {
  const first = await loadSigningKey(settings(type))
  const second = await loadSigningKey(settings(type))
  expect(second.publicKey.equals(first.publicKey)).toBe(true)
  expect((await loadPublicKey(settings(type))).publicKey.equals(first.publicKey)).toBe(true)
  const name = type.toLowerCase()
  expect((await readdir(path.join(dataDir, 'keys'))).sort()).toEqual([`${name}.private.pem`, `${name}.public.pem`])
  expect((await stat(path.join(dataDir, 'keys'))).mode & 0o777).toBe(0o700)
  expect((await stat(path.join(dataDir, 'keys', `${name}.private.pem`))).mode & 0o777).toBe(0o600)
})

test('a web process that starts first makes no key: it waits for the worker’s', async () => {
  await expect(loadPublicKey(settings('RSA'))).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE', status: 503 })
  expect(await readdir(dataDir)).toEqual([])
  const { key, key2 } = await loadSigningKeys(settings('RSA'))
  const { present, present2, others } = await loadPublishedKeys(settings('RSA'))
  expect(present.publicKey.equals(key.publicKey)).toBe(true)
  expect(present2.publicKey.equals(key2.publicKey)).toBe(true)
  expect(others).toEqual([])
  expect(present).not.toHaveProperty('sign')
})

test('with Ed25519 one pair signs both forms', async () => {
  const { key, key2, sandboxKey, sandboxKey2 } = await loadSigningKeys(settings('ED25519'))
  expect(key2.publicKey.equals(key.publicKey)).toBe(true)
  expect(sandboxKey2.publicKey.equals(sandboxKey.publicKey)).toBe(true)
  expect(sandboxKey.publicKey.equals(key.publicKey)).toBe(false)
  expect(sandboxKey2.verificationMethod).toBe('did:web:certificates.example.org#sandbox')
})

test('the public half of a key that settings give lies where the web server looks for it', async () => {
  const given = keySettings('RSA', {}, dataDir)
  const { key, key2 } = await loadSigningKeys(given)
  const web = await loadPublishedKeys(settings('RSA'))
  expect(web.present.publicKey.equals(key.publicKey)).toBe(true)
  expect(web.present2.publicKey.equals(key2.publicKey)).toBe(true)
  expect((await readdir(path.join(dataDir, 'keys'))).sort()).toEqual(['ed25519.public.pem', 'rsa.public.pem'])
})

test.each(['RSA', 'ED25519'] as const)(
  '%s: the test key has files and a name of its own, also beside own keys, and is never taken for a former real one',
  async (type) => {
    const real = await loadSigningKey(settings(type))
    const testKey = await loadSigningKey(sandboxSettings(settings(type)))
    expect(testKey.publicKey.equals(real.publicKey)).toBe(false)
    expect((await loadSigningKey(sandboxSettings(settings(type)))).publicKey.equals(testKey.publicKey)).toBe(true)
    expect([testKey.type, testKey.verificationMethod]).toEqual([type, 'did:india#sandbox'])
    expect(await loadFormerPublicKeys(real, settings(type))).toEqual([])
    const folder = path.join(dataDir, 'sandbox', 'keys')
    expect((await stat(path.join(folder, `${type.toLowerCase()}.private.pem`))).mode & 0o777).toBe(0o600)
    const own = keySettings(type, {}, dataDir)
    expect((await loadSigningKey(sandboxSettings(own))).publicKey.equals(testKey.publicKey)).toBe(true)
    expect(await loadPublicKey(sandboxSettings(own))).not.toHaveProperty('sign')
  },
)

test('a damaged key file stops the start and is not replaced by a new key', async () => {
  await loadSigningKey(settings('ED25519'))
  await writeFile(path.join(dataDir, 'keys', 'ed25519.private.pem'), 'damaged')
  await expect(loadSigningKey(settings('ED25519'))).rejects.toThrow(/damaged/)
})

test('six processes that start at once end with one key', async () => {
  const script = path.join(dataDir, 'agree.mjs')
  const entry = `
    import { readOrCreateKey } from './private-key-file'
    const key = await readOrCreateKey(process.argv[2], 'ED25519')
    process.stdout.write(key.export({ type: 'pkcs8', format: 'pem' }))`
  await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  const run = promisify(execFile)
  const outputs = await Promise.all(Array.from({ length: 6 }, () => run(process.execPath, [script, dataDir])))
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1)
})

test('two callers in one process agree as well', async () => {
  const [a, b] = await Promise.all([loadSigningKey(settings('RSA')), loadSigningKey(settings('RSA'))])
  expect(a.publicKey.equals(b.publicKey)).toBe(true)
})

test('another type, then own keys: the public keys from before stay known, each once', async () => {
  const rsa = await loadSigningKey(settings('RSA'))
  expect(await loadFormerPublicKeys(rsa, settings('RSA'))).toEqual([])
  const ed25519 = await loadSigningKey(settings('ED25519'))
  const former = await loadFormerPublicKeys(ed25519, settings('ED25519'))
  expect(former.map((key) => key.asymmetricKeyType)).toEqual(['rsa'])
  expect(former[0]!.equals(rsa.publicKey)).toBe(true)
  // Asked again and again, as every request does.
  expect(await loadFormerPublicKeys(ed25519, settings('ED25519'))).toHaveLength(1)

  const own = keySettings('ED25519', {}, dataDir)
  const before = await loadFormerPublicKeys(await loadPublicKey(own), own)
  expect(before.map((key) => key.asymmetricKeyType)).toEqual(['ed25519', 'rsa'])
  expect(before[0]!.equals(ed25519.publicKey)).toBe(true)
})

test('no folder of keys, no former keys; a damaged public file is named', async () => {
  const own = keySettings('RSA', {}, path.join(dataDir, 'nothing-yet'))
  expect(await loadFormerPublicKeys(await loadPublicKey(own), own)).toEqual([])
  const rsa = await loadSigningKey(settings('RSA'))
  await writeFile(path.join(dataDir, 'keys', '2020.public.pem'), 'damaged')
  await expect(loadFormerPublicKeys(rsa, settings('RSA'))).rejects.toThrow(/2020\.public\.pem is damaged/)
})
