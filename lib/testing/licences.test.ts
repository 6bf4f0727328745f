import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { judgeLicences } from './licences.mjs'

const policy = JSON.parse(readFileSync('.config/licences.json', 'utf8'))
const lockOf = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } })

test('every package that the product is delivered with has an allowed licence, or a named exception', () => {
  const { problems, counts } = judgeLicences(JSON.parse(readFileSync('package-lock.json', 'utf8')), policy)
  expect(problems).toEqual([])
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100)
})

test('no GPL and no AGPL is allowed or excepted', () => {
  const named = [...policy.allowed, ...policy.exceptions.map(({ licence }: { licence: string }) => licence)]
  expect(named.filter((one) => /(^|\W)A?GPL/.test(String(one)))).toEqual([])
})

test('a GPL package is found wherever it stands, and one for development is not asked', () => {
  const lock = lockOf({
    'node_modules/a': { license: 'MIT' },
    'node_modules/a/node_modules/@s/copyleft': { license: 'GPL-3.0-only' },
    'node_modules/silent': {},
    'node_modules/tool': { license: 'AGPL-3.0-only', dev: true },
  })
  expect(judgeLicences(lock, { allowed: ['MIT'], exceptions: [] }).problems).toEqual([
    '@s/copyleft: GPL-3.0-only, and that is not allowed.',
    'silent: no licence is said, and that is not allowed.',
  ])
})

test('of alternatives one has to be allowed, of what comes together all', () => {
  const lock = lockOf({
    'node_modules/either': { license: '(MIT OR GPL-3.0-only)' },
    'node_modules/both': { license: 'MIT AND GPL-3.0-only' },
  })
  const { problems } = judgeLicences(lock, { allowed: ['MIT'], exceptions: [] })
  expect(problems).toEqual(['both: MIT AND GPL-3.0-only, and that is not allowed.'])
})

test('an exception is for its licence alone: a package that changes to another one is found', () => {
  const exceptions = [{ packages: ['lib-*'], licence: 'LGPL-3.0-or-later', why: 'dynamic' }]
  const judged = (license: string) =>
    judgeLicences(lockOf({ 'node_modules/lib-x': { license } }), { allowed: ['MIT'], exceptions }).problems
  expect(judged('LGPL-3.0-or-later')).toEqual([])
  expect(judged('MIT AND LGPL-3.0-or-later')).toEqual([])
  expect(judged('GPL-3.0-only')).toHaveLength(2)
  expect(judged('MIT')).toEqual(['lib-*: the exception is not needed any more.'])
})
