import { afterEach, expect, test, vi } from 'vitest'
import { run } from './run.mjs'

afterEach(() => vi.unstubAllEnvs())

test('installing and building get nothing to sign with: only who is given a key by name has it', async () => {
  const names = ['CERTIFICATE_PRIVATE_KEY', 'CERTIFICATE_ED25519_PRIVATE_KEY', 'SIGNER_URL', 'SIGNER_TOKEN']
  for (const name of names) vi.stubEnv(name, 'secret')
  vi.stubEnv('CERTIFICATE_PUBLIC_KEY', 'public')
  const script = `console.log(JSON.stringify(${JSON.stringify([...names, 'CERTIFICATE_PUBLIC_KEY'])}.map((n) => process.env[n])))`
  const seen = async (env: Record<string, string> = {}) =>
    JSON.parse(await run('Looking', process.execPath, ['-e', script], { env }))
  expect(await seen()).toEqual(['', '', '', '', 'public'])
  expect(await seen({ SIGNER_TOKEN: 'given' })).toEqual(['', '', '', 'given', 'public'])
})
