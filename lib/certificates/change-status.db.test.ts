import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { metrics } from '@/lib/operations/metrics'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import type { Caller } from './caller'
import { changeStatus, changeStatusIn, noteEndedSuspensions, type ChangeToMake } from './change-status'
import type { Context } from './context'
import { issueNext, type Issuer, type Step } from './issue'
import { findLineages, isReplacedOrRevoked, latestCertificateId } from './read'
import { certificateStatus } from './status'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let now: Date
let run = 0
let code: string
const caller = aCaller()
const asha = aCaller({ kind: 'operator', id: 'op-1', name: 'Asha', channel: 'screen' })
const why = { cause: 'error' as const, note: 'somebody else' }
const HOUR = 60 * 60 * 1000

beforeAll(async () => {
  database = await openTestDatabase()
  context = { ...aContext(database.url, { KAFKA_BOOTSTRAP_SERVERS: 'nobody:9092' }), now: () => now }
})
beforeEach(() => {
  now = new Date('2026-05-12T10:30:00.000Z')
  code = `S${++run}`
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const item = (name: string, dose = 1, more: Record<string, unknown> = {}) =>
  aRequest({ preEnrollmentCode: code, recipient: { name }, vaccination: { dose }, ...more })

async function certify(name = 'Sam', dose = 1, by: Caller = caller): Promise<string> {
  const { results } = await acceptCertify(context, by, [item(name, dose)], options({ method: 'POST' }))
  await issueAll(await anIssuer(context))
  return results[0]!.certificateId!
}

async function update(name: string, dose = 1, by: Caller = caller, more: Record<string, unknown> = {}) {
  const { results } = await acceptUpdates(context, by, [item(name, dose, more)], options())
  return results[0]!
}

const change = (certificateId: string, action: ChangeToMake['action'], more: Partial<ChangeToMake> = {}) =>
  changeStatus(context, asha, { certificateId, action, reason: why, ...more })
const later = (hours: number) => new Date(now.getTime() + hours * HOUR)
const status = (certificateId: string) => certificateStatus(context, certificateId)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
const lineage = async () => (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]!
const entries = (certificateId: string) =>
  context.db.$queryRaw<{ state: string; by: string; at: Date; until: Date | null }[]>`
    select state::text, actor_name as by, at, until from status_entry where certificate_id = ${certificateId} order by id`
const topics = async () => {
  const rows = await context.db.$queryRaw<
    { topic: string; payload: Record<string, unknown>; headers: Record<string, string> }[]
  >`
    select o.topic, o.payload, o.headers from outbox o join lineage l on l.id = o.key where l.pre_enrollment_code = ${code} order by o.id`
  return rows
}
const audit = async () => {
  const rows = await context.db.$queryRaw<{ action: string; detail: Record<string, unknown> }[]>`
    select a.action, a.detail from audit_event a join lineage l on l.id = a.lineage_id
    where l.pre_enrollment_code = ${code} order by a.id`
  return rows
}

describe('revoking', () => {
  test('ends the certificate everywhere at once and for good', async () => {
    const id = await certify()
    expect(await change(id, 'revoke')).toEqual({
      certificateId: id,
      status: 'changed',
      state: 'revoked',
      since: now.toISOString(),
      until: null,
      reason: why,
      endedTransactions: [],
    })
    expect(await status(id)).toMatchObject({ state: 'revoked', since: now.toISOString(), until: null })
    expect(await isReplacedOrRevoked(context, id)).toBe(true)
    expect(await codeOf(latestCertificateId(context, caller, code))).toBe('NOT_FOUND')
    expect(await lineage()).toMatchObject({ state: 'revoked', current: null })
    expect(await codeOf(update('Samuel'))).toBe('CERTIFICATE_REVOKED')
    for (const action of ['suspend', 'lift'] as const) {
      expect(await codeOf(change(id, action))).toBe('CERTIFICATE_REVOKED')
    }
  })

  test('sent again says "unchanged" and writes nothing; another reason is refused', async () => {
    const id = await certify()
    const first = await change(id, 'revoke')
    now = later(5)
    expect(await change(id, 'revoke')).toEqual({ ...first, status: 'unchanged' })
    expect(await codeOf(change(id, 'revoke', { reason: { cause: 'fraud' } }))).toBe('CERTIFICATE_REVOKED')
    expect(await entries(id)).toHaveLength(1)
  })

  test('is in history with who, why and when, and in the audit without the note', async () => {
    const id = await certify()
    await change(id, 'revoke')
    const [version] = (await lineage()).history
    expect(version).toMatchObject({ state: 'revoked', since: now.toISOString(), endedAt: now.toISOString() })
    expect(version!.statuses).toEqual([
      { state: 'revoked', at: now.toISOString(), until: null, reason: why, by: { kind: 'operator', name: 'Asha' } },
    ])
    expect((await audit()).at(-1)).toEqual({ action: 'certificate.revoked', detail: { cause: 'error' } })
  })

  test('tells other systems and the holder, with nothing of the reason', async () => {
    const id = await certify()
    await change(id, 'revoke')
    const [revoked, notice] = (await topics()).slice(-2)
    expect(revoked!.topic).toBe('revoke_cert')
    expect(revoked!.payload).toMatchObject({ preEnrollmentCode: code, certificateBody: { certificateId: id } })
    expect(notice!.topic).toBe('notify')
    expect(JSON.stringify([revoked, notice])).not.toContain('somebody else')
  })

  test('lets the dose be certified again: a new generation with a fresh allowance, said in the audit', async () => {
    const first = await certify()
    await update('Samuel')
    await issueAll(await anIssuer(context))
    const second = (await lineage()).current!.certificateId
    await change(second, 'revoke')
    const again = await certify('Sam')
    expect([first, second]).not.toContain(again)
    const { lineages } = await findLineages(context, caller, { preEnrollmentCode: code })
    expect(lineages.map((one) => [one.state, one.updatesUsed])).toEqual([
      ['current', 0],
      ['revoked', 1],
    ])
    expect((await audit()).find((one) => one.detail.generation === 1)?.action).toBe('certify.accepted')
    expect(await codeOf(change(second, 'revoke'))).toBe('done')
    expect(await status(again)).toMatchObject({ state: 'current' })
    expect((await update('Samira')).status).toBe('accepted')
  })

  test('of a replaced certificate is refused and names the newest one', async () => {
    const first = await certify()
    await update('Samuel')
    await issueAll(await anIssuer(context))
    const newest = (await lineage()).current!.certificateId
    await expect(change(first, 'revoke')).rejects.toThrow(`The newest is ${newest}.`)
    expect(await codeOf(change(first, 'suspend'))).toBe('STALE_VERSION')
  })

  test('is for those alone who act for the facility, and tests and real ones stay apart', async () => {
    await context.db
      .$executeRaw`insert into facility (code, name) values ('here', 'Here'), ('there', 'There') on conflict do nothing`
    const here = aCaller({ facilityCode: 'here' })
    const id = await certify('Sam', 1, here)
    const request = { certificateId: id, action: 'revoke' as const, reason: why }
    expect(await codeOf(changeStatus(context, aCaller({ facilityCode: 'there' }), request))).toBe('NOT_YOUR_FACILITY')
    expect(await codeOf(changeStatus(context, aCaller({ sandbox: true }), request))).toBe('NOT_FOUND')
    const sandbox = aCaller({ sandbox: true, facilityCode: 'here' })
    const test = await certify('Sam', 2, sandbox)
    expect(await codeOf(changeStatus(context, here, { ...request, certificateId: test }))).toBe('NOT_FOUND')
    const before = await topics()
    expect(await codeOf(changeStatus(context, sandbox, { ...request, certificateId: test }))).toBe('done')
    expect(await topics()).toEqual(before)
    expect(await status(id)).toMatchObject({ state: 'current' })
  })
})

describe('suspending and lifting', () => {
  test('stops the certificate until it is lifted; it cannot be updated meanwhile', async () => {
    const id = await certify()
    expect(await change(id, 'suspend')).toMatchObject({ status: 'changed', state: 'suspended', until: null })
    expect(await status(id)).toMatchObject({ state: 'suspended', since: now.toISOString(), until: null })
    expect(await codeOf(update('Samuel'))).toBe('CERTIFICATE_SUSPENDED')
    now = later(2)
    expect(await change(id, 'lift')).toMatchObject({ status: 'changed', state: 'current' })
    expect(await status(id)).toMatchObject({ state: 'current', since: now.toISOString(), until: null })
    expect(await change(id, 'lift')).toMatchObject({ status: 'unchanged', state: 'current' })
    expect((await update('Samuel')).status).toBe('accepted')
    await issueAll(await anIssuer(context))
    expect(await status(id)).toMatchObject({ state: 'superseded' })
  })

  test('with an end is over from that instant on, in every read, before anybody has noted it', async () => {
    const id = await certify()
    const end = later(24)
    await change(id, 'suspend', { until: end })
    now = new Date(end.getTime() - 1)
    expect(await status(id)).toMatchObject({ state: 'suspended', until: end.toISOString() })
    expect(await codeOf(update('Samuel'))).toBe('CERTIFICATE_SUSPENDED')
    now = end
    expect(await status(id)).toMatchObject({ state: 'current', since: end.toISOString(), until: null })
    expect(await isReplacedOrRevoked(context, id)).toBe(false)
    expect(await latestCertificateId(context, caller, code)).toBe(id)
    expect(await lineage()).toMatchObject({ state: 'current', current: { certificateId: id } })
    expect(await change(id, 'lift')).toMatchObject({ status: 'unchanged', state: 'current' })
    const { certificateId } = await update('Samuel')
    await issueAll(await anIssuer(context))
    expect(await status(id)).toMatchObject({ state: 'superseded' })
    expect(await status(certificateId!)).toMatchObject({ state: 'current' })
  })

  test('again changes the end and keeps the beginning', async () => {
    const id = await certify()
    const began = now
    await change(id, 'suspend', { until: later(24) })
    now = later(1)
    const end = later(48)
    expect(await change(id, 'suspend', { until: end })).toMatchObject({
      status: 'changed',
      since: began.toISOString(),
      until: end.toISOString(),
    })
    expect(await status(id)).toMatchObject({ since: began.toISOString(), until: end.toISOString() })
    expect(await change(id, 'suspend', { until: end })).toMatchObject({ status: 'unchanged' })
    expect(await codeOf(change(id, 'suspend', { until: now }))).toBe('VALIDATION_ERROR')
  })

  test('after one that is over is a new suspension, with the end of the first noted before it', async () => {
    const id = await certify()
    const end = later(1)
    await change(id, 'suspend', { until: end })
    now = later(3)
    await change(id, 'suspend')
    expect(await status(id)).toMatchObject({ state: 'suspended', since: now.toISOString(), until: null })
    expect((await entries(id)).map((one) => [one.state, one.by, one.at])).toEqual([
      ['suspended', 'Asha', new Date('2026-05-12T10:30:00.000Z')],
      ['current', 'End of the suspension', end],
      ['suspended', 'Asha', now],
    ])
  })

  test('the end of a suspension is noted once, by the program itself', async () => {
    const id = await certify()
    const end = later(1)
    await change(id, 'suspend', { until: end })
    expect(await noteEndedSuspensions(context)).toBe(0)
    now = later(2)
    const noted = await Promise.all([noteEndedSuspensions(context), noteEndedSuspensions(context)])
    expect(noted.reduce((a, b) => a + b)).toBe(1)
    expect(await noteEndedSuspensions(context)).toBe(0)
    expect((await entries(id)).map((one) => [one.state, one.at])).toEqual([
      ['suspended', new Date('2026-05-12T10:30:00.000Z')],
      ['current', end],
    ])
    expect(await status(id)).toMatchObject({ state: 'current', since: end.toISOString() })
  })
})

describe('updates on their way', () => {
  test.each([
    ['revoke', 'CERTIFICATE_REVOKED'],
    ['suspend', 'CERTIFICATE_SUSPENDED'],
  ] as const)('%s ends those that wait, gives their places back and tells who asked', async (action, failure) => {
    const id = await certify()
    const waiting = [await update('Samuel'), await update('Samira')]
    expect((await change(id, action)).endedTransactions).toEqual(waiting.map((one) => one.transactionId))
    const view = await lineage()
    expect(view).toMatchObject({ updatesUsed: 0, updatesPending: 0 })
    expect(view.transactions.map((one) => [one.state, one.failure?.code])).toEqual([
      ['failed', failure],
      ['failed', failure],
    ])
    await issueAll(await anIssuer(context))
    expect((await lineage()).history).toHaveLength(1)
    const errors = (await topics()).filter((one) => one.topic === 'error_certificate')
    expect(errors).toHaveLength(2)
    // Put back on `certify` with its headers it is a request like others, and not taken for one of ours.
    expect(errors.flatMap(({ headers }) => Object.keys(headers))).not.toContain('errata-transaction')
  })

  test('a move on its way ends too, and the dose it was to go to is free', async () => {
    const id = await certify()
    await update('Sam', 1, caller, { meta: { correctedDose: 2 } })
    await change(id, 'revoke')
    expect(await codeOf(certify('Other', 2))).toBe('done')
    expect(await codeOf(certify('Other', 1))).toBe('done')
  })

  test.each<Step>(['claimed', 'signed'])(
    'one that a worker has %s is not issued after the certificate was revoked',
    async (at) => {
      const id = await certify()
      const { transactionId } = await update('Samuel')
      const issuer: Issuer = await anIssuer(context, {
        async onStep(step) {
          if (step === at) await change(id, 'revoke')
        },
      })
      await issueNext(issuer, 16)
      const view = await lineage()
      expect(view.state).toBe('revoked')
      expect(view.history).toHaveLength(1)
      expect(view.transactions[0]).toMatchObject({ transactionId, failure: { code: 'CERTIFICATE_REVOKED' } })
    },
  )

  test('is in the figures of what was not issued, once, under its code', async () => {
    const id = await certify()
    await update('Samuel')
    metrics.notIssued.reset()
    await change(id, 'revoke')
    await change(id, 'revoke')
    const { values } = await metrics.notIssued.get()
    expect(values.map(({ labels, value }) => [labels.code, value])).toEqual([['CERTIFICATE_REVOKED', 1]])
  })

  test('one that a worker has written wins: revoking the old certificate is refused and names the new one', async () => {
    const id = await certify()
    const { certificateId } = await update('Samuel')
    let revoking: Promise<unknown> | undefined
    const issuer = await anIssuer(context, {
      onStep(step) {
        if (step === 'written') revoking = codeOf(change(id, 'revoke'))
      },
    })
    await issueNext(issuer, 16)
    expect(await revoking).toBe('STALE_VERSION')
    expect(await status(certificateId!)).toMatchObject({ state: 'current' })
  })
})

describe('at the same moment', () => {
  test('twenty times the same revocation: it is done once and all are told so', async () => {
    const id = await certify()
    const answers = await Promise.all(Array.from({ length: 20 }, () => change(id, 'revoke')))
    expect(answers.filter((one) => one.status === 'changed')).toHaveLength(1)
    expect(await entries(id)).toHaveLength(1)
  })

  test('revoking, suspending, lifting, updating and issuing in any order leave one story', async () => {
    for (let round = 0; round < 15; round++) {
      code = `S${++run}`
      const id = await certify()
      const issuer = await anIssuer(context)
      await Promise.all([
        codeOf(update('Samuel')),
        codeOf(change(id, 'suspend')),
        codeOf(change(id, 'revoke')),
        codeOf(change(id, 'lift')),
        codeOf(update('Samira')),
        issueNext(issuer, 16),
        issueNext(issuer, 16),
      ])
      await issueAll(issuer)
      const view = await lineage()
      const standing = view.history.filter((one) => one.state !== 'superseded')
      expect(standing).toHaveLength(1)
      expect(standing[0]).toBe(view.history[0])
      const [first] = view.history.slice(-1)
      // Either the certificate was revoked and nothing came after it, or it was replaced before and revoking was refused.
      expect(first!.state).toBe(view.history.length === 1 ? 'revoked' : 'superseded')
      expect(view.updatesPending).toBe(0)
      expect(view.updatesUsed).toBe(view.history.length - 1)
    }
  })

  test('several together are changed all or none', async () => {
    const [one, two] = [await certify('Sam', 1), await certify('Sam', 2)]
    await change(two, 'revoke', { reason: { cause: 'fraud' } })
    const both = [one, two].map((certificateId) => ({ certificateId, action: 'revoke' as const, reason: why }))
    const work = context.db.$transaction((db) => changeStatusIn(db, context, asha, both))
    expect(await codeOf(work)).toBe('CERTIFICATE_REVOKED')
    expect(await status(one)).toMatchObject({ state: 'current' })
  })
})
