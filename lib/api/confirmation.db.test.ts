/** The holder confirms on the own phone: who may open a code, what the answer counts for, and what stays behind. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { runPipeline } from '@/lib/pipeline'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let cookie: string
let certificateId: string
let original: Record<string, unknown>
let corrected: Record<string, unknown>
let count = 0

beforeAll(async () => {
  api = await startApi({ TRUSTED_PROXIES: '1' })
  token = await aToken()
  cookie = await cookieOf(await anOperator())
})
beforeEach(async () => {
  original = aRequest({ preEnrollmentCode: `H${++count}`, recipient: { name: 'Sarasvathy' } })
  corrected = { ...original, recipient: { ...(original.recipient as object), name: 'Saraswathy' } }
  const { body } = await ask(contract.certify, { token, body: [original] })
  certificateId = body.results[0].certificateId
  await issueWaiting()
})
afterAll(() => api.close())

const here = { 'sec-fetch-site': 'same-origin' }
const show = (item: unknown = corrected, more = {}) =>
  ask(contract.askHolder, { cookie, headers: here, body: { corrections: [{ certificateId, item }] }, ...more })
const state = (confirmationId: string, as = cookie) =>
  ask(contract.findConfirmation, { cookie: as, params: { confirmationId } })
const tokenIn = (url: string) => url.split('/').at(-1)!

/** A phone: keeps the cookies it is given. */
function aPhone(address = `203.0.113.${++count % 250}`) {
  let kept: string | undefined
  const headers = { 'x-forwarded-for': address }
  return {
    async open(code: string) {
      const answer = await ask(contract.openConfirmation, { params: { token: code }, cookie: kept, headers })
      kept = answer.headers.get('set-cookie')?.split(';')[0] ?? kept
      return answer
    },
    answer: (code: string, body: unknown) =>
      ask(contract.answerConfirmation, { params: { token: code }, cookie: kept, headers, body }),
  }
}

async function asked() {
  const { status, body } = await show()
  expect(status).toBe(200)
  return { id: body.confirmationId as string, code: tokenIn(body.url) }
}

/** Moves everything that happened to a confirmation into the past. */
const later = (id: string, seconds: number) =>
  liveContext().db.$executeRaw`
    update confirmation set created_at = created_at - make_interval(secs => ${seconds}),
      expires_at = expires_at - make_interval(secs => ${seconds}),
      opened_at = opened_at - make_interval(secs => ${seconds})
    where id = ${id}::uuid`

const row = (id: string) => liveContext().db.confirmation.findUnique({ where: { id } })

describe('a code', () => {
  test('leads to the changes as the registry works them out, and to nothing else of the record', async () => {
    const { id, code } = await asked()
    expect(code).toMatch(/^[A-Za-z0-9_-]{24}$/)
    expect((await state(id)).body).toMatchObject({ state: 'waiting', marked: [] })
    const opened = await aPhone().open(code)
    expect(opened.body).toMatchObject({
      secondsLeft: 300,
      corrections: [
        {
          dose: 1,
          changes: [
            {
              path: 'recipient.name',
              label: 'Full name',
              before: 'Sarasvathy',
              after: 'Saraswathy',
              kind: 'text',
              ltr: false,
            },
          ],
        },
      ],
    })
    expect(opened.headers.get('cache-control')).toBe('no-store')
    expect(opened.headers.get('set-cookie')).toMatch(
      /^errata-confirm=[^;]+; Path=\/v3\/confirm; HttpOnly; SameSite=Strict/,
    )
    expect((await state(id)).body).toMatchObject({ state: 'opened' })
  })

  test('shows nothing that is hidden from the operator, who has its address too; what was typed anew it shows', async () => {
    const person = { identity: 'did:lk.nic:872550100V', contact: ['tel:+94771234501', 'tel:+94771234502'] }
    original = aRequest({ preEnrollmentCode: `H${++count}`, recipient: person })
    certificateId = (await ask(contract.certify, { token, body: [original] })).body.results[0].certificateId
    await issueWaiting()
    const { record } = (await ask(contract.certificate, { cookie, params: { certificateId } })).body
    const [kept] = record.recipient.contact
    const recipient = { ...record.recipient, identity: 'did:lk.nic:872550111V', contact: [kept, 'tel:0110000000'] }
    const item = { ...record, recipient }
    const { body } = await show(item)
    const opened = await aPhone().open(tokenIn(body.url))
    expect(opened.body.corrections[0].changes).toMatchObject([
      { path: 'recipient.identity', before: '••••\u2009100V', after: 'did:lk.nic:872550111V' },
      {
        path: 'recipient.contact',
        before: '••••\u20094501, ••••\u20094502',
        after: '••••\u20094501, tel:0110000000',
      },
    ])
    expect(JSON.stringify(await row(body.confirmationId))).not.toContain('94771234501')
    const [look] = await liveContext().db.auditEvent.findMany({
      where: { certificateId, action: 'record.read', detail: { path: ['form'], equals: 'confirmation' } },
    })
    expect(look).toMatchObject({ actorKind: 'operator' })
    const phone = aPhone()
    const again = await show(item)
    await phone.open(tokenIn(again.body.url))
    await phone.answer(tokenIn(again.body.url), { verdict: 'right' })
    const headers = { ...here, 'if-match': `"${certificateId}"`, 'holder-confirmation': again.body.confirmationId }
    const sent = await ask(contract.updateCertificates, { cookie, body: [item], headers })
    expect(sent.body.results[0]).toMatchObject({ status: 'accepted' })
    await issueWaiting()
  })

  test('is kept as a hash only', async () => {
    const { id, code } = await asked()
    expect(JSON.stringify(await row(id))).not.toContain(code)
  })

  test('opens on one device: of twenty phones at once one sees the changes, and sees them again', async () => {
    const { code } = await asked()
    const phones = Array.from({ length: 20 }, () => aPhone())
    const answers = await Promise.all(phones.map((phone) => phone.open(code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const first = phones[answers.findIndex(({ status }) => status === 200)]!
    expect((await first.open(code)).status).toBe(200)
    expect((await aPhone().answer(code, { verdict: 'right' })).status).toBe(404)
  })

  test('unknown, expired, opened elsewhere, answered and withdrawn are answered alike', async () => {
    const expired = await asked()
    await later(expired.id, 61)
    expect((await state(expired.id)).body).toMatchObject({ state: 'expired', secondsLeft: 0 })
    const answers = [await aPhone().open('AAAAAAAAAAAAAAAAAAAAAAAA'), await aPhone().open(expired.code)]

    const used = await asked()
    const phone = aPhone()
    await phone.open(used.code)
    answers.push(await aPhone().open(used.code))
    await phone.answer(used.code, { verdict: 'right' })
    answers.push(await phone.open(used.code), await aPhone().open(used.code))

    const withdrawn = await asked()
    const gone = { cookie, headers: here, params: { confirmationId: withdrawn.id } }
    expect((await ask(contract.withdrawConfirmation, gone)).body).toEqual({ withdrawn: true })
    expect((await ask(contract.withdrawConfirmation, gone)).status).toBe(404)
    answers.push(await aPhone().open(withdrawn.code))

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(new Set(answers.map(({ body }) => `${body.code} ${body.message}`)).size).toBe(1)
    expect(answers.some(({ headers }) => headers.has('set-cookie'))).toBe(false)
  })

  test('a new one ends the one before it', async () => {
    const earlier = await asked()
    const phone = aPhone()
    await phone.open(earlier.code)
    const fresh = await asked()
    expect((await phone.answer(earlier.code, { verdict: 'right' })).status).toBe(404)
    expect((await aPhone().open(fresh.code)).status).toBe(200)
  })

  test('the cookie of one code opens no other, and a session cookie none at all', async () => {
    const one = await asked()
    const phone = aPhone()
    await phone.open(one.code)
    certificateId = (await ask(contract.certify, { token, body: [{ ...original, preEnrollmentCode: `X${count}` }] }))
      .body.results[0].certificateId
    await issueWaiting()
    const { body } = await show({ ...corrected, preEnrollmentCode: `X${count}` })
    const other = tokenIn(body.url)
    expect((await aPhone().open(other)).status).toBe(200)
    expect((await phone.open(other)).status).toBe(404)
    const session = cookie.replace(/^[^=]+/, 'errata-confirm')
    expect((await ask(contract.openConfirmation, { params: { token: one.code }, cookie: session })).status).toBe(404)
  })

  test('guessing is stopped for the address it comes from, and for no other', async () => {
    const guesser = aPhone('198.51.100.7')
    const statuses: number[] = []
    for (let guess = 0; guess < 32; guess++) statuses.push((await guesser.open(`guess${guess}`)).status)
    expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true)
    expect(statuses.slice(30)).toEqual([429, 429])
    expect((await aPhone().open((await asked()).code)).status).toBe(200)
  })
})

describe('the answer', () => {
  test('"right" is there for the operator at once, and the values are gone', async () => {
    const { id, code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    expect((await phone.answer(code, { verdict: 'right' })).body).toEqual({ taken: true })
    expect((await state(id)).body).toMatchObject({ state: 'right', marked: [] })
    expect((await row(id))!.changes).toEqual([])
  })

  test('"wrong" names the fields, with what is right', async () => {
    const { id, code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    const marked = [{ path: 'recipient.name', note: 'Sarasvati' }]
    expect((await phone.answer(code, { verdict: 'wrong', marked })).status).toBe(200)
    expect((await state(id)).body).toMatchObject({ state: 'wrong', marked })
  })

  test('whose receipt was lost may be sent again, and cannot be turned round', async () => {
    const { id, code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    const answers = await Promise.all([1, 2, 3].map(() => phone.answer(code, { verdict: 'right' })))
    expect(answers.map(({ status }) => status)).toContain(200)
    expect((await phone.answer(code, { verdict: 'right' })).status).toBe(200)
    const marked = [{ path: 'recipient.name', note: '' }]
    expect((await phone.answer(code, { verdict: 'wrong', marked })).status).toBe(404)
    expect((await state(id)).body.state).toBe('right')
  })

  test('comes in time or not at all', async () => {
    const { id, code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    await later(id, 299)
    expect((await phone.open(code)).status).toBe(200)
    await later(id, 2)
    expect((await phone.answer(code, { verdict: 'right' })).status).toBe(404)
    expect((await state(id)).body.state).toBe('expired')
  })

  test('marks only what was shown, and says something', async () => {
    const { code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    const wrong = (marked: unknown) => phone.answer(code, { verdict: 'wrong', marked })
    expect((await wrong([{ path: 'vaccination.batch' }])).status).toBe(400)
    expect((await wrong([])).status).toBe(400)
    expect((await wrong([{ path: 'recipient.name', note: 'x'.repeat(301) }])).status).toBe(400)
    expect((await wrong([{ path: 'recipient.name', note: '\u0000' }])).status).toBe(400)
    expect((await wrong([{ path: 'recipient.name' }])).status).toBe(200)
  })

  test('leaves a line in the audit without any value', async () => {
    const { code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    await phone.answer(code, { verdict: 'wrong', marked: [{ path: 'recipient.name', note: 'Sarasvati' }] })
    const [event] = await liveContext().db.auditEvent.findMany({ where: { certificateId }, orderBy: { id: 'desc' } })
    expect(event).toMatchObject({
      action: 'confirmation.wrong',
      actorKind: 'holder',
      detail: { marked: ['recipient.name'] },
    })
  })
})

describe('the operator', () => {
  test('sees the own confirmations only', async () => {
    const { id } = await asked()
    const other = await cookieOf(await anOperator())
    expect((await state(id, other)).status).toBe(404)
    expect((await state('not-an-id')).status).toBe(404)
    const gone = await ask(contract.withdrawConfirmation, {
      cookie: other,
      headers: here,
      params: { confirmationId: id },
    })
    expect(gone.status).toBe(404)
  })

  test('cannot show what belongs to another facility, is replaced, changes nothing or cannot become a certificate', async () => {
    await aFacility(`F${count}`)
    const elsewhere = await cookieOf(await anOperator({ facilityCode: `F${count}` }))
    expect((await show(corrected, { cookie: elsewhere })).body.code).toBe('NOT_YOUR_FACILITY')
    expect((await show(original)).body.code).toBe('VALIDATION_ERROR')
    expect((await show({ ...corrected, recipient: {} })).status).toBe(400)
    await ask(contract.updateCertificates, { token, body: [corrected] })
    await issueWaiting()
    expect((await show()).body.code).toBe('STALE_VERSION')
    certificateId = '1'
    expect((await show()).status).toBe(404)
    const bySourceSystem = await show(corrected, { cookie: undefined, token })
    expect(bySourceSystem.status).toBe(403)
  })

  test('asks from pages of ours only', async () => {
    expect(
      (await show(corrected, { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere' } })).status,
    ).toBe(403)
    expect((await show(corrected, { headers: { origin: ORIGIN } })).status).toBe(200)
  })
})

describe('what was confirmed', () => {
  const send = (id: string, body: unknown, more: Record<string, string> = {}) =>
    ask(contract.updateCertificates, {
      cookie,
      body: [body],
      headers: { ...here, 'if-match': `"${certificateId}"`, 'holder-confirmation': id, ...more },
    })
  const reason = { requestedBy: 'holder', cause: 'our typing error' }

  async function confirmed() {
    const { id, code } = await asked()
    const phone = aPhone()
    await phone.open(code)
    await phone.answer(code, { verdict: 'right' })
    return id
  }

  test('is what is sent, and stands in the history', async () => {
    const id = await confirmed()
    const sent = await send(id, { ...corrected, reason })
    expect(sent.body.results[0]).toMatchObject({ status: 'accepted' })
    expect(await row(id)).toBeNull()
    await issueWaiting()
    const fresh = sent.body.results[0].certificateId
    const { body } = await ask(contract.certificate, { cookie, params: { certificateId: fresh } })
    expect(body.lineage.history[0].reason).toEqual({ ...reason, holderConfirmedAt: expect.stringMatching(/Z$/) })
    expect(JSON.stringify(body.credential)).not.toContain('holderConfirmedAt')
  })

  test('does not stand for anything that was changed afterwards', async () => {
    const id = await confirmed()
    const changed = { ...corrected, recipient: { ...(original.recipient as object), name: 'Saraswathi' } }
    const refused = await send(id, changed)
    expect([refused.status, refused.body.code]).toEqual([412, 'NOT_CONFIRMED'])
    expect(await row(id)).not.toBeNull()
    expect((await send(id, corrected)).status).toBe(200)
  })

  test('counts once, for the operator who asked, and only when it was "right"', async () => {
    const { id, code } = await asked()
    expect((await send(id, corrected)).body.code).toBe('NOT_CONFIRMED')
    const phone = aPhone()
    await phone.open(code)
    await phone.answer(code, { verdict: 'wrong', marked: [{ path: 'recipient.name' }] })
    expect((await send(id, corrected)).body.code).toBe('NOT_CONFIRMED')
    const right = await confirmed()
    const asOther = { cookie: await cookieOf(await anOperator()) }
    const headers = { ...here, 'holder-confirmation': right }
    const other = await ask(contract.updateCertificates, { ...asOther, body: [corrected], headers })
    expect(other.body.code).toBe('NOT_CONFIRMED')
    expect((await send(right, corrected)).status).toBe(200)
    await issueWaiting()
  })

  test('is not used up by a try or a refusal, and a lost answer may be asked for again', async () => {
    const id = await confirmed()
    const headers = { ...here, 'holder-confirmation': id }
    const dry = await ask(contract.updateCertificates, {
      cookie,
      body: [corrected],
      headers,
      query: { dryRun: 'true' },
    })
    expect(dry.status).toBe(200)
    expect((await send(id, corrected, { 'if-match': '"1"' })).body.code).toBe('STALE_VERSION')
    const key = { 'idempotency-key': `attempt-${id}` }
    const first = await send(id, corrected, key)
    expect(first.status).toBe(200)
    expect((await send(id, corrected, key)).body).toEqual(first.body)
  })

  test('may be several doses at once, and a move to another dose: each as it will be', async () => {
    const second: Record<string, unknown> = {
      ...original,
      vaccination: { ...(original.vaccination as object), dose: 2 },
    }
    const both = await ask(contract.certify, { token, body: [second] })
    await issueWaiting()
    const ids = [certificateId, both.body.results[0].certificateId]
    const moved = { ...corrected, meta: { correctedDose: 3 } }
    const fixed = { ...second, recipient: { ...(second.recipient as object), name: 'Saraswathy' } }
    const corrections = [moved, fixed].map((item, at) => ({ certificateId: ids[at]!, item }))
    const { body } = await ask(contract.askHolder, { cookie, headers: here, body: { corrections } })
    const phone = aPhone()
    const opened = await phone.open(tokenIn(body.url))
    const paths = opened.body.corrections.map(({ changes }: { changes: { path: string; after: string }[] }) =>
      changes.map(({ path, after }) => `${path} ${after}`),
    )
    expect(paths).toEqual([['recipient.name Saraswathy', 'vaccination.dose 3'], ['recipient.name Saraswathy']])
    await phone.answer(tokenIn(body.url), { verdict: 'right' })
    const put = (items: unknown[], of: string[]) =>
      ask(contract.updateCertificates, {
        cookie,
        body: items,
        headers: {
          ...here,
          'if-match': of.map((id) => `"${id}"`).join(', '),
          'holder-confirmation': body.confirmationId,
        },
      })
    expect((await put([moved], [ids[0]!])).body.code).toBe('NOT_CONFIRMED')
    const sent = await put([moved, fixed], ids)
    expect(sent.body.results.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'accepted'])
    await issueWaiting()
  })

  test('a client cannot write it into the reason', async () => {
    const claimed = { ...corrected, reason: { ...reason, holderConfirmedAt: '2026-01-01T00:00:00.000Z' } }
    const { body } = await ask(contract.updateCertificates, { token, body: [claimed] })
    await issueWaiting()
    const fresh = body.results[0].certificateId
    const view = await ask(contract.certificate, { token, params: { certificateId: fresh } })
    expect(view.body.lineage.history[0].reason).toEqual(reason)
  })
})

test('what is older than fifteen minutes is removed: by the worker, and when somebody asks anew', async () => {
  const { db } = liveContext()
  const old = await asked()
  await later(old.id, 15 * 60 + 1)
  const young = await db.confirmation.create({
    data: {
      id: randomUUID(),
      tokenHash: 'x',
      operatorId: (await anOperator()).id,
      certificateId: '1',
      changesHash: '',
      changes: [],
      createdAt: new Date(),
      expiresAt: new Date(),
    },
  })
  const stop = new AbortController()
  const worker = runPipeline(await anIssuer(liveContext()), stop.signal)
  await expect.poll(() => row(old.id), { timeout: 30_000 }).toBeNull()
  stop.abort()
  await worker
  expect(await row(young.id)).not.toBeNull()

  const second = await asked()
  await later(second.id, 15 * 60 + 1)
  const other = await cookieOf(await anOperator())
  await show(corrected, { cookie: other })
  expect(await row(second.id)).toBeNull()
})
