import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { statementsOf } from '@/lib/testing/statements'
import { acceptCertify, acceptUpdates, type AcceptOptions } from './accept'
import type { Context } from './context'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let count = 0

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const certify = (code: string, changes = {}, given: Partial<AcceptOptions> = {}, by = aCaller()) =>
  acceptCertify(context, by, [aRequest({ preEnrollmentCode: code, ...changes })], {
    ...options({ method: 'POST', path: '/v3/certify' }),
    ...given,
  })
const rename = (code: string, name: string, given: Partial<AcceptOptions> = {}, by = aCaller()) =>
  acceptUpdates(context, by, [aRequest({ preEnrollmentCode: code, recipient: { name } })], { ...options(), ...given })
const outcome = (promise: Promise<{ results: { status: string }[] }>) =>
  promise.then(
    ({ results }) => results[0]!.status,
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  )
const accepted = (codes: string[]) =>
  context.db.transaction.findMany({
    where: { lineage: { preEnrollmentCode: { in: codes } } },
    include: { lineage: true },
    orderBy: { sequence: 'asc' },
  })

/** Codes that have a certificate. */
async function people(many: number): Promise<string[]> {
  const codes = Array.from({ length: many }, () => `T${++count}`)
  await acceptCertify(
    context,
    aCaller(),
    codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode })),
    options({ method: 'POST', path: '/v3/certify' }),
  )
  return codes
}

test('many at once take few transactions, and each gets its own answer and stands in the log as its own', async () => {
  const codes = await people(12)
  let answers: Awaited<ReturnType<typeof rename>>[] = []
  const statements = await statementsOf(async () => {
    answers = await Promise.all(
      codes.map((code, n) =>
        rename(code, `Person ${n}`, {}, aCaller({ id: `source-${n}`, requestId: `request-${n}` })),
      ),
    )
  })
  const commits = statements.filter(({ text }) => /^commit/i.test(text))
  expect(commits.length).toBeGreaterThan(0)
  expect(commits.length).toBeLessThan(codes.length / 2)
  expect(answers.map(({ results }) => results.map((one) => [one.index, one.preEnrollmentCode, one.status]))).toEqual(
    codes.map((code) => [[0, code, 'accepted']]),
  )
  const rows = (await accepted(codes)).filter(({ kind }) => kind === 'update')
  expect(rows).toHaveLength(12)
  for (const row of rows) {
    const n = codes.indexOf(row.lineage.preEnrollmentCode)
    expect(row).toMatchObject({
      id: answers[n]!.results[0]!.transactionId,
      callerId: `source-${n}`,
      requestId: `request-${n}`,
    })
    const [event] = await context.db.auditEvent.findMany({ where: { certificateId: row.certificateId } })
    expect(event).toMatchObject({ action: 'update.accepted', actorId: `source-${n}`, lineageId: row.lineageId })
  }
})

test('one that is refused is refused alone, with its own reason, and what it opened is gone', async () => {
  const codes = await people(6)
  const other = aCaller({ id: 'elsewhere', facilityCode: 'unassigned', facilities: ['nowhere'] })
  const [, stranger, stale, unknown] = codes
  const outcomes = await Promise.all([
    ...codes.map((code) => {
      if (code === stranger) return outcome(rename(code, 'Nobody', {}, other))
      if (code === stale) return outcome(rename(code, 'Late', { ifMatch: ['000000000001'] }))
      return outcome(rename(code === unknown ? 'never-seen' : code, 'Somebody'))
    }),
  ])
  const said = outcomes.map((one, n) => (n === 0 || n > 3 ? one : `${n} ${one}`))
  expect(said).toEqual([
    ...['accepted', '1 NOT_YOUR_FACILITY', '2 STALE_VERSION', `3 ${outcomes[3]}`, 'accepted', 'accepted'],
  ])
  expect(outcomes[3]).not.toBe('accepted')

  const fresh = [`T${++count}`, `T${++count}`, `T${++count}`]
  const certified = await Promise.all([
    outcome(certify(codes[0]!, { recipient: { name: 'Other content' } })),
    ...fresh.map((code) => outcome(certify(code))),
    outcome(certify(`T${++count}`, { vaccination: { date: 'no day' } })),
  ])
  expect(certified).toEqual(['ALREADY_CERTIFIED', 'accepted', 'accepted', 'accepted', 'VALIDATION_ERROR'])
  expect(await context.db.lineage.count({ where: { preEnrollmentCode: 'never-seen' } })).toBe(0)
})

test('corrections of one certificate that come together become versions one after the other', async () => {
  const [code] = await people(1)
  const outcomes = await Promise.all(Array.from({ length: 9 }, (_, n) => outcome(rename(code!, `Version ${n}`))))
  expect(outcomes.filter((one) => one === 'accepted')).toHaveLength(5)
  expect(outcomes.filter((one) => one === 'UPDATE_LIMIT_REACHED')).toHaveLength(4)
  expect((await accepted([code!])).map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5])
})

describe('a key', () => {
  test('that came twice at the same time does the work once and gives one answer', async () => {
    const [first, second, third] = await people(3)
    const [one, again, beside, other] = await Promise.all([
      rename(first!, 'Once', { idempotencyKey: 'same' }),
      rename(first!, 'Once', { idempotencyKey: 'same' }),
      rename(second!, 'Beside', { idempotencyKey: 'another' }),
      outcome(rename(third!, 'Another body', { idempotencyKey: 'same' })),
    ])
    expect(again).toEqual(one)
    expect(beside.results[0]!.status).toBe('accepted')
    expect(other).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(await rename(first!, 'Once', { idempotencyKey: 'same' })).toEqual(one)
    expect((await accepted([first!])).filter(({ kind }) => kind === 'update')).toHaveLength(1)
  })

  test('under which nothing was done is free for the next try', async () => {
    const [good, late] = await people(2)
    const stale = { ifMatch: ['000000000001'], idempotencyKey: 'try' }
    const [, refused] = await Promise.all([rename(good!, 'Good'), outcome(rename(late!, 'Late', stale))])
    expect(refused).toBe('STALE_VERSION')
    expect(await outcome(rename(late!, 'Late', { idempotencyKey: 'try' }))).toBe('accepted')
  })
})

test('a lineage that somebody holds locked keeps only its own request waiting', async () => {
  const codes = await people(4)
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let isLocked = () => {}
  const locked = new Promise<void>((resolve) => (isLocked = resolve))
  const holder = context.db.$transaction(async (db) => {
    await db.$queryRaw`select id from lineage where pre_enrollment_code = ${codes[1]} for update`
    isLocked()
    await released
  })
  await locked
  const done: string[] = []
  const all = codes.map((code) => rename(code, 'Renamed').then(() => done.push(code)))
  await Promise.all([all[0], all[2], all[3]])
  expect(done).toHaveLength(3)
  expect(done).not.toContain(codes[1])
  release()
  await Promise.all([...all, holder])
  expect(done).toContain(codes[1])
})

test('a shared transaction whose connection is lost is taken back, and each is accepted by itself, once', async () => {
  const codes = await people(5)
  const watcher = aContext(database.url)
  // Every shared transaction that writes is ended once, before its commit.
  await watcher.db.$executeRawUnsafe('create sequence lost_once')
  await watcher.db.$executeRawUnsafe(`
    create function lose_once() returns trigger language plpgsql as $$
    begin
      if (select count(*) from written) > 1 and nextval('lost_once') = 1 then
        perform pg_terminate_backend(pg_backend_pid());
      end if;
      return null;
    end $$`)
  await watcher.db.$executeRawUnsafe(`
    create trigger lose_once after insert on transaction referencing new table as written
    for each statement execute function lose_once()`)
  try {
    const answers = await Promise.all(codes.map((code) => rename(code, 'Kept')))
    expect(answers.map(({ results }) => results[0]!.status)).toEqual(codes.map(() => 'accepted'))
    expect((await accepted(codes)).filter(({ kind }) => kind === 'update')).toHaveLength(5)
    const [{ lost }] = await watcher.db.$queryRaw<[{ lost: boolean }]>`select is_called as lost from lost_once`
    expect(lost).toBe(true)
  } finally {
    await watcher.db.$executeRawUnsafe('drop trigger lose_once on transaction')
    await watcher.db.$disconnect()
  }
})

test('what was accepted together is issued as what was accepted alone', async () => {
  const codes = await people(4)
  await Promise.all(codes.map((code) => rename(code, 'Together')))
  await issueAll(await anIssuer(context))
  expect((await accepted(codes)).map(({ state }) => state)).toEqual(Array(8).fill('issued'))
})
