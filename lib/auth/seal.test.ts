import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal'

test('opens for its name and secret alone, and not when a byte of it was changed', () => {
  const sealed = seal('secret', ['errata second factor', 'asha'], 'JBSWY3DPEHPK3PXP', randomBytes)
  expect(unseal('secret', ['errata second factor', 'asha'], sealed)).toBe('JBSWY3DPEHPK3PXP')
  expect(unseal('secret', ['errata second factor', 'ben'], sealed)).toBeNull()
  expect(unseal('secret', ['errata id token', 'asha'], sealed)).toBeNull()
  expect(unseal('other', ['errata second factor', 'asha'], sealed)).toBeNull()
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed, (byte, n) => (n === at ? byte ^ 1 : byte))
    expect(unseal('secret', ['errata second factor', 'asha'], changed)).toBeNull()
  }
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('JBSWY')
})
