import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { pagesSet } from '@/lib/testing/pages-set'
import { drawQr, packCredential, qrValue } from '@/lib/rendering/qr'
import { scanQr } from '@/lib/rendering/scan'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { contract } from './contract'
import { certifyExample, updateExample } from './examples'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
beforeEach(() => {
  code = `R${++count}`
})
afterAll(() => api.close())

const certify = (body: unknown, more = {}) => ask(contract.certify, { token, body, ...more })
const update = (body: unknown, more = {}) => ask(contract.updateCertificates, { token, body, ...more })
const item = (changes = {}) => aRequest({ preEnrollmentCode: code, ...changes })

async function issued(changes = {}): Promise<string> {
  const { body } = await certify([item(changes)])
  await issueWaiting()
  return body.results[0].certificateId
}

describe('certify and update', () => {
  test("DIVOC's documented samples are certified, updated, issued and followed to the end", async () => {
    const accepted = await certify(certifyExample)
    expect(accepted.status).toBe(200)
    expect(accepted.body.results[0]).toMatchObject({ status: 'accepted', dose: 2, updatesRemaining: 5 })
    expect(accepted.body.results[0].warnings).toContainEqual(expect.objectContaining({ path: '/recipient/uhid' }))
    await certify(updateExample)
    await issueWaiting()
    const corrected = structuredClone(updateExample)
    corrected[0]!.recipient.name = 'John Do'
    const updated = await update(corrected)
    expect(updated.body.results[0]).toMatchObject({ status: 'accepted', updatesUsed: 1, updatesRemaining: 4 })
    const { transactionId } = updated.body.results[0]
    const pending = await ask(contract.transaction, { token, params: { transactionId } })
    expect(pending.body.state).toBe('pending')
    await issueWaiting()
    const done = await ask(contract.transaction, { token, params: { transactionId } })
    expect(done.body).toMatchObject({
      state: 'issued',
      checks: { signatureVerified: true, previousState: 'superseded' },
    })
  })

  test('both doors issue the same; only /divoc/api reports a record that differs instead of refusing it', async () => {
    await issued()
    const other = [item({ recipient: { name: 'Somebody Else' } })]
    const refused = await certify(other)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: 'ALREADY_CERTIFIED', details: [{ index: 0 }] })
    const divoc = await ask(contract.divocCertify, { token, body: other })
    expect(divoc.body.results[0]).toMatchObject({ status: 'already_certified', differs: ['recipient.name'] })
    const updated = await ask(contract.divocUpdateCertificates, { token, body: other })
    expect(updated.body.results[0]).toMatchObject({ status: 'accepted', updatesUsed: 1 })
  })

  test('an array with one bad item changes nothing and names every reason', async () => {
    const answer = await certify([item(), item({ preEnrollmentCode: `${code}-b`, vaccination: { dose: 1.5 } })])
    expect(answer.status).toBe(400)
    expect(answer.body.details).toMatchObject([{ index: 1, path: '/vaccination/dose', code: 'VALIDATION_ERROR' }])
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    expect(found.body.lineages).toEqual([])
  })

  test('the sixth update is refused with 412 and a body', async () => {
    await issued()
    for (let n = 1; n <= 5; n++) await update([item({ recipient: { name: `John ${'x'.repeat(n)}` } })])
    await issueWaiting()
    const sixth = await update([item({ recipient: { name: 'One too many' } })])
    expect(sixth.status).toBe(412)
    expect(sixth.body).toMatchObject({ code: 'UPDATE_LIMIT_REACHED' })
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    expect(found.body.lineages[0]).toMatchObject({ updatesIssued: 5, updatesRemaining: 0, state: 'current' })
    expect(found.body.lineages[0].history).toHaveLength(6)
  })

  test('an update of what was never certified is 412 with CERTIFICATE_NOT_FOUND', async () => {
    const answer = await update([item()])
    expect([answer.status, answer.body.code]).toEqual([412, 'CERTIFICATE_NOT_FOUND'])
  })

  test('If-Match on a certificate that was replaced meanwhile is 412 with STALE_VERSION', async () => {
    const first = await issued()
    await update([item({ recipient: { name: 'Second' } })], { headers: { 'if-match': `"${first}"` } })
    const stale = await update([item({ recipient: { name: 'Third' } })], { headers: { 'if-match': `"${first}"` } })
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION'])
  })

  test.each(['*', 'W/"1"', '1', '"1" "2"', '"1", 2', '"1",', '""'])(
    'If-Match %s is refused, not ignored',
    async (ifMatch) => {
      const answer = await update([item()], { headers: { 'if-match': ifMatch } })
      expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED_REQUEST'])
    },
  )

  test('a dry run answers with the differences and writes nothing', async () => {
    await issued()
    const dry = await update([item({ recipient: { name: 'Jon Doe' } })], { query: { dryRun: 'true' } })
    expect(dry.body).toMatchObject({
      dryRun: true,
      results: [{ status: 'accepted', certificateId: null, updatesUsed: 1 }],
    })
    expect(dry.body.results[0].changes).toMatchObject([
      { path: 'recipient.name', before: 'John Doe', after: 'Jon Doe' },
    ])
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    expect(found.body.lineages[0].updatesUsed).toBe(0)
  })

  test('a retry with the same Idempotency-Key gets the same answer, byte for byte; another body does not', async () => {
    await issued()
    const headers = { 'idempotency-key': `key-${code}` }
    const body = [item({ recipient: { name: 'Jon Doe' } })]
    const [first, twin] = await Promise.all([update(body, { headers }), update(body, { headers })])
    const retry = await update(body, { headers })
    expect(Buffer.from(twin.bytes).toString()).toBe(Buffer.from(first.bytes).toString())
    expect(Buffer.from(retry.bytes).toString()).toBe(Buffer.from(first.bytes).toString())
    expect(first.body.results[0]).toMatchObject({ status: 'accepted', updatesUsed: 1 })
    const other = await update([item({ recipient: { name: 'Other' } })], { headers })
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  test('a client with batch "each" gets an answer for each item, and 412 when none was accepted', async () => {
    await issued()
    const each = await aToken({ batch: 'each' })
    const body = [item({ recipient: { name: 'Jon Doe' } }), item({ preEnrollmentCode: `${code}-none` })]
    const mixed = await update(body, { token: each })
    expect(mixed.body.results).toMatchObject([{ status: 'accepted' }, { status: 'refused' }])
    const none = await update([body[1]], { token: each })
    expect([none.status, none.body.code]).toEqual([412, 'NOTHING_ACCEPTED'])
  })
})

describe('one certificate in its forms', () => {
  let certificateId: string
  beforeAll(async () => {
    code = 'forms'
    certificateId = await issued()
  })
  const get = (accept: string, more = {}) =>
    ask(contract.certificate, { token, params: { certificateId }, headers: { accept }, ...more })
  const file = (extension: string, query = {}) =>
    ask(contract.certificateFile, { token, params: { certificateId, extension }, query })

  test('JSON is the registry view with the whole lineage', async () => {
    const { body } = await get('*/*')
    expect(body).toMatchObject({ certificateId, state: 'current', version: 1, lineage: { updatesRemaining: 5 } })
  })

  test('the registry view is not sent again to who has it, until the certificate changes', async () => {
    const certificateId = await issued({ preEnrollmentCode: 'tagged' })
    const read = (etag?: string) =>
      ask(contract.certificate, {
        token,
        params: { certificateId },
        headers: { accept: 'application/json', ...(etag ? { 'if-none-match': etag } : {}) },
      })
    const etag = (await read()).headers.get('etag')!
    expect((await read(etag)).status).toBe(304)
    await ask(contract.revokeCertificate, {
      token,
      params: { certificateId },
      body: { reason: { cause: 'error', note: 'Made twice' } },
    })
    const after = await read(etag)
    expect([after.status, after.body.state]).toEqual([200, 'revoked'])
  })

  test('application/vc+ld+json is the credential exactly as signed', async () => {
    const [signed, view] = [await get('application/vc+ld+json'), (await get('application/json')).body]
    expect(signed.headers.get('content-type')).toBe('application/vc+ld+json')
    expect(createHash('sha256').update(signed.bytes).digest('hex')).toBe(view.credentialHash)
    expect((await file('jsonld')).bytes).toEqual(signed.bytes)
  })

  test('the QR picture is read back by an independent decoder to the credential exactly as signed', async () => {
    const png = await get('image/png')
    const value = await scanQr(png.bytes)
    expect(unpackQrValue(value!)).toBe(Buffer.from((await file('jsonld')).bytes).toString('utf8'))
    expect(Buffer.from((await file('svg')).bytes).toString('utf8')).toMatch(/^<svg/)
  })

  test('the PDF is the same twice, and is not sent again to who has it', async () => {
    const first = await get('application/pdf')
    expect(Buffer.from(first.bytes.slice(0, 5)).toString()).toBe('%PDF-')
    expect((await file('pdf')).bytes).toEqual(first.bytes)
    const etag = first.headers.get('etag')!
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const again = await get('application/pdf', { headers: { accept: 'application/pdf', 'if-none-match': `W/${etag}` } })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
  })

  test('the page of an unchanged certificate is set once, for who asks at the same moment too', async () => {
    const unchanged = await issued({ preEnrollmentCode: 'set-once' })
    const pdf = (certificateId: string, query = {}) =>
      ask(contract.certificateFile, { token, params: { certificateId, extension: 'pdf' }, query })
    const before = await pagesSet()
    await Promise.all([pdf(unchanged), pdf(unchanged), pdf(unchanged)])
    await pdf(unchanged)
    expect((await pagesSet()) - before).toBe(1)
    await pdf(unchanged, { paper: 'us-letter' })
    expect((await pagesSet()) - before).toBe(2)
  })

  test('the QR code of an unchanged certificate is drawn once: for its pictures, its pages and its holder', async () => {
    const birthday = '1987-06-15'
    const unchanged = await issued({ preEnrollmentCode: 'drawn-once', recipient: { dob: birthday } })
    const made = await ask(contract.makeHolderLink, { token, params: { certificateId: unchanged }, body: {} })
    const secret = made.body.url.split('/').at(-1)
    const svgs = await pagesSet('qr_svg')
    const pngs = await pagesSet('qr_png')
    const one = (extension: string, query = {}) =>
      ask(contract.certificateFile, { token, params: { certificateId: unchanged, extension }, query })
    const [{ bytes }] = await Promise.all([one('svg'), one('svg'), one('pdf'), one('png'), one('png')])
    for (const query of [{ paper: 'us-letter' }, { variant: 'large' }]) await one('pdf', query)
    await one('page.svg', { page: 1 })
    const opened = await ask(contract.openHolderLink, { params: { token: secret }, body: { dateOfBirth: birthday } })
    expect(opened.body.qr === Buffer.from(bytes).toString('utf8')).toBe(true)
    await Promise.all([one('svg'), one('png')])
    expect([(await pagesSet('qr_svg')) - svgs, (await pagesSet('qr_png')) - pngs]).toEqual([1, 1])
  })

  test('a certificate as JSON says what its QR code is like, and draws none', async () => {
    const unchanged = await issued({ preEnrollmentCode: 'not-drawn' })
    const before = [await pagesSet('qr_svg'), await pagesSet('qr_png')]
    const { body } = await ask(contract.certificate, { token, params: { certificateId: unchanged } })
    expect([await pagesSet('qr_svg'), await pagesSet('qr_png')]).toEqual(before)
    const { version, ecc, bytes, printMillimetres } = drawQr(qrValue(packCredential(JSON.stringify(body.credential))))
    expect(body.qr).toEqual({ version, ecc, bytes, printMillimetres })
  })

  test('a page as picture', async () => {
    const page = await file('page.svg', { page: 1 })
    expect(page.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain('sandbox')
    expect((await file('page.svg', { page: 9 })).status).toBe(404)
  })

  test.each(['0', '-1', '1.5', 'abc'])('page %s is refused by its name', async (number) => {
    const { status, body } = await file('page.svg', { page: number })
    expect([status, body.code]).toEqual([400, 'VALIDATION_ERROR'])
    expect(body.message).toMatch(/^page must be /)
  })

  test('what is not there is 404, what nobody makes is 406', async () => {
    expect((await get('text/html')).body).toMatchObject({ code: 'NOT_ACCEPTABLE' })
    const exe = await ask(contract.certificate, { token, params: { certificateId: `${certificateId}.exe` } })
    expect(exe.body).toMatchObject({ code: 'NOT_FOUND' })
    const none = await ask(contract.certificate, { token, params: { certificateId: '1' } })
    expect([none.status, none.body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test("DIVOC's addresses give its registry row, the newest PDF and the newest QR code", async () => {
    const row = await ask(contract.divocRegistryRow, { token, params: { certificateId } })
    expect(row.body).toMatchObject({ name: 'John Doe', mobile: '1691742639', certificate: { type: expect.any(Array) } })
    const params = { preEnrollmentCode: (code = 'forms') }
    expect((await ask(contract.latestPdf, { token, params })).bytes).toEqual((await file('pdf')).bytes)
    expect((await ask(contract.latestQr, { token, params })).bytes).toEqual((await file('png')).bytes)
    expect((await ask(contract.latestPdfHead, { token, params })).status).toBe(200)
    const none = { preEnrollmentCode: 'nobody' }
    expect((await ask(contract.latestPdfHead, { token, params: none })).status).toBe(404)
  })
})

describe('who may', () => {
  let mine: string
  let theirs: string
  beforeAll(async () => {
    await aFacility('GOTH')
    await aFacility('OTHER')
    mine = await aToken({ facilityCode: 'GOTH' })
    theirs = await aToken({ facilityCode: 'OTHER' })
  })

  test('what one facility certified, another neither sees nor corrects', async () => {
    const certificateId = await issuedBy(mine)
    const answers = [
      await update([item({ recipient: { name: 'Thief' } })], { token: theirs }),
      await ask(contract.lineages, { token: theirs, query: { preEnrollmentCode: code } }),
      await ask(contract.certificate, { token: theirs, params: { certificateId } }),
      await ask(contract.certificateFile, { token: theirs, params: { certificateId, extension: 'pdf' } }),
      await ask(contract.registryRow, { token: theirs, params: { certificateId } }),
      await ask(contract.latestQr, { token: theirs, params: { preEnrollmentCode: code } }),
    ]
    expect(answers.map(({ status, body }) => [status, body?.code])).toEqual(
      answers.map(() => [403, 'NOT_YOUR_FACILITY']),
    )
  })

  test('no token, an unknown one, a disabled one, one in the address: 401 with WWW-Authenticate', async () => {
    const disabled = await aToken({ disabled: true })
    const query = { preEnrollmentCode: code }
    const answers = [
      await ask(contract.lineages, { query }),
      await ask(contract.lineages, { query, token: 'errata_unknown' }),
      await ask(contract.lineages, { query, token: disabled }),
      await ask(contract.lineages, { query, headers: { authorization: `Basic ${token}` } }),
      await ask(contract.lineages, { query: { ...query, access_token: token } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    expect(answers[0]!.headers.get('www-authenticate')).toBe('Bearer realm="errata"')
  })

  test('somebody without a token is refused before the body is read', async () => {
    let read = false
    const raw = new ReadableStream({ pull: () => void (read = true) }, { highWaterMark: 0 })
    expect((await ask(contract.certify, { raw: raw as never })).status).toBe(401)
    expect(read).toBe(false)
  })

  test('an operator acts in a session, for the own facility, from our pages only', async () => {
    await issuedBy(mine)
    const operator = await anOperator({ facilityCode: 'GOTH' })
    const cookie = await cookieOf(operator)
    const body = [
      item({ recipient: { name: 'Jon Doe' }, reason: { requestedBy: 'holder', cause: 'our typing error' } }),
    ]
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    ]) {
      const foreign = await update(body, { token: undefined, cookie, headers })
      expect([foreign.status, foreign.body.code]).toEqual([403, 'NOT_ALLOWED'])
    }
    const own = await update(body, { token: undefined, cookie, headers: { origin: ORIGIN } })
    expect(own.body.results[0]).toMatchObject({ status: 'accepted' })
    await issueWaiting()
    const found = await ask(contract.lineages, { cookie, query: { preEnrollmentCode: code } })
    expect(found.body.lineages[0].history[0]).toMatchObject({
      channel: 'screen',
      by: { kind: 'operator', name: 'Asha' },
    })
    expect(found.headers.get('cache-control')).toBe('no-store')
  })

  test('a preview is for operators, and shows what would change', async () => {
    const certificateId = await issuedBy(mine)
    const body = { item: item({ recipient: { name: 'Jon Doe' } }), certificateId }
    expect((await ask(contract.preview, { token, body })).body).toMatchObject({ code: 'NOT_ALLOWED' })
    const cookie = await cookieOf(await anOperator({ facilityCode: 'GOTH' }))
    const answer = await ask(contract.preview, { cookie, body, headers: { origin: ORIGIN } })
    expect(answer.body.changes).toMatchObject([{ path: 'recipient.name' }])
    expect(Buffer.from(answer.body.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    expect(answer.body.means).toBeUndefined()
    const soon = await ask(contract.preview, {
      cookie,
      body: { ...body, want: ['means'] },
      headers: { origin: ORIGIN },
    })
    expect(soon.body).toMatchObject({ pdf: null, pictures: [], means: { form: 'certifyV3' } })
    const malformed = await ask(contract.preview, {
      cookie,
      body: { item: {}, paper: 'a3' },
      headers: { origin: ORIGIN },
    })
    expect(malformed.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: '/paper' }] })
    const other = await cookieOf(await anOperator({ facilityCode: 'OTHER' }))
    const theft = await ask(contract.preview, { cookie: other, body, headers: { origin: ORIGIN } })
    expect(theft.body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
  })

  async function issuedBy(by: string): Promise<string> {
    const { body } = await certify([item()], { token: by })
    await issueWaiting()
    return body.results[0].certificateId
  }
})
