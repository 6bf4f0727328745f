import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareKey, rotateKey, withdrawKey } from '@/lib/signing/rotation'
import { aContext, anIssuer } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { noteKeys } from './key-notes'

let database: { url: string; close(): Promise<void> }
let context: ReturnType<typeof aContext>

beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
  await anIssuer(context)
})
afterEach(async () => {
  await context.db.$disconnect()
  await database.close()
})

async function lines() {
  const rows = await context.db.auditEvent.findMany({
    where: { action: { startsWith: 'key.' } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ action, detail }) => [action, (detail as { key: string }).key])
}

test('a key that is prepared, taken into use, put out of use and withdrawn is in the log at each step, once', async () => {
  await noteKeys(context)
  const [[first, old]] = (await lines()) as [[string, string]]
  expect(first).toBe('key.signs')
  const { thumbprint: fresh } = await prepareKey(context.settings, 'ED25519')
  await noteKeys(context)
  expect(await noteKeys(context)).toBe(0)
  await rotateKey(context.settings, 'ED25519')
  await noteKeys(context)
  await withdrawKey(context.settings, old, new Date(Date.now() + 60_000))
  await noteKeys(context)
  expect((await lines()).slice(1)).toEqual([
    ['key.next', fresh],
    ...[
      ['key.former', old],
      ['key.signs', fresh],
    ].sort((a, b) => Number(a[0] === 'key.former') - Number(b[0] === 'key.former')),
    ['key.withdrawn', old],
  ])
})

test('workers that look at once write each change once', async () => {
  await Promise.all([noteKeys(context), noteKeys(context), noteKeys(context)])
  expect(await lines()).toHaveLength(1)
})
