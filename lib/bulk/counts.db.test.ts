import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'

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

const STATES = ['unchecked', 'ready', 'unchanged', 'waiting', 'done', 'requested', 'refused']

/** A run with so many rows, all of one state. */
async function aRun(rows: number, state = 'unchecked'): Promise<string> {
  const [run] = await db.$queryRaw<[{ id: string }]>`
    insert into bulk_run (id, kind, origin, type, form, state, filename, by_kind, by_id, by_name, by_reach, created_at)
    values (gen_random_uuid(), 'update', 'upload', 'T', 'certifyV3', 'checking', 'x', 'operator', 'a', 'A', '{}', now())
    returning id::text as id`
  await db.$executeRaw`
    insert into bulk_row (run_id, "row", cells, state)
    select ${run.id}::uuid, n, '{}', ${state} from generate_series(1, ${rows}::int) n`
  return run.id
}

/** What stands on the runs beside what their rows say. */
async function bothOf(ids: string[]) {
  const kept = await db.$queryRaw<object[]>`
    select id::text as id, total, unchecked, ready, unchanged, waiting, done, requested, refused, needs_approval
    from bulk_run where id = any(${ids}::uuid[]) order by id`
  const counted = await db.$queryRaw<object[]>`
    select r.id::text as id, count(w)::int as total, (count(*) filter (where w.state = 'unchecked'))::int as unchecked,
           (count(*) filter (where w.state = 'ready'))::int as ready,
           (count(*) filter (where w.state = 'unchanged'))::int as unchanged,
           (count(*) filter (where w.state = 'waiting'))::int as waiting,
           (count(*) filter (where w.state = 'done'))::int as done,
           (count(*) filter (where w.state = 'requested'))::int as requested,
           (count(*) filter (where w.state = 'refused'))::int as refused,
           (count(*) filter (where w.state = 'ready' and w.reasons <> '{}'))::int as needs_approval
    from bulk_run r left join bulk_row w on w.run_id = r.id where r.id = any(${ids}::uuid[]) group by r.id order by r.id`
  return { kept, counted }
}

test('the counts on runs are those of their rows, whatever several workers change at once and whatever is rolled back', async () => {
  const ids = [await aRun(200), await aRun(50, 'ready'), await aRun(0)]
  // As workers do, each has rows of its own of one run: of the same rows two could wait for each other.
  const change = (n: number) => {
    const [state, approval] = [STATES[n % STATES.length]!, n % 3 === 0 ? ['name_and_birth'] : []]
    return db.$executeRaw`
      update bulk_row set state = ${state}, reasons = ${approval}::text[]
      where run_id = ${ids[n % ids.length]}::uuid and "row" % 20 = ${n % 20}::int`
  }
  await Promise.all(Array.from({ length: 60 }, (_, n) => change(n)))
  const undone = db.$transaction(async (inner) => {
    await inner.$executeRaw`update bulk_row set state = 'done' where run_id = any(${ids}::uuid[])`
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const { kept, counted } = await bothOf(ids)
  expect(kept).toEqual(counted)
  expect(new Set(kept.map((run) => JSON.stringify(Object.values(run).slice(1)))).size).toBe(3)
})

test('a lease changes nothing on the run: workers do not wait for each other there', async () => {
  const id = await aRun(10, 'waiting')
  const versionOf = async () =>
    (await db.$queryRaw<[{ v: string }]>`select xmin::text as v from bulk_run where id = ${id}::uuid`)[0].v
  const before = await versionOf()
  await db.$executeRaw`update bulk_row set lease_until = now() where run_id = ${id}::uuid`
  expect(await versionOf()).toBe(before)
})
