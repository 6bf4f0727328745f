import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '@/lib/testing/database'
import { root } from './bundle.mjs'
import { requireSameSecret, requireSharedSettings } from './in-common.mjs'

let database: { url: string; close(): Promise<void> }
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const settings = (...roles: string[]) => ({ roles, isWhole: roles.length === 3 }) as never

test('a part of the roles needs what all have in common; a relay needs nothing of it', () => {
  const needs = (roles: string[], given: Record<string, string>) => () =>
    requireSharedSettings(settings(...roles), given)
  expect(needs(['web'], {})).toThrow('set NEXTAUTH_SECRET and PUBLIC_URL to the same everywhere')
  expect(needs(['worker'], { PUBLIC_URL: 'x' })).toThrow('set NEXTAUTH_SECRET to the same everywhere')
  expect(needs(['worker'], { PUBLIC_URL: 'x', WEBHOOKS_SECRET: 'y' })).not.toThrow()
  expect(needs(['relay'], {})).not.toThrow()
  expect(needs(['web', 'worker', 'relay'], {})).not.toThrow()
})

test('the commands of the README start', () => {
  const [, block] = /## On many machines[^]*?```sh\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))!
  const lines = block!.split('\n')
  const given = (line: string) =>
    Object.fromEntries([...line.matchAll(/([A-Z][A-Z0-9_]+)=('[^']*'|\S+)/g)].map(([, name, value]) => [name!, value!]))
  const exported = Object.assign({}, ...lines.filter((line) => line.startsWith('export ')).map(given))
  const starts = lines.filter((line) => line.includes('npm start')).map(given)
  expect(starts.map(({ ROLES }) => ROLES)).toEqual(['web', 'worker', 'relay'])
  for (const one of starts) requireSharedSettings(settings(one.ROLES!), { ...exported, ...one })
})

test('a secret that a machine made up is that of the first; one that is given counts from then on', async () => {
  const same = (used: string, given?: string) => requireSameSecret(database.url, { given, used, file: '/data/secret' })
  await same('made up by the first')
  await same('made up by the first')
  await expect(same('made up by the second')).rejects.toThrow(/with another NEXTAUTH_SECRET.*\/data\/secret/)
  await same('given to all', 'given to all')
  await expect(same('made up by the first')).rejects.toThrow('Set NEXTAUTH_SECRET to the same on all machines')
  await same('given to all')
})
