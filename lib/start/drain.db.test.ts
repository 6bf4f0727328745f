/** The end of a web server, over real connections. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'

let server: http.Server
let address: string
let underWay: (() => void) | null

beforeEach(async () => {
  const plain = http.createServer
  await import('./front.mjs')
  server = http.createServer((request, response) => {
    if (request.url === '/slow') underWay = () => response.end('done')
    else response.end('ok')
  })
  http.createServer = plain
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => server.closeAllConnections())

test('told to stop it says so first and serves on, then takes nothing new and ends what is under way', async () => {
  process.env.DRAIN_SECONDS = '0.3'
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
  const slow = fetch(`${address}/slow`).then((answer) => answer.text())
  await expect.poll(() => underWay).toBeTruthy()
  const closed = new Promise((resolve) => server.close(resolve))
  const ready = await fetch(`${address}/readyz`)
  expect([ready.status, ((await ready.json()) as { ready: boolean }).ready]).toEqual([503, false])
  const served = await fetch(`${address}/anything`)
  expect([served.status, served.headers.get('connection')]).toEqual([200, 'close'])
  await expect
    .poll(() =>
      fetch(`${address}/anything`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused')
  underWay!()
  expect(await slow).toBe('done')
  await closed
})
