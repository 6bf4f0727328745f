import { expect, test } from 'vitest'
import { contract } from './contract'
import { needsProof, requireProof } from './proofs'
import { rolesOf } from './roles'

const rows = Object.values(contract)
const asking = rows.filter(needsProof)

test('whoever may let people in, give tokens or trust keys is asked', () => {
  const names = asking.map(({ operation }) => operation)
  for (const one of [
    'addOperator',
    'resetSecondFactor',
    'replaceToken',
    'changeFacility',
    'addTrusted',
    'endSession',
  ]) {
    expect(names).toContain(one)
  }
})

test('whoever sets many certificates going is asked, and asked again when it is let go on', () => {
  const names = asking.map(({ operation }) => operation)
  expect(names).toEqual(
    expect.arrayContaining(['startReissue', 'steerReissue', 'startBulk', 'resumeBulk', 'approveBulk']),
  )
  // What only looks again is begun by startBulk; what stops must be quick.
  expect(names).not.toContain('retryBulk')
  expect(names).not.toContain('stopBulk')
})

test('only what people do is asked about: a token has nobody to ask', () => {
  for (const row of asking)
    expect([row.operation, row.who, row.method === 'GET']).toEqual([row.operation, 'person', false])
  for (const row of asking) expect(rolesOf(row)?.length, row.operation).toBeGreaterThan(0)
})

test('for ten minutes nobody is asked again', () => {
  const at = new Date('2026-05-12T12:00:00Z')
  const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
  expect(() => requireProof(contract.replaceToken, at, later(9.9))).not.toThrow()
  expect(() => requireProof(contract.replaceToken, at, later(10))).toThrow(/asks again/)
  expect(() => requireProof(contract.clients, at, later(600))).not.toThrow()
})
