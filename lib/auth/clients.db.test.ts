import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { statementsOf } from '@/lib/testing/statements'
import { clientByToken } from './clients'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url, 3)
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

const at = new Date('2026-05-12T10:30:00.000Z')
const look = (tokenHash: string) => clientByToken(db, { tokenHash, at })

async function aClient(more: Record<string, unknown> = {}) {
  const id = randomUUID()
  await db.apiClient.create({ data: { id, name: id, tokenHash: `token of ${id}`, ...more } as never })
  return id
}

test('those who ask at the same time share statements, and each is told of itself', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => aClient()))
  let found: Awaited<ReturnType<typeof look>>[] = []
  const statements = await statementsOf(async () => {
    found = await Promise.all([...ids, ids[3]!, 'nobody'].map((id) => look(`token of ${id}`)))
  })
  expect(found.map((one) => one?.id ?? null)).toEqual([...ids, ids[3], null])
  expect(statements).toHaveLength(2)
})

test('what was changed before somebody asks is known, however many ask', async () => {
  const id = await aClient()
  const before = Array.from({ length: 4 }, () => look(`token of ${id}`))
  await db.apiClient.update({ where: { id }, data: { disabled: true } })
  const after = await Promise.all(Array.from({ length: 4 }, () => look(`token of ${id}`)))
  await Promise.all(before)
  expect(after.map((one) => one?.disabled)).toEqual([true, true, true, true])
})

test('the token before the present one counts until its end, and not from then on', async () => {
  const later = new Date(at.getTime() + 1)
  const still = await aClient({ previousTokenHash: 'still', previousTokenUntil: later })
  await aClient({ previousTokenHash: 'over', previousTokenUntil: at })
  expect(await look('still')).toMatchObject({ id: still, isPresentToken: false })
  expect(await look(`token of ${still}`)).toMatchObject({ id: still, isPresentToken: true })
  expect(await look('over')).toBeNull()
})

test('whether its facility is disabled is told with it', async () => {
  await db.facility.create({ data: { code: 'F1', name: 'Closed', disabled: true } as never })
  const id = await aClient({ facilityCode: 'F1' })
  expect(await look(`token of ${id}`)).toMatchObject({ id, facilityCode: 'F1', facilityDisabled: true })
})
