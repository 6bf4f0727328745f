import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingOptionals } from './lockfile.mjs'

test('package-lock.json names every optional package, or npm ci refuses it (repair: node lib/testing/lockfile.mjs)', () => {
  expect(missingOptionals(JSON.parse(readFileSync('package-lock.json', 'utf8')))).toEqual([])
})

test('a package nested below another is searched upwards, as Node does', () => {
  const packages = {
    '': {},
    'node_modules/a': {},
    'node_modules/a/node_modules/@s/b': { optionalDependencies: { above: '1.0.0', beside: '1.0.0', gone: '1.0.0' } },
    'node_modules/above': {},
    'node_modules/a/node_modules/beside': {},
  }
  expect(missingOptionals({ packages })).toEqual([{ name: 'gone', version: '1.0.0' }])
})
