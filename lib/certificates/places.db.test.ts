/** Places on a real database: many who take at once, lists that run full. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { allocatePlaces, prepareNextList } from './store-places'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})
beforeEach(async () => {
  await db.statusList.deleteMany()
})

test('twenty who take at once never get the same place, over the ends of several lists', async () => {
  const taken = await Promise.all(Array.from({ length: 20 }, () => allocatePlaces(db, 16, randomBytes, 50)))
  const places = taken.flat().map(({ listId, index }) => `${listId}/${index}`)
  expect(places).toHaveLength(320)
  expect(new Set(places).size).toBe(320)
  const lists = await db.statusList.findMany({ orderBy: { id: 'asc' } })
  expect(lists.map(({ used }) => used)).toEqual([50, 50, 50, 50, 50, 50, 20])
  expect(new Set(lists.map(({ seed }) => Buffer.from(seed).toString('hex'))).size).toBe(7)
})

test('certificates that are being issued into a list hold up nobody who takes places of it', async () => {
  const [first] = await allocatePlaces(db, 1, randomBytes, 10)
  await db.$transaction(async (issuing) => {
    // What a row that refers to the list holds until it is committed.
    await issuing.$queryRaw`select 1 from status_list where id = ${first!.listId}::int for key share`
    expect(await allocatePlaces(db, 2, randomBytes, 10)).toMatchObject([
      { listId: first!.listId },
      { listId: first!.listId },
    ])
  })
})

test('one who takes more than a list holds gets places of the next ones too', async () => {
  const places = await allocatePlaces(db, 25, randomBytes, 10)
  expect(new Set(places.map(({ listId, index }) => `${listId}/${index}`)).size).toBe(25)
  expect(places.filter(({ listId }) => listId === places[0]!.listId)).toHaveLength(10)
})

test('the next list is opened once, before the last one is full', async () => {
  await Promise.all(Array.from({ length: 8 }, () => prepareNextList(db, randomBytes, 100)))
  expect(await db.statusList.count()).toBe(1)
  await allocatePlaces(db, 50, randomBytes, 100)
  await prepareNextList(db, randomBytes, 100)
  expect(await db.statusList.count()).toBe(1)
  await allocatePlaces(db, 1, randomBytes, 100)
  await Promise.all(Array.from({ length: 8 }, () => prepareNextList(db, randomBytes, 100)))
  expect(await db.statusList.count()).toBe(2)
})
