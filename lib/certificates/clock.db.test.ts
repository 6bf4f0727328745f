/** The clock of a worker: the database's, whatever happens to the machine's. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { setEnvironment } from '@/lib/testing/api'
import { databaseClock } from './clock'

const HOURS = 60 * 60_000
const NEVER = new AbortController().signal

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  db = connect(database.url, 2)
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

/** Of the machine, put forward or back; the monotonic clock goes on. */
const jump = (hours: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * HOURS })

test.each([3, -3])('a machine whose clock is %i hours off works by the time of the database', async (hours) => {
  const right = Date.now()
  jump(hours)
  const clock = databaseClock(db)
  await clock.set(NEVER)
  expect(Math.abs(clock.now().getTime() - right)).toBeLessThan(30_000)
})

test.each([3, -3])('a jump of %i hours while it runs changes nothing, and time never goes back', async (hours) => {
  const clock = databaseClock(db)
  await clock.set(NEVER)
  const before = clock.now()
  jump(hours)
  const after = clock.now()
  expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(0)
  expect(after.getTime() - before.getTime()).toBeLessThan(30_000)
})

test('without a database it waits until somebody stops it', async () => {
  const away = connect('postgresql://nobody@127.0.0.1:1/nothing', 1)
  const stop = new AbortController()
  const clock = databaseClock(away)
  const waiting = clock.set(stop.signal)
  expect(await Promise.race([waiting, new Promise((resolve) => setImmediate(() => resolve('waits')))])).toBe('waits')
  stop.abort()
  await waiting
  await away.$disconnect()
})
