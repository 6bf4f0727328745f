import { describe, expect, test } from 'vitest'
import { holdsPackages } from './installed-packages.mjs'

const machine = { os: 'linux', cpu: 'x64' }
const wanted = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' },
  'node_modules/native-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
  'node_modules/native-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'node_modules/native-mac': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
  'node_modules/of-native-mac': { version: '1.0.0', optional: true },
}
const here = {
  'node_modules/a': wanted['node_modules/a'],
  'node_modules/native-linux': wanted['node_modules/native-linux'],
}

describe('packages need no installation', () => {
  test('when the ones for this machine are there', () => expect(holds(here)).toBe(true))
  test('when more is there than asked for', () =>
    expect(holds({ ...here, 'node_modules/b': { version: '1.0.0' } })).toBe(true))
})

describe('packages are installed', () => {
  test('when one is missing', () => expect(holds({ ...here, 'node_modules/a': undefined })).toBe(false))
  test('when one has another version', () =>
    expect(holds({ ...here, 'node_modules/a': { version: '1.2.4', integrity: 'sha512-a' } })).toBe(false))
  test('when one has another content', () =>
    expect(holds({ ...here, 'node_modules/a': { version: '1.2.3', integrity: 'sha512-b' } })).toBe(false))
  test('when the native ones are those of another machine', () =>
    expect(holdsPackages({ packages: wanted }, { packages: here }, { os: 'darwin', cpu: 'arm64' })).toBe(false))
})

function holds(packages: Record<string, object | undefined>): boolean {
  return holdsPackages({ packages: wanted }, { packages: packages as Record<string, object> }, machine)
}
