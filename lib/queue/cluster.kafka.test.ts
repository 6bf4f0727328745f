/** Three brokers with TLS and accounts, as a country runs them: leaders move, one is lost under load, the password changes. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { messageIntake } from '@/lib/certificates/message-intake'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { ACCOUNT, startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { revocationOf } from '@/lib/testing/kafka/divoc-consumers'
import { aContextOn, kafkaEnvironment, until, Wire } from '@/lib/testing/kafka/installation'
import { killed } from '@/lib/testing/worker-child'
import { brokerTrouble } from './broker-trouble'
import { runIntake } from './intake'
import { openProducer, type KafkaSettings } from './kafka'
import { runRelay } from './relay'

let brokers: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let environment: Record<string, string>
let context: Context
let wire: Wire
const caller = aCaller()

beforeAll(async () => {
  brokers = await startBrokers({ nodes: 3, tls: true, accounts: true })
})
afterAll(() => brokers.stop())
beforeEach(async () => {
  database = await openTestDatabase()
  environment = { ...kafkaEnvironment(brokers), CERTIFICATE_UPDATE_LIMIT: '100' }
  context = aContextOn(database.url, environment)
  wire = new Wire(brokers)
  await wire.makeTopics(Object.values(topics()), 3)
})
afterEach(async () => {
  await wire.close()
  await context.db.$disconnect()
  await database.close()
})

const topics = () => context.settings.kafka.topics
const certify = (codes: string[]) =>
  acceptCertify(
    context,
    caller,
    codes.map((code) => aRequest({ preEnrollmentCode: code })),
    options({ method: 'POST' }),
  )
const correct = (codes: string[], name: string) =>
  acceptUpdates(
    context,
    caller,
    codes.map((code) => aRequest({ preEnrollmentCode: code, recipient: { name } })),
    options(),
  )
const count = async (what: string) => {
  const rows = await context.db.$queryRawUnsafe<{ n: number }[]>(`select count(*)::int as n from ${what}`)
  return rows[0]!.n
}
const waiting = () => count('outbox where published_at is null and failure is null')

test('leaders move and a leading node is killed with kill -9 under load: nothing is lost, nothing has its effect twice', async () => {
  const stop = new AbortController()
  const running = [
    runRelay(context.settings, stop.signal),
    runIntake(context.settings, messageIntake(context), stop.signal),
  ]
  const issuer = await anIssuer(context)
  const codes = Array.from({ length: 10 }, (_, n) => `C${n}`)
  const names = ['John Doe']
  const theirs: string[] = []
  onTestFailed(async () => {
    const found = await context.db.lineage.findMany({ select: { preEnrollmentCode: true } })
    const missing = theirs.filter((code) => !found.some(({ preEnrollmentCode }) => preEnrollmentCode === code))
    const waits = await count(`transaction where state <> 'issued'`)
    process.stderr.write(`${names.length} rounds; ${waits} not issued; missing: ${missing}\n`)
  })
  await certify(codes)
  const load = async () => {
    names.push(`Round ${String.fromCharCode(64 + names.length)}`)
    await correct(codes, names.at(-1)!)
    const more = Array.from({ length: 5 }, (_, n) => `D${names.length}-${n}`)
    theirs.push(...more)
    const values = more.map((code) => JSON.stringify(aRequest({ preEnrollmentCode: code })))
    await wire.send(
      topics().certify,
      values.map((value) => ({ key: null, value })),
    )
    await issueAll(issuer)
  }
  const whileItLasts = async (what: Promise<unknown>) => {
    const over = what.then(() => true)
    do await load()
    while (!(await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 300))])) && names.length < 40)
    await what
  }
  await whileItLasts(brokers.moveLeader(topics().certified, 0))
  await whileItLasts(brokers.moveLeader(topics().certify, 1))
  const lost = (await brokers.leaderOf(topics().certified, 0))!
  await whileItLasts(brokers.kill(lost))
  await until(async () => ![lost, null].includes(await brokers.leaderOf(topics().certified, 0)))
  await whileItLasts(brokers.start(lost))

  const expected = codes.length * names.length + theirs.length
  await until(async () => {
    await issueAll(issuer)
    return (await count(`transaction where state = 'issued'`)) >= expected && (await waiting()) === 0
  })
  stop.abort()
  await Promise.all(running)
  expect(await count('transaction')).toBe(expected)
  expect(await count('certificate')).toBe(expected)
  const certified = await wire.listen(topics().certified)
  const events = () => new Map(certified.map((message) => [message.headers['errata-event'], message]))
  await until(() => events().size === expected)
  // What DIVOC's consumer of `certified` revokes: each certificate that was replaced, once.
  const revocations = [...events().values()].flatMap(({ value }) => revocationOf(value) ?? [])
  expect(new Set(revocations.map((row) => row.previousCertificateId)).size).toBe(codes.length * (names.length - 1))
  expect(revocations).toHaveLength(codes.length * (names.length - 1))
  for (const code of codes) {
    const told = [...events().values()].filter(({ json }) => json.preEnrollmentCode === code)
    expect(told.map(({ json }) => json.name)).toEqual(names)
    expect(new Set(told.map(({ key, partition }) => `${key} ${partition}`)).size).toBe(1)
  }
})

test('a leader moved and the producer does not know: what it says was sent is there', async () => {
  const topic = topics().certified
  const found = await wire.listen(topic)
  const batch = (from: number) =>
    Array.from({ length: 30 }, (_, n) => ({ key: `key ${from + n}`, value: '{}', headers: {} }))
  const producer = await openProducer(context.settings.kafka)
  await producer.send(topic, batch(0))
  await brokers.moveLeader(topic, 0)
  const isSent = await producer.send(topic, batch(30)).then(
    () => true,
    () => false,
  )
  await producer.close()
  if (!isSent) {
    const another = await openProducer(context.settings.kafka)
    await another.send(topic, batch(30))
    await another.close()
  }
  await until(() => new Set(found.map(({ key }) => key)).size === 60)
})

test('a password that the brokers take no longer: the log says so, requests are accepted, and all is told once it is right again', async () => {
  const { dataDir } = context.settings
  const env = { ...process.env, ...environment, DATABASE_URL: database.url, DATA_DIR: dataDir, ROLES: 'web,relay' }
  const relay = spawn(process.execPath, [await bundle('lib/worker.ts')], {
    env: { ...env, LOG_LEVEL: 'info' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  relay.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  onTestFailed(() => void process.stderr.write(said.slice(-5000)))
  try {
    await certify(['P1'])
    await until(async () => (await waiting()) === 0)
    await brokers.setPassword('changed by somebody')
    await until(() => said.includes('KAFKA_PASSWORD'))
    await correct(['P1'], 'While nobody listens')
    await until(() => /no broker, events wait|not published yet/.test(said))
    expect(await waiting()).toBe(1)
    expect(said).not.toContain(ACCOUNT.password)
    await brokers.setPassword(ACCOUNT.password)
    await until(async () => (await waiting()) === 0)
    await wire.send(topics().certify, [{ key: null, value: JSON.stringify(aRequest({ preEnrollmentCode: 'P2' })) }])
    await until(async () => (await count('transaction')) === 3)
    expect(relay.exitCode).toBeNull()
  } finally {
    await killed(relay)
    await brokers.setPassword(ACCOUNT.password)
  }
})

test('who is let in, and whom we trust: SCRAM and PLAIN, the right password, the authority of the brokers, and nothing else', async () => {
  const { kafka } = context.settings
  const account = kafka.account!
  const reasonFor = async (changes: Partial<KafkaSettings>) => {
    const opening = openProducer({ ...kafka, ...changes })
    return opening.then(
      async (producer) => (await producer.close(), 'let in'),
      (error: unknown) => brokerTrouble(error).reason ?? JSON.stringify(brokerTrouble(error)),
    )
  }
  const stranger = readFileSync(brokers.certificates!.stranger, 'utf8')
  expect(await reasonFor({})).toBe('let in')
  expect(await reasonFor({ account: { ...account, mechanism: 'plain' } })).toBe('let in')
  expect(await reasonFor({ authority: stranger + kafka.authority! })).toBe('let in')
  expect(await reasonFor({ account: { ...account, password: 'wrong' } })).toMatch(/KAFKA_PASSWORD/)
  expect(await reasonFor({ account: { ...account, mechanism: 'scram-sha-256' } })).toMatch(/KAFKA_SASL_MECHANISM/)
  expect(await reasonFor({ authority: stranger })).toMatch(/KAFKA_CA/)
  expect(await reasonFor({ authority: null })).toMatch(/KAFKA_CA/)
})
