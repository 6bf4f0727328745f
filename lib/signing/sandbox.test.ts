/** Test certificates are told from real ones by the key that they name. */
import { expect, test } from 'vitest'
import { isSandbox, sandboxKeyName } from './sandbox'

test.each(['did:india', 'did:web:health.example#key-1'])('what the test key of %s signs is a test', (did) => {
  expect(isSandbox({ proof: { verificationMethod: sandboxKeyName(did) } })).toBe(true)
  expect(isSandbox({ proof: { verificationMethod: did } })).toBe(false)
  expect(URL.canParse(sandboxKeyName(did))).toBe(true)
})

test.each([null, undefined, 1, 'did:india#sandbox', [], {}, { proof: null }, { proof: { verificationMethod: 5 } }])(
  '%j is no test certificate',
  (nonsense) => expect(isSandbox(nonsense)).toBe(false),
)
