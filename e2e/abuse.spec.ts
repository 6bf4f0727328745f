/** What attackers send to the built product over the wire: nothing is served that is not ours to serve, nothing answers 5xx, nothing hangs. */
import { expect, test } from './journey'
import { ADDRESS, TOKEN } from './product'
import { send, sendGet, type RawAnswer } from './raw-request'

const HOST = new URL(ADDRESS).host
/** What stands in files that nobody may have. */
const INSIDES =
  /root:[x*]:0:0|"dependencies"|BEGIN [A-Z ]*PRIVATE KEY|\[core\]|NEXTAUTH_SECRET|repositoryformatversion|"pages"\s*:/

/** Whatever was asked: an answer, no failure of ours, nothing of our insides, nobody sent elsewhere. */
function sound(answer: RawAnswer): void {
  expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(200)
  expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500)
  expect(answer.text).not.toMatch(INSIDES)
  const { location } = answer.headers
  if (location) expect(new URL(location, ADDRESS).origin).toBe(new URL(ADDRESS).origin)
  expect(answer.headers).not.toHaveProperty('set-cookie', 'x=1')
}

test('path tricks: dots, slashes and backslashes, encoded once, twice and too long', async () => {
  const dots = [
    '..',
    '%2e%2e',
    '%2E.',
    '..%2f',
    '..%5c',
    '%252e%252e',
    '%c0%ae%c0%ae',
    '%e0%80%ae',
    '..;',
    '..%00',
    '.%0d./',
    '\\..',
  ]
  const starts = [
    '/',
    '/v3/certificates/',
    '/contexts/',
    '/_next/static/',
    '/_next/',
    '/docs/',
    '/c/',
    '/status/',
    '/api/auth/',
    '/certificates/',
  ]
  const ends = ['etc/passwd', 'package.json', '.git/config', 'lib/signing/keys.ts']
  for (const start of starts) {
    for (const [at, dot] of dots.entries())
      sound(await sendGet(`${start}${`${dot}/`.repeat(6)}${ends[at % ends.length]}`))
  }
})

test('a path that was walked around is asked for its caller like any other', async () => {
  for (const path of [
    ...[
      '/v3/./operators',
      '/v3/x/../operators',
      '/v3/%6fperators',
      '/c/../v3/operators',
      '/api/auth/../../v3/operators',
    ],
    ...[
      '/docs/..%2fv3/operators',
      '/v3//operators',
      '/v3/operators/',
      '/v3/operators%2f',
      '/V3/operators',
      '//v3/operators',
    ],
    ...['/v3/operators;x', '/v3/operators?', '/v3/operators#', '/healthz/../v3/operators', '/v3/operators.json'],
  ]) {
    const answer = await sendGet(path)
    sound(answer)
    expect(answer.text, path).not.toContain('"operators":[')
  }
})

test('hidden files and what lies beside the product are not served: /.git/config, /.env, package.json, keys, databases', async () => {
  for (const path of [
    ...[
      '/.git/config',
      '/.git/HEAD',
      '/.env',
      '/.env.local',
      '/.npmrc',
      '/.data/keys',
      '/.next/BUILD_ID',
      '/.build/worker.mjs',
    ],
    ...[
      '/package.json',
      '/package-lock.json',
      '/next.config.js',
      '/prisma/schema.prisma',
      '/lib/config.ts',
      '/node_modules/pg/package.json',
    ],
    ...[
      '/database.password',
      '/door.json',
      '/.well-known/security.txt',
      '/.well-known/../package.json',
      '/server-status',
      '/backup.sql',
    ],
    ...[
      '/_next/server/middleware-manifest.json',
      '/_next/static/../server/pages-manifest.json',
      '/_next/BUILD_ID',
      '/_next/trace',
    ],
    ...[
      '/__nextjs_original-stack-frame?file=/etc/passwd',
      '/_next/image?url=%2fv3%2foperators&w=64&q=75',
      '/_next/image?url=http://127.0.0.1:1/&w=64&q=75',
    ],
  ]) {
    const answer = await sendGet(path)
    sound(answer)
    // Whoever is not signed in is sent to sign in, whatever the name: it does not say what exists.
    expect([307, 308, 400, 404], path).toContain(answer.status)
  }
})

test('methods and forms that nobody needs: TRACE, CONNECT, "*", whole addresses, two hosts, HTTP before 1.1', async () => {
  const rest = `Host: ${HOST}\r\nCookie: secret=1\r\nConnection: close\r\n\r\n`
  const trace = await send(`TRACE / HTTP/1.1\r\n${rest}`)
  expect(trace.status).toBe(405)
  expect(trace.text).not.toContain('secret')
  for (const line of [
    'OPTIONS *',
    'GET *',
    'GET http://evil.example/',
    `GET ${ADDRESS}/v3/operators`,
    'GET evil.example',
  ]) {
    expect((await send(`${line} HTTP/1.1\r\n${rest}`)).status, line).toBe(400)
  }
  expect((await send(`GET /healthz HTTP/1.1\r\nHost: evil.example\r\n${rest}`)).status).toBe(400)
  expect((await send('GET /healthz\r\n\r\n')).status).toBe(400)
  for (const line of ['PROPFIND /', 'DEBUG /', 'PURGE /v3/certificates/1']) {
    expect([400, 405], line).toContain((await send(`${line} HTTP/1.1\r\n${rest}`)).status)
  }
  // No tunnel is opened, no other protocol is spoken.
  expect((await send(`CONNECT evil.example:443 HTTP/1.1\r\n${rest}`)).status).not.toBe(200)
  expect((await send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).status).toBe(400)
})

test('requests that two servers would cut differently (smuggling) are refused', async () => {
  const body = '0\r\n\r\nGET /v3/operators HTTP/1.1\r\nHost: x\r\n\r\n'
  const post = (headers: string, content = body) =>
    send(`POST /v3/certify HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${content}`)
  for (const headers of [
    'Content-Length: 6\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 6',
    'Content-Length: 0\r\nContent-Length: 44',
    'Content-Length: +6',
    'Content-Length: -1',
    'Content-Length: 0x6',
    'Content-Length : 6',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding\x0b: chunked',
    'X: y\r\n Content-Length: 6',
    'X: y\nContent-Length: 6',
  ]) {
    const answer = await post(headers)
    expect([headers, answer.status]).toEqual([headers, 400])
    // One answer, to one request.
    expect(answer.text.match(/HTTP\/1\.1 /g)).toBeNull()
  }
  for (const chunks of [
    'ZZ\r\nx\r\n0\r\n\r\n',
    'FFFFFFFFFFFFFFFFF\r\nx',
    '5;a=\x00\r\nhello\r\n0\r\n\r\n',
    '-1\r\n\r\n',
  ]) {
    expect((await post('Transfer-Encoding: chunked\r\nConnection: close', chunks)).status).toBe(400)
  }
})

test('floods: addresses and headers without end are refused early', async () => {
  expect((await sendGet(`/v3/certificates/${'a'.repeat(30_000)}`)).status).toBe(431)
  expect((await sendGet('/healthz', `X: ${'y'.repeat(40_000)}\r\n`)).status).toBe(431)
  expect((await sendGet('/healthz', Array.from({ length: 3000 }, (_, at) => `X-${at}: y\r\n`).join(''))).status).toBe(
    431,
  )
  sound(await sendGet(`/v3/certificates?${'preEnrollmentCode=x&'.repeat(500)}`))
  sound(await sendGet(`/healthz?${'%5f%5fproto%5f%5f[x]=1&'.repeat(300)}`))
})

test('repeated query parameters: the first one counts, and none is put together with another', async () => {
  const authorization = `Authorization: Bearer ${TOKEN}\r\n`
  const answer = await sendGet(
    '/v3/certificates?preEnrollmentCode=NOBODY-1&preEnrollmentCode=NOBODY-2&preEnrollmentCode[]=3',
    authorization,
  )
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('"lineages":[]')
  const wrong = await sendGet('/v3/certificates?dose=x&dose=1&preEnrollmentCode=a', authorization)
  expect(wrong.status).toBe(400)
})

test('headers of proxies, of Next and of other frameworks open nothing', async () => {
  for (const header of [
    'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https',
    'X-Original-URL: /v3/operators\r\nX-Rewrite-URL: /v3/operators',
    'X-HTTP-Method-Override: DELETE',
    'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
    'x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware',
    'x-invoke-path: /operators\r\nx-matched-path: /operators\r\nx-invoke-status: 200',
    'x-nextjs-data: 1\r\npurpose: prefetch',
    'RSC: 1\r\nNext-Router-State-Tree: %zz',
    'Next-Action: 0123456789abcdef',
    'Cookie: next-auth.session-token=%zz; \x80=\xff; ;;==',
    `Cookie: next-auth.session-token=${'e30.'.repeat(4)}e30`,
    `Authorization: Bearer ${'a'.repeat(9000)}`,
    'Authorization: Basic YWRtaW46YWRtaW4=',
    `Accept-Language: ${'a-'.repeat(3000)}`,
    'Range: bytes=0-5,10-1,99999999999-',
    'Forwarded: for=127.0.0.1;host=evil.example',
  ]) {
    for (const path of ['/', '/operators', '/v3/operators', '/healthz', '/verify']) {
      const answer = await sendGet(path, `${header}\r\n`)
      sound(answer)
      if (path === '/' || path === '/operators') expect(answer.status, header).toBe(307)
      // Next sends whoever asks for a part of a page to another address first.
      if (path === '/v3/operators')
        expect(header.startsWith('RSC') ? [307, 401] : [401], header).toContain(answer.status)
      expect(answer.text).not.toContain('evil.example')
    }
  }
})
