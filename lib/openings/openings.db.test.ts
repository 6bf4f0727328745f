import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let certificateId: string
let count = 0

/** Asha works at MAH; the record belongs to GOT, where Ravi supervises. */
let asha: { id: string; cookie: string }
let ravi: { id: string; cookie: string }

const WRITE = { 'sec-fetch-site': 'same-origin' }
const MINUTE = 60_000

beforeAll(async () => {
  api = await startApi()
  for (const facility of ['MAH', 'GOT']) await aFacility(facility, 'South')
  token = await aToken({ facilityCode: 'GOT' })
})
beforeEach(async () => {
  code = `OP${++count}`
  ;[asha, ravi] = [await person({ facilityCode: 'MAH' }), await person({ facilityCode: 'GOT', roles: ['supervisor'] })]
  const answer = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: code })] })
  await issueWaiting()
  certificateId = answer.body.results[0].certificateId
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => api.close())

async function person(facts: Parameters<typeof anOperator>[0]) {
  const operator = await anOperator(facts)
  return { id: operator.id, cookie: await cookieOf(operator) }
}

const write = (cookie: string) => ({ cookie, headers: WRITE })
const open = (who = asha, body: object = {}) =>
  ask(contract.openRecord, { ...write(who.cookie), body: { preEnrollmentCode: code, reason: 'holder_asks', ...body } })
const read = (who = asha) => ask(contract.certificate, { cookie: who.cookie, params: { certificateId } })
const find = (who = asha) => ask(contract.lineages, { cookie: who.cookie, query: { preEnrollmentCode: code } })
const end = (id: string, who = asha) => ask(contract.endOpening, { ...write(who.cookie), params: { openingId: id } })
const decide = (id: string, body: object, who = ravi) =>
  ask(contract.decideOpening, { ...write(who.cookie), params: { openingId: id }, body })
const review = async (who = ravi) => (await ask(contract.openingsToReview, { cookie: who.cookie })).body.openings
const audits = () =>
  liveContext().db.$queryRaw<{ action: string; actorId: string; detail: Record<string, unknown> }[]>`
    select action, actor_id as "actorId", detail from audit_event
    where lineage_id = (select lineage_id from certificate where certificate_id = ${certificateId})
      and (action like 'opening.%' or action in ('record.opened', 'record.revealed')) order by id`
const later = (milliseconds: number) => nowIs(Date.now() + milliseconds)
const nowIs = (instant: number) => vi.spyOn(liveContext(), 'now').mockImplementation(() => new Date(instant))

describe("another facility's record", () => {
  test('cannot be read before it is opened, and can be read after, by this person alone', async () => {
    expect([(await read()).status, (await find()).status]).toEqual([403, 403])
    const { status, body } = await open()
    expect(status).toBe(200)
    expect(body).toMatchObject({ active: true, reason: 'holder_asks', endedAt: null })
    expect(body.records).toEqual([
      expect.objectContaining({
        preEnrollmentCode: code,
        certificateId,
        facility: { code: 'GOT', name: 'Facility GOT' },
      }),
    ])
    const seen = await read()
    expect(seen.status).toBe(200)
    expect(seen.body.opening).toMatchObject({ openingId: body.openingId, until: body.until })
    expect((await find()).body.lineages).toHaveLength(1)
    const colleague = await person({ facilityCode: 'MAH' })
    expect([(await read(colleague)).status, (await find(colleague)).status]).toEqual([403, 403])
    expect((await audits()).map(({ action, actorId, detail }) => [action, actorId, detail.reason])).toEqual([
      ['record.opened', asha.id, 'holder_asks'],
    ])
  })

  test('is open for the time of the setting, to the very end and not a moment longer', async () => {
    const { openedAt, until } = (await open()).body
    expect(Date.parse(until) - Date.parse(openedAt)).toBe(30 * MINUTE)
    nowIs(Date.parse(until) - 1)
    expect((await read()).status).toBe(200)
    nowIs(Date.parse(until))
    expect([(await read()).status, (await find()).status]).toEqual([403, 403])
  })

  test('ends at once when its reader ends it; nobody else can, and a second time changes nothing', async () => {
    const { openingId } = (await open()).body
    const stranger = await person({ facilityCode: 'MAH' })
    expect((await end(openingId, stranger)).status).toBe(404)
    expect((await end('none')).status).toBe(404)
    expect((await end(openingId)).body).toMatchObject({ active: false })
    expect((await read()).status).toBe(403)
    const again = await end(openingId)
    expect(again.body.endedAt).not.toBeNull()
    expect((await audits()).map(({ action }) => action)).toEqual(['record.opened', 'opening.ended'])
  })

  test('is opened once, however often and quickly somebody clicks', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => open()))
    expect(new Set(answers.map(({ body }) => body.openingId)).size).toBe(1)
    expect(await audits()).toHaveLength(1)
    const own = await ask(contract.ownOpenings, { cookie: asha.cookie })
    expect(own.body.openings).toHaveLength(1)
  })

  test('opens by certificate number, too', async () => {
    const answer = await open(asha, { preEnrollmentCode: undefined, certificateId })
    expect(answer.status).toBe(200)
    expect((await read()).status).toBe(200)
  })

  test('needs a reason of the list, with "other" a note, and one name of a record', async () => {
    for (const body of [
      { reason: 'curiosity' },
      { reason: undefined },
      { reason: 'other' },
      { reason: 'other', note: '  ' },
      { certificateId },
      { preEnrollmentCode: undefined },
      { note: 'half \ud800' },
    ]) {
      expect((await open(asha, body)).status, JSON.stringify(body)).toBe(400)
    }
    expect((await open(asha, { reason: 'other', note: 'court order' })).status).toBe(200)
  })

  test('what is not there says no more than a search does, and what is reached needs no opening', async () => {
    expect((await open(asha, { preEnrollmentCode: 'nobody' })).body.code).toBe('NOT_FOUND')
    expect((await open(ravi)).body.code).toBe('VALIDATION_ERROR')
    const own = await person({ facilityCode: 'GOT' })
    expect((await open(own)).body.code).toBe('VALIDATION_ERROR')
  })

  test('a token opens nothing', async () => {
    const answer = await ask(contract.openRecord, { token, body: { preEnrollmentCode: code, reason: 'audit' } })
    expect(answer.status).toBe(403)
  })

  test('is for reading: every write is refused', async () => {
    await open()
    const params = { certificateId }
    const record = (await read()).body.record
    const tries = [
      ask(contract.updateCertificates, {
        ...write(asha.cookie),
        body: [{ ...record, recipient: { ...record.recipient, gender: 'Other' } }],
      }),
      ask(contract.saveDraft, {
        ...write(asha.cookie),
        params,
        body: {
          fields: {},
          reason: { requestedBy: '', cause: '', note: '' },
          form: '7b1f6f0e-2f0c-4a57-9c0e-0d3a7e1c5b11',
          after: null,
        },
      }),
      ask(contract.countPrint, { ...write(asha.cookie), params, body: { kind: 'page', paper: 'a4', copies: 1 } }),
      ask(contract.makeHolderLink, { ...write(asha.cookie), params, body: {} }),
      ask(contract.bePresent, { ...write(asha.cookie), params }),
    ]
    for (const answer of await Promise.all(tries)) {
      const requested = answer.body?.results?.[0]?.status === 'awaiting_approval'
      if (!requested) expect(answer.status).toBe(403)
    }
    const [{ count: updates }] = await liveContext().db.$queryRaw<[{ count: number }]>`
      select count(*)::int as count from transaction where kind = 'update' and lineage_id =
        (select lineage_id from certificate where certificate_id = ${certificateId})`
    expect(updates).toBe(0)
  })

  test('of an opened record no document leaves before its values are revealed', async () => {
    await open()
    const file = (extension: string) =>
      ask(contract.certificateFile, { cookie: asha.cookie, params: { certificateId, extension } })
    for (const extension of ['jsonld', 'vc.json', 'svg', 'png']) {
      expect((await file(extension)).body?.code ?? (await file(extension)).status, extension).toBe('REVEAL_REQUIRED')
    }
    await ask(contract.revealValues, { ...write(asha.cookie), params: { certificateId }, body: { reason: 'identify' } })
    expect((await file('svg')).status).toBe(200)
  })
})

describe("the owner's supervisor", () => {
  test('sees who opened what, when, why and what was looked at, and nobody else does', async () => {
    const { openingId } = (await open(asha, { reason: 'other', note: 'court order' })).body
    await read()
    const seen = (await review()).find((one: { openingId: string }) => one.openingId === openingId)
    expect(seen).toMatchObject({
      reason: 'other',
      note: 'court order',
      active: true,
      by: { id: asha.id, name: 'Asha', facility: 'Facility MAH' },
      decidedBy: null,
    })
    expect(seen.looked.map(({ what }: { what: string }) => what)).toEqual(['opened', 'read'])
    const elsewhere = await person({ facilityCode: 'MAH', roles: ['supervisor'] })
    expect(await review(elsewhere)).toEqual([])
    expect((await ask(contract.openingsToReview, { cookie: asha.cookie })).status).toBe(403)
    const district = await person({ facilityCode: 'MAH', roles: ['supervisor'], district: 'South' })
    expect((await review(district)).map((one: { openingId: string }) => one.openingId)).toContain(openingId)
  })

  test('sees first what waits, the longest waiting first, however much is opened later', async () => {
    const { openingId } = (await open()).body
    await liveContext().db.$executeRaw`
      with many as (
        insert into opening (id, operator_id, reason, opened_at, until)
        select gen_random_uuid(), ${asha.id}::uuid, 'audit', now() + n * interval '1 second', now() + interval '1 hour'
        from generate_series(1, 250) n returning id)
      insert into opening_record (opening_id, lineage_id)
      select many.id, c.lineage_id from many, certificate c where c.certificate_id = ${certificateId}`
    const seen = await review()
    expect(seen.map((one: { openingId: string }) => one.openingId)).toContain(openingId)
    await liveContext().db.$executeRaw`
      update opening_record set verdict = 'acknowledged', decided_at = now(), decided_by_id = ${ravi.id}::uuid
      where opening_id <> ${openingId}::uuid and verdict is null`
    expect((await review())[0]).toMatchObject({ openingId })
  })

  test('acknowledges, which leaves it open', async () => {
    const { openingId } = (await open()).body
    const { status, body } = await decide(openingId, { verdict: 'acknowledged' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      active: true,
      decidedBy: 'Asha',
      records: [expect.objectContaining({ verdict: 'acknowledged' })],
    })
    expect((await read()).status).toBe(200)
    expect((await decide(openingId, { verdict: 'acknowledged' })).status).toBe(200)
    expect((await audits()).map(({ action }) => action)).toEqual(['record.opened', 'opening.acknowledged'])
  })

  test('objects, which ends it at once and keeps it shut for a day', async () => {
    const { openingId } = (await open()).body
    expect((await decide(openingId, { verdict: 'objected' })).status).toBe(400)
    const { body } = await decide(openingId, { verdict: 'objected', answer: 'The holder is not there.' })
    expect(body).toMatchObject({ active: false })
    expect((await read()).status).toBe(403)
    expect((await open()).body.code).toBe('NOT_ALLOWED')
    expect((await decide(openingId, { verdict: 'acknowledged' })).body.code).toBe('OPENING_DECIDED')
    expect((await audits()).map(({ action }) => action)).toEqual(['record.opened', 'opening.objected'])
    later(24 * 60 * MINUTE + MINUTE)
    expect((await open()).status).toBe(200)
  })

  /** A second dose of the same code, of a facility of the same district. */
  async function secondDose(facilityCode: string) {
    const body = [aRequest({ preEnrollmentCode: code, vaccination: { dose: 2, totalDoses: 2 } })]
    await ask(contract.certify, { token: await aToken({ facilityCode }), body })
    await issueWaiting()
  }
  const openDose = () => open(asha, { preEnrollmentCode: undefined, certificateId })
  const objection = { verdict: 'objected', answer: 'The holder is not there.' }

  test('objects to all that the person has open of the record, under whatever name it was opened', async () => {
    await secondDose('GOT')
    const first = (await openDose()).body
    const both = (await open()).body
    expect([first.records.length, both.records.length]).toEqual([1, 2])
    await decide(first.openingId, objection)
    expect([(await read()).status, (await find()).status]).toEqual([403, 403])
    const own = (await ask(contract.ownOpenings, { cookie: asha.cookie })).body.openings
    expect(own.map(({ active }: { active: boolean }) => active)).toEqual([false, false])
    for (const answer of [await open(), await openDose()]) expect(answer.body.code).toBe('NOT_ALLOWED')
  })

  test('objects while the person opens it anew: whichever comes first, nothing stays open', async () => {
    await secondDose('GOT')
    const { openingId } = (await openDose()).body
    await Promise.all([decide(openingId, objection), open(), open(), openDose()])
    expect((await read()).status).toBe(403)
  })

  test('objects for good: a district that acknowledges the rest takes it from nobody', async () => {
    await aFacility('BAL', 'South')
    await secondDose('BAL')
    const { openingId, records } = (await open()).body
    expect(records).toHaveLength(2)
    await decide(openingId, objection)
    const district = await person({ facilityCode: 'MAH', roles: ['supervisor'], district: 'South' })
    const { body } = await decide(openingId, { verdict: 'acknowledged' }, district)
    const verdicts = body.records.map((one: { verdict: string; answer: string }) => [one.verdict, one.answer])
    expect(verdicts).toEqual([
      ['objected', objection.answer],
      ['acknowledged', ''],
    ])
    expect((await read()).status).toBe(403)
    expect((await open()).body.code).toBe('NOT_ALLOWED')
    expect((await decide(openingId, { verdict: 'acknowledged' }, district)).body.code).toBe('OPENING_DECIDED')
  })

  test('is refused for records of other facilities, and for what is not there', async () => {
    const { openingId } = (await open()).body
    const elsewhere = await person({ facilityCode: 'MAH', roles: ['supervisor'] })
    expect((await decide(openingId, { verdict: 'acknowledged' }, elsewhere)).body.code).toBe('NOT_YOUR_FACILITY')
    expect((await decide('none', { verdict: 'acknowledged' })).status).toBe(404)
    expect((await decide(openingId, { verdict: 'acknowledged' }, asha)).status).toBe(403)
  })

  test('has no word on what was opened by oneself before', async () => {
    const { openingId } = (await open()).body
    await liveContext().db.operator.update({
      where: { id: asha.id },
      data: { facilityCode: 'GOT', roles: ['supervisor'] },
    })
    expect((await decide(openingId, { verdict: 'acknowledged' }, asha)).body.code).toBe('SECOND_PERSON_NEEDED')
  })
})

test('an auditor reads through an opening, with everything hidden, and reveals nothing', async () => {
  const auditor = await person({ roles: ['auditor'] })
  expect([(await read(auditor)).status, (await find(auditor)).status]).toEqual([403, 403])
  expect((await open(auditor, { reason: 'audit' })).status).toBe(200)
  const seen = await read(auditor)
  expect(seen.status).toBe(200)
  expect(JSON.stringify(seen.body)).not.toContain('11112222334')
  const reveal = await ask(contract.revealValues, {
    ...write(auditor.cookie),
    params: { certificateId },
    body: { reason: 'inquiry' },
  })
  expect(reveal.status).toBe(403)
})
