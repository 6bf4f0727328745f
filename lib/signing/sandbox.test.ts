/** Test certificates are told from real ones by the key that they name. */
import { expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { keySettings, vector } from '@/lib/testing/vectors'
import { loadSigningKey } from './signing-keys'
import { previewCredential } from './preview'
import { isSandbox, sandboxKeyName } from './sandbox'
import { signCredential, verifyCredential } from './sign'

test.each(['did:india', 'did:web:health.example#key-1'])('what the test key of %s signs is a test', (did) => {
  expect(isSandbox({ proof: { verificationMethod: sandboxKeyName(did) } })).toBe(true)
  expect(isSandbox({ proof: { verificationMethod: did } })).toBe(false)
  expect(URL.canParse(sandboxKeyName(did))).toBe(true)
})

test.each([null, undefined, 1, 'did:india#sandbox', [], {}, { proof: null }, { proof: { verificationMethod: 5 } }])(
  '%j is no test certificate',
  (nonsense) => expect(isSandbox(nonsense)).toBe(false),
)

test.each(['RSA', 'ED25519'] as const)('%s: signed under the longer name, as long as its draft said', async (type) => {
  const did = sandboxKeyName('did:india')
  const key = await loadSigningKey(keySettings(type, { did }))
  const unsigned = JSON.parse(vector('scripts.first.rsa').unsigned)
  const signed = await signCredential(unsigned, key, new Date('2026-11-20T23:29:13Z'))
  expect(isSandbox(signed)).toBe(true)
  expect(await verifyCredential(JSON.parse(JSON.stringify(signed)), key)).toEqual({ verified: true })
  expect(JSON.stringify(signed)).toHaveLength(JSON.stringify(previewCredential(unsigned, type, did)).length)
})

test('a real issuer cannot be called like a test key', () => {
  const settings = (did: string) => readConfig({ DATABASE_URL: 'postgres://localhost/x', CERTIFICATE_DID: did })
  expect(() => settings(sandboxKeyName('did:india'))).toThrow(/CERTIFICATE_DID: .*test key/)
  expect(settings('did:web:sandbox.example').signing.did).toBe('did:web:sandbox.example')
})
