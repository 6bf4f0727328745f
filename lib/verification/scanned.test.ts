/** What an operator looks up after scanning: a number, from certificates only. */
import { expect, test } from 'vitest'
import { packCredential, qrValue } from '@/lib/rendering/zip'
import { previewCredential } from '@/lib/signing/preview'
import { sandboxKeyName } from '@/lib/signing/sandbox'
import { vector } from '@/lib/testing/vectors'
import { numberIn } from './scanned'

const { signed, unsigned, qrValue: code } = vector('ascii.lk.rsa')
const packed = (credential: object) => qrValue(packCredential(JSON.stringify(credential)))
const withNumber = (certificateId: unknown) => {
  const credential = JSON.parse(signed)
  credential.evidence[0].certificateId = certificateId
  return packed(credential)
}

test('the number of a certificate, scanned or pasted', () => {
  expect(numberIn(code)).toEqual({ number: '100000001' })
  expect(numberIn(signed)).toEqual({ number: '100000001' })
})

test('previews and tests are named as such', () => {
  expect(numberIn(packed(previewCredential(JSON.parse(unsigned), 'RSA')))).toBe('preview')
  const credential = JSON.parse(signed)
  credential.proof.verificationMethod = sandboxKeyName('did:india')
  expect(numberIn(packed(credential))).toBe('sandbox')
})

test.each([
  '',
  'https://example.com',
  '{}',
  withNumber(''),
  withNumber(null),
  withNumber({ a: 1 }),
  withNumber('1'.repeat(65)),
])('anything else has none', (value) => expect(numberIn(value)).toBe('other'))
