import { expect, test } from 'vitest'
import { clientAddress } from './origin'

const from = (forwarded: string | null, trustedProxies: number) => {
  const headers = new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded })
  return clientAddress(new Request('http://localhost/', { headers }), trustedProxies)
}

test.each([
  ['without proxies the header is the claim of the client', '192.0.2.1', 0, null],
  ['one proxy: what it added', '192.0.2.1', 1, '192.0.2.1'],
  ['one proxy, and a client that wrote a header of its own', '203.0.113.9, 192.0.2.1', 1, '192.0.2.1'],
  ['two proxies: what the outer one saw', '203.0.113.9, 192.0.2.1, 10.0.0.1', 2, '192.0.2.1'],
  ['not through all proxies', '192.0.2.1', 2, null],
  ['no header', null, 1, null],
  ['an empty header', '', 1, null],
])('%s', (_what, forwarded, proxies, address) => expect(from(forwarded, proxies)).toBe(address))
