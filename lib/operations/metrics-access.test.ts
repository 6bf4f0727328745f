import { describe, expect, test } from 'vitest'
import { FROM_HERE, isFromHere } from './from-here.mjs'
import { mayReadMetrics, shownBy } from './metrics-access'

const TOKEN = 'a token of sixteen or more'.replaceAll(' ', '-')
const bearer = (token: string) => ({ authorization: `Bearer ${token}`, isHere: false })

describe('with METRICS_TOKEN', () => {
  const settings = { metricsToken: TOKEN }

  test('whoever has it may read, from wherever', () => {
    expect(mayReadMetrics(settings, bearer(TOKEN))).toBe(true)
    expect(mayReadMetrics(settings, { authorization: `bearer  ${TOKEN}`, isHere: false })).toBe(true)
  })

  test.each([null, undefined, '', 'Bearer ', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`])(
    'nobody else may, from this machine neither: %s',
    (authorization) => {
      expect(mayReadMetrics(settings, { authorization, isHere: true })).toBe(false)
    },
  )
})

describe('without it', () => {
  test('only this machine may, whatever else brings along', () => {
    expect(mayReadMetrics({ metricsToken: null }, { authorization: null, isHere: true })).toBe(true)
    expect(mayReadMetrics({ metricsToken: null }, bearer('null'))).toBe(false)
  })

  test('a request to the web server is from here where front.mjs says so, and where people come in by this machine’s own name', () => {
    const from = (said: string) => ({ headers: new Headers({ [FROM_HERE]: said }) })
    const here = { publicUrl: 'http://localhost:3000' }
    expect(shownBy(from('yes'), here).isHere).toBe(true)
    expect(shownBy(from('no'), here).isHere).toBe(false)
    expect(shownBy({ headers: new Headers() }, here).isHere).toBe(false)
    // A proxy on this machine that adds nothing to what it passes on.
    expect(shownBy(from('yes'), { publicUrl: 'https://errata.example' }).isHere).toBe(false)
  })

  test.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['10.1.2.3', {}, false],
    ['::ffff:10.1.2.3', {}, false],
    [undefined, {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, false],
    ['127.0.0.1', { forwarded: 'for=203.0.113.7' }, false],
    ['127.0.0.1', { 'x-real-ip': '127.0.0.1' }, false],
    ['127.0.0.1', { via: '1.1 proxy' }, false],
  ])('a connection from %s with %o', (remoteAddress, headers, here) => {
    expect(isFromHere({ socket: { remoteAddress }, headers })).toBe(here)
  })
})
