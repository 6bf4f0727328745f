import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROLES, rolesIn, type Role } from '@/lib/auth/roles'
import { rolesDocument } from '@/lib/testing/roles-document'
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { requireRole, rolesOf } from './roles'
import { scopeOf } from './scopes'

const rows: Endpoint[] = Object.values(contract)
const signedIn = rows.filter(({ who }) => who !== 'anyone')

describe('the table of roles', () => {
  test('has a line for every endpoint that asks who calls, and for no other', () => {
    expect(signedIn.length).toBeGreaterThan(80)
    expect(signedIn.filter((row) => rolesOf(row) === null).map(({ operation }) => operation)).toEqual([])
    const open = rows.filter(({ who, operation }) => who === 'anyone' && rolesOf({ operation }) !== null)
    expect(open.map(({ operation }) => operation)).toEqual([])
  })

  test('leaves no endpoint for people without somebody who may', () => {
    const nobodys = signedIn.filter((row) => row.who === 'person' && rolesOf(row)!.length === 0)
    expect(nobodys.map(({ operation }) => operation)).toEqual([])
  })

  test('gives to source systems alone only what a token can call', () => {
    const nobodys = signedIn.filter((row) => rolesOf(row)!.length === 0)
    expect(nobodys.length).toBeGreaterThan(5)
    for (const row of nobodys) expect(scopeOf(row), row.operation).not.toBeNull()
  })

  test('opens nothing of a record to whoever is only an administrator or auditor, but what an auditor may open with a reason', () => {
    const opened = [
      'lineages',
      'divocLineages',
      'certificate',
      'divocCertificate',
      'certificateFile',
      'divocCertificateFile',
    ]
    const records = signedIn.filter(({ who, operation }) => who === 'caller' && !opened.includes(operation))
    for (const row of records) {
      expect(() => requireRole(row, ['administrator', 'auditor']), row.operation).toThrow(/^(Only|This is for source)/)
    }
  })

  test('refuses what it has no line for, whoever asks', () => {
    expect(rolesOf({ operation: 'toString' })).toBeNull()
    expect(() => requireRole({ operation: 'notYetWritten' }, ROLES)).toThrow()
  })
})

test('one of the roles is enough, and none of the others', () => {
  const { confirmRecall, facilities, certify } = contract
  expect(() => requireRole(confirmRecall, ['operator', 'supervisor'])).not.toThrow()
  const others: Role[] = ['operator', 'auditor', 'administrator']
  expect(() => requireRole(confirmRecall, others)).toThrow('Only a supervisor can do this.')
  expect(() => requireRole(facilities, ['auditor'])).toThrow(
    'Only an operator or a supervisor or an administrator can do this.',
  )
  expect(() => requireRole(certify, ROLES)).toThrow('This is for source systems, not for people.')
  expect(() => requireRole(confirmRecall, [])).toThrow()
})

test('a role that nobody knows gives nothing', () => {
  expect(rolesIn(['root', 'supervisor', 'Administrator', 'operator'])).toEqual(['operator', 'supervisor'])
})

test('.github/roles.md says the same', async () => {
  await expect(rolesDocument()).toMatchFileSnapshot(join(import.meta.dirname, '../../.github/roles.md'))
})
