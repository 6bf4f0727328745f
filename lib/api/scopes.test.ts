import { expect, test } from 'vitest'
import { SCOPES } from '@/lib/auth/scopes'
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { requireScope, scopeOf } from './scopes'

const rows: Endpoint[] = Object.values(contract)

test('every endpoint that tokens may call has a scope', () => {
  const without = rows.filter((row) => row.who === 'caller' && scopeOf(row) === null)
  expect(without.map(({ operation }) => operation)).toEqual([])
})

test('no endpoint for people has one: a token is refused there whatever it may do elsewhere', () => {
  const screens = rows.filter(({ who }) => who === 'person')
  expect(screens.length).toBeGreaterThan(20)
  for (const row of screens) expect(() => requireScope(row, SCOPES)).toThrow('not for access tokens')
})

test('an operation at DIVOC’s address needs what it needs at ours', () => {
  const twins = rows.filter(({ who, operation }) => who === 'caller' && operation.startsWith('divoc'))
  expect(twins.length).toBeGreaterThan(8)
  expect(scopeOf({ operation: 'divocUpdateCertificates' })).toBe('update')
  expect(scopeOf({ operation: 'divocUnheardOf' })).toBeNull()
})

test('a token without the scope is refused, and hears which one it lacks', () => {
  const { updateCertificates } = contract
  expect(() => requireScope(updateCertificates, ['update'])).not.toThrow()
  const others = SCOPES.filter((scope) => scope !== 'update')
  expect(() => requireScope(updateCertificates, others)).toThrow(/correct certificates \(scope "update"\)/)
  expect(() => requireScope(updateCertificates, [])).toThrow()
})
