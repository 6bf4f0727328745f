import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi, type Asked } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0

const BORN = { dateOfBirth: '1957-01-30' }
const WRONG = { dateOfBirth: '1957-01-31' }

beforeAll(async () => {
  api = await startApi({ TRUSTED_PROXIES: '1', RATE_LIMIT_ADDRESS_PER_MINUTE: '0' })
  token = await aToken()
})
beforeEach(() => {
  code = `HOLDER${++count}`
})
afterAll(() => api.close())

const db = () => liveContext().db
const item = (changes = {}) =>
  aRequest({ preEnrollmentCode: code, recipient: { dob: '1957-01-30', name: 'Sarasvathy' }, ...changes })

async function certified(changes = {}, given = token): Promise<string> {
  const { body } = await ask(contract.certify, { token: given, body: [item(changes)] })
  await issueWaiting()
  return body.results[0].certificateId
}

async function updated(changes: object): Promise<string> {
  const { body } = await ask(contract.updateCertificates, { token, body: [item(changes)] })
  await issueWaiting()
  return body.results[0].certificateId
}

/** The token of a new link to a certificate. */
async function aLink(certificateId: string, body: object = {}): Promise<{ secret: string; linkId: string }> {
  const made = await ask(contract.makeHolderLink, { token, params: { certificateId }, body })
  expect(made.status).toBe(200)
  return { secret: made.body.url.split('/').at(-1), linkId: made.body.linkId }
}

/** From an address of its own, unless said otherwise: the tries of an address are counted too. */
const open = (secret: string, body: object, address = randomBytes(4).join('.')) =>
  ask(contract.openHolderLink, {
    params: { token: secret },
    body,
    headers: { 'x-forwarded-for': address, 'x-request-id': 'the-same-request' },
  })
const cookieFrom = (answer: Asked) => answer.headers.get('set-cookie')!.split(';')[0]!
const read = (secret: string, cookie?: string) => ask(contract.readHolderLink, { params: { token: secret }, cookie })
/** All that somebody can see of an answer. Requests of these tests have one and the same number. */
const seen = ({ status, headers, bytes }: Asked) => {
  return { status, headers: Object.fromEntries(headers), body: Buffer.from(bytes).toString('utf8') }
}
const auditOf = (certificateId: string) =>
  db().$queryRaw<{ action: string; actorKind: string; detail: object }[]>`
    select action, actor_kind as "actorKind", detail from audit_event
    where lineage_id = (select lineage_id from certificate where certificate_id = ${certificateId})
      and action like 'holder%' order by id`
const actionsOf = async (certificateId: string) => (await auditOf(certificateId)).map(({ action }) => action)

describe('making a link', () => {
  test('tells its address once; the database knows only a hash', async () => {
    const certificateId = await certified()
    const made = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: {} })
    expect(made.body.url).toMatch(/^http:\/\/localhost:3000\/c\/([0-9a-z]{4}-){6}[0-9a-z]{4}$/)
    const days = (Date.parse(made.body.expiresAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(30)
    const secret = made.body.url.split('/').at(-1)
    expect(JSON.stringify(await db().holderLink.findMany())).not.toContain(secret)
    const { body } = await ask(contract.listHolderLinks, { token, params: { certificateId } })
    expect(JSON.stringify(body)).not.toContain(secret)
    expect(body.links).toMatchObject([{ linkId: made.body.linkId, state: 'active', openedAt: null }])
    expect(await actionsOf(certificateId)).toEqual(['holder_link.made'])
  })

  test.each([0, 366, 1.5, '7', null])('not for %s days', async (days) => {
    const certificateId = await certified()
    const made = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: { days } })
    expect([made.status, made.body.code]).toEqual([400, 'VALIDATION_ERROR'])
  })

  test('is for the owning facility: others neither make, see nor end links', async () => {
    await aFacility(`A${code}`)
    await aFacility(`B${code}`)
    const owner = await aToken({ facilityCode: `A${code}` })
    const other = await aToken({ facilityCode: `B${code}` })
    const certificateId = await certified({}, owner)
    const made = await ask(contract.makeHolderLink, { token: owner, params: { certificateId }, body: {} })
    const tries = [
      await ask(contract.makeHolderLink, { token: other, params: { certificateId }, body: {} }),
      await ask(contract.listHolderLinks, { token: other, params: { certificateId } }),
      await ask(contract.revokeHolderLink, { token: other, params: { linkId: made.body.linkId } }),
    ]
    expect(tries.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([403, 'NOT_YOUR_FACILITY']))
    const { body } = await ask(contract.listHolderLinks, { token: owner, params: { certificateId } })
    expect(body.links).toHaveLength(1)
    expect(body.links[0].state).toBe('active')
  })

  test('is not for nobody, and not for certificates and links that do not exist', async () => {
    const certificateId = await certified()
    expect((await ask(contract.makeHolderLink, { params: { certificateId }, body: {} })).status).toBe(401)
    expect((await ask(contract.makeHolderLink, { token, params: { certificateId: '1' }, body: {} })).status).toBe(404)
    for (const linkId of ['1', "' or 1=1", '9c5f2c63-2f4b-4a2f-8f6f-000000000000']) {
      expect((await ask(contract.revokeHolderLink, { token, params: { linkId } })).status).toBe(404)
    }
  })

  test('a signed-in operator makes and ends one from our own pages only', async () => {
    const certificateId = await certified()
    const cookie = await cookieOf(await anOperator())
    const foreign = await ask(contract.makeHolderLink, { cookie, params: { certificateId }, body: {} })
    expect([foreign.status, foreign.body.code]).toEqual([403, 'NOT_ALLOWED'])
    const headers = { 'sec-fetch-site': 'same-origin' }
    const made = await ask(contract.makeHolderLink, { cookie, headers, params: { certificateId }, body: {} })
    const params = { linkId: made.body.linkId }
    expect((await ask(contract.revokeHolderLink, { cookie, params })).body.code).toBe('NOT_ALLOWED')
    const ended = await ask(contract.revokeHolderLink, { cookie, headers, params })
    const again = await ask(contract.revokeHolderLink, { cookie, headers, params })
    expect(again.body).toEqual(ended.body)
    expect(await actionsOf(certificateId)).toEqual(['holder_link.made', 'holder_link.revoked'])
  })

  test('is refused where nothing is recorded that could be asked', async () => {
    const certificateId = await certified({ recipient: { dob: undefined, age: '40', identity: 'NA' } })
    const made = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: {} })
    expect([made.status, made.body.code]).toEqual([412, 'NO_HOLDER_CHECK'])
  })
})

describe('the questions', () => {
  test('the right day opens the certificate and a sealed cookie keeps it open, for this link alone', async () => {
    const certificateId = await certified()
    const { secret, linkId } = await aLink(certificateId)
    const opened = await open(secret, BORN)
    expect(opened.status).toBe(200)
    expect(opened.body).toMatchObject({ state: 'current', certificateId, version: 1, opened: null, pending: false })
    expect(opened.body.qr).toMatch(/^<svg/)
    const cookie = opened.headers.get('set-cookie')!
    expect(cookie).toMatch(new RegExp(`; Path=/v3/holder/${secret}; HttpOnly; SameSite=Strict; Max-Age=900$`))
    expect(cookie).not.toContain(linkId)
    expect(opened.headers.get('cache-control')).toBe('no-store')
    const again = await read(secret, cookieFrom(opened))
    expect(again.body.certificateId).toBe(certificateId)
    expect(again.body.secondsLeft).toBeGreaterThan(890)

    code = `${code}B`
    const { secret: another } = await aLink(await certified())
    for (const cookieHeader of [cookieFrom(opened), undefined, 'errata-holder=e30.e30', `${cookieFrom(opened)}x`]) {
      const refused = await read(another, cookieHeader)
      expect([refused.status, refused.body.code]).toEqual([403, 'CHECK_NEEDED'])
    }
    const pdf = await ask(contract.holderPdf, { params: { token: another }, cookie: cookieFrom(opened) })
    expect(pdf.status).toBe(403)
  })

  test('wrong, unknown, expired and ended are told byte for byte the same, five times, and then the same lock', async () => {
    const certificateId = await certified()
    const wrong = await aLink(certificateId)
    const expired = await aLink(certificateId)
    const ended = await aLink(certificateId)
    await db().holderLink.update({ where: { id: expired.linkId }, data: { expiresAt: new Date(Date.now() - 1000) } })
    await ask(contract.revokeHolderLink, { token, params: { linkId: ended.linkId } })
    const ageOnly = await (async () => {
      code = `${code}B`
      return aLink(await certified({ recipient: { dob: undefined, age: '64', identity: '571304456V' } }))
    })()
    const answers = [
      [wrong.secret, WRONG],
      [wrong.secret, { yearOfBirth: 1957, identityEnd: '1234' }],
      ['0000-0000-0000-0000-0000-0000-0000', BORN],
      ['é'.repeat(300), BORN],
      [expired.secret, BORN],
      [ended.secret, BORN],
      [ageOnly.secret, BORN],
    ] as const
    const told = []
    for (const [secret, answer] of answers) {
      // One link is asked about twice: each time its count begins anew.
      await db().signInThrottle.deleteMany()
      const own = []
      for (let n = 0; n < 6; n++) own.push(seen(await open(secret, answer)))
      for (const { status, body } of own.slice(0, 5)) {
        expect(status).toBe(404)
        expect(JSON.parse(body)).toMatchObject({
          code: 'NOT_SHOWN',
          message: 'We could not show a certificate for these details.',
        })
      }
      expect(own[5]!.status).toBe(429)
      told.push(own.slice(0, 5))
    }
    for (const other of told.slice(1)) expect(other).toEqual(told[0])
  })

  test('of forty wrong answers at once five are looked at, for links that exist and for others', async () => {
    const { secret } = await aLink(await certified())
    for (const one of [secret, '1111-1111-1111-1111-1111-1111-1111']) {
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => open(one, WRONG)))
      expect(outcomes.filter(({ status }) => status === 404)).toHaveLength(5)
      expect(outcomes.filter(({ status }) => status === 429)).toHaveLength(35)
    }
    const locked = await open(secret, BORN)
    expect([locked.status, locked.body.code]).toEqual([429, 'TOO_MANY_ATTEMPTS'])
    expect(locked.body.message).toMatch(/^Too many attempts\. Try again at \d\d:\d\d/)
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
  })

  test('however the token is written, its tries are counted together', async () => {
    const { secret } = await aLink(await certified())
    const spellings = [secret, secret.toUpperCase(), secret.replaceAll('-', ''), secret.replaceAll('0', 'o')]
    for (let n = 0; n < 5; n++) expect((await open(spellings[n % 4]!, WRONG)).status).toBe(404)
    expect((await open(secret, BORN)).status).toBe(429)
  })

  test('a right answer forgets the wrong ones before it', async () => {
    const { secret } = await aLink(await certified())
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) expect((await open(secret, WRONG)).status).toBe(404)
      expect((await open(secret, BORN)).status).toBe(200)
    }
  })

  test('twenty wrong answers end the link for good, whoever gives them', async () => {
    const certificateId = await certified()
    const { secret, linkId } = await aLink(certificateId)
    for (let n = 0; n < 20; n++) {
      if (n % 5 === 0) await db().signInThrottle.deleteMany()
      expect((await open(secret, WRONG)).status).toBe(404)
    }
    await db().signInThrottle.deleteMany()
    expect((await open(secret, BORN)).status).toBe(404)
    const { body } = await ask(contract.listHolderLinks, { token, params: { certificateId } })
    expect(body.links).toMatchObject([{ linkId, state: 'revoked' }])
    expect((await actionsOf(certificateId)).filter((action) => action === 'holder_link.revoked')).toHaveLength(1)
  })

  test('one address may fail thirty times over all links', async () => {
    const address = '203.0.113.7'
    const outcomes = []
    for (let n = 0; n < 32; n++) {
      outcomes.push((await open(`${String(n).padStart(4, '0')}-2222`, BORN, address)).status)
    }
    expect(outcomes.filter((status) => status === 404)).toHaveLength(30)
  })

  test('a record with an age only is opened by the year and the end of the identity', async () => {
    const { secret } = await aLink(
      await certified({ recipient: { dob: undefined, age: '64', identity: '571304456V' } }),
    )
    const year =
      new Date(String(item().vaccination && (item().vaccination as { date: string }).date)).getFullYear() - 64
    const opened = await open(secret, { yearOfBirth: year, identityEnd: '456v' })
    expect(opened.status).toBe(200)
  })

  test.each([
    [{}],
    [[]],
    [null],
    ['1957-01-30'],
    [{ dateOfBirth: '30.1.1957' }],
    [{ dateOfBirth: '1957-02-30' }],
    [{ dateOfBirth: { gt: '' } }],
    [{ yearOfBirth: 1957 }],
    [{ yearOfBirth: '1957', identityEnd: '456V' }],
    [{ yearOfBirth: 1957, identityEnd: 'x'.repeat(41) }],
  ])('%j is no answer, and no try is taken for it', async (answer) => {
    const { secret } = await aLink(await certified())
    for (let n = 0; n < 6; n++) expect((await open(secret, answer as object)).status).toBe(400)
    expect((await open(secret, BORN)).status).toBe(200)
  })
})

describe('what a link opens', () => {
  test('whatever is current: an older link says which version it was for, what changed, why and by whom', async () => {
    const first = await certified()
    const { secret } = await aLink(first)
    const second = await updated({
      recipient: { name: 'Saraswathy', dob: '1957-01-30' },
      reason: { requestedBy: 'holder', cause: 'our typing error', note: 'internal' },
    })
    const { body } = await open(secret, BORN)
    expect(body).toMatchObject({ certificateId: second, version: 2, opened: { certificateId: first } })
    expect(Date.parse(body.opened.replacedAt)).toBeGreaterThan(0)
    expect(body.versions).toMatchObject([
      {
        version: 2,
        state: 'current',
        requestedBy: 'holder',
        cause: 'our typing error',
        changes: [{ path: 'recipient.name', before: 'Sarasvathy', after: 'Saraswathy' }],
      },
      { version: 1, state: 'superseded', certificateId: first },
    ])
    expect(JSON.stringify(body)).not.toContain('internal')
    const fresh = await aLink(first)
    expect((await open(fresh.secret, BORN)).body.opened).toBeNull()
  })

  test('after the date of birth was corrected both days open it: the one on the paper and the right one', async () => {
    const { secret } = await aLink(await certified())
    await updated({ recipient: { dob: '1957-03-30' } })
    expect((await open(secret, BORN)).status).toBe(200)
    expect((await open(secret, { dateOfBirth: '1957-03-30' })).status).toBe(200)
    expect((await open(secret, { dateOfBirth: '1957-02-28' })).status).toBe(404)
  })

  test('a correction that is on its way is told', async () => {
    const { secret } = await aLink(await certified())
    await ask(contract.updateCertificates, { token, body: [item({ recipient: { name: 'Saraswathy' } })] })
    expect((await open(secret, BORN)).body).toMatchObject({ pending: true, version: 1 })
    await issueWaiting()
  })

  test.each([
    ['revoked', contract.revokeCertificate, {}, null],
    ['suspended', contract.suspendCertificate, { until: '2099-01-01T00:00:00.000Z' }, '2099-01-01T00:00:00.000Z'],
  ] as const)(
    'a %s certificate is told as what it is and why, without QR code, PDF and note',
    async (state, row, more, until) => {
      const certificateId = await certified()
      const { secret } = await aLink(certificateId)
      const reason = { cause: 'error', note: 'not for holders' } as const
      await ask(row, { token, params: { certificateId }, body: { reason, ...more } })
      const opened = await open(secret, BORN)
      expect(opened.body).toMatchObject({ state, until, cause: 'error', qr: null, certificateId })
      expect(JSON.stringify(opened.body)).not.toContain('not for holders')
      const pdf = await ask(contract.holderPdf, { params: { token: secret }, cookie: cookieFrom(opened) })
      expect([pdf.status, pdf.body.code]).toEqual([404, 'NOT_SHOWN'])
    },
  )

  test('a suspension that is over, or was lifted, is none for the holder either', async () => {
    const certificateId = await certified()
    const { secret } = await aLink(certificateId)
    const suspended = { state: 'suspended', suspendedUntil: new Date(Date.now() - 1000) } as const
    await db().certificate.update({ where: { certificateId }, data: suspended })
    const opened = await open(secret, BORN)
    expect(opened.body).toMatchObject({ state: 'current', until: null, cause: null })
    expect(opened.body.qr).toContain('<svg')
  })

  test('the PDF is that of the current certificate', async () => {
    const first = await certified()
    const { secret } = await aLink(first)
    const second = await updated({ recipient: { name: 'Saraswathy' } })
    const cookie = cookieFrom(await open(secret, BORN))
    const pdf = await ask(contract.holderPdf, { params: { token: secret }, cookie })
    expect(Buffer.from(pdf.bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(pdf.headers.get('content-disposition')).toContain(second)
    expect(pdf.headers.get('cache-control')).toBe('no-store')
  })

  test('an ended link is closed at once for who has it open', async () => {
    const { secret, linkId } = await aLink(await certified())
    const cookie = cookieFrom(await open(secret, BORN))
    await ask(contract.revokeHolderLink, { token, params: { linkId } })
    expect((await read(secret, cookie)).status).toBe(403)
    expect((await ask(contract.holderPdf, { params: { token: secret }, cookie })).status).toBe(403)
    expect((await open(secret, BORN)).status).toBe(404)
  })

  test('closing takes the cookie away', async () => {
    const { secret } = await aLink(await certified())
    const cookie = cookieFrom(await open(secret, BORN))
    const closed = await ask(contract.closeHolderLink, { params: { token: secret }, cookie })
    expect(closed.headers.get('set-cookie')).toContain(
      `Path=/v3/holder/${secret}; HttpOnly; SameSite=Strict; Max-Age=0`,
    )
    expect((await read(secret, cookieFrom(closed))).status).toBe(403)
  })

  test('every look and every try is in the audit, with nothing personal', async () => {
    const certificateId = await certified()
    const { secret } = await aLink(certificateId)
    await open(secret, WRONG)
    const cookie = cookieFrom(await open(secret, BORN))
    await read(secret, cookie)
    await ask(contract.holderPdf, { params: { token: secret }, cookie })
    await ask(contract.closeHolderLink, { params: { token: secret }, cookie })
    expect(await actionsOf(certificateId)).toEqual([
      'holder_link.made',
      'holder.refused',
      'holder.opened',
      'holder.read',
      'holder.downloaded',
      'holder.closed',
    ])
    const before = await db().auditEvent.count({ where: { action: 'holder.refused' } })
    await open('2222-2222', BORN)
    expect(await db().auditEvent.count({ where: { action: 'holder.refused' } })).toBe(before + 1)
    const all = await db().auditEvent.findMany({ where: { action: { startsWith: 'holder' } }, omit: { id: true } })
    for (const personal of ['1957', 'Sarasvathy', secret]) expect(JSON.stringify(all)).not.toContain(personal)
  })
})

describe('who looked', () => {
  test('is told by day and facility, never by name, with whether a copy was taken', async () => {
    await aFacility('MAH')
    const certificateId = await certified()
    const clerk = await anOperator({ facilityCode: 'MAH' })
    await db().$executeRaw`update operator set name = 'Kamala Clerk-Name' where id = ${clerk.id}::uuid`
    // The owner is nobody's here: only somebody for all facilities sees it.
    const [office, cookie] = [await anOperator(), await cookieOf(clerk)]
    expect((await ask(contract.certificate, { params: { certificateId }, cookie })).status).toBe(403)
    await db().$executeRaw`update lineage set facility_code = 'MAH' where head_certificate_id = ${certificateId}`
    await ask(contract.certificate, { params: { certificateId }, cookie })
    await ask(contract.certificate, { params: { certificateId }, cookie: await cookieOf(office) })
    await ask(contract.certificateFile, { params: { certificateId, extension: 'jsonld' }, token })
    const { secret } = await aLink(certificateId)
    const { body, bytes } = await open(secret, BORN)
    const looks = body.looks.map(({ by, facility, took }: Record<string, unknown>) => [by, facility, took])
    expect(looks).toHaveLength(4)
    expect(looks).toEqual(
      expect.arrayContaining([
        ['operator', 'Facility MAH', false],
        ['operator', 'Ministry of Health', false],
        ['client', 'Ministry of Health', true],
        ['holder', 'Ministry of Health', false],
      ]),
    )
    expect(Buffer.from(bytes).toString()).not.toContain('Clerk-Name')
  })
})

test('an operator who opens a link of the own making sees no contact, and the log and the list say whose link it was', async () => {
  await aFacility(code)
  const given = await aToken({ facilityCode: code })
  const contact = ['tel:+94771234501', 'mailto:saraswathy@example.org']
  const certificateId = await certified({ recipient: { dob: '1957-01-30', contact } }, given)
  await updated({ recipient: { dob: '1957-01-30', contact: ['tel:+94771234502'] } })
  const clerk = await anOperator({ facilityCode: code })
  const made = await ask(contract.makeHolderLink, {
    cookie: await cookieOf(clerk),
    headers: { 'sec-fetch-site': 'same-origin' },
    params: { certificateId },
    body: {},
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const { body, bytes } = await open(made.body.url.split('/').at(-1), BORN)
  for (const value of ['9477123', 'saraswathy@']) expect(Buffer.from(bytes).toString()).not.toContain(value)
  const details = body.sections.flatMap((section: { details: object[] }) => section.details)
  expect(details).toContainEqual(
    expect.objectContaining({ path: 'recipient.contact', value: '••••\u20094502', hidden: true }),
  )
  expect(body.looks).toContainEqual(
    expect.objectContaining({ by: 'holder', linkBy: 'operator', facility: `Facility ${code}` }),
  )
  const opened = (await auditOf(certificateId)).filter(({ action }) => action === 'holder.opened')
  expect(opened.map(({ detail }) => detail)).toEqual([
    { linkBy: 'operator', linkById: clerk.id, linkByName: clerk.name },
  ])
})

describe('a report', () => {
  async function opened() {
    const certificateId = await certified()
    const { secret } = await aLink(certificateId)
    const cookie = cookieFrom(await open(secret, BORN))
    const send = (body: object) =>
      ask(contract.sendHolderReport, {
        params: { token: secret },
        cookie,
        body: { certificateId, kind: 'wrong', attempt: randomBytes(16).toString('hex'), ...body },
      })
    return { certificateId, secret, cookie, send }
  }
  const fields = [{ path: 'recipient.name', right: 'Saraswathy' }]

  test('is stored for the facility, gets a number, and its answer is shown', async () => {
    const { certificateId, secret, cookie, send } = await opened()
    const sent = await send({ fields, note: 'As in my passport.' })
    expect(sent.body.reference).toMatch(/^H-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(Date.parse(sent.body.answerBy) - Date.parse(sent.body.createdAt)).toBe(7 * 86_400_000)
    const { reference } = sent.body
    expect(await db().holderReport.findUnique({ where: { reference } })).toMatchObject({
      certificateId,
      kind: 'wrong',
      fields,
      note: 'As in my passport.',
      state: 'open',
    })
    await db().holderReport.update({
      where: { reference },
      data: { state: 'closed', closedAt: new Date(), closedByName: 'Asha', answer: 'Corrected today.' },
    })
    const { body } = await read(secret, cookie)
    expect(body.reports).toMatchObject([{ reference, state: 'closed', answer: 'Corrected today.' }])
    expect(JSON.stringify(body)).not.toContain('Asha')
    expect(await actionsOf(certificateId)).toContain('holder.reported')
  })

  test('sent again, also at the same time, is one report', async () => {
    const { secret, cookie, send } = await opened()
    const attempt = randomBytes(16).toString('hex')
    const sent = await Promise.all(Array.from({ length: 6 }, () => send({ fields, attempt })))
    expect(new Set(sent.map(({ body }) => body.reference)).size).toBe(1)
    expect((await read(secret, cookie)).body.reports).toHaveLength(1)
  })

  test('no more than five wait for an answer, also when they come at once', async () => {
    const { send } = await opened()
    const sent = await Promise.all(Array.from({ length: 9 }, () => send({ kind: 'not_requested' })))
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(sent.filter(({ body }) => body.code === 'TOO_MANY_REPORTS')).toHaveLength(4)
  })

  test('hostile text is stored as text', async () => {
    const { secret, cookie, send } = await opened()
    const right = `'); drop table holder_report; -- <img src=x onerror=alert(1)> {{7*7}}`
    await send({ fields: [{ path: 'recipient.name', right }], note: `${right}\u0000\u202e\ud83d` })
    const { body } = await read(secret, cookie)
    expect(body.reports[0].fields[0].right).toBe(right)
    expect(body.reports[0].note).toBe(`${right}\ufffd`)
  })

  test.each([
    ['nothing said', {}],
    ['invisible text only', { note: '\u0000\u202e \n' }],
    ['a field that does not exist', { fields: [{ path: 'recipient.__proto__', right: 'x' }] }],
    ['a value without end', { fields: [{ path: 'recipient.name', right: 'x'.repeat(301) }] }],
    ['a note without end', { note: 'x'.repeat(1001) }],
    ['another kind', { kind: 'praise', note: 'x' }],
    ['no attempt', { note: 'x', attempt: '1' }],
    ['another certificate', { note: 'x', certificateId: '448086902' }],
  ])('%s is refused', async (_what, body) => {
    const { send } = await opened()
    const refused = await send(body)
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION_ERROR'])
  })

  test('nobody reports without having answered', async () => {
    const { certificateId, secret } = await opened()
    const body = { certificateId, kind: 'wrong', note: 'x', attempt: '0'.repeat(32) }
    const refused = await ask(contract.sendHolderReport, { params: { token: secret }, body })
    expect([refused.status, refused.body.code]).toEqual([403, 'CHECK_NEEDED'])
  })
})
