/** A key is changed while a worker issues: nothing waits, nothing fails, and every certificate keeps its word at every door. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { runPipeline } from '@/lib/pipeline'
import { withLiveKeys } from '@/lib/signing/live-keys'
import { listKeys, rotateKey, withdrawKey } from '@/lib/signing/rotation'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { runStatusLists } from '@/lib/status-lists/run'
import { ask, aToken, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { issuerKeysOf } from '@/lib/verification/issuer-keys'
import { verify } from '@/lib/verification/verify'
import { contract } from './contract'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests take credentials apart
type Credential = any

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let worker: Awaited<ReturnType<typeof withLiveKeys<ReturnType<typeof liveContext>>>>
let running: Promise<unknown>
const stop = new AbortController()

beforeAll(async () => {
  api = await startApi({ SIGNING_KEY_TYPE: 'RSA' })
  token = await aToken()
  worker = await withLiveKeys(liveContext(), stop.signal, { lookEveryMs: 20 })
  running = Promise.all([runPipeline(worker, stop.signal), runStatusLists(worker, stop.signal)])
})
afterAll(async () => {
  stop.abort()
  await running
  await api.close()
})

const settings = () => liveContext().settings
let count = 0

async function accept(items: number): Promise<string[]> {
  const body = Array.from({ length: items }, () => aRequest({ preEnrollmentCode: `K${++count}` }))
  const answer = await ask(contract.certify, { token, body })
  return answer.body.results.map((result: { certificateId: string }) => result.certificateId)
}

async function formsOf(certificateId: string): Promise<Credential[]> {
  await expect
    .poll(async () => (await ask(contract.certificateStatus, { params: { certificateId } })).status, {
      timeout: 20_000,
    })
    .toBe(200)
  return Promise.all(
    ['jsonld', 'vc.json'].map(async (extension) => {
      const { bytes } = await ask(contract.certificateFile, { token, params: { certificateId, extension } })
      return JSON.parse(new TextDecoder().decode(bytes))
    }),
  )
}

/** What the server, a browser with what is published, and DIVOC's question say. */
async function saidOf(certificateId: string): Promise<string[]> {
  const [form1, form2] = await formsOf(certificateId)
  const server = await Promise.all([form1, form2].map((body) => ask(contract.verifyCredential, { body })))
  const did = issuerKeysOf((await ask(contract.didDocument)).body)
  const browser = await verify(JSON.stringify(form1), {
    keys: async () => [did],
    status: async (number) => (await ask(contract.certificateStatus, { params: { certificateId: number } })).body,
    now: () => new Date(),
    own: settings().credential,
  })
  const revoked = await ask(contract.revoked, { body: form1 })
  return [...server.map(({ body }) => body.status.state as string), browser.state, String(revoked.status)]
}

const VALID = ['valid', 'valid', 'valid', '404']

/** The key that signed the status list of a certificate. */
async function listSigner(form2: Credential): Promise<string> {
  const [entry] = form2.credentialStatus
  const [, listId, purpose] = /\/status\/(\d+)\/(\w+)$/.exec(entry.statusListCredential)!
  const row = await liveContext().db.statusListCredential.findFirstOrThrow({
    where: { listId: Number(listId), purpose: purpose! },
  })
  return (JSON.parse(row.credential) as { proof: { verificationMethod: string } }).proof.verificationMethod
}

describe('rotation', () => {
  test('with requests waiting: all are issued, by the old key or the new one, and all are valid everywhere', async () => {
    const before = await accept(3)
    await Promise.all(before.map(formsOf))
    const waiting = await accept(60)
    await rotateKey(settings(), 'RSA')
    await rotateKey(settings(), 'ED25519')
    const after = await accept(3)
    for (const certificateId of [...before, waiting[0]!, waiting[30]!, waiting[59]!, ...after]) {
      expect(await saidOf(certificateId)).toEqual(VALID)
    }
    const names = new Set<string>()
    for (const id of [...before, ...after]) names.add((await formsOf(id))[0].proof.verificationMethod)
    expect([...names]).toEqual(['did:india'])
  }, 60_000)

  test('status lists are signed by the new key at once', async () => {
    const [certificateId] = await accept(1)
    const [, form2] = await formsOf(certificateId!)
    await expect.poll(() => listSigner(form2), { timeout: 20_000 }).toBe(worker.key2.verificationMethod)
    const { after } = await rotateKey(settings(), 'ED25519')
    await expect.poll(() => thumbprintOf(worker.key2.publicKey)).toBe(after)
    await expect.poll(() => listSigner(form2), { timeout: 20_000 }).toBe(worker.key2.verificationMethod)
  }, 60_000)

  test('a withdrawn key is not believed by anybody any more; what others signed is', async () => {
    const [old] = await accept(1)
    await formsOf(old!)
    const { before } = await rotateKey(settings(), 'RSA')
    await expect.poll(() => thumbprintOf(worker.key.publicKey)).not.toBe(before)
    const [present] = await accept(1)
    await formsOf(present!)
    await withdrawKey(settings(), before!, new Date(Date.now() + 60_000))
    expect((await listKeys(settings())).find(({ thumbprint }) => thumbprint === before)!.use).toBe('withdrawn')
    // The first form was signed by it, the second by the Ed25519 key, which is another one.
    await expect.poll(() => saidOf(old!), { timeout: 10_000 }).toEqual(['not_genuine', 'valid', 'not_genuine', '404'])
    expect(await saidOf(present!)).toEqual(VALID)
    const { keys } = (await ask(contract.jwks)).body as { keys: { kid: string }[] }
    expect(keys.map(({ kid }) => kid)).not.toContain(before)
  }, 60_000)
})
