import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { writeHeartbeat } from '@/lib/certificates/store-issue'
import { ask, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi({ CERTIFICATE_NAMESPACE_V2: 'https://health.example/vaccines/v7' })
})
afterAll(() => api.close())

describe('what anyone may read', () => {
  test('the public key, from any origin', async () => {
    const { body, headers } = await ask(contract.didDocument)
    expect(body).toMatchObject({ id: 'did:web:localhost%3A3000', alsoKnownAs: ['did:india'] })
    expect(body.verificationMethod[0]).toMatchObject({ id: 'did:india', publicKeyBase58: expect.any(String) })
    expect(JSON.stringify(body)).not.toContain('PRIVATE')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  test("the issuer's own context and those that verifiers know", async () => {
    const own = await ask(contract.contextDocument, { params: { path: 'vaccines/v7' } }).catch((error) => error)
    expect(own.status ?? own).toBe(200)
    expect(own.headers.get('content-type')).toBe('application/ld+json')
    expect(JSON.stringify(own.body)).toContain('https://health.example/vaccines/v7')
    const known = await ask(contract.contextDocument, { params: { path: 'credentials/vaccination/v2' } })
    expect(known.body['@context']).toBeDefined()
  })

  test.each(['', 'nothing', '../../package.json', '%2e%2e/secret'])('no context at "%s"', async (path) => {
    const { status } = await ask(contract.contextDocument, { params: { path } })
    expect([400, 404]).toContain(status)
  })

  test('the description of the API', async () => {
    expect((await ask(contract.openApi)).body.openapi).toBe('3.1.0')
  })
})

describe('ready', () => {
  test('not before a worker was seen; then with every check', async () => {
    const before = await ask(contract.ready)
    expect([before.status, before.body.checks.worker.ok]).toEqual([503, false])
    const { db, uuid } = liveContext()
    await writeHeartbeat(db, uuid(), new Date(), new Date())
    const after = await ask(contract.ready)
    expect(after.body.checks).toMatchObject({ database: { ok: true }, migrations: { ok: true }, pages: { ok: true } })
    expect(after.status).toBe(200)
  })

  test('not with a worker that fell silent', async () => {
    const { db } = liveContext()
    await db.$executeRaw`update worker set seen_at = now() - interval '10 minutes'`
    const { status, body } = await ask(contract.ready)
    expect([status, body.checks.worker.ok]).toEqual([503, false])
  })
})

test('without the keys that a worker makes: not ready, 503 where they are needed, and none is made here', async () => {
  const { dataDir } = liveContext().settings
  const folder = join(dataDir, 'keys')
  renameSync(folder, `${folder}.away`)
  try {
    const { status, body } = await ask(contract.ready)
    expect(status).toBe(503)
    expect(body.checks.signingKey).toEqual({ ok: false, note: expect.stringContaining('worker has not made') })
    for (const row of [contract.didDocument, contract.jwks]) {
      const answer = await ask(row)
      expect([answer.status, answer.body.code]).toEqual([503, 'SIGNER_UNAVAILABLE'])
      expect(answer.headers.get('retry-after')).toBe('5')
    }
    expect(existsSync(folder)).toBe(false)
  } finally {
    renameSync(`${folder}.away`, folder)
  }
})
