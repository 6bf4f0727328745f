import { spawn, type ChildProcess } from 'node:child_process'
import { resolve as pathOf } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { findLineages } from '@/lib/certificates/read'
import { RELAY_LOCK } from '@/lib/queue/outbox'
import { aCaller, aRequest, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { aContextOn, kafkaEnvironment, until, Wire } from '@/lib/testing/kafka/installation'
import { killed } from '@/lib/testing/worker-child'

let broker: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let environment: Record<string, string>
let context: Context
let wire: Wire
let workerFile: string
let crashFile: string
const caller = aCaller()
const processes = new Set<ChildProcess>()
/** Processes that ended by themselves, with an error. */
const ended: string[] = []

beforeAll(async () => {
  broker = await startBrokers()
  workerFile = await bundle('lib/worker.ts')
  crashFile = await bundle('lib/testing/crash-intake.ts')
})
afterAll(() => broker.stop())
beforeEach(async () => {
  database = await openTestDatabase()
  environment = kafkaEnvironment(broker)
  context = aContextOn(database.url, environment)
  wire = new Wire(broker)
  await wire.makeTopics(Object.values(topics()))
})
afterEach(async () => {
  expect(ended).toEqual([])
  await Promise.all([...processes].map(kill))
  await wire.close()
  await context.db.$disconnect()
  await database.close()
})

const topics = () => context.settings.kafka.topics
const certify = (code: string) =>
  acceptCertify(context, caller, [aRequest({ preEnrollmentCode: code })], options({ method: 'POST' }))
const fromDivoc = (code: string) =>
  wire.send(topics().certify, [{ key: null, value: JSON.stringify(aRequest({ preEnrollmentCode: code })) }])
const historyOf = async (code: string) =>
  (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]?.history ?? []
const settled = () => until(async () => (await wire.lag(context.settings.kafka.group, topics().certify)) === 0)

/** Everything that was sent is marked as sent: who stops before that sends it again. */
const marked = () =>
  until(async () => {
    const rows = await context.db.$queryRaw<unknown[]>`select 1 from outbox where published_at is null`
    return rows.length === 0
  })

function start(file: string, args: string[] = [], roles = 'web,worker,relay'): ChildProcess {
  const { dataDir, database: db } = context.settings
  const own = { DATABASE_URL: db.url, DATA_DIR: dataDir, SIGNING_KEY_TYPE: 'ED25519', ROLES: roles }
  const env = { ...process.env, ...environment, ...own }
  // As `npm start` runs it; a channel for messages would keep a worker alive that has nothing more to do.
  const endWithParent = pathToFileURL(pathOf('lib/start/end-with-parent.mjs')).href
  const child = spawn(process.execPath, ['--import', endWithParent, file, ...args], {
    env,
    stdio: ['pipe', 'inherit', 'inherit', ...(file === crashFile ? ['ipc' as const] : [])],
  })
  processes.add(child)
  child.once(
    'exit',
    (status, signal) => signal !== 'SIGKILL' && status !== 0 && ended.push(`${args} ended with ${status}`),
  )
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  processes.delete(child)
  await killed(child)
}

/** Connections that hold the relay's lock; sealing the log and publishing lists have locks of their own. */
async function relays(): Promise<number> {
  const rows = await context.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from pg_locks where locktype = 'advisory' and granted
      and (classid::bigint << 32) + objid::bigint = ${RELAY_LOCK}::bigint
      and database = (select oid from pg_database where datname = current_database())`
  return rows[0]!.n
}

test('a worker process carries a request from a DIVOC component and one of our own to certified messages', async () => {
  const worker = start(workerFile)
  await fromDivoc('theirs')
  await certify('ours')
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 2)
  expect(certified.map(({ json }) => json.preEnrollmentCode).sort()).toEqual(['ours', 'theirs'])
  await settled()
  const over = new Promise((resolve) => worker.once('exit', (code) => resolve(code)))
  worker.kill('SIGTERM')
  expect(await over).toBe(0)
  processes.delete(worker)
})

test.each(['received', 'written'])(
  'a consumer killed with kill -9 at "%s": the message comes again, and there is exactly one certificate',
  async (point) => {
    const crashing = start(crashFile, [point])
    const there = new Promise((resolve) => crashing.on('message', (said) => said === `at ${point}` && resolve(said)))
    await fromDivoc('once')
    await there
    await kill(crashing)
    start(workerFile)
    await fromDivoc('behind')
    await until(async () => (await historyOf('behind')).length === 1)
    await until(async () => (await historyOf('once')).length === 1)
    await settled()
    const rows = await context.db.$queryRaw<unknown[]>`select 1 from transaction`
    expect(rows).toHaveLength(2)
    const certified = await wire.listen(topics().certified)
    await until(() => certified.length === 2)
  },
)

test('of two workers one publishes; when it is killed with kill -9 the other one takes over', async () => {
  const first = start(workerFile)
  await until(async () => (await relays()) === 1)
  const second = start(workerFile)
  await certify('T1')
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 1)
  await until(async () => {
    const rows = await context.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from worker`
    return rows[0]!.n === 2
  })
  expect(await relays()).toBe(1)
  await marked()
  await kill(first)
  await acceptUpdates(
    context,
    caller,
    [aRequest({ preEnrollmentCode: 'T1', recipient: { name: 'After the change' } })],
    options(),
  )
  await until(() => certified.length === 2)
  expect(certified[1]!.json.name).toBe('After the change')
  expect(await relays()).toBe(1)
  expect(second.exitCode).toBeNull()
})

test('a relay that is frozen loses its right within a while; another takes over, and the frozen one sends nothing again', async () => {
  const first = start(workerFile, [], 'web,relay')
  await until(async () => (await relays()) === 1)
  start(workerFile)
  await certify('F1')
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 1)
  await marked()
  first.kill('SIGSTOP')
  await acceptUpdates(
    context,
    caller,
    [aRequest({ preEnrollmentCode: 'F1', recipient: { name: 'Meanwhile' } })],
    options(),
  )
  await until(() => certified.length === 2)
  first.kill('SIGCONT')
  await acceptUpdates(
    context,
    caller,
    [aRequest({ preEnrollmentCode: 'F1', recipient: { name: 'And after' } })],
    options(),
  )
  await until(() => certified.length === 3)
  await settled()
  expect(certified.map(({ json }) => json.name)).toEqual(['John Doe', 'Meanwhile', 'And after'])
  expect(await relays()).toBe(1)
  expect(first.exitCode).toBeNull()
})

test('a relay killed with kill -9 between sending and marking: sent again under the same event id, done once', async () => {
  await certify('M1')
  const holder = new pg.Client(context.settings.database.url)
  await holder.connect()
  await holder.query('begin; select 1 from outbox for update')
  const relay = start(workerFile, [], 'web,relay')
  const onCertify = await wire.listen(topics().certify)
  await until(() => onCertify.length === 1)
  // It marks what it sent, and waits for the row.
  const marking = await until(async () => {
    // Not by the holder: within a transaction the first look is all that there is to see.
    const rows = await context.db.$queryRaw<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'update outbox%'`
    return rows[0]?.pid
  })
  await kill(relay)
  await holder.query('select pg_terminate_backend($1)', [marking])
  await holder.query('rollback')
  await holder.end()
  start(workerFile)
  await until(() => onCertify.length === 2)
  expect(onCertify[1]!.headers['errata-event']).toBe(onCertify[0]!.headers['errata-event'])
  await until(async () => (await historyOf('M1')).length === 1)
  await settled()
  const rows = await context.db.$queryRaw<unknown[]>`select 1 from transaction`
  expect(rows).toHaveLength(1)
})

test('messages are taken in by both workers, and a killed one’s share by the other: each exactly once', async () => {
  const first = start(workerFile)
  start(workerFile)
  const codes = Array.from({ length: 60 }, (_, n) => `S${n}`)
  const value = (code: string) => JSON.stringify(aRequest({ preEnrollmentCode: code }))
  await wire.send(
    topics().certify,
    codes.slice(0, 30).map((code) => ({ key: null, value: value(code) })),
  )
  await until(async () => (await historyOf('S3')).length === 1)
  await wire.send(
    topics().certify,
    codes.slice(30).map((code) => ({ key: null, value: value(code) })),
  )
  await kill(first)
  const certified = await wire.listen(topics().certified)
  await until(() => new Set(certified.map(({ json }) => json.preEnrollmentCode)).size === codes.length)
  await settled()
  const rows = await context.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from transaction where state = 'issued'`
  expect(rows[0]!.n).toBe(codes.length)
})
