/** Ed25519 in JavaScript, for browsers that do not know it: the same answers as the platform's. */
import { expect, test } from 'vitest'
import { JWS_HEADER } from '@/lib/signing/names'
import { isUsable, verifyDetached, verifyEd25519InScript } from './detached-jws'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))

// RFC 8032, section 7.1, test 2.
const PUBLIC_KEY = bytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
const MESSAGE = bytes('72')
const SIGNATURE = bytes(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
)

test('a signature of the standard holds', async () => {
  expect(await verifyEd25519InScript(PUBLIC_KEY, SIGNATURE, MESSAGE)).toBe(true)
})

test.each([
  ['another message', SIGNATURE, bytes('73')],
  ['a changed signature', Uint8Array.from(SIGNATURE, (byte, index) => (index === 5 ? byte ^ 1 : byte)), MESSAGE],
  [
    'a number beyond the order of the group',
    Uint8Array.from(SIGNATURE, (byte, index) => (index === 63 ? 0xff : byte)),
    MESSAGE,
  ],
  ['half a signature', SIGNATURE.slice(0, 32), MESSAGE],
])('%s does not', async (_what, signature, message) => {
  expect(await verifyEd25519InScript(PUBLIC_KEY, signature, message)).toBe(false)
})

test('a key that cannot be imported makes no signature hold, and stops no check', async () => {
  const header = Buffer.from(JWS_HEADER.RSA).toString('base64url')
  const key = { id: 'did:x', type: 'RSA', bytes: new Uint8Array([48, 3, 2, 1, 1]) } as const
  expect(await verifyDetached(key, `${header}..AAAA`, new Uint8Array(64))).toBe(false)
  expect(await isUsable(key)).toBe(false)
})
