import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { countRequest } from './rate-budget'

let database: Awaited<ReturnType<typeof openTestDatabase>>
/** Each stands for a process: shares are kept per connection pool. */
let processes: Database[]

beforeAll(async () => {
  database = await openTestDatabase()
  processes = [1, 2, 3].map(() => connect(database.url, 3))
})
afterAll(async () => {
  for (const db of processes) await db.$disconnect()
  await database.close()
})

const MINUTE = Date.parse('2026-05-12T10:30:00.000Z')
const at = (milliseconds: number) => () => new Date(MINUTE + milliseconds)

/** Asks `times` times at once in one process; answers how many were allowed. */
async function ask(db: Database, key: string, limit: number, times: number, now = at(15_000)): Promise<number> {
  const asked = Array.from({ length: times }, () => countRequest({ db, now }, { policy: 'client', key, limit }))
  return (await Promise.all(asked)).filter(({ allowed }) => allowed).length
}

test('a small limit is exact, whoever asks at once', async () => {
  const allowed = await Promise.all(processes.map((db) => ask(db, 'small', 50, 100)))
  expect(allowed.reduce((sum, each) => sum + each)).toBe(50)
})

test('a large limit is never exceeded, and met when all processes go on asking', async () => {
  const allowed = await Promise.all(processes.map((db) => ask(db, 'large', 1000, 900)))
  expect(allowed.reduce((sum, each) => sum + each)).toBe(1000)
})

test('what an idle process took is all that is missing: less than a hundredth of the limit each', async () => {
  const [first, second, third] = processes as [Database, Database, Database]
  expect(await ask(first, 'idle', 1000, 1)).toBe(1)
  expect(await ask(second, 'idle', 1000, 1)).toBe(1)
  const rest = await ask(third, 'idle', 1000, 2000)
  expect(rest).toBeLessThanOrEqual(998)
  expect(rest).toBeGreaterThan(998 - 2 * 10)
})

test('what is left is told with every request, and when the count begins anew', async () => {
  const context = { db: processes[0]!, now: at(15_400) }
  const asked = { policy: 'client', key: 'told', limit: 3 }
  const states = []
  for (let n = 0; n < 4; n++) states.push(await countRequest(context, asked))
  expect(states.map(({ remaining, allowed }) => [remaining, allowed])).toEqual([
    [2, true],
    [1, true],
    [0, true],
    [0, false],
  ])
  expect(states[0]).toMatchObject({ policy: 'client', limit: 3, resetSeconds: 45 })
  const last = await countRequest({ ...context, now: at(59_999) }, asked)
  expect(last).toMatchObject({ allowed: false, resetSeconds: 1 })
})

test('the next minute begins with the whole limit, and a clock that goes back finds the old count', async () => {
  const [db] = processes as [Database]
  expect(await ask(db, 'clock', 10, 20)).toBe(10)
  expect(await ask(db, 'clock', 10, 20, at(60_000))).toBe(10)
  expect(await ask(db, 'clock', 10, 20, at(59_000))).toBe(0)
})

test('nobody pays for what others ask', async () => {
  const [db] = processes as [Database]
  expect(await ask(db, 'busy', 5, 50)).toBe(5)
  expect(await ask(db, 'quiet', 5, 5)).toBe(5)
})

test('a limit that is raised or lowered in the middle of a minute counts from then on', async () => {
  const [db] = processes as [Database]
  expect(await ask(db, 'changed', 5, 10)).toBe(5)
  expect(await ask(db, 'changed', 40, 10)).toBe(10)
  expect(await ask(db, 'changed', 5, 1)).toBe(0)
})

test('minutes that are over are cleared away', async () => {
  const [db] = processes as [Database]
  await ask(db, 'old', 5, 1)
  await ask(db, 'new', 5, 1, at(10 * 60_000))
  expect((await db.rateWindow.findMany()).map(({ key }) => key)).toEqual(['client:new'])
})
