import { expect, test } from 'vitest'
import { didWebOf, sandboxMethod2, verificationMethod2 } from './did-web'
import { isSandboxKeyName } from './sandbox'

test.each([
  ['https://certificates.health.example', 'did:web:certificates.health.example'],
  ['https://certificates.health.example/', 'did:web:certificates.health.example'],
  ['http://localhost:3000', 'did:web:localhost%3A3000'],
  ['https://health.example/registry/v1/', 'did:web:health.example:registry:v1'],
])('%s is %s', (address, did) => {
  expect(didWebOf(address)).toBe(did)
})

test('keys are named by themselves; the test key has a name that no real key can have', () => {
  expect(verificationMethod2('https://health.example', 'z6Mk')).toBe('did:web:health.example#z6Mk')
  expect(isSandboxKeyName(sandboxMethod2('https://health.example'))).toBe(true)
  expect(isSandboxKeyName(verificationMethod2('https://health.example', 'z6Mk'))).toBe(false)
})
