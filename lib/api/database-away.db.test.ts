import { createServer } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { aRequest } from '@/lib/testing/builders'
import { ask, setEnvironment } from '@/lib/testing/api'
import { contract } from './contract'

/** A port that nobody listens on: taken once, then given back. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

beforeAll(async () => {
  setEnvironment(`postgresql://postgres@127.0.0.1:${await deadPort()}/errata`)
  // A worker was here before.
  await loadSigningKeys(liveContext().settings)
})

describe('while the database cannot be reached', () => {
  test('a request is answered with 503 and Retry-After, in a sentence', async () => {
    const answer = await ask(contract.certify, { token: 'errata_any', body: [aRequest()] })
    expect([answer.status, answer.body.code]).toEqual([503, 'REGISTRY_UNAVAILABLE'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.body.message).toMatch(/again/i)
  })

  test('a file of DIVOC’s clients is not called wrong: the same one can be sent again', async () => {
    const raw = new FormData()
    raw.set('file', new Blob([contract.bulkCertify.upload.exampleFile]), 'file.csv')
    const answer = await ask(contract.bulkCertify, { token: 'errata_any', raw })
    expect([answer.status, answer.body.code]).toEqual([503, 'REGISTRY_UNAVAILABLE'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('a verifier is never told "not revoked"', async () => {
    const answer = await ask(contract.revoked, { body: { evidence: [{ certificateId: '448086902' }] } })
    expect([answer.status, answer.body.code]).toEqual([503, 'REGISTRY_UNAVAILABLE'])
  })

  test('the process is up but not ready, and says what is missing', async () => {
    expect((await ask(contract.health)).body).toEqual({ status: 'up' })
    const { status, body } = await ask(contract.ready)
    expect(status).toBe(503)
    expect(body.checks).toMatchObject({ database: { ok: false }, worker: { ok: false }, signingKey: { ok: true } })
  })

  test('what needs no database is still there', async () => {
    expect((await ask(contract.didDocument)).status).toBe(200)
    expect((await ask(contract.ping)).status).toBe(200)
  })
})
