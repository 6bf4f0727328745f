import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, inTransaction, sqlStateOf, type Database, type Statements } from './db'
import { rawTransaction } from './raw-statements'
import { openTestDatabase } from './testing/database'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database
beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url, 3)
  await db.$executeRaw`create table noted (n int primary key, at timestamptz(3), said text)`
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

const noted = async () => (await db.$queryRaw<{ n: number }[]>`select n from noted order by n`).map(({ n }) => n)

test('values come back as Prisma gives them in its own transactions', async () => {
  const at = new Date('2026-03-02T09:30:00.123Z')
  const ask = (statements: Statements) => statements.$queryRaw<Record<string, unknown>[]>`
    select ${at}::timestamptz as moment, ${at}::timestamp as bare, ${at}::date as day, ${[at, at]}::timestamptz[] as moments,
           ${7}::int as small, ${7n}::bigint as big, count(*) as counted, 1.50::numeric as exact, 1.5::float8 as rough,
           ${true}::boolean as yes, ${null}::text as nothing, ${'ü "\\'}::text as words, ${['a', 'b,"c']}::text[] as list,
           array[1, null]::int[] as ints, array[1::bigint, null] as bigs, array[1.25, null]::numeric[] as exacts,
           array['2026-03-02'::date] as days, ${'{"a":[1,null,"x"]}'}::jsonb as json, 'null'::json as json_null,
           ${'00000000-0000-4000-8000-000000000001'}::uuid as id,
           array['00000000-0000-4000-8000-000000000001'::uuid] as ids, 'update'::transaction_kind as kind,
           'name'::name as named, true as "isQuoted"`
  const bytes = (statements: Statements) =>
    statements.$queryRaw<{ bytes: Uint8Array }[]>`select ${Buffer.from([0, 1, 255])}::bytea as bytes`
  const prismas = await db.$transaction(async (own) => [await ask(own), await bytes(own)] as const)
  expect(await ask(db)).toEqual(prismas[0])
  expect([...(await bytes(db))[0]!.bytes]).toEqual([...prismas[1][0]!.bytes])
  expect(await inTransaction(db, ask)).toEqual(prismas[0])
})

test('statements that are kept prepared give the same', async () => {
  for (let n = 0; n < 50; n++) {
    expect(await db.$queryRaw`select ${n}::int as n, ${`text ${n}`}::text as said`).toEqual([{ n, said: `text ${n}` }])
  }
})

describe('a transaction', () => {
  test('is there as a whole, and says how many rows it changed', async () => {
    const changed = await inTransaction(db, async (tx) => {
      const written = await tx.$executeRaw`insert into noted select g from generate_series(1, 3) g`
      expect(await noted()).toEqual([])
      return written
    })
    expect(changed).toBe(3)
    expect(await noted()).toEqual([1, 2, 3])
  })

  test('is gone as a whole when its work throws, or a statement does', async () => {
    const thrown = inTransaction(db, async (tx) => {
      await tx.$executeRaw`insert into noted values (10)`
      throw new Error('ours')
    })
    await expect(thrown).rejects.toThrow('ours')
    const failed = inTransaction(db, async (tx) => {
      await tx.$executeRaw`insert into noted values (11)`
      await tx.$executeRaw`insert into noted values (1)`
    })
    expect(sqlStateOf(await failed.catch((error: unknown) => error))).toBe('23505')
    expect(await noted()).toEqual([1, 2, 3])
  })

  test('in which a statement failed is nothing, also where its work went on', async () => {
    const done = inTransaction(db, async (tx) => {
      await tx.$executeRaw`insert into noted values (11)`
      await tx.$executeRaw`insert into noted values (11)`.catch(() => {})
    })
    await expect(done).rejects.toThrow('Transaction already closed')
    expect(await noted()).not.toContain(11)
  })

  test("of Prisma's keeps its statements in it", async () => {
    const thrown = db.$transaction(async (tx) => {
      await tx.$executeRaw`insert into noted values (12)`
      throw new Error('ours')
    })
    await expect(thrown).rejects.toThrow('ours')
    expect(await noted()).toEqual([1, 2, 3])
  })

  test('that takes too long is over: it says so, and nothing of it is there', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 })
    const late = rawTransaction(
      pool,
      () => '',
      50,
      async (tx) => {
        await tx.$executeRaw`insert into noted values (15)`
        await new Promise((resolve) => setTimeout(resolve, 200))
        await tx.$executeRaw`insert into noted values (16)`
      },
    )
    await expect(late).rejects.toThrow('Transaction already closed')
    expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }])
    await pool.end()
    expect(await noted()).toEqual([1, 2, 3])
  })

  test('whose connection is ended fails, and the next one has another', async () => {
    const lost = inTransaction(db, async (tx) => {
      const [{ pid }] = (await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`) as [{ pid: number }]
      await tx.$executeRaw`insert into noted values (13)`
      await db.$executeRaw`select pg_terminate_backend(${pid}::int)`
      await tx.$executeRaw`insert into noted values (14)`
    })
    await expect(lost).rejects.toThrow()
    expect(await inTransaction(db, (tx) => tx.$queryRaw`select 1 as n`)).toEqual([{ n: 1 }])
    expect(await noted()).toEqual([1, 2, 3])
  })
})

test.each([
  ['23505', '23505'],
  ['0A000', '0A000'],
  ['P0001', 'P0001'],
  ['EPIPE', undefined],
  ['P2028', undefined],
])('the code %s of an error is the SQLSTATE %s', (code, state) => {
  expect(sqlStateOf(new Error('outer', { cause: Object.assign(new Error('inner'), { code }) }))).toBe(state)
})
