import { expect, test } from 'vitest'
import { withoutPrivateKeys } from './settings.mjs'

test('programs that sign nothing get no private key: the names are there, empty, so that no file .env fills them in', () => {
  const secrets = {
    CERTIFICATE_PRIVATE_KEY: 'a',
    CERTIFICATE_ED25519_PRIVATE_KEY: 'b',
    SIGNER_URL: 'https://signer.example',
    SIGNER_TOKEN: 'c',
  }
  const env = withoutPrivateKeys({ ...secrets, CERTIFICATE_PUBLIC_KEY: 'public', PORT: '1' })
  expect(env).toEqual({
    CERTIFICATE_PUBLIC_KEY: 'public',
    PORT: '1',
    ...Object.fromEntries(Object.keys(secrets).map((name) => [name, ''])),
  })
  expect(withoutPrivateKeys({})).toHaveProperty('CERTIFICATE_PRIVATE_KEY', '')
})
