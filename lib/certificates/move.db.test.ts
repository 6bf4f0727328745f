import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { VACCINATION } from '@/lib/testing/vaccination'
import { acceptCertify, acceptUpdates } from './accept'
import { changeStatus } from './change-status'
import type { Context } from './context'
import { dosesOfPerson } from './doses'
import type { Issuer } from './issue'
import { findLineages, isReplacedOrRevoked } from './read'
import { credentialOf, previousDoses } from './store-read'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let issuer: Issuer
let code: string
let count = 0
const caller = aCaller()
const byHand = aCaller({ kind: 'operator', channel: 'screen' })

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url, { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9' })
  issuer = await anIssuer(context)
})
beforeEach(() => {
  code = `D${++count}`
})
afterEach(async () => {
  await issueAll(issuer)
  expect(await placeholders()).toEqual([])
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const request = (dose: number, changes = {}) => aRequest({ preEnrollmentCode: code, vaccination: { dose }, ...changes })
const moved = (from: number, to: number, changes = {}) => request(from, { meta: { correctedDose: to }, ...changes })
const certify = (body: unknown, given = {}, by = caller) =>
  acceptCertify(context, by, body, options({ method: 'POST', ...given }))
const update = (body: unknown, given = {}, by = caller) => acceptUpdates(context, by, body, options(given))
const issue = () => issueAll(issuer)
const doses = async () => (await findLineages(context, caller, { preEnrollmentCode: code })).lineages
const dose = async (n: number) => (await doses()).find((view) => view.dose === n)
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  )
const placeholders = () =>
  context.db.$queryRaw<{ code: string; dose: number }[]>`
    select pre_enrollment_code as code, dose from lineage where reserved_for is not null`

async function certified(...numbers: number[]) {
  const { results } = await certify(numbers.map((n) => request(n, { recipient: { name: `Dose ${n}` } })))
  await issue()
  return results
}

describe('a move to another dose', () => {
  test('takes number, history and allowance along; the old certificate verifies as replaced', async () => {
    const [first] = await certified(1)
    await update([request(1, { recipient: { name: 'Corrected before' } })])
    await issue()
    const { results } = await update([moved(1, 2, { recipient: { name: 'Corrected before' } })])
    expect(results[0]).toMatchObject({
      status: 'accepted',
      dose: 1,
      correctedDose: 2,
      updatesUsed: 2,
      updatesRemaining: 3,
      changes: [{ path: 'vaccination.dose', before: '1', after: '2' }],
    })
    expect(await dose(1)).toMatchObject({ updatesPending: 1, transactions: [{ correctedDose: 2 }] })
    expect(await dose(2)).toBeUndefined()
    await issue()
    expect(await doses()).toMatchObject([
      {
        dose: 2,
        updatesUsed: 2,
        current: { certificateId: results[0]!.certificateId, version: 3 },
        history: [{ state: 'current' }, { state: 'superseded' }, { certificateId: first!.certificateId }],
      },
    ])
    expect(await isReplacedOrRevoked(context, results[0]!.previousCertificateId!)).toBe(true)
    const signed = (await credentialOf(context.db, results[0]!.certificateId!, context.now()))!.credential
    expect(JSON.parse(signed).evidence[0].dose).toBe(2)
  })

  test('frees the old dose: another original there begins with a full allowance', async () => {
    await certified(1)
    await update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await issue()
    const { results } = await certify([request(1, { recipient: { name: 'The true first dose' } })])
    expect(results[0]).toMatchObject({ status: 'accepted', updatesUsed: 0, updatesRemaining: 5 })
    await issue()
    expect((await doses()).map((view) => [view.dose, view.updatesUsed])).toEqual([
      [1, 0],
      [2, 1],
    ])
  })

  test('there and back again, with something certified in between, keeps every key apart', async () => {
    await certified(1)
    await update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await issue()
    await certify([request(1, { recipient: { name: 'In between' } })])
    await issue()
    await update([moved(1, 3, { recipient: { name: 'In between' } })])
    await issue()
    await update([moved(2, 1, { recipient: { name: 'Dose 1' } })])
    await issue()
    expect((await doses()).map((view) => [view.dose, view.updatesUsed, view.holderName])).toEqual([
      [1, 2, 'Dose 1'],
      [3, 1, 'In between'],
    ])
  })

  test('may correct other details in the same update', async () => {
    await certified(1)
    const { results } = await update([moved(1, 2, { recipient: { name: 'Somebody' } })])
    expect(results[0]!.changes!.map((change) => change.path)).toEqual(['recipient.name', 'vaccination.dose'])
  })

  test('is said once: what is kept of meta moves nothing later', async () => {
    await certify([request(1, { meta: { source: 'x' } })])
    await issue()
    await update([moved(1, 2)])
    await issue()
    const { results } = await update([request(2, { recipient: { name: 'Later' } })])
    expect(results[0]).not.toHaveProperty('correctedDose')
    await issue()
    const current = (await dose(2))!.current!.certificateId
    expect((await credentialOf(context.db, current, context.now()))!.record.meta).toEqual({ source: 'x' })
  })

  test('without programme finds the only one, and keeps the dose of that programme', async () => {
    await certify([request(1, { programId: 'P1' })])
    await issue()
    const { results } = await update([moved(1, 2)])
    expect(results[0]!.programId).toBe('P1')
    expect(results[0]!.warnings).toContainEqual(expect.objectContaining({ path: '/programId' }))
    expect(await placeholders()).toEqual([{ code, dose: 2 }])
    await issue()
    expect(await doses()).toMatchObject([{ programId: 'P1', dose: 2 }])
    const replay = await update([moved(1, 2)])
    expect(replay.results[0]).toMatchObject({ status: 'unchanged', certificateId: results[0]!.certificateId })
  })

  test('tells other systems the new dose', async () => {
    await certified(1)
    const { results } = await update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await issue()
    const rows = await context.db.$queryRaw<{ topic: string; payload: Record<string, never> }[]>`
      select topic, payload from outbox where payload->>'preEnrollmentCode' = ${code} order by id desc`
    const [certifiedEvent, asked] = ['certified', 'certify'].map(
      (topic) => rows.find((row) => row.topic === topic)!.payload,
    )
    expect(asked).toMatchObject({
      vaccination: { dose: 2 },
      meta: { previousCertificateId: results[0]!.previousCertificateId },
    })
    expect(asked!.meta).not.toHaveProperty('correctedDose')
    expect(JSON.parse(certifiedEvent!.certificate!).evidence[0]).toMatchObject({
      dose: 2,
      certificateId: results[0]!.certificateId,
    })
  })

  test('leaves the pages of other doses as they were printed', async () => {
    const [, second] = await certified(1, 2)
    const listed = async () =>
      (
        await previousDoses(
          context.db,
          (await credentialOf(context.db, second!.certificateId!, context.now()))!,
          VACCINATION,
        )
      ).map(({ record }) => record.vaccination.dose)
    expect(await listed()).toEqual([1])
    await update([moved(1, 3, { recipient: { name: 'Dose 1' } })])
    await issue()
    // In a fixed test all is issued at one instant: only the number on the certificate decides.
    expect(await listed()).toEqual([])
    const third = (await dose(3))!.current!.certificateId
    const pages = await previousDoses(context.db, (await credentialOf(context.db, third, context.now()))!, VACCINATION)
    expect(pages.map(({ certificateId }) => certificateId)).toEqual([second!.certificateId])
  })
})

describe('what is refused', () => {
  test('while the move is on its way: other uses of both doses; the same move again is unchanged', async () => {
    await certified(1)
    const name = { recipient: { name: 'Dose 1' } }
    const { results } = await update([moved(1, 2, name)])
    expect(await codeOf(certify([request(2)]))).toBe('DOSE_TAKEN')
    expect(await codeOf(certify([request(2)], { door: 'divoc' }))).toBe('DOSE_TAKEN')
    expect(await codeOf(update([request(2)]))).toBe('CERTIFICATE_NOT_FOUND')
    expect(await codeOf(update([request(1, { recipient: { name: 'Another' } })]))).toBe('UPDATE_PENDING')
    expect(await codeOf(update([moved(1, 3, name)]))).toBe('UPDATE_PENDING')
    const again = await update([moved(1, 2, name)])
    expect(again.results[0]).toMatchObject({
      status: 'unchanged',
      transactionId: results[0]!.transactionId,
      updatesUsed: 1,
    })
    await issue()
    const late = await update([moved(1, 2, name)])
    expect(late.results[0]).toMatchObject({
      status: 'unchanged',
      certificateId: results[0]!.certificateId,
      updatesUsed: 1,
    })
    expect(await codeOf(update([moved(1, 2, { recipient: { name: 'Another' } })]))).toBe('CERTIFICATE_NOT_FOUND')
  })

  test('a move while anything else of the dose is pending', async () => {
    await certify([request(1)])
    expect(await codeOf(update([moved(1, 2)]))).toBe('UPDATE_PENDING')
    await issue()
    await update([request(1, { recipient: { name: 'First this' } })])
    expect(await codeOf(update([moved(1, 2, { recipient: { name: 'First this' } })]))).toBe('UPDATE_PENDING')
    expect(await placeholders()).toEqual([])
  })

  test('a dose that is taken, and how two are exchanged', async () => {
    const [, second] = await certified(1, 2)
    const swap = update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await expect(swap).rejects.toMatchObject({
      code: 'DOSE_TAKEN',
      message: expect.stringMatching(new RegExp(`certificate ${second!.certificateId}.*free number`)),
      details: [{ path: '/meta/correctedDose' }],
    })
    for (const [from, to, name] of [
      [1, 3, 'Dose 1'],
      [2, 1, 'Dose 2'],
      [3, 2, 'Dose 1'],
    ] as const) {
      await update([moved(from, to, { recipient: { name } })])
      await issue()
    }
    expect((await doses()).map((view) => [view.dose, view.holderName, view.updatesUsed])).toEqual([
      [1, 'Dose 2', 1],
      [2, 'Dose 1', 2],
    ])
  })

  test("another facility's certificate, and a dose that another facility has", async () => {
    await certified(1)
    await context.db.facility.create({ data: { code: `F${code}`, name: `Facility ${code}` } })
    const other = aCaller({ id: 'c2', facilityCode: `F${code}` })
    expect(await codeOf(update([moved(1, 2)], {}, other))).toBe('NOT_YOUR_FACILITY')
    await certify([request(2)], {}, other)
    await issue()
    expect(await codeOf(update([moved(1, 2)]))).toBe('DOSE_TAKEN')
    expect(await codeOf(update([moved(2, 1)], {}, other))).toBe('DOSE_TAKEN')
  })

  test('the last place of the allowance is one like others: none left, no move', async () => {
    await certified(1)
    for (let n = 1; n <= 5; n++) await update([request(1, { recipient: { name: `Name ${n}` } })])
    await issue()
    expect(await codeOf(update([moved(1, 2, { recipient: { name: 'Name 5' } })]))).toBe('UPDATE_LIMIT_REACHED')
  })

  test.each([0, -1, 1.5, 1001, '2', true, [2]])('meta.correctedDose %j', async (correctedDose) => {
    await certified(1)
    await expect(update([request(1, { meta: { correctedDose } })])).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [{ path: '/meta/correctedDose' }],
    })
  })

  test('a move in POST: there is nothing to move yet', async () => {
    expect(await codeOf(certify([moved(1, 2)]))).toBe('VALIDATION_ERROR')
  })

  test('nothing moves to the number that stands there already, or to none', async () => {
    await certified(1)
    for (const correctedDose of [1, null, '']) {
      const { results } = await update([request(1, { recipient: { name: 'Dose 1' }, meta: { correctedDose } })])
      expect(results[0]).toMatchObject({ status: 'unchanged', updatesUsed: 0 })
    }
  })

  test('one lineage twice, or two to one dose, in one array', async () => {
    await certified(1, 2)
    const [one, two] = [{ recipient: { name: 'Dose 1' } }, { recipient: { name: 'Dose 2' } }]
    expect(await codeOf(update([moved(1, 3, one), moved(1, 4, one)]))).toBe('CONFLICTING_ITEMS')
    expect(await codeOf(update([moved(1, 3, one), request(1, { recipient: { name: 'Else' } })]))).toBe(
      'CONFLICTING_ITEMS',
    )
    expect(await codeOf(update([moved(1, 3, one), moved(2, 3, two)]))).toBe('DOSE_TAKEN')
    expect(await codeOf(update([moved(1, 2, one), moved(2, 1, two)]))).toBe('DOSE_TAKEN')
    const { results } = await update([moved(1, 3, one), moved(1, 3, one)])
    expect(results.map((result) => result.status)).toEqual(['accepted', 'unchanged'])
  })

  test('nothing is kept by a dry run, or by an item that a client with batch "each" has refused', async () => {
    await certified(1, 2)
    const one = { recipient: { name: 'Dose 1' } }
    const dry = await update([moved(1, 3, one)], { dryRun: true })
    expect(dry.results[0]).toMatchObject({ status: 'accepted', correctedDose: 3, certificateId: null })
    expect(await placeholders()).toEqual([])
    const each = aCaller({ id: 'c3', batch: 'each' })
    const stale = { ifMatch: [(await dose(2))!.current!.certificateId] }
    const { results } = await update([moved(1, 3, one), request(2, { recipient: { name: 'Good' } })], stale, each)
    expect(results.map((result) => result.status)).toEqual(['refused', 'accepted'])
    expect(await placeholders()).toEqual([])
  })
})

describe('when the move fails for good', () => {
  test('the dose is free again, the place is given back, and it can be tried again', async () => {
    await certified(1)
    await update([moved(1, 2, { recipient: { name: 'Dose 1' } })], {}, byHand)
    await issueAll(await anIssuer(context, { scan: async () => null }))
    expect(await placeholders()).toEqual([])
    expect(await doses()).toMatchObject([
      { dose: 1, state: 'current', updatesUsed: 0, transactions: [{ state: 'failed' }] },
    ])
    expect((await certify([request(2, { recipient: { name: 'Meanwhile' } })])).results[0]!.status).toBe('accepted')
    expect((await update([moved(1, 3, { recipient: { name: 'Dose 1' } })])).results[0]!.status).toBe('accepted')
    await issue()
    expect((await doses()).map((view) => view.dose)).toEqual([2, 3])
  })
})

describe('a source system that sends the old record again', () => {
  test('is told where the certificate is now, and the mistake does not come back', async () => {
    const [first] = await certified(1)
    const { results } = await update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await issue()
    const again = await certify([request(1, { recipient: { name: 'Dose 1' } })])
    expect(again.results[0]).toMatchObject({
      status: 'already_certified',
      certificateId: results[0]!.certificateId,
      updatesUsed: 1,
      warnings: expect.arrayContaining([
        { path: '/vaccination/dose', message: 'This certificate was moved to dose 2.' },
      ]),
    })
    expect(first!.certificateId).not.toBe(results[0]!.certificateId)
    const [row] = await context.db.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from lineage where pre_enrollment_code = ${code}`
    expect(row!.n).toBe(1)
  })
})

describe('at the same moment', () => {
  test('two movers to one dose: exactly one wins, the other is told', async () => {
    for (let round = 0; round < 10; round++) {
      code = `D${++count}`
      await certified(1, 2)
      const movers = [1, 2].map((from) => codeOf(update([moved(from, 3, { recipient: { name: `Dose ${from}` } })])))
      expect((await Promise.all(movers)).sort()).toEqual(['DOSE_TAKEN', 'accepted'])
      await issue()
      expect((await doses()).map((view) => view.dose)).toContain(3)
      expect(await doses()).toHaveLength(2)
    }
  })

  test('a mover and a certify of its dose: exactly one wins', async () => {
    for (let round = 0; round < 12; round++) {
      code = `D${++count}`
      await certified(1)
      const move = () => codeOf(update([moved(1, 2, { recipient: { name: 'Dose 1' } })]))
      const rival = () => codeOf(certify([request(2, { recipient: { name: 'Dose 2' } })]))
      const both = round % 2 === 0 ? [move(), rival()] : [rival(), move()]
      expect((await Promise.all(both)).sort()).toEqual(['DOSE_TAKEN', 'accepted'])
      await issue()
      const views = await doses()
      expect(views.filter((view) => view.dose === 2)).toHaveLength(1)
    }
  })

  test('the same move twenty times: one update, one certificate', async () => {
    await certified(1)
    const moves = Array.from({ length: 20 }, () => update([moved(1, 2, { recipient: { name: 'Dose 1' } })]))
    const results = (await Promise.all(moves)).map((answer) => answer.results[0]!)
    expect(new Set(results.map((result) => result.transactionId)).size).toBe(1)
    await issue()
    expect(await doses()).toMatchObject([{ dose: 2, updatesUsed: 1 }])
  })

  test('movers, updates, certifies and the worker all at once: nobody waits for ever, every dose is one person’s once', async () => {
    await certified(1, 2, 3)
    const all = Array.from({ length: 40 }, (_, n) => {
      const [from, to] = [(n % 5) + 1, ((n * 3) % 5) + 1]
      if (n % 4 === 0)
        return certify([
          request(to, { recipient: { name: `C ${n}` } }),
          request(from, { recipient: { name: `C ${n}` } }),
        ])
      if (n % 4 === 1)
        return update([
          request(to, { recipient: { name: `U ${n}` } }),
          request(from, { recipient: { name: `U ${n}` } }),
        ])
      return update([moved(from, to, { recipient: { name: `M ${n}` } })])
    }).map(codeOf)
    const issuing = issue()
    const told = await Promise.all(all)
    await issuing
    await issue()
    expect(told).toContain('accepted')
    const numbers = (await doses()).filter((view) => view.current).map((view) => view.dose)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const view of await doses()) {
      const { record } = (await credentialOf(context.db, view.current!.certificateId, context.now()))!
      expect(record.vaccination.dose).toBe(view.dose)
      expect(view.updatesUsed).toBeLessThanOrEqual(5)
    }
  })
})

describe('all doses of a person', () => {
  test('which can be corrected, which numbers are taken, and nothing of what another facility has', async () => {
    const [first] = await certified(1, 2)
    await context.db.facility.create({ data: { code: `F${code}`, name: `Facility ${code}` } })
    await certify(
      [request(3, { recipient: { name: 'Elsewhere' } })],
      {},
      aCaller({ id: 'c4', facilityCode: `F${code}` }),
    )
    for (let n = 1; n <= 5; n++) await update([request(2, { recipient: { name: `Name ${n}` } })])
    await issue()
    await update([moved(1, 4, { recipient: { name: 'Dose 1' } })])
    const mine = aCaller({ facilityCode: 'unassigned' })
    const answer = await dosesOfPerson(context, mine, first!.certificateId!)
    expect(answer).toMatchObject({
      dose: 1,
      kept: [4],
      doses: [
        { dose: 1, taken: true, blocked: 'being_issued', certificate: { updatesRemaining: 4 } },
        {
          dose: 2,
          taken: true,
          blocked: 'no_updates_left',
          certificate: { record: { recipient: { name: 'Name 5' } } },
        },
        { dose: 3, taken: true, blocked: 'other_facility', certificate: null },
      ],
    })
    expect(JSON.stringify(answer)).not.toContain('Elsewhere')
  })

  test('a revoked dose is history: its number is free', async () => {
    const [first, second] = await certified(1, 2)
    const reason = { cause: 'error' as const }
    await changeStatus(context, caller, { certificateId: second!.certificateId!, action: 'revoke', reason })
    const before = await dosesOfPerson(context, caller, first!.certificateId!)
    expect(before.doses[1]).toMatchObject({ dose: 2, taken: false, blocked: 'revoked' })
    await update([moved(1, 2, { recipient: { name: 'Dose 1' } })])
    await issue()
    const after = await dosesOfPerson(context, caller, first!.certificateId!)
    expect(after.doses).toMatchObject([{ dose: 2, taken: true, blocked: null }])
  })

  test('one mistake on several doses: one array, each item with its own precondition, all or nothing', async () => {
    const [first, second] = await certified(1, 2)
    const both = [first!.certificateId!, second!.certificateId!]
    const corrected = (name: string) => [1, 2].map((n) => request(n, { recipient: { name } }))
    await update([request(2, { recipient: { name: 'Meanwhile' } })])
    const stale = await update(corrected('Both'), { ifMatch: both }).catch((error) => error)
    expect(stale).toMatchObject({ code: 'STALE_VERSION', details: [{ index: 1, code: 'STALE_VERSION' }] })
    expect(await dose(1)).toMatchObject({ updatesUsed: 0 })
    await issue()
    const newest = (await dose(2))!.current!.certificateId
    const { results } = await update(corrected('Both'), { ifMatch: [newest, both[0]!], idempotencyKey: code })
    expect(results.map((result) => result.updatesUsed)).toEqual([1, 2])
    const again = await update(corrected('Both'), { ifMatch: [newest, both[0]!], idempotencyKey: code })
    expect(again.results).toEqual(results)
    await issue()
    expect((await doses()).map((view) => view.holderName)).toEqual(['Both', 'Both'])
  })
})
