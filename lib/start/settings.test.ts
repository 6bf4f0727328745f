import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { startSettings, withoutPrivateKeys } from './settings.mjs'

afterEach(() => vi.unstubAllEnvs())

test('roles that no program has, and a part of them without the database that they meet on, are refused', () => {
  const read = (more: Record<string, string>) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'errata-settings-'))
    const env = { ROLES: '', DATABASE_URL: '', HEALTH_PORT: '', PORT: '3000', DATA_DIR: dataDir, ...more }
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    return startSettings()
  }
  expect(() => read({ ROLES: 'web,server' })).toThrow('ROLES has to be web, worker, relay')
  expect(() => read({ ROLES: 'worker' })).toThrow('DATABASE_URL has to say on which database they meet')
  expect(read({})).toMatchObject({ roles: ['web', 'worker', 'relay'], isWhole: true, readyPort: 3000 })
  const elsewhere = { DATABASE_URL: 'postgresql://db/errata' }
  expect(read({ ...elsewhere, ROLES: 'relay, worker' })).toMatchObject({ roles: ['worker', 'relay'], readyPort: 3000 })
  expect(read({ ...elsewhere, ROLES: 'worker', HEALTH_PORT: '9000' }).readyPort).toBe(9000)
  expect(read({ ...elsewhere, ROLES: 'web', HEALTH_PORT: '9000' }).readyPort).toBe(3000)
})

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
