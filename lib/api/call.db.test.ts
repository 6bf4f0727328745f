import { createServer, type Server } from 'node:http'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { POST } from '@/app/v3/certify/route'
import { GET } from '@/app/v3/certificates/route'
import { GET as FILE } from '@/app/v3/certificates/[certificateId]/route'
import { aRequest } from '@/lib/testing/builders'
import { aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { addressOf, ApiError, call, NetworkError } from './call'

let api: Awaited<ReturnType<typeof startApi>>
let server: Server
/** A page has an origin and a cookie; here they are put before and beside what is called. */
let at: { origin: string; token: string }

/** The handlers behind a real socket. */
beforeAll(async () => {
  api = await startApi()
  server = createServer(async (incoming, outgoing) => {
    const url = `http://${incoming.headers.host}${incoming.url}`
    if (url.includes('/gateway'))
      return void outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad</h1>')
    const body = incoming.method === 'POST' ? Readable.toWeb(incoming) : undefined
    const headers = incoming.headers as Record<string, string>
    const request = new Request(url, { method: incoming.method, headers, body, duplex: 'half' } as RequestInit)
    const { pathname } = new URL(url)
    const handler = incoming.method === 'POST' ? POST : pathname === '/v3/certificates' ? GET : FILE
    const response = await handler(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  at = { origin: `http://127.0.0.1:${port}`, token: await aToken() }
  const fetched = fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${at.token}`)
    return fetched(`${at.origin}${path}`, { ...init, headers })
  })
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await new Promise((resolve) => server.close(resolve))
  await api.close()
})

describe('the typed client', () => {
  test('carries body and query, and gives back what the contract says', async () => {
    const { results } = await call('POST /v3/certify', { body: [aRequest({ preEnrollmentCode: 'C 1/ä' })] })
    await issueWaiting()
    const { lineages } = await call('GET /v3/certificates', { query: { preEnrollmentCode: 'C 1/ä', dose: 1 } })
    expect(lineages[0]!.current!.certificateId).toBe(results[0]!.certificateId)
    const params = { certificateId: results[0]!.certificateId!, extension: 'pdf' } as const
    const pdf = await call('GET /v3/certificates/{certificateId}.{extension}', { params })
    expect(pdf).toBeInstanceOf(Blob)
  })

  test('a refusal is an ApiError with every reason', async () => {
    const error = await call('POST /v3/certify', { body: [null] }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR', details: [{ index: 0 }] } })
  })

  test('the page of a gateway in between is an ApiError too', async () => {
    const { origin } = at
    at.origin = `${origin}/gateway`
    const error = await call('GET /v3/certificates', { query: { preEnrollmentCode: 'x' } }).catch((thrown) => thrown)
    at.origin = origin
    expect(error).toMatchObject({ name: 'ApiError', status: 502, body: { code: 'INTERNAL_ERROR' } })
  })

  test('no answer is a NetworkError, an abort is an abort', async () => {
    const query = { preEnrollmentCode: 'x' }
    const { origin } = at
    at.origin = 'http://127.0.0.1:1'
    const nobody = await call('GET /v3/certificates', { query }).catch((thrown) => thrown)
    at.origin = origin
    expect(nobody).toBeInstanceOf(NetworkError)
    const aborted = await call('GET /v3/certificates', { query, signal: AbortSignal.abort() }).catch((thrown) => thrown)
    expect(aborted.name).toBe('AbortError')
  })

  test('addresses are encoded', () => {
    const address = addressOf('GET /v3/certificates/{certificateId}.{extension}', {
      params: { certificateId: '1/2 3', extension: 'page.svg' },
      query: { page: 2 },
    })
    expect(address).toBe('/v3/certificates/1%2F2%203.page.svg?page=2')
  })
})
