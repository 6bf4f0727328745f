import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Role } from '@/lib/auth/roles'
import { liveContext } from '@/lib/certificates/context'
import { issueNext, type Issuer } from '@/lib/certificates/issue'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { metrics } from './metrics'
import { shortenTally } from './store-tally'

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }

let api: Awaited<ReturnType<typeof startApi>>
let issuer: Issuer
let token: string
type Who = { cookie: string; headers: Record<string, string> }
let clerk: Who
let supervisor: Who
let administrator: Who
let count = 0

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '0' })
  issuer = await anIssuer(liveContext())
  await aFacility('A')
  await aFacility('B')
  token = await aToken({ facilityCode: 'A' })
  clerk = await person(['operator'], 'A')
  supervisor = await person(['operator', 'supervisor'], 'A')
  administrator = await person(['administrator'])
})
afterAll(() => api.close())

async function person(roles: Role[], facilityCode?: string): Promise<Who> {
  return {
    cookie: await cookieOf(await anOperator({ roles, ...(facilityCode ? { facilityCode } : {}) })),
    headers: OWN_PAGE,
  }
}

const db = () => liveContext().db
const aCode = () => `Q${++count}-${randomUUID().slice(0, 6)}`
const named = (preEnrollmentCode: string, name: string) => aRequest({ preEnrollmentCode, recipient: { name } })

async function accepted(row: typeof contract.certify | typeof contract.updateCertificates, item: object, as = token) {
  const { status, body } = await ask(row, { token: as, body: [item] })
  expect([status, body.message]).toEqual([200, undefined])
  return body.results[0] as { transactionId: string; certificateId: string }
}

/** A correction that waits, of a certificate that is issued. */
async function waiting(as = token) {
  const code = aCode()
  const { certificateId } = await accepted(contract.certify, named(code, 'Saraswathi'), as)
  await issueWaiting()
  return {
    code,
    before: certificateId,
    ...(await accepted(contract.updateCertificates, named(code, 'Saraswathy'), as)),
  }
}

/** What the signing service would do that is away. */
async function holdUp(): Promise<void> {
  const away = async () => {
    throw Object.assign(new Error('The external signer answered 503 to Saraswathy.'), { name: 'SignerError' })
  }
  const broken = { ...issuer, key: { ...issuer.key, sign: away } }
  while ((await issueNext(broken, 16)) > 0);
}

async function heldUp(as = token) {
  const one = await waiting(as)
  await holdUp()
  return one
}

/** Refused for good: its QR code cannot be read back. */
async function failing(as = token) {
  const one = await waiting(as)
  await db().transaction.update({ where: { id: one.transactionId }, data: { channel: 'screen' } })
  while ((await issueNext({ ...issuer, scan: async () => null }, 16)) > 0);
  return one
}

const stateOf = async (id: string) => (await db().transaction.findUniqueOrThrow({ where: { id } })).state
const queueOf = async (who: Who) => (await ask(contract.queue, who)).body
const listOf = async (who: Who, query: Record<string, string>) =>
  (await ask(contract.queueTransactions, { ...who, query })).body.transactions as Record<string, any>[] // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of every state
const retry = (who: Who, transactionId: string) => ask(contract.retryTransaction, { ...who, params: { transactionId } })
const giveUp = (who: Who, transactionId: string) =>
  ask(contract.giveUpTransaction, { ...who, params: { transactionId } })
const retryAll = (who: Who, body: object) => ask(contract.retryQueue, { ...who, body })
const asOwner = (statement: string) =>
  db().$transaction(async (tx) => {
    await tx.$executeRaw`set local role none`
    await tx.$executeRawUnsafe(statement)
  })
/** How many were given up, and how many ended because their original did, as `/metrics` tells it. */
const notIssued = async () => {
  const { values } = await metrics.notIssued.get()
  return ['GIVEN_UP', 'PREVIOUS_FAILED'].map((code) => values.find(({ labels }) => labels.code === code)?.value ?? 0)
}
const auditOf = (action: string, id: string) =>
  db().auditEvent.findMany({ where: { action, detail: { path: ['transactionId'], equals: id } } })

describe('what is held up', () => {
  test('is shown with the kind of its error, attempts and next try, and never with what the error says', async () => {
    const { transactionId, code, before } = await heldUp()
    await accepted(contract.updateCertificates, named(code, 'Saraswathy T'))
    const [item] = (await listOf(clerk, { state: 'held' })).filter((one) => one.transactionId === transactionId)
    expect(item).toMatchObject({
      ...{ reason: 'SignerError', attempts: 1, behind: 1, facility: { code: 'A' }, message: null },
      record: { preEnrollmentCode: code, certificateId: before },
      may: { retry: true, giveUp: false },
    })
    expect(Date.parse(item!.nextAttemptAt)).toBeGreaterThan(Date.parse(item!.acceptedAt))
    const { held, reasons, waiting: waits } = await queueOf(clerk)
    expect(held.behind).toBeGreaterThanOrEqual(1)
    expect(waits.count).toBe(0)
    expect(reasons).toContainEqual(expect.objectContaining({ state: 'held', reason: 'SignerError' }))
    expect(JSON.stringify([item, await queueOf(administrator)])).not.toMatch(/Saraswathy|answered/)
    await issueAll()
  })

  test('is tried at once when somebody says so, one or all of a reason, and issued by the next worker', async () => {
    const [one, other] = [await heldUp(), await heldUp()]
    await db()
      .$executeRaw`update transaction set next_attempt_at = now() + interval '5 minutes' where state = 'pending'`
    await issueWaiting()
    expect(await stateOf(one.transactionId)).toBe('pending')
    expect((await retry(clerk, one.transactionId)).body).toEqual({
      transactionId: one.transactionId,
      outcome: 'tried_now',
    })
    await issueWaiting()
    expect([await stateOf(one.transactionId), await stateOf(other.transactionId)]).toEqual(['issued', 'pending'])
    expect((await retryAll(clerk, { state: 'held', reason: 'Error' })).body.done).toBe(0)
    expect((await retryAll(administrator, { state: 'held', reason: 'SignerError' })).body).toMatchObject({
      done: 1,
      next: null,
    })
    await issueWaiting()
    expect(await stateOf(other.transactionId)).toBe('issued')
    expect(await auditOf('transaction.retried', one.transactionId)).toHaveLength(1)
  })

  test('is left to the worker that has it at this moment', async () => {
    const { transactionId } = await heldUp()
    const later = new Date(Date.now() + 60_000)
    const leased = { leaseToken: randomUUID(), leaseUntil: later, nextAttemptAt: later }
    await db().transaction.update({ where: { id: transactionId }, data: leased })
    expect((await retryAll(clerk, { state: 'held', reason: 'SignerError' })).body.done).toBe(0)
    expect((await retry(clerk, transactionId)).status).toBe(200)
    const row = await db().transaction.findUniqueOrThrow({ where: { id: transactionId } })
    expect([row.leaseToken, row.nextAttemptAt]).toEqual([leased.leaseToken, later])
    await db().transaction.update({ where: { id: transactionId }, data: { leaseToken: null, leaseUntil: null } })
    await issueAll()
  })

  test('is given up by administrators alone: everybody is told, and the place comes back', async () => {
    const { transactionId, code, before } = await heldUp()
    for (const who of [clerk, supervisor]) expect((await giveUp(who, transactionId)).body.code).toBe('NOT_ALLOWED')
    expect((await giveUp(administrator, transactionId)).body).toEqual({ transactionId, ended: 1 })
    expect((await giveUp(administrator, transactionId)).body.code).toBe('QUEUE_STATE')
    const view = (await ask(contract.transaction, { token, params: { transactionId } })).body
    expect([view.state, view.failure.code]).toEqual(['failed', 'GIVEN_UP'])
    const { lineages } = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body
    expect([lineages[0].updatesRemaining, lineages[0].current.certificateId]).toEqual([5, before])
    const [line] = await auditOf('transaction.given_up', transactionId)
    expect(line!.detail).toEqual({ transactionId, kind: 'update', reason: 'SignerError', ended: 1 })
  })

  test('of an original takes the updates along; asked for again, they come back in their order', async () => {
    const code = aCode()
    const first = await accepted(contract.certify, named(code, 'Saraswathi'))
    await holdUp()
    const update = await accepted(contract.updateCertificates, named(code, 'Saraswathy'))
    expect((await giveUp(administrator, first.transactionId)).body.ended).toBe(2)
    expect(await stateOf(update.transactionId)).toBe('failed')
    expect((await retry(clerk, first.transactionId)).body.code).toBe('NOT_ALLOWED')
    expect((await retry(supervisor, first.transactionId)).body.outcome).toBe('accepted')
    await issueWaiting()
    const { lineages } = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body
    const now = lineages.find((one: { current: object | null }) => one.current)
    expect([now.history.length, now.updatesRemaining, now.facility?.code ?? 'A']).toEqual([2, 4, 'A'])
  })

  test('of an original: it and its updates are asked for again together or not at all; one that is refused stays behind', async () => {
    const code = aCode()
    const first = await accepted(contract.certify, named(code, 'Saraswathi'))
    const updates = ['Saraswathy', 'Saraswati'].map((name) => accepted(contract.updateCertificates, named(code, name)))
    await holdUp()
    await Promise.all(updates)
    const counted = await notIssued()
    await giveUp(administrator, first.transactionId)
    expect(await notIssued()).toEqual([counted[0]! + 1, counted[1]! + 2])
    await db().$executeRaw`
      update transaction t set request = jsonb_set(request, '{recipient,name}', '""')
      where id = (select u.id from transaction u where u.lineage_id = t.lineage_id and u.kind = 'update' order by u.sequence limit 1)
        and t.lineage_id = (select lineage_id from transaction where id = ${first.transactionId}::uuid)`
    await asOwner(`create function no_more() returns trigger language plpgsql as $$
      begin if new.kind = 'update' then raise 'no more'; end if; return new; end $$`)
    await asOwner('create trigger no_more before insert on transaction for each row execute function no_more()')
    expect((await retry(supervisor, first.transactionId)).status).toBeGreaterThanOrEqual(500)
    await asOwner('drop trigger no_more on transaction')
    const waiting = async () => (await listOf(supervisor, { state: 'failed' })).map((one) => one.transactionId)
    expect(await waiting()).toContain(first.transactionId)
    expect(await auditOf('transaction.retried', first.transactionId)).toEqual([])
    expect((await retry(supervisor, first.transactionId)).body.outcome).toBe('accepted')
    await issueWaiting()
    const { lineages } = (
      await ask(contract.lineages, {
        token,
        query: { preEnrollmentCode: code },
      })
    ).body
    const now = lineages.find((one: { current: object | null }) => one.current)
    expect([now.history.length, now.updatesRemaining]).toEqual([2, 4])
  })

  test.each(['the administrator', 'the worker'])(
    'given up while it is being issued is one of the two, never both: %s first',
    async (first) => {
      const { transactionId, before } = await heldUp()
      await retry(clerk, transactionId)
      let given: Awaited<ReturnType<typeof giveUp>> | undefined
      const at = first === 'the worker' ? 'written' : 'signed'
      const onStep: Issuer['onStep'] = async (step) => {
        if (step !== at) return
        const asked = giveUp(administrator, transactionId)
        // A worker that has written holds the lineage: the administrator waits for it.
        if (at === 'signed') given = await asked
        else void asked.then((answer) => (given = answer))
      }
      await issueNext({ ...issuer, onStep }, 16)
      await expect.poll(() => given).toBeDefined()
      const states = [given!.status, await stateOf(transactionId)]
      expect(states).toEqual(first === 'the worker' ? [409, 'issued'] : [200, 'failed'])
      const { state } = await db().certificate.findUniqueOrThrow({ where: { certificateId: before } })
      expect(state).toBe(first === 'the worker' ? 'superseded' : 'current')
    },
  )
})

describe('what failed', () => {
  test('is asked for again by people of its facility: two at the same moment make one request', async () => {
    const { transactionId } = await failing()
    const [item] = (await listOf(clerk, { state: 'failed' })).filter((one) => one.transactionId === transactionId)
    expect(item).toMatchObject({
      ...{ reason: 'UNREADABLE_QR', message: expect.any(String) as string },
      may: { retry: true, giveUp: false },
    })
    const answers = await Promise.all([retry(clerk, transactionId), retry(supervisor, transactionId)])
    const ok = answers.filter(({ status }) => status === 200)
    expect(ok.length).toBeGreaterThan(0)
    expect(new Set(ok.map(({ body }) => body.transactionId)).size).toBe(1)
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)).not.toContain('INTERNAL_ERROR')
    await issueWaiting()
    expect(await stateOf(ok[0]!.body.transactionId)).toBe('issued')
    expect((await retry(clerk, transactionId)).body.code).toBe('QUEUE_STATE')
    expect((await listOf(clerk, { state: 'failed' })).map((one) => one.transactionId)).not.toContain(transactionId)
  })

  test('is nobody else’s to ask for: another facility, an administrator as such, a token', async () => {
    const { transactionId } = await failing()
    const elsewhere = await person(['operator', 'supervisor'], 'B')
    expect((await retry(elsewhere, transactionId)).body.code).toBe('NOT_YOUR_FACILITY')
    expect((await retry(administrator, transactionId)).body.code).toBe('NOT_ALLOWED')
    expect((await retryAll(administrator, { state: 'failed', reason: 'UNREADABLE_QR' })).body.code).toBe('NOT_ALLOWED')
    expect((await retryAll(elsewhere, { state: 'failed', reason: 'UNREADABLE_QR' })).body).toMatchObject({ done: 0 })
    expect((await ask(contract.queue, { token })).status).toBe(403)
    expect(await listOf(elsewhere, { state: 'failed' })).toEqual([])
    const [shown] = (await listOf(administrator, { state: 'failed' })).filter(
      (one) => one.transactionId === transactionId,
    )
    expect(shown).toMatchObject({ record: null, message: null, may: { retry: false, giveUp: false } })
    expect(await stateOf(transactionId)).toBe('failed')
  })

  test('all of one reason is asked for again, page by page; what is refused says why and stays', async () => {
    await retryAll(clerk, { state: 'failed', reason: 'UNREADABLE_QR' })
    await issueWaiting()
    const codes = Array.from({ length: 27 }, aCode)
    const certified = await ask(contract.certify, { token, body: codes.map((code) => named(code, 'Saraswathi')) })
    await issueWaiting()
    const updates = codes.map((code) => named(code, 'Saraswathy'))
    const updated = await ask(contract.updateCertificates, { token, body: updates })
    const made = (updated.body.results as { transactionId: string }[]).map(({ transactionId }, n) => ({
      transactionId,
      before: certified.body.results[n].certificateId as string,
    }))
    await db().transaction.updateMany({
      where: { id: { in: made.map(({ transactionId }) => transactionId) } },
      data: { channel: 'screen' },
    })
    while ((await issueNext({ ...issuer, scan: async () => null }, 16)) > 0);
    const [revoked] = made
    await db().certificate.update({ where: { certificateId: revoked!.before }, data: { state: 'suspended' } })
    const first = (await retryAll(clerk, { state: 'failed', reason: 'UNREADABLE_QR' })).body
    expect(first.next).not.toBeNull()
    const second = (await retryAll(clerk, { state: 'failed', reason: 'UNREADABLE_QR', after: first.next })).body
    expect([first.done + second.done, second.next]).toEqual([26, null])
    const refused = [...first.refused, ...second.refused]
    expect(refused.map(({ transactionId }) => transactionId)).toEqual([revoked!.transactionId])
    await issueWaiting()
    expect(await db().transaction.count({ where: { state: 'pending' } })).toBe(0)
  })
})

describe('the figures', () => {
  test('say what was issued by hour and facility, the same before and after the lines are put together by two workers', async () => {
    const before = await queueOf(clerk)
    for (let n = 0; n < 3; n++) {
      await accepted(contract.certify, named(aCode(), 'Saraswathi'))
      await issueWaiting()
    }
    const sandbox = await aToken({ facilityCode: 'A', sandbox: true })
    await accepted(contract.certify, named(aCode(), 'Saraswathi'), sandbox)
    await issueWaiting()
    const issuedOf = (answer: { hours: { issued: number }[] }) =>
      answer.hours.reduce((sum, { issued }) => sum + issued, 0)
    const after = await queueOf(clerk)
    expect(issuedOf(after) - issuedOf(before)).toBe(3)
    const long = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
    await Promise.all([shortenTally(db(), long), shortenTally(db(), long)])
    await shortenTally(db(), long)
    const { facilities, hours } = await queueOf(clerk)
    expect(hours).toEqual(after.hours)
    expect(facilities.map(({ facility }: { facility: { code: string } }) => facility.code)).toEqual(['A'])
    expect(facilities[0].issued).toBe(issuedOf(after))
    expect(await db().issueTally.count()).toBeLessThanOrEqual(2)
  })

  test('of the installation are for administrators; what stands in the lists of others is within reach alone', async () => {
    await db().worker.create({ data: { id: randomUUID(), startedAt: new Date(), seenAt: new Date() } })
    const [all, own] = [await queueOf(administrator), await queueOf(clerk)]
    expect([all.everywhere, own.everywhere, own.installation]).toEqual([true, false, null])
    expect(all.installation).toEqual({ relay: null, webhooks: { waiting: 0, seconds: 0, stopped: 0 } })
    expect(all.workers.alive).toBe(1)
    expect((await ask(contract.queueTransactions, { ...clerk, query: { state: 'held', after: 'x' } })).body.code).toBe(
      'VALIDATION_ERROR',
    )
  })
})

async function issueAll(): Promise<void> {
  await db().$executeRaw`update transaction set next_attempt_at = now() where state = 'pending'`
  await issueWaiting()
}
