import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { dayIn } from '@/lib/certificates/dates'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { anIssuer, aRequest, issueAll } from '@/lib/testing/builders'

const ZONE = 'Asia/Colombo'
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const MIDNIGHT = '18:30:00.000Z'

let api: Awaited<ReturnType<typeof startApi>>
let facilityCode: string
let clerk: Awaited<ReturnType<typeof anOperator>>
let cookie: string
let token: string

beforeAll(async () => {
  api = await startApi({ ISSUER_TIME_ZONE: ZONE, CERTIFICATE_UPDATE_LIMIT: '2' })
})
beforeEach(async () => {
  facilityCode = `F${randomUUID().slice(0, 8)}`
  await aFacility(facilityCode)
  clerk = await anOperator({ facilityCode, roles: ['operator', 'supervisor'] })
  cookie = await cookieOf(clerk)
  token = await aToken({ facilityCode })
})
afterAll(() => api.close())

const db = () => liveContext().db
const today = () => dayIn(new Date(), ZONE)
const day = async (query: Record<string, string> = {}, as = cookie) =>
  (await ask(contract.dayList, { cookie: as, query })).body
const waiting = async (as = cookie) => (await ask(contract.waiting, { cookie: as })).body
const kindsOf = (list: { items: { kind: string }[] }) => list.items.map(({ kind }) => kind)

async function certified(preEnrollmentCode = randomUUID(), changes: object = {}) {
  const item = aRequest({ preEnrollmentCode, recipient: { name: 'Sarasvathy T K' }, ...changes })
  const { body } = await ask(contract.certify, { token, body: [item] })
  await issueWaiting()
  return { item, preEnrollmentCode, certificateId: body.results[0].certificateId as string }
}

type Person = Awaited<ReturnType<typeof certified>>

const put = ({ item }: Person, name: string, by: { token?: string; cookie?: string } = { cookie }) =>
  ask(contract.updateCertificates, {
    ...by,
    headers: OWN_PAGE,
    body: [{ ...item, recipient: { ...(item.recipient as object), name } }],
  })

async function corrected(person: Person, name: string, by?: { token?: string; cookie?: string }) {
  const { body } = await put(person, name, by)
  await issueWaiting()
  return body.results[0].certificateId as string
}

/** A correction on screen whose QR code cannot be read back. */
async function failed(person: Person, name: string): Promise<string> {
  const { body } = await put(person, name)
  await issueAll(await anIssuer(liveContext(), { scan: async () => null }))
  return body.results[0].transactionId
}

async function reported(person: Person, facts: { createdAt?: Date; reference?: string; note?: string } = {}) {
  const { lineageId } = await db().certificate.findUniqueOrThrow({ where: { certificateId: person.certificateId } })
  const link = {
    id: randomUUID(),
    tokenHash: randomUUID(),
    lineageId,
    certificateId: person.certificateId,
    actorKind: 'client',
    actorId: 'x',
    actorName: 'x',
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 1e9),
  }
  await db().holderLink.create({ data: link })
  return db().holderReport.create({
    data: {
      id: randomUUID(),
      reference: `R-${randomUUID().slice(0, 8).toUpperCase()}`,
      linkId: link.id,
      lineageId,
      certificateId: person.certificateId,
      kind: 'wrong',
      fields: [{ path: 'recipient.name', right: 'Saraswathy T K' }],
      createdAt: new Date(),
      ...facts,
    },
  })
}

const close = (reportId: string, body: object = { answer: 'We looked.', outcome: 'nothing_wrong' }, as = cookie) =>
  ask(contract.closeReport, { cookie: as, headers: OWN_PAGE, params: { reportId }, body })

describe('the list of a day', () => {
  test('holds corrections with what was changed and by whom, in initials', async () => {
    const person = await certified()
    const certificateId = await corrected(person, 'Saraswathy T K')
    await put(person, 'Saraswathi T K', { token })
    const list = await day()
    expect(list).toMatchObject({ day: today(), today: today(), next: null, counts: { correction: 2, limit: 1 } })
    const corrections = list.items.filter(({ kind }: { kind: string }) => kind === 'correction')
    expect(corrections).toMatchObject([
      { state: 'pending', fields: [], channel: 'api', by: { kind: 'client', you: false } },
      { state: 'issued', fields: ['Full name'], certificateId, channel: 'screen', by: { name: 'Asha', you: true } },
    ])
    expect(corrections[0].subject).toMatchObject({
      preEnrollmentCode: person.preEnrollmentCode,
      initials: 'S. T. K.',
      updatesPending: 1,
    })
    expect(JSON.stringify(list)).not.toContain('Saras')
    await issueWaiting()
  })

  test('holds failures with their reason, and the certificate to try again with until something newer was accepted', async () => {
    const person = await certified()
    const transactionId = await failed(person, 'Saraswathy T K')
    expect((await day({ kind: 'failure' })).items).toMatchObject([
      { kind: 'failure', transactionId, code: 'UNREADABLE_QR', update: true, again: person.certificateId },
    ])
    expect(await waiting()).toEqual({ reports: 0, failures: 1, oversight: 0 })
    await corrected(person, 'Saraswathy T K')
    expect((await day({ kind: 'failure' })).items).toMatchObject([{ again: null }])
    expect(await waiting()).toEqual({ reports: 0, failures: 0, oversight: 0 })
  })

  test('holds what was cancelled, suspended and made valid again, with cause and who, without the note', async () => {
    const person = await certified()
    const asking = { cookie, headers: OWN_PAGE, params: { certificateId: person.certificateId } }
    const reason = { cause: 'recall' as const, note: 'Sarasvathy called' }
    await put(person, 'Saraswathy T K')
    const until = '2099-01-01T00:00:00.000Z'
    await ask(contract.suspendCertificate, { ...asking, body: { reason, until } })
    expect(await waiting()).toEqual({ reports: 0, failures: 1, oversight: 0 })
    await ask(contract.liftSuspension, { ...asking, token, cookie: undefined, body: { reason } })
    expect((await put(person, 'Saraswathi T K')).status).toBe(200)
    await ask(contract.revokeCertificate, { ...asking, body: { reason } })
    const list = await day()
    expect(list.counts).toMatchObject({ status: 3, failure: 2 })
    const { certificateId } = person
    expect((await day({ kind: 'status' })).items).toMatchObject([
      { kind: 'status', state: 'revoked', certificateId, cause: 'recall', until: null, by: { you: true } },
      { state: 'current', by: { kind: 'client', you: false } },
      { state: 'suspended', until, subject: { current: null, initials: 'S. T. K.' } },
    ])
    expect(JSON.stringify(list)).not.toContain('Saras')
    // What ended with the certificate waits for nobody.
    expect(await waiting()).toEqual({ reports: 0, failures: 0, oversight: 0 })
    expect((await day({ mine: 'true' })).counts.status).toBe(2)
  })

  test('holds each lineage whose last update was used, and each that was refused one, once for each who asked', async () => {
    const person = await certified()
    await corrected(person, 'One')
    await corrected(person, 'Two')
    expect((await day()).counts.limit).toBe(1)
    for (let n = 0; n < 3; n++) {
      expect((await put(person, 'Three')).body.code).toBe('UPDATE_LIMIT_REACHED')
      await put(person, 'Three', { token })
    }
    const { items } = await day({ kind: 'limit' })
    expect(items.map(({ reached, by }: never) => `${reached} ${(by as { kind: string }).kind}`).sort()).toEqual([
      'refused client',
      'refused operator',
      'used operator',
    ])
  })

  test('of a client that goes on without refused items notes those too; a dry run notes nothing', async () => {
    const person = await certified()
    await corrected(person, 'One')
    await corrected(person, 'Two')
    const body = [{ ...person.item, recipient: { ...(person.item.recipient as object), name: 'Three' } }]
    await ask(contract.updateCertificates, { token, query: { dryRun: 'true' }, body })
    expect((await day()).counts.limit).toBe(1)
    const other = await certified()
    const each = await aToken({ facilityCode, batch: 'each' })
    const answer = await ask(contract.updateCertificates, {
      token: each,
      body: [...body, { ...other.item, vaccinator: { name: 'New' } }],
    })
    expect(answer.body.results.map(({ status }: { status: string }) => status)).toEqual(['refused', 'accepted'])
    expect((await day()).counts.limit).toBe(2)
    await issueWaiting()
  })

  test('is the facility’s own: not one item, count, reference or action of another, by any filter', async () => {
    const person = await certified()
    await corrected(person, 'One')
    await failed(person, 'Two')
    const report = await reported(person)
    const elsewhere = await cookieOf(await anOperator({ facilityCode: 'unassigned' }))
    for (const query of [{}, { q: person.preEnrollmentCode }, { q: report.reference }, { q: person.certificateId }]) {
      const list = await day(query as Record<string, string>, elsewhere)
      expect(JSON.stringify(list)).not.toContain(person.preEnrollmentCode)
    }
    expect((await day({ q: person.preEnrollmentCode }, elsewhere)).counts).toEqual({
      report: 0,
      failure: 0,
      status: 0,
      correction: 0,
      limit: 0,
    })
    expect((await close(report.id, undefined, elsewhere)).body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
    for (const row of [
      ask(contract.reportAdvice, { cookie: elsewhere, params: { reportId: report.id } }),
      ask(contract.failureAdvice, {
        cookie: elsewhere,
        params: { transactionId: (await day({ kind: 'failure' })).items[0].transactionId },
      }),
    ]) {
      expect((await row).body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
    }
    const everywhere = await cookieOf(await anOperator())
    expect((await day({ q: person.preEnrollmentCode }, everywhere)).items).toHaveLength(3)
    expect((await ask(contract.dayList, { token })).body).toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('sandbox certificates are not on it', async () => {
    const everywhere = await cookieOf(await anOperator())
    const sandbox = await aToken({ facilityCode, sandbox: true })
    const preEnrollmentCode = randomUUID()
    await ask(contract.certify, { token: sandbox, body: [aRequest({ preEnrollmentCode })] })
    await ask(contract.updateCertificates, {
      token: sandbox,
      body: [aRequest({ preEnrollmentCode, vaccinator: { name: 'X' } })],
    })
    for (const as of [cookie, everywhere]) expect((await day({ q: preEnrollmentCode }, as)).items).toEqual([])
  })

  test('mine: what I did, and reports on what I corrected', async () => {
    const [mine, theirs] = [await certified(), await certified()]
    await corrected(mine, 'One')
    await corrected(theirs, 'One', { token })
    await reported(mine)
    await reported(theirs)
    expect((await day()).counts).toMatchObject({ correction: 2, report: 2 })
    const list = await day({ mine: 'true' })
    expect(list.counts).toMatchObject({ correction: 1, report: 1 })
    for (const { subject } of list.items) expect(subject.preEnrollmentCode).toBe(mine.preEnrollmentCode)
  })

  test('finds by code, number, reference and transaction exactly, on any day; a part of one finds nothing', async () => {
    const person = await certified()
    const fresh = await corrected(person, 'One')
    const transactionId = await failed(person, 'Two')
    const report = await reported(person, { createdAt: new Date('2020-01-01T10:00:00Z') })
    await close(report.id)
    await db().holderReport.update({ where: { id: report.id }, data: { closedAt: new Date('2020-01-02T10:00:00Z') } })
    expect(kindsOf(await day())).not.toContain('report')
    const grouped = `${fresh.slice(0, 3)} ${fresh.slice(3)}`
    for (const q of [person.preEnrollmentCode, fresh, grouped, transactionId, report.reference.toLowerCase()]) {
      expect(kindsOf(await day({ q })).sort(), q).toEqual(['correction', 'failure', 'report'])
    }
    for (const q of [person.preEnrollmentCode.slice(0, -1), fresh.slice(1), '%', "' or true --", 'R']) {
      expect((await day({ q })).items, q).toEqual([])
    }
  })

  test('pages through without repeating or leaving out, while new items come in, open reports first', async () => {
    const people = [await certified(), await certified()]
    for (const person of people) for (const name of ['One', 'Two']) await corrected(person, name)
    const at = Date.now()
    const reports = []
    for (let n = 0; n < 65; n++)
      reports.push(await reported(people[n % 2]!, { createdAt: new Date(at - (n % 7) * 1000) }))
    const seen: string[] = []
    let after: string | undefined
    let pages = 0
    do {
      const page = await day(after ? { after } : {})
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      if (pages++ === 0) await reported(people[0]!, { createdAt: new Date(at + 60_000) })
      after = page.next ?? undefined
    } while (after)
    expect(pages).toBe(3)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(65 + 4 + 2)
    expect(seen.slice(0, 65).every((id) => id.startsWith('report '))).toBe(true)
    for (const bad of ['x', 'bnVsbA', Buffer.from('[0,"x","y"]').toString('base64url')]) {
      expect((await ask(contract.dayList, { cookie, query: { after: bad } })).body.code).toBe('VALIDATION_ERROR')
    }
  })

  test('a day begins at midnight where the issuer is', async () => {
    const person = await certified()
    await corrected(person, 'One')
    await corrected(person, 'Two')
    const updates = await db().transaction.findMany({
      where: { kind: 'update', lineage: { preEnrollmentCode: person.preEnrollmentCode } },
      orderBy: { sequence: 'asc' },
    })
    const move = (id: string, acceptedAt: string) =>
      db().transaction.update({ where: { id }, data: { acceptedAt: new Date(acceptedAt) } })
    await move(updates[0]!.id, `2026-05-11T18:29:59.999Z`)
    await move(updates[1]!.id, `2026-05-11T${MIDNIGHT}`)
    expect((await day({ day: '2026-05-11' })).counts).toMatchObject({ correction: 1, limit: 0 })
    expect((await day({ day: '2026-05-12' })).counts).toMatchObject({ correction: 1, limit: 1 })
    expect((await day({ day: '2026-05-13' })).counts).toMatchObject({ correction: 0, limit: 0 })
    for (const bad of ['2026-02-30', 'x', '1']) {
      expect((await ask(contract.dayList, { cookie, query: { day: bad } })).body.code).toBe('VALIDATION_ERROR')
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-05-11T20:00:00Z') })
    try {
      const night = await cookieOf(clerk)
      expect((await day({}, night)).today).toBe('2026-05-12')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a holder’s report', () => {
  test('stays on the list of every day until it is closed, then on those of its days', async () => {
    const person = await certified()
    const report = await reported(person, { createdAt: new Date('2026-01-10T05:00:00Z'), note: 'Please' })
    expect((await day()).items).toMatchObject([
      {
        kind: 'report',
        reference: report.reference,
        about: 'wrong',
        fields: [{ path: 'recipient.name', right: 'Saraswathy T K' }],
        note: 'Please',
        closed: null,
        correctedSince: null,
        subject: { current: person.certificateId },
      },
    ])
    expect(await waiting()).toEqual({ reports: 1, failures: 0, oversight: 0 })
    expect((await day({ day: '2026-01-10' })).counts.report).toBe(1)
    expect((await day({ day: '2026-01-09' })).counts.report).toBe(0)
    expect((await close(report.id)).status).toBe(200)
    expect(await waiting()).toEqual({ reports: 0, failures: 0, oversight: 0 })
    const closed = { by: 'Asha', answer: 'We looked.', outcome: 'nothing_wrong' }
    expect((await day()).items).toMatchObject([{ closed }])
    expect((await day({ day: '2026-01-10' })).items).toMatchObject([{ closed }])
    expect((await day({ day: '2026-01-11' })).counts.report).toBe(0)
  })

  test('is closed once, however many close it at the same time, with one line in the audit', async () => {
    const report = await reported(await certified())
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => close(report.id, { answer: `Answer ${n}`, outcome: 'elsewhere' })),
    )
    const won = answers.findIndex(({ status }) => status === 200)
    expect(answers.filter(({ body }) => body.code === 'REPORT_CLOSED')).toHaveLength(4)
    expect(await db().holderReport.findUnique({ where: { id: report.id } })).toMatchObject({
      state: 'closed',
      answer: `Answer ${won}`,
      closedByName: 'Asha',
    })
    expect(await db().auditEvent.count({ where: { action: 'report.closed', lineageId: report.lineageId } })).toBe(1)
  })

  test('is "corrected" only when a newer certificate was issued since', async () => {
    const person = await certified()
    const report = await reported(person)
    const body = { answer: 'Done.', outcome: 'corrected' }
    expect((await close(report.id, body)).body).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [{ path: '/outcome' }],
    })
    const certificateId = await corrected(person, 'Saraswathy T K')
    expect((await day({ kind: 'report' })).items).toMatchObject([{ correctedSince: { certificateId } }])
    expect((await close(report.id, body)).status).toBe(200)
  })

  test('is not closed without an answer, nor with one that turns the text around it', async () => {
    const report = await reported(await certified())
    for (const answer of ['', '  ', 'x'.repeat(1001), 'a\u202eb', 'a\u0000b']) {
      expect((await close(report.id, { answer, outcome: 'elsewhere' })).body).toMatchObject({
        code: 'VALIDATION_ERROR',
      })
    }
    expect((await close(report.id, { answer: 'ස්තුතියි\nThank you', outcome: 'elsewhere' })).status).toBe(200)
    expect((await close('x')).status).toBe(404)
    expect((await close(randomUUID())).status).toBe(404)
  })

  test('and a failure propose values for the fields, to the facility’s operators', async () => {
    const person = await certified()
    const report = await reported(person, { note: 'w, not v' })
    const advice = await ask(contract.reportAdvice, { cookie, params: { reportId: report.id } })
    expect(advice.body).toEqual({
      from: 'report',
      reference: report.reference,
      current: person.certificateId,
      note: 'w, not v',
      values: { 'recipient.name': 'Saraswathy T K' },
    })
    const transactionId = await failed(person, 'Saraswathi T K')
    const failure = await ask(contract.failureAdvice, { cookie, params: { transactionId } })
    expect(failure.body).toMatchObject({ from: 'failure', values: { 'recipient.name': 'Saraswathi T K' } })
    const issued = (await db().transaction.findFirstOrThrow({ where: { state: 'issued' } })).id
    for (const id of [issued, randomUUID(), 'x']) {
      expect((await ask(contract.failureAdvice, { cookie, params: { transactionId: id } })).status).toBe(404)
    }
  })
})

describe('what an operator opened last', () => {
  const recent = async (as = cookie) => (await ask(contract.recent, { cookie: as })).body.items
  const read = (certificateId: string, as = cookie) =>
    ask(contract.certificate, { cookie: as, params: { certificateId } })

  test('is noted when a certificate is read: code, dose and initials, for that operator alone', async () => {
    const person = await certified()
    await read(person.certificateId)
    expect(await recent()).toEqual([
      {
        certificateId: person.certificateId,
        type: 'VaccinationCertificate',
        preEnrollmentCode: person.preEnrollmentCode,
        dose: (person.item.vaccination as { dose: number }).dose,
        initials: 'S. T. K.',
        at: expect.any(String),
      },
    ])
    expect(await recent(await cookieOf(await anOperator({ facilityCode })))).toEqual([])
    await ask(contract.certificate, { token, params: { certificateId: person.certificateId } })
    expect(await db().recentItem.count({ where: { operatorId: clerk.id } })).toBe(1)
  })

  test('is at most ten, the last one first, each once, and leads to the newest certificate', async () => {
    const people = []
    for (let n = 0; n < 12; n++) people.push(await certified())
    for (const person of people) await read(person.certificateId)
    expect(await recent()).toHaveLength(10)
    const fresh = await corrected(people[5]!, 'Other')
    await read(people[5]!.certificateId)
    expect((await recent())[0].certificateId).toBe(fresh)
    expect(await db().recentItem.count({ where: { operatorId: clerk.id } })).toBe(10)
  })

  test('is not shown any more when the operator moved to another facility, and not what was refused', async () => {
    const person = await certified()
    await read(person.certificateId)
    await db().operator.update({ where: { id: clerk.id }, data: { facilityCode: 'unassigned' } })
    expect(await recent()).toEqual([])
    const stranger = await anOperator({ facilityCode: 'unassigned' })
    const theirs = await cookieOf(stranger)
    expect((await read(person.certificateId, theirs)).status).toBe(403)
    expect(await db().recentItem.count({ where: { operatorId: stranger.id } })).toBe(0)
  })

  test('can be forgotten, the own ones only', async () => {
    const person = await certified()
    const other = await cookieOf(await anOperator({ facilityCode }))
    await read(person.certificateId)
    await read(person.certificateId, other)
    const forgotten = await ask(contract.forgetRecent, { cookie, headers: OWN_PAGE })
    expect(forgotten.body).toEqual({ forgotten: 1 })
    expect(await recent()).toEqual([])
    expect(await recent(other)).toHaveLength(1)
  })
})
