import { KafkaJSNonRetriableError } from 'kafkajs'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { messageIntake } from '@/lib/certificates/message-intake'
import { findLineages } from '@/lib/certificates/read'
import { aCaller, anIssuer, aRequest, aTest, aV1Request, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { aContextOn, kafkaEnvironment, until, Wire, withoutValue, type OnTopic } from '@/lib/testing/kafka/installation'
import { runIntake } from './intake'
import { consume } from './kafka'
import { runRelay } from './relay'

let broker: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let wire: Wire
let stop: AbortController
let running: Promise<void>[]
const caller = aCaller()

beforeAll(async () => {
  broker = await startBrokers()
})
afterAll(() => broker.stop())
beforeEach(async () => {
  database = await openTestDatabase()
  context = aContextOn(database.url, kafkaEnvironment(broker))
  wire = new Wire(broker)
  stop = new AbortController()
  await wire.makeTopics(Object.values(topics()))
  running = [runRelay(context.settings, stop.signal)]
})
afterEach(async () => {
  stop.abort()
  await Promise.all(running)
  await wire.close()
  await context.db.$disconnect()
  await database.close()
})

const topics = () => context.settings.kafka.topics
const start = () => running.push(runIntake(context.settings, messageIntake(context), stop.signal))
const send = (...values: (string | Buffer | null)[]) =>
  wire.send(
    topics().certify,
    values.map((value) => ({ key: null, value })),
  )
/** As DIVOC's API sends a request: null key, its own certificate type in meta. */
const fromDivoc = (changes: Parameters<typeof aRequest>[0]) =>
  JSON.stringify(aRequest({ meta: { certificateType: 'certifyV3' }, ...changes }))
const issue = async () => issueAll(await anIssuer(context))
const lineages = async (code: string) => (await findLineages(context, caller, { preEnrollmentCode: code })).lineages
const accepted = (code: string, count = 1) =>
  until(async () => {
    const found = (await lineages(code))[0]
    return found && found.history.length + found.transactions.length >= count && found
  })
/** Every message was handled and its offset committed. */
const settled = () => until(async () => (await wire.lag(context.settings.kafka.group, topics().certify)) === 0)
const numberOf = async (table: 'transaction' | 'outbox' | 'certificate') => {
  const rows = await context.db.$queryRawUnsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`)
  return rows[0]!.n
}

test('a request that a DIVOC component put on the topic is certified, and not put there again', async () => {
  await send(fromDivoc({ preEnrollmentCode: 'I1' }), JSON.stringify(aRequest({ preEnrollmentCode: 'I2' })))
  start()
  await accepted('I1')
  await accepted('I2')
  await issue()
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 2)
  expect((await lineages('I1'))[0]!.state).toBe('current')
  const onCertify = await wire.listen(topics().certify)
  await until(() => onCertify.length === 2)
  await settled()
  expect(onCertify).toHaveLength(2)
})

test('DIVOC’s shapes are all accepted: of v1, of v3, and of v4 under the name of a type; headers without a value are none', async () => {
  const v1 = { ...aV1Request({ preEnrollmentCode: 'G1' }), meta: { certificateType: 'certifyV2', visit: 'x' } }
  const v4 = { entityType: 'TestCertificate', entityPayload: aTest() }
  const messages = [JSON.stringify(v1), fromDivoc({ preEnrollmentCode: 'G2' }), JSON.stringify(v4)]
  await wire.send(
    topics().certify,
    // As its Go client writes what is not part of an upload.
    messages.map((value) => ({ key: null, value, headers: { uploadId: withoutValue(), rowId: withoutValue() } })),
  )
  start()
  await settled()
  await issue()
  const rows = await context.db.$queryRaw<unknown[]>`
    select l.type, t.form, t.state::text as state, t.bulk_row as upload, t.request->'meta'->>'visit' as visit
    from transaction t join lineage l on l.id = t.lineage_id order by l.type, t.form`
  expect(rows).toMatchObject([
    { type: 'TestCertificate', state: 'issued', upload: null },
    { type: 'VaccinationCertificate', form: 'certifyV2', state: 'issued', upload: null, visit: 'x' },
    { type: 'VaccinationCertificate', form: 'certifyV3', state: 'issued', upload: null },
  ])
  expect(await wire.listen(topics().error_certificate)).toEqual([])
})

test('meta.previousCertificateId makes it an update of that lineage; two in a row follow each other', async () => {
  await send(fromDivoc({ preEnrollmentCode: 'U1' }))
  start()
  const { transactions } = await accepted('U1')
  const first = transactions[0]!.certificateId
  const meta = { certificateType: 'certifyV3', previousCertificateId: first }
  await send(
    fromDivoc({ preEnrollmentCode: 'U1', recipient: { name: 'Second' }, meta }),
    fromDivoc({ preEnrollmentCode: 'U1', recipient: { name: 'Third' }, meta }),
  )
  await accepted('U1', 3)
  await issue()
  const { history } = (await lineages('U1'))[0]!
  expect(history.map((version) => version.changes[0]?.after)).toEqual(['Third', 'Second', undefined])
  expect(history.map((version) => version.state)).toEqual(['current', 'superseded', 'superseded'])
})

test('messages that cannot be certified go to error_certificate with the reason, and the next one is processed', async () => {
  const poison: [value: string | Buffer | null, reason: RegExp][] = [
    ['this is not JSON', /^MALFORMED_JSON: .*not valid JSON/],
    [null, /is empty/],
    ['', /is empty/],
    [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x7d]), /not valid UTF-8/],
    ['[]', /not an object/],
    ['"text"', /not an object/],
    ['['.repeat(5000) + ']'.repeat(5000), /nested deeper/],
    ['{"__proto__": {"a": 1}}', /__proto__/],
    [JSON.stringify({ entityType: 'NoSuchThing', entityPayload: { name: 'Neha' } }), /^SCHEMA_NOT_FOUND: /],
    [JSON.stringify({ entityType: 'TestCertificate', entityPayload: { name: 'Neha' } }), /\/recipient/],
    [JSON.stringify({ entityType: 'TestCertificate' }), /^MALFORMED_REQUEST: .*entityPayload/],
    [fromDivoc({ preEnrollmentCode: 'V1', meta: { certificateType: 'certifyV2' } }), /recipient\/gender/],
    [fromDivoc({ preEnrollmentCode: 'V9', meta: { certificateType: 'other' } }), /certificateType/],
    [fromDivoc({ preEnrollmentCode: 'P1', meta: 'text' as never }), /meta must be an object/],
    [fromDivoc({ preEnrollmentCode: 'P2', recipient: { name: undefined as never } }), /\/recipient\/name/],
    [fromDivoc({ preEnrollmentCode: 'P3', vaccination: { dose: 1.5 } }), /whole number/],
    [fromDivoc({ preEnrollmentCode: 'P4', meta: { previousCertificateId: '123456789' } }), /CERTIFICATE_NOT_FOUND/],
    [fromDivoc({ preEnrollmentCode: 'P5', meta: { previousCertificateId: { a: 1 } } }), /CERTIFICATE_NOT_FOUND/],
    [fromDivoc({ preEnrollmentCode: 'P6', recipient: { name: 'nul \u0000 inside' } }), /control character/],
    [
      fromDivoc({ preEnrollmentCode: 'P7', recipient: { name: 'half of a pair \ud83d' } }),
      /VALIDATION_ERROR|UNSUPPORTED/,
    ],
    [Buffer.from(fromDivoc({ preEnrollmentCode: 'P8' }), 'utf16le'), /^MALFORMED_JSON: /],
    [`"${'\u0001'.repeat(450_000)}`, /^MALFORMED_JSON: /],
    [`{"a": ${'9'.repeat(400_000)}}`, /^VALIDATION_ERROR|^MALFORMED|^MISSING/],
    [`{"entityType": "TestCertificate'; drop table lineage; --", "entityPayload": {}}`, /^SCHEMA_NOT_FOUND: /],
  ]
  await send(...poison.map(([value]) => value), fromDivoc({ preEnrollmentCode: 'NEXT' }))
  await wire.send(topics().certify, [
    { key: null, value: fromDivoc({ preEnrollmentCode: 'H1' }), headers: { 'errata-transaction': context.uuid() } },
    { key: null, value: fromDivoc({ preEnrollmentCode: 'H2' }), headers: { 'errata-transaction': "x'; drop" } },
    { key: null, value: fromDivoc({ preEnrollmentCode: 'LAST' }) },
  ])
  start()
  await accepted('NEXT')
  await accepted('LAST')
  const errors = await wire.listen(topics().error_certificate)
  await until(() => errors.length === poison.length + 2)
  poison.forEach(([value, reason], index) => {
    const error = errors.find(({ headers }) => headers['errata-origin'] === `${topics().certify}-0-${index}`) as OnTopic
    expect(Object.keys(error.json).sort()).toEqual(['error', 'message'])
    expect(error.json.error).toMatch(reason)
    // What is too long to be told whole begins as it came.
    if (typeof value === 'string') expect(value.startsWith(error.json.message.slice(0, 100_000))).toBe(true)
    if (typeof value === 'string' && value.length < 100_000) expect(error.json.message).toBe(value)
  })
  expect(await numberOf('transaction')).toBe(2)
  await settled()
})

test('an upload that waits for its row hears of success, of failure, and of a duplicate', async () => {
  const row = (rowId: string, changes: Parameters<typeof aRequest>[0]) => ({
    key: null,
    value: fromDivoc(changes),
    headers: { uploadId: '7', rowId },
  })
  await wire.send(topics().certify, [
    row('1', { preEnrollmentCode: 'B1' }),
    row('2', { preEnrollmentCode: 'B2', recipient: { identity: undefined as never } }),
    row('3', { preEnrollmentCode: 'B1', recipient: { name: 'Somebody else' } }),
    row('4', { preEnrollmentCode: 'B1' }),
    { key: null, value: fromDivoc({ preEnrollmentCode: 'B5' }), headers: { uploadId: 'null', rowId: 'null' } },
  ])
  start()
  await accepted('B5')
  await issue()
  const acks = await wire.listen(topics().certify_ack)
  await until(() => acks.length === 4)
  expect(acks.map(({ json }) => json).sort((a, b) => a.rowId - b.rowId)).toEqual([
    { uploadId: '7', rowId: '1', status: 'SUCCESS', errorMsg: '' },
    { uploadId: '7', rowId: '2', status: 'FAILED', errorMsg: expect.stringContaining('/recipient/identity') },
    { uploadId: '7', rowId: '3', status: 'FAILED', errorMsg: 'Duplicate pre-enrollment code' },
    { uploadId: '7', rowId: '4', status: 'SUCCESS', errorMsg: '' },
  ])
  const duplicates = await wire.listen(topics().duplicate_certificate)
  await until(() => duplicates.length === 1)
  expect(JSON.parse(duplicates[0]!.json.message).recipient.name).toBe('Somebody else')
})

test('messages delivered again, all of them, change nothing', async () => {
  await send(
    fromDivoc({ preEnrollmentCode: 'A1' }),
    'not JSON',
    fromDivoc({ preEnrollmentCode: 'A1', recipient: { name: 'Somebody else' } }),
  )
  await wire.send(topics().certify, [{ key: null, value: fromDivoc({ preEnrollmentCode: 'A2' }) }])
  start()
  await accepted('A2')
  const { certificateId } = (await accepted('A1')).transactions[0]!
  const meta = { previousCertificateId: certificateId }
  await send(
    fromDivoc({ preEnrollmentCode: 'A1', recipient: { name: 'Second' }, meta }),
    fromDivoc({ preEnrollmentCode: 'A1', recipient: { name: 'Third' }, meta }),
  )
  await accepted('A1', 3)
  await issue()
  await settled()
  const before = { transactions: await numberOf('transaction'), events: await numberOf('outbox') }
  // A group of another name starts from the first message.
  const again = {
    ...context.settings,
    kafka: { ...context.settings.kafka, group: `${context.settings.kafka.group}-2` },
  }
  running.push(runIntake(again, messageIntake(context), stop.signal))
  await until(async () => (await wire.lag(again.kafka.group, topics().certify)) === 0)
  expect({ transactions: await numberOf('transaction'), events: await numberOf('outbox') }).toEqual(before)
})

test('a message of ours is only a nudge: it accepts nothing a second time', async () => {
  await acceptCertify(context, caller, [aRequest({ preEnrollmentCode: 'N1' })], options({ method: 'POST' }))
  start()
  const onCertify = await wire.listen(topics().certify)
  await until(() => onCertify.length === 1)
  await settled()
  expect(await numberOf('transaction')).toBe(1)
})

test('messages of ours in another order and several times, and those of a version that sets other headers: nothing is done twice', async () => {
  await acceptCertify(context, caller, [aRequest({ preEnrollmentCode: 'O1' })], options({ method: 'POST' }))
  const correct = (name: string) =>
    acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: 'O1', recipient: { name } })], options())
  await correct('Second')
  await correct('Third')
  const onCertify = await wire.listen(topics().certify)
  await until(() => onCertify.length === 3)
  const again = onCertify.toReversed().flatMap(({ key, value, headers }) => [
    { key, value, headers },
    { key, value, headers: { ...headers, 'errata-from-tomorrow': 'x' } },
  ])
  await wire.send(topics().certify, again)
  start()
  await settled()
  await issue()
  const { history } = (await lineages('O1'))[0]!
  expect(history.map((version) => version.changes[0]?.after)).toEqual(['Third', 'Second', undefined])
  // The newest of them without any header of ours, as from a version that set none: what it asks for is so already.
  await wire.send(topics().certify, [{ key: null, value: onCertify.at(-1)!.value }])
  await settled()
  expect(await numberOf('transaction')).toBe(3)
  expect(await wire.listen(topics().error_certificate)).toEqual([])
})

test('a correction that overtakes its certificate is not lost: it is on error_certificate with the reason', async () => {
  const early = fromDivoc({ preEnrollmentCode: 'E1', meta: { previousCertificateId: '123456789' } })
  await send(early, fromDivoc({ preEnrollmentCode: 'E1' }))
  start()
  await accepted('E1')
  const errors = await wire.listen(topics().error_certificate)
  await until(() => errors.length === 1)
  expect(errors[0]!.json).toEqual({ message: early, error: expect.stringMatching(/^CERTIFICATE_NOT_FOUND/) as string })
})

test('consumers join and leave while messages flow: each message becomes one certificate, none is lost', async () => {
  const wide = aContextOn(database.url, kafkaEnvironment(broker))
  const { topics: own, group } = wide.settings.kafka
  await wire.makeTopics(Object.values(own), 6)
  const intake = messageIntake(wide)
  const members: AbortController[] = []
  const join = () => {
    const member = new AbortController()
    stop.signal.addEventListener('abort', () => member.abort())
    members.push(member)
    running.push(runIntake(wide.settings, intake, member.signal))
  }
  const leave = () => members.shift()!.abort()
  const codes = Array.from({ length: 240 }, (_, n) => `L${n}`)
  const flow = async () => {
    for (let at = 0; at < codes.length; at += 12) {
      const values = codes
        .slice(at, at + 12)
        .map((code) => ({ key: code, value: fromDivoc({ preEnrollmentCode: code }) }))
      await wire.send(own.certify, values)
    }
  }
  join()
  await until(async () => (await wire.members(group)) === 1)
  const flowing = flow()
  join()
  await until(async () => (await wire.members(group)) === 2)
  join()
  leave()
  await until(async () => (await wire.members(group)) === 2)
  leave()
  await flowing
  await until(async () => (await wire.lag(group, own.certify)) === 0)
  expect(await numberOf('transaction')).toBe(codes.length)
  const rows = await context.db.$queryRaw<unknown[]>`
    select pre_enrollment_code from lineage group by 1 having count(*) > 1`
  expect(rows).toEqual([])
  await wide.db.$disconnect()
})

test('a topic deleted and made anew: its messages are taken in from the first, and events are published to it', async () => {
  start()
  await send(fromDivoc({ preEnrollmentCode: 'T1' }), fromDivoc({ preEnrollmentCode: 'T2' }))
  await settled()
  for (const topic of [topics().certify, topics().certified]) await wire.deleteTopic(topic)
  await wire.makeTopics([topics().certify])
  await send(fromDivoc({ preEnrollmentCode: 'T3' }))
  await accepted('T3')
  await issue()
  const certified = await until(() => wire.listen(topics().certified).catch(() => undefined))
  await until(() => certified.length === 3)
  expect(await numberOf('transaction')).toBe(3)
})

test('after a crash that kafkajs does not come back from, consumption goes on', async () => {
  await send('1', '2', '3')
  const seen: string[] = []
  const states: string[] = []
  let crashed = false
  const handle = async (message: { value: Buffer | null }) => {
    if (!crashed && String(message.value) === '2') {
      crashed = true
      throw new KafkaJSNonRetriableError('a crash as in production')
    }
    seen.push(String(message.value))
  }
  const onState = (state: string) => void states.push(state)
  running.push(consume(context.settings.kafka, topics().certify, { handle, onState }, stop.signal))
  await until(() => seen.includes('3'))
  await send('4')
  await until(() => seen.includes('4'))
  expect([...new Set(seen)]).toEqual(['1', '2', '3', '4'])
  expect(states.slice(0, 3)).toEqual(['joined', 'lost', 'joined'])
})

test('the broker killed under a consumer: it comes back by itself and misses nothing', async () => {
  start()
  await send(fromDivoc({ preEnrollmentCode: 'K1' }))
  await accepted('K1')
  await broker.kill()
  await broker.start()
  await send(fromDivoc({ preEnrollmentCode: 'K2' }))
  await accepted('K2')
  expect(await numberOf('transaction')).toBe(2)
})

test('while the database is away messages wait, however many attempts; then they are accepted', async () => {
  start()
  await send(fromDivoc({ preEnrollmentCode: 'W0' }))
  await accepted('W0')
  const outage = await cutOff(database.url)
  await send(fromDivoc({ preEnrollmentCode: 'W1' }), fromDivoc({ preEnrollmentCode: 'W2' }))
  await until(async () => (await wire.lag(context.settings.kafka.group, topics().certify)) === 2)
  await outage.end()
  await accepted('W1')
  await accepted('W2')
  await issue()
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 3)
})

/** Ends every connection of a database and lets no new one in. */
async function cutOff(url: string) {
  const admin = new pg.Client({ connectionString: inject('testServer') })
  await admin.connect()
  const name = new URL(url).pathname.slice(1)
  await admin.query(`alter database ${name} allow_connections false`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  return {
    async end() {
      await admin.query(`alter database ${name} allow_connections true`)
      await admin.end()
    },
  }
}
