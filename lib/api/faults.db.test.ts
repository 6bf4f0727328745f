import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { openTestDatabase } from '@/lib/testing/database'
import { refusalOf } from './faults'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database
let busy: Database

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url, 3)
  busy = connect(database.url, 1)
})
afterAll(async () => {
  await db.$disconnect()
  await busy.$disconnect()
  await database.close()
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => refusalOf(error)?.code ?? 'a defect',
  )

describe('an error of the database that passes is "unavailable", with a time to try again', () => {
  test('a lock that is not given in time', async () => {
    const outcome = await db.$transaction(async (holder) => {
      await holder.$queryRaw`select * from facility where code = 'unassigned' for update`
      const waiter = db.$transaction(async (tx) => {
        await tx.$executeRaw`set local lock_timeout = '20ms'`
        await tx.$queryRaw`select * from facility where code = 'unassigned' for update`
      })
      return codeOf(waiter)
    })
    expect(outcome).toBe('REGISTRY_UNAVAILABLE')
  })

  test('a statement that takes too long', async () => {
    const slow = db.$transaction(async (tx) => {
      await tx.$executeRaw`set local statement_timeout = '20ms'`
      await tx.$queryRaw`select 1 from pg_sleep(5)`
    })
    expect(await codeOf(slow)).toBe('REGISTRY_UNAVAILABLE')
  })

  test('a connection that is cut', async () => {
    const cut = db.$transaction((tx) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())`)
    expect(await codeOf(cut)).toBe('REGISTRY_UNAVAILABLE')
  })

  test('no free connection', async () => {
    const outcome = await busy.$transaction(() => codeOf(busy.$transaction(async () => {}, { maxWait: 30 })))
    expect(outcome).toBe('REGISTRY_UNAVAILABLE')
  })

  test('a transaction that was open for too long', async () => {
    const slow = db.$transaction(
      async (tx) => {
        await tx.$queryRaw`select 1 from pg_sleep(0.2)`
        await tx.$queryRaw`select 1`
      },
      { timeout: 50 },
    )
    expect(await codeOf(slow)).toBe('REGISTRY_UNAVAILABLE')
  })
})

describe('what is our own mistake stays one', () => {
  test.each([
    ['a statement that is wrong', () => db.$queryRaw`select nothing_of_that_name`],
    ['a row that is there already', () => db.facility.create({ data: { code: 'unassigned', name: 'again' } })],
    ['a reference to nothing', () => db.facilityAlias.create({ data: { name: 'x', facilityCode: 'nowhere' } })],
  ])('%s', async (_what, work) => expect(await codeOf(work())).toBe('a defect'))

  test('an ordinary error, a missing file, nothing at all', () => {
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })
    for (const error of [new TypeError('x is undefined'), missing, undefined, 'text'])
      expect(refusalOf(error)).toBeNull()
  })

  test('a refusal is itself', () => {
    const refusal = new Refusal('NOT_FOUND', 'Nothing.')
    expect(refusalOf(refusal)).toBe(refusal)
  })
})
