import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packedFiles, packFiles } from './packed-files.mjs'

const SCRIPT = `run(${JSON.stringify('a word, '.repeat(200))})`
let folder: string
let server: http.Server

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'errata-packed-'))
  mkdirSync(join(folder, 'chunks'))
  writeFileSync(join(folder, 'chunks', 'one.js'), SCRIPT)
  writeFileSync(join(folder, 'look.css'), 'body { color: black }')
  writeFileSync(join(folder, 'letters.woff2'), 'packed already')
  expect(await packFiles(folder)).toBe(2)
  // Built by somebody who did not pack it.
  writeFileSync(join(folder, 'later.js'), SCRIPT)
  const answers = packedFiles({ '/_next/static/': folder, '/none/': join(folder, 'missing') })
  server = http.createServer((request, response) => {
    if (!answers(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** What comes over the line; fetch would unpack it. */
function ask(path: string, accepted?: string, method = 'GET') {
  const { port } = server.address() as AddressInfo
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted }
  return new Promise<{ status?: number; headers: http.IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) }),
      )
    })
    request.on('error', reject).end()
  })
}

const ONE = '/_next/static/chunks/one.js'

test('packed as the browser takes it, to be kept for good', async () => {
  const { headers, bytes } = await ask(ONE, 'gzip, deflate, br, zstd')
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
  expect(brotliDecompressSync(bytes).toString()).toBe(SCRIPT)
  const gzipped = await ask(`${ONE}?dpl=1`, 'br;q=0, gzip')
  expect(gzipped.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzipped.bytes).toString()).toBe(SCRIPT)
  expect((await ask('/_next/static/look.css', 'br')).headers['content-type']).toBe('text/css; charset=utf-8')
})

test('HEAD says the same, without the content', async () => {
  const [whole, head] = [await ask(ONE, 'br'), await ask(ONE, 'br', 'HEAD')]
  expect(head.headers['content-length']).toBe(String(whole.bytes.length))
  expect(head.bytes).toHaveLength(0)
})

test.each([
  ['who takes no packing', ONE, undefined],
  ['who takes none of ours', ONE, 'identity, gzip;q=0.0'],
  ['what was not packed', '/_next/static/later.js', 'br'],
  ['what is packed by nature', '/_next/static/letters.woff2', 'br'],
  ['the packed file itself', `${ONE}.br`, 'br'],
  ['another folder', '/_next/static/../packed-files.mjs', 'br'],
  ['no file', '/_next/static/chunks', 'br'],
])('left to others: %s', async (_what, path, accepted) => {
  expect((await ask(path, accepted)).status).toBe(418)
})

test('left to others: what is not read', async () => {
  expect((await ask(ONE, 'br', 'POST')).status).toBe(418)
})
