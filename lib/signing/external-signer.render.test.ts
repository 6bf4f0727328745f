/** The external signer as a process of its own, over HTTP: right, wrong, slow, away. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { setEnvironment } from '@/lib/testing/api'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { keySettings, TEST_KEYS, vector } from '@/lib/testing/vectors'
import type { KeySettings } from './keys'
import { signCredential, verifyCredential } from './sign'
import { loadSigningKey, loadSigningKeys } from './signing-keys'

/** About what a ministry would write before its HSM: 30 lines, nothing of ours. */
const SIGNER = `
import { createHash, createPrivateKey, createPublicKey, sign, constants } from 'node:crypto'
import { createServer } from 'node:http'
const keys = new Map(JSON.parse(process.env.KEYS).map((pem) => {
  const key = createPrivateKey(pem)
  const { crv, e, kty, n, x } = createPublicKey(key).export({ format: 'jwk' })
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x }
  return [createHash('sha256').update(JSON.stringify(members)).digest('base64url'), key]
}))
createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const { key: name, algorithm, bytes } = JSON.parse(body)
  const key = keys.get(name)
  const [, how] = request.url.split('/')
  const answer = (status, value) => response.writeHead(status, { location: '/sign' }).end(value)
  if (request.headers.authorization !== 'Bearer a token of the signer') return answer(401, 'no')
  if (how === 'slow') return
  if (how === 'moved') return answer(307, '')
  if (how === 'down') return answer(503, 'secret detail')
  if (how === 'garbage') return answer(200, 'x')
  if (!key) return answer(404, 'no such key')
  const data = Buffer.from(how === 'wrong' ? 'AAAA' : bytes, 'base64url')
  const signature = algorithm === 'PS256'
    ? sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
    : sign(null, data, key)
  answer(200, JSON.stringify({ signature: signature.toString('base64url') }))
}).listen(0, '127.0.0.1', function () { process.stdout.write(String(this.address().port)) })
`

let signer: ChildProcess
let port: string

beforeAll(async () => {
  setEnvironment('postgresql://localhost/none')
  const file = path.join(temporaryFolder('signer-'), 'signer.mjs')
  writeFileSync(file, SIGNER)
  const ed25519 = (await import('./parsed-key'))
    .parsePrivate(TEST_KEYS.ED25519.privateKey, 'ED25519', 'key')
    .export({ type: 'pkcs8', format: 'pem' })
  const env = { ...process.env, KEYS: JSON.stringify([TEST_KEYS.RSA.privateKey, ed25519]) }
  signer = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  port = String((await once(signer.stdout!, 'data'))[0])
})
afterAll(() => {
  signer.kill()
})

/** Public halves alone: no private key is anywhere in these settings. */
function settings(type: 'RSA' | 'ED25519', how = 'sign', token = 'a token of the signer'): KeySettings {
  const ed25519 = { publicKey: TEST_KEYS.ED25519.publicKey, privateKey: undefined }
  const given = { privateKey: undefined, ed25519, signer: { url: `http://127.0.0.1:${port}/${how}`, token } }
  return keySettings(type, given, temporaryFolder('signer-data-'))
}

describe('an external signer', () => {
  test.each(['RSA', 'ED25519'] as const)('%s: what it signs is a certificate like any other', async (type) => {
    const { key, key2 } = await loadSigningKeys(settings(type))
    const signed = await signCredential(
      JSON.parse(vector(`ascii.divocdev.${type.toLowerCase()}`).unsigned),
      key,
      new Date(),
    )
    expect(await verifyCredential(signed, await loadSigningKey(keySettings(type)))).toEqual({ verified: true })
    expect(await key2.sign(Buffer.from('a list'))).toHaveLength(64)
    // 20 at once, as a claim is signed.
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => key.sign(Buffer.from(`${n}`))))
    expect(all.every((one) => one.length === (type === 'RSA' ? 256 : 64))).toBe(true)
  })

  test.each([
    ['refuses', 'down', /answered 503/],
    ['answers with something else', 'garbage', /not a signature by the configured key/],
    ['signs something else', 'wrong', /not a signature by the configured key/],
    ['sends us elsewhere', 'moved', /./],
  ])('that %s gives no signature', async (_what, how, message) => {
    const error = await (await loadSigningKey(settings('RSA', how))).sign(Buffer.from('x')).then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error?.message).toMatch(message)
    expect(String(error)).not.toContain('secret')
  })

  test('that hangs is left after five seconds', async () => {
    await expect((await loadSigningKey(settings('ED25519', 'slow'))).sign(Buffer.from('x'))).rejects.toThrow(/timeout/i)
  }, 20_000)

  test('that wants another token gives none, and the token is in no sentence', async () => {
    const { sign } = await loadSigningKey(settings('RSA', 'sign', 'another token, wrong'))
    await expect(sign(Buffer.from('x'))).rejects.toThrow('The external signer answered 401.')
  })
})

describe('its settings', () => {
  const read = (env: Record<string, string>) => readConfig({ DATABASE_URL: 'x', ...env }).signing.signer

  test('are an address that nobody listens to on the way', () => {
    expect(read({ SIGNER_URL: 'https://signer.example/sign' })).toEqual({
      url: 'https://signer.example/sign',
      token: undefined,
    })
    expect(read({ SIGNER_URL: 'http://localhost:9000', SIGNER_TOKEN: 'x'.repeat(16) })?.token).toHaveLength(16)
    for (const url of ['http://signer.example/sign', 'ftp://localhost', 'http://localhost.example']) {
      expect(() => read({ SIGNER_URL: url })).toThrow(/SIGNER_URL: must be https/)
    }
  })

  test('need the public half of the key that it keeps', async () => {
    const without = settings('RSA')
    const signing = { ...without.signing, publicKey: undefined }
    await expect(loadSigningKeys({ ...without, signing })).rejects.toThrow(/CERTIFICATE_PUBLIC_KEY has to say/)
  })
})
