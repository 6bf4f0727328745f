/** What is refused before Next hears of it, by raw bytes on a socket. */
import http from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: http.Server
let heard: string[] = []
let fromHere: string | string[] | undefined
let guarded: typeof http.createServer

beforeAll(async () => {
  const plain = http.createServer
  await import('./front.mjs')
  server = http.createServer({ requestTimeout: 300, connectionsCheckingInterval: 50 }, (request, response) => {
    heard.push(`${request.method} ${request.url}`)
    fromHere = request.headers['x-errata-from-here']
    request.resume().on('end', () => response.end('ok'))
  })
  guarded = http.createServer
  http.createServer = plain
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** Everything that comes back until the server closes the connection. */
function send(text: string): Promise<string> {
  heard = []
  return new Promise((resolve) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let said = ''
    socket.on('data', (bytes) => (said += bytes.toString('latin1')))
    socket.on('error', () => {})
    socket.on('close', () => resolve(said))
    socket.write(text)
  })
}

const REST = 'Host: x\r\nConnection: close\r\n\r\n'

describe('refused, and nobody else hears of it', () => {
  test.each([
    ['TRACE', `TRACE / HTTP/1.1\r\n${REST}`, 405],
    ['a method of WebDAV', `PROPFIND / HTTP/1.1\r\n${REST}`, 405],
    ['"*"', `OPTIONS * HTTP/1.1\r\n${REST}`, 400],
    ['a whole address instead of a path', `GET http://evil.example/ HTTP/1.1\r\n${REST}`, 400],
    ['two hosts', `GET / HTTP/1.1\r\nHost: y\r\n${REST}`, 400],
    ['HTTP/0.9', 'GET /\r\n\r\n', 400],
  ])('%s', async (_what, text, status) => {
    const said = await send(text)
    expect(said).toContain(` ${status} `)
    expect(said).toContain('nosniff')
    expect(heard).toEqual([])
  })

  test('a body that never comes to an end is answered 408', async () => {
    const said = await send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf')
    expect(said).toContain(' 408 ')
  })
})

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s goes on', async (method) => {
  expect(await send(`${method} /a?b HTTP/1.1\r\n${REST}`)).toContain(' 200 ')
  expect(heard).toEqual([`${method} /a?b`])
})

test('a body with two lengths is refused: what stands behind it is no second request', async () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
  const said = await send(
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  )
  expect(said).toContain(' 400 ')
  expect(heard).toEqual([])
})

describe('an answer that says nothing about it', () => {
  test('is not guessed at, and stands in no other page', async () => {
    const said = await send(`GET / HTTP/1.1\r\n${REST}`)
    expect(said).toMatch(/x-content-type-options: nosniff/i)
    expect(said).toMatch(/content-security-policy: frame-ancestors 'none'/i)
    expect(said).not.toMatch(/strict-transport-security/i)
  })

  test('tells browsers to come over https alone, for a year and every host below, where people come so', async () => {
    process.env.PUBLIC_URL = 'https://errata.example'
    const said = [await send(`GET / HTTP/1.1\r\n${REST}`), await send(`TRACE / HTTP/1.1\r\n${REST}`)]
    delete process.env.PUBLIC_URL
    for (const one of said) expect(one).toMatch(/strict-transport-security: max-age=31536000; includeSubDomains/i)
  })
})

test.each([
  ['', 'yes'],
  ['X-Forwarded-For: 203.0.113.7\r\n', 'no'],
  ['X-Forwarded-For: 203.0.113.7\r\nX-Errata-From-Here: yes\r\n', 'no'],
  ['Via: 1.1 proxy\r\nX-ERRATA-FROM-HERE: yes\r\n', 'no'],
])(
  'whether a request comes from this machine is said by the connection, never by the client: %j',
  async (headers, said) => {
    await send(`GET /metrics HTTP/1.1\r\n${headers}${REST}`)
    expect(fromHere).toBe(said)
  },
)

describe('answers', () => {
  /** A server that answers as Next does, head and body and end one by one, and the pieces in which that arrives. */
  async function pieces(answer: (response: http.ServerResponse) => Promise<void>): Promise<string[]> {
    const plain = http.createServer
    http.createServer = guarded
    const own = http.createServer((_request, response) => void answer(response))
    http.createServer = plain
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
    const said: string[] = []
    await new Promise<void>((resolve) => {
      const socket = connect((own.address() as AddressInfo).port, '127.0.0.1')
      socket.on('data', (bytes) => said.push(bytes.toString('latin1')))
      socket.on('close', () => resolve())
      socket.write(`GET / HTTP/1.1\r\n${REST}`)
    })
    await new Promise((resolve) => own.close(resolve))
    return said
  }

  test('what is said in one go leaves in one piece', async () => {
    const said = await pieces(async (response) => {
      response.flushHeaders()
      response.write('all of it')
      await null
      response.end()
    })
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/ 200 OK[^]*all of it[^]*\r\n0\r\n\r\n$/)
  })

  test('what takes longer is sent as it comes', async () => {
    let hear = () => {}
    const heardFirst = new Promise<void>((resolve) => (hear = resolve))
    const said = await pieces(async (response) => {
      response.flushHeaders()
      response.write('first')
      // It has left before anything more is said.
      const socket = response.socket!
      const look = setInterval(() => socket.bytesWritten > 0 && socket.writableLength === 0 && hear(), 1)
      await heardFirst
      clearInterval(look)
      response.end('second')
    })
    expect(said.join('')).toMatch(/first[^]*second/)
  })
})
