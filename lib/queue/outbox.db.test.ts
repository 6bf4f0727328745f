import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { acceptMessage } from '@/lib/certificates/accept-message'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { waitForRelayLease, writeEvents, type RelayLease, type Topic } from './outbox'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
const leases: RelayLease[] = []
const caller = aCaller()
const running = new AbortController().signal
const TOPICS: Topic[] = ['certify', 'certified', 'duplicate_certificate', 'error_certificate', 'notify', 'proc_status']

beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url, { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9' })
})
afterEach(async () => {
  await Promise.all(leases.splice(0).map((lease) => lease.close()))
  await context.db.$disconnect()
  await database.close()
})

async function lease(): Promise<RelayLease> {
  const held = (await waitForRelayLease(database.url, running))!
  leases.push(held)
  return held
}
const event = (n: number, key: string | null = null, topic: Topic = 'certified') => ({
  id: context.uuid(),
  topic,
  key,
  payload: { n },
})
const told = async () => (await (await lease()).waiting(TOPICS, 100)).map(({ topic }) => topic)

test('without a broker nothing is written for other systems', async () => {
  await context.db.$disconnect()
  context = aContext(database.url)
  await acceptCertify(context, caller, [aRequest()], options())
  await issueAll(await anIssuer(context))
  expect(await told()).toEqual([])
})

test('events stand in the transaction that they tell of: refused, or asked as a dry run, there are none', async () => {
  await acceptCertify(context, caller, [aRequest()], options({ dryRun: true }))
  await expect(acceptUpdates(context, caller, [aRequest()], options())).rejects.toThrow()
  expect(await told()).toEqual([])
})

test('accepted and issued: certify, then certified, proc_status and notify', async () => {
  await acceptCertify(context, caller, [aRequest()], options())
  await issueAll(await anIssuer(context))
  expect(await told()).toEqual(['certify', 'certified', 'proc_status', 'notify'])
})

test('a message that is refused is in the audit log, once, under the record that it names', async () => {
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('LOG_LEVEL', 'silent')
  await acceptCertify(context, caller, [aRequest()], options())
  const of = (offset: string, value: string) => {
    const message = { topic: 'certify', partition: 0, offset, timestamp: '1', headers: {}, value: Buffer.from(value) }
    return acceptMessage(context, message)
  }
  const wrong = JSON.stringify({ ...aRequest(), recipient: { name: 'Salwa' } })
  for (const [offset, value] of [
    ['7', wrong],
    ['7', wrong],
    ['8', '{"name": "Salwa"'],
  ] as const) {
    expect(await of(offset, value)).toBe('refused')
  }
  const lines = await context.db.auditEvent.findMany({ where: { action: 'message.refused' }, orderBy: { id: 'asc' } })
  expect(lines).toMatchObject([
    { actorKind: 'system', actorId: 'certify topic', lineageId: expect.any(String) },
    { actorKind: 'system', lineageId: null, detail: { origin: 'certify-0-8', code: 'MALFORMED_JSON' } },
  ])
  expect(JSON.stringify(lines.map(({ detail }) => detail))).not.toContain('Salwa')
})

test('a holder without phone and mail gets no notice', async () => {
  await acceptCertify(context, caller, [aRequest({ recipient: { contact: ['fax:1'] } })], options())
  await issueAll(await anIssuer(context))
  expect(await told()).not.toContain('notify')
})

test('a certificate that cannot be issued is told as an error, with the record and the reason', async () => {
  await acceptCertify(context, caller, [aRequest()], options())
  await acceptUpdates(context, { ...caller, channel: 'screen' }, [aRequest({ recipient: { name: 'X Y' } })], options())
  await issueAll(await anIssuer(context, { scan: async () => 'something else' }))
  const waiting = await (await lease()).waiting(['error_certificate'], 10)
  expect(waiting).toHaveLength(1)
  expect(waiting[0]!.payload.error).toMatch(/^UNREADABLE_QR: /)
  expect(JSON.parse(waiting[0]!.payload.message as string).recipient.name).toBe('X Y')
})

test('DIVOC’s door: another record for a certified dose is told on duplicate_certificate, the rest is issued', async () => {
  const door = options({ door: 'divoc', method: 'POST' })
  await acceptCertify(context, caller, [aRequest()], door)
  const again = [aRequest({ recipient: { name: 'Else' } }), aRequest({ preEnrollmentCode: 'new' })]
  await acceptCertify(context, caller, again, door)
  const held = await lease()
  const [duplicate] = await held.waiting(['duplicate_certificate'], 10)
  const certify = await held.waiting(['certify'], 10)
  expect(duplicate!.payload.error).toBe('Duplicate pre-enrollment code')
  expect(duplicate!.key).toBe(certify[0]!.key)
  expect(certify).toHaveLength(2)
})

test('the same message twice at the same time is accepted once', async () => {
  const value = Buffer.from(JSON.stringify(aRequest()))
  const message = { topic: 'certify', partition: 0, offset: '0', timestamp: '1', value, headers: {} }
  await Promise.all([acceptMessage(context, message), acceptMessage(context, message)])
  const rows = await context.db.$queryRaw<unknown[]>`select 1 from transaction`
  expect(rows).toHaveLength(1)
})

test('a topic made anew counts from 0 again: its messages are not taken for the old ones', async () => {
  const message = (code: string, timestamp: string) => ({
    ...{ topic: 'certify', partition: 0, offset: '0', timestamp, headers: {} },
    value: Buffer.from(JSON.stringify(aRequest({ preEnrollmentCode: code }))),
  })
  await acceptMessage(context, message('old', '1'))
  expect(await acceptMessage(context, message('new', '2'))).toBe('accepted')
  const rows = await context.db.$queryRaw<unknown[]>`select 1 from transaction`
  expect(rows).toHaveLength(2)
})

test('events of a lineage are read in the order in which they became true, also when the older transaction waited', async () => {
  const key = context.uuid()
  const [first, second] = [new pg.Client(database.url), new pg.Client(database.url)]
  await Promise.all([first.connect(), second.connect()])
  const insert = `insert into outbox (event_id, topic, key, payload) values (gen_random_uuid(), 'certified', '${key}', $1)`
  await first.query('begin; select pg_current_xact_id(); create temporary table older (n int)')
  await second.query('begin; select pg_advisory_xact_lock(1)') // stands for the lineage's lock
  const waits = first.query('select pg_advisory_xact_lock(1)')
  await second.query(insert, [{ n: 1 }])
  await second.query('commit')
  await waits
  await first.query(insert, [{ n: 2 }])
  await first.query('commit')
  await Promise.all([first.end(), second.end()])
  const rows = await (await lease()).waiting(['certified'], 10)
  expect(rows.map(({ payload }) => payload.n)).toEqual([1, 2])
})

test('a row that becomes visible late, with a lower number, is not lost', async () => {
  const late = new pg.Client(database.url)
  await late.connect()
  await late.query(
    `begin; insert into outbox (event_id, topic, payload) values (gen_random_uuid(), 'certified', '{"n":1}')`,
  )
  await writeEvents(context.db, [event(2)])
  const held = await lease()
  const before = await held.waiting(['certified'], 10)
  await held.published(before.map(({ row }) => row))
  await late.query('commit')
  await late.end()
  const after = await held.waiting(['certified'], 10)
  expect([before, after].map((rows) => rows.map(({ payload }) => payload.n))).toEqual([[2], [1]])
})

test('a topic with many waiting events does not keep another from its turn', async () => {
  await writeEvents(context.db, [...Array.from({ length: 50 }, (_, n) => event(n)), event(99, null, 'notify')])
  const rows = await (await lease()).waiting(['certified', 'notify'], 5)
  expect(rows.map(({ payload }) => payload.n)).toEqual([0, 1, 2, 3, 4, 99])
})

test('one relay at a time: the next gets the lease when the holder’s connection is gone, and the old one marks nothing', async () => {
  await writeEvents(context.db, [event(1)])
  const old = await lease()
  const [row] = await old.waiting(['certified'], 1)
  const next = lease()
  await context.db.$queryRaw`
    select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`
  const held = await next
  await expect(old.published([row!.row])).rejects.toThrow()
  expect(await held.waiting(['certified'], 1)).toHaveLength(1)
})

test('marking twice keeps the first time; what was published long ago is removed, what waits never', async () => {
  await writeEvents(context.db, [event(1), event(2), event(3)])
  const held = await lease()
  const [one, two] = await held.waiting(['certified'], 3)
  await held.published([one!.row, two!.row])
  await context.db
    .$executeRaw`update outbox set published_at = now() - interval '8 days' where id = ${BigInt(one!.row)}`
  await context.db.$executeRaw`update outbox set created_at = now() - interval '90 days'`
  await held.published([one!.row])
  expect(await held.prune(7)).toBe(1)
  expect((await held.waiting(['certified'], 9)).map(({ payload }) => payload.n)).toEqual([3])
})
