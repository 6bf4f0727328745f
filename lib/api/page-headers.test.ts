/** What every page tells the browser that it may do. */
import { NextRequest } from 'next/server'
import { beforeAll, expect, test } from 'vitest'
import { proxy } from '@/proxy'

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: 'postgresql://localhost/none',
    NEXTAUTH_SECRET: 'a secret that only the tests have',
  })
})

async function policyOf(path: string) {
  const response = await proxy(new NextRequest(`http://localhost:3000${path}`))
  const header = response.headers.get('content-security-policy')!
  return { response, policy: Object.fromEntries(header.split('; ').map((part) => [part.split(' ')[0]!, part])) }
}

test('scripts and style elements need the nonce of this answer; nothing else comes from elsewhere', async () => {
  const { policy } = await policyOf('/verify')
  const nonce = /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(policy['script-src']!)![1]
  expect(policy).toMatchObject({
    'default-src': `default-src 'self'`,
    'script-src': `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    'style-src': `style-src 'self' 'nonce-${nonce}'`,
    'style-src-attr': `style-src-attr 'unsafe-inline'`,
    'connect-src': `connect-src 'self'`,
    'object-src': `object-src 'none'`,
    'base-uri': `base-uri 'none'`,
    'form-action': `form-action 'none'`,
    'frame-ancestors': `frame-ancestors 'none'`,
  })
  const again = await policyOf('/verify')
  expect(again.policy['script-src']).not.toContain(nonce)
})

test('no page is kept, sniffed or framed, and none tells other sites its address', async () => {
  for (const path of ['/verify', '/c/some-token', '/sign-in', '/docs', '/']) {
    const { headers } = (await policyOf(path)).response
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
  }
})

test('whoever is not signed in is sent to sign in by an answer in which nothing runs', async () => {
  const { response, policy } = await policyOf('/today')
  expect(response.status).toBe(307)
  expect(new URL(response.headers.get('location')!).pathname).toBe('/sign-in')
  expect(policy['script-src']).toBe(`script-src 'none'`)
})
