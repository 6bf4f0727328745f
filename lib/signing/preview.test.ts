import { expect, test } from 'vitest'
import { packCredential } from '@/lib/rendering/zip'
import { keySettings, VECTORS, vector } from '@/lib/testing/vectors'
import { loadPublicKey } from './keys'
import { loadSigningKey } from './signing-keys'
import { previewCredential } from './preview'
import { isPreview } from './proof'
import { signCredential, verifyCredential } from './sign'

const AT = new Date('2022-03-01T09:30:00Z')

test.each(VECTORS)(
  '$name: a preview is as long as the certificate and packs to nearly the same size',
  async (vector) => {
    const key = await loadSigningKey(keySettings(vector.keyType))
    const preview = JSON.stringify(previewCredential(JSON.parse(vector.unsigned), vector.keyType))
    const signed = JSON.stringify(await signCredential(JSON.parse(vector.unsigned), key, AT))
    expect(preview).toHaveLength(signed.length)
    expect(Math.abs(packCredential(preview).length - packCredential(signed).length)).toBeLessThan(16)
  },
)

test('no verifier accepts a preview, and it is known as one', async () => {
  const preview = previewCredential(JSON.parse(vector('ascii.lk.rsa').unsigned), 'RSA')
  expect(await verifyCredential(preview, await loadPublicKey(keySettings('RSA')))).toMatchObject({ verified: false })
  const disguised = {
    ...preview,
    proof: { ...preview.proof, type: 'RsaSignature2018', verificationMethod: 'did:india' },
  }
  expect(await verifyCredential(disguised, await loadPublicKey(keySettings('RSA')))).toMatchObject({ verified: false })
  expect(isPreview(preview)).toBe(true)
  for (const other of [JSON.parse(vector('ascii.lk.rsa').signed), null, undefined, {}, 'x'])
    expect(isPreview(other)).toBe(false)
})

test('the same draft gives the same preview', () => {
  const unsigned = JSON.parse(vector('scripts.lk.rsa').unsigned)
  expect(previewCredential(unsigned, 'RSA')).toEqual(previewCredential(structuredClone(unsigned), 'RSA'))
})
