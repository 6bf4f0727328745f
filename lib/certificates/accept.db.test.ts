import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import type { Context } from './context'
import type { Issuer } from './issue'
import { findLineages, findTransaction, isReplacedOrRevoked } from './read'
import { writeFailed } from './store-issue'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let issuer: Issuer
let code: string
let count = 0
const caller = aCaller()

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
  issuer = await anIssuer(context)
})
beforeEach(() => {
  code = `R${++count}`
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const certify = (request: unknown, given = {}) =>
  acceptCertify(context, caller, request, options({ method: 'POST', path: '/v3/certify', ...given }))
const update = (request: unknown, given = {}, by = caller) => acceptUpdates(context, by, request, options(given))
const issue = () => issueAll(issuer)
const lineage = async () => (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]!
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  )

async function certified(changes = {}) {
  const answer = await certify([aRequest({ preEnrollmentCode: code, ...changes })])
  await issue()
  return answer.results[0]!
}

describe('certify', () => {
  test('an accepted certificate has its final number before it is issued', async () => {
    const { results } = await certify([aRequest({ preEnrollmentCode: code })])
    expect(results[0]).toMatchObject({ status: 'accepted', updatesUsed: 0, updatesLimit: 5, updatesRemaining: 5 })
    expect(results[0]!.certificateId).toMatch(/^[1-9]\d{11}$/)
    expect((await lineage()).state).toBe('being_issued')
    await issue()
    expect((await lineage()).current!.certificateId).toBe(results[0]!.certificateId)
  })

  test('the same record again is answered with the certificate that is there, and nothing is issued', async () => {
    const first = await certified()
    const again = await certify([aRequest({ preEnrollmentCode: code })])
    expect(again.results[0]).toMatchObject({ status: 'already_certified', certificateId: first.certificateId })
    await issue()
    expect((await lineage()).history).toHaveLength(1)
  })

  test('other content for an existing certificate is refused and points to PUT; on the DIVOC door it is reported', async () => {
    const first = await certified()
    const other = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Jane Doe' } })]
    await expect(certify(other)).rejects.toMatchObject({
      code: 'ALREADY_CERTIFIED',
      message: expect.stringMatching(/PUT/),
    })
    const answer = await certify(other, { door: 'divoc' })
    expect(answer.results[0]).toMatchObject({
      status: 'already_certified',
      certificateId: first.certificateId,
      differs: ['recipient.name'],
    })
  })

  test.each(['   ', '\u200b', '\u00a0\u200d'])('a name of nothing visible (%j) is missing', async (name) => {
    const refusal = await certify([aRequest({ preEnrollmentCode: code, recipient: { name } })]).catch((error) => error)
    expect(refusal).toMatchObject({ details: [{ path: '/recipient/name', message: 'Full name is missing' }] })
  })

  test('the same record twice in one array is one certificate, with other content it is refused', async () => {
    const one = aRequest({ preEnrollmentCode: code })
    const { results } = await certify([one, one])
    expect(results[1]!.transactionId).toBe(results[0]!.transactionId)
    const other = aRequest({ preEnrollmentCode: `${code}b` })
    expect(await codeOf(certify([other, { ...other, facility: { name: 'Elsewhere' } }]))).toBe('CONFLICTING_ITEMS')
  })

  test('while an update waits, the original sent again is answered with the current certificate and its own transaction', async () => {
    const first = await certified()
    await update([aRequest({ preEnrollmentCode: code, recipient: { name: 'Waiting' } })])
    const again = (await certify([aRequest({ preEnrollmentCode: code })])).results[0]!
    expect(again).toMatchObject({
      status: 'already_certified',
      certificateId: first.certificateId,
      transactionId: first.transactionId,
    })
  })

  test('a certify that waits for the lock while the original fails begins again and is issued', async () => {
    await certify([aRequest({ preEnrollmentCode: code })])
    let second: Promise<unknown> | undefined
    await context.db.$transaction(async (db) => {
      const [row] = await db.$queryRaw<{ id: string; transaction: string }[]>`
        select l.id, t.id as transaction from lineage l join transaction t on t.lineage_id = l.id
        where l.pre_enrollment_code = ${code} for update of l`
      second = certify([aRequest({ preEnrollmentCode: code, recipient: { name: 'Second try' } })])
      await untilSomebodyWaitsForALock()
      await writeFailed(db, { transactionId: row!.transaction, code: 'UNREADABLE_QR', message: 'x' }, context.now())
    })
    expect(await second).toMatchObject({ results: [{ status: 'accepted' }] })
    await issue()
    expect(await lineage()).toMatchObject({ state: 'current', holderName: 'Second try' })
  })
})

test('a lineage that many wait for holds up nobody who only wants to know something', async () => {
  const first = await certified()
  await context.db.$transaction(async (db) => {
    await db.$queryRaw`select 1 from lineage where pre_enrollment_code = ${code} for update`
    const updates = Array.from({ length: 20 }, (_, n) =>
      codeOf(update([aRequest({ preEnrollmentCode: code, recipient: { name: `Waiting ${n}` } })])).catch(
        () => 'gave up',
      ),
    )
    await untilSomebodyWaitsForALock()
    const done = await Promise.race([
      ...updates.map((one) => one.then(() => 'an update')),
      isReplacedOrRevoked(context, first.certificateId!).then(() => 'the verifier'),
    ])
    expect(done).toBe('the verifier')
    waiting = updates
  })
  await Promise.all(waiting)
})
let waiting: Promise<string>[] = []

async function untilSomebodyWaitsForALock() {
  for (;;) {
    const [row] = await issuer.db.$queryRaw<{ n: bigint }[]>`
      select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (row!.n > 0n) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('update', () => {
  test('an update replaces the certificate: new number, old one superseded, one update used', async () => {
    const first = await certified()
    const { results } = await update([aRequest({ preEnrollmentCode: code, recipient: { name: 'John Doé' } })])
    expect(results[0]).toMatchObject({
      status: 'accepted',
      previousCertificateId: first.certificateId,
      updatesUsed: 1,
      updatesRemaining: 4,
      changes: [{ path: 'recipient.name', before: 'John Doe', after: 'John Doé' }],
    })
    expect((await lineage()).current!.certificateId).toBe(first.certificateId)
    await issue()
    const after = await lineage()
    expect(after.history.map((version) => version.state)).toEqual(['current', 'superseded'])
    expect(after.current!.certificateId).toBe(results[0]!.certificateId)
    const transaction = await findTransaction(context, caller, results[0]!.transactionId!)
    expect(transaction).toMatchObject({
      state: 'issued',
      checks: { signatureVerified: true, previousState: 'superseded' },
    })
  })

  test('a request that changes nothing spends nothing', async () => {
    const first = await certified()
    const { results } = await update([aRequest({ preEnrollmentCode: code })])
    expect(results[0]).toMatchObject({ status: 'unchanged', certificateId: first.certificateId, updatesUsed: 0 })
  })

  test('the sixth update is refused', async () => {
    await certified()
    for (let n = 1; n <= 5; n++) await update([aRequest({ preEnrollmentCode: code, recipient: { name: `John ${n}` } })])
    const sixth = update([aRequest({ preEnrollmentCode: code, recipient: { name: 'John 6' } })])
    expect(await codeOf(sixth)).toBe('UPDATE_LIMIT_REACHED')
    await issue()
    expect(await lineage()).toMatchObject({ updatesIssued: 5, updatesPending: 0, updatesRemaining: 0 })
  })

  test('one bad item refuses the whole array, and every refusal is reported', async () => {
    await certified()
    const good = aRequest({ preEnrollmentCode: code, recipient: { name: 'Changed' } })
    const refusal = await update([
      good,
      aRequest({ preEnrollmentCode: 'nobody' }),
      aRequest({ vaccination: { dose: 1.5 } }),
    ]).catch((error) => error)
    expect(refusal).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [
        { index: 1, code: 'CERTIFICATE_NOT_FOUND' },
        { index: 2, path: '/vaccination/dose' },
      ],
    })
    const missing = await update([good, aRequest({ preEnrollmentCode: 'nobody' })]).catch((error) => error)
    expect(missing).toMatchObject({ code: 'CERTIFICATE_NOT_FOUND', details: [{ index: 1 }] })
    expect(await lineage()).toMatchObject({ updatesUsed: 0, transactions: [] })
  })

  test('If-Match that names an older certificate is refused', async () => {
    const first = await certified()
    await update([aRequest({ preEnrollmentCode: code, recipient: { name: 'First change' } })])
    const stale = update([aRequest({ preEnrollmentCode: code, recipient: { name: 'Second change' } })], {
      ifMatch: [first.certificateId!],
    })
    expect(await codeOf(stale)).toBe('STALE_VERSION')
  })

  test('a dry run answers the same and writes nothing', async () => {
    await certified()
    const changed = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Dry' } })]
    const { results, dryRun } = await update(changed, { dryRun: true })
    expect(dryRun).toBe(true)
    expect(results[0]).toMatchObject({ status: 'accepted', certificateId: null, transactionId: null, updatesUsed: 1 })
    expect(await lineage()).toMatchObject({ updatesUsed: 0, transactions: [] })
  })

  test('a retry with the same Idempotency-Key gets the same answer; another body is refused', async () => {
    await certified()
    const body = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Once' } })]
    const [a, b] = await Promise.all([update(body, { idempotencyKey: code }), update(body, { idempotencyKey: code })])
    expect(b).toEqual(a)
    expect((await lineage()).updatesUsed).toBe(1)
    const other = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Twice' } })]
    expect(await codeOf(update(other, { idempotencyKey: code }))).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test('programme: exact, else the only one with a warning, else it must be named', async () => {
    await certified({ programId: 'P1' })
    const { results } = await update([aRequest({ preEnrollmentCode: code, recipient: { name: 'No programme' } })])
    expect(results[0]!.programId).toBe('P1')
    expect(results[0]!.warnings).toContainEqual(expect.objectContaining({ path: '/programId' }))
    await certified({ programId: 'P2' })
    const unnamed = update([aRequest({ preEnrollmentCode: code, recipient: { name: 'Which?' } })])
    expect(await codeOf(unnamed)).toBe('PROGRAM_REQUIRED')
    const none = update([aRequest({ preEnrollmentCode: code, programId: '', recipient: { name: 'None' } })])
    expect(await codeOf(none)).toBe('CERTIFICATE_NOT_FOUND')
  })

  test('comorbidities, programme and meta are kept when an update does not mention them', async () => {
    await certified({ comorbidities: ['Asthma'], meta: { source: 'x', previousCertificateId: 'forged' } })
    const { results } = await update([aRequest({ preEnrollmentCode: code })])
    expect(results[0]!.status).toBe('unchanged')
  })

  test("another facility's certificate is refused", async () => {
    await certified()
    const other = aCaller({ id: 'c2', facilityCode: 'unknown' })
    expect(await codeOf(update([aRequest({ preEnrollmentCode: code })], {}, other))).toBe('NOT_YOUR_FACILITY')
  })

  test('a client with batch "each" has its good items accepted and its bad ones reported', async () => {
    await certified()
    const each = aCaller({ id: 'c3', batch: 'each' })
    const good = aRequest({ preEnrollmentCode: code, recipient: { name: 'Each' } })
    const { results } = await update([aRequest({ preEnrollmentCode: 'nobody' }), good, null], {}, each)
    expect(results.map((result) => result.status)).toEqual(['refused', 'accepted', 'refused'])
    expect(await codeOf(update([null], {}, each))).toBe('NOTHING_ACCEPTED')
  })
})

test('100 updates of one lineage at once: 5 are accepted, 95 are told that none is left, one chain, one current', async () => {
  await certified()
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      codeOf(update([aRequest({ preEnrollmentCode: code, recipient: { name: `Racer ${n}` } })])),
    ),
  )
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(5)
  expect(outcomes.filter((outcome) => outcome === 'UPDATE_LIMIT_REACHED')).toHaveLength(95)
  await issue()
  const { history } = await lineage()
  expect(history).toHaveLength(6)
  expect(history.filter((version) => version.state === 'current')).toHaveLength(1)
  history
    .slice(0, -1)
    .forEach((version, n) => expect(version.previousCertificateId).toBe(history[n + 1]!.certificateId))
})
