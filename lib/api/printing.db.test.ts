/** Printing: every copy is counted before it exists, says who printed it, and belongs to its certificate. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let certificateId: string
let item: Record<string, unknown>
let count = 0

beforeAll(async () => {
  api = await startApi({ DEFAULT_PAPER: 'us-letter', ISSUER_TIME_ZONE: 'Asia/Kathmandu' })
  token = await aToken()
})
beforeEach(async () => {
  item = aRequest({ preEnrollmentCode: `P${++count}` })
  certificateId = await certified(item)
})
afterAll(() => api.close())

const here = { 'sec-fetch-site': 'same-origin' }
const print = (body: unknown, more = {}) =>
  ask(contract.countPrint, { token, params: { certificateId }, body, ...more })
const pdf = (query: Record<string, string> = {}, of = certificateId) =>
  ask(contract.certificateFile, { token, params: { certificateId: of, extension: 'pdf' }, query })
const textOf = async (bytes: Uint8Array) =>
  (await readPdf(bytes)).pages.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n')
const size = async (bytes: Uint8Array) => /MediaBox \[([\d. ]+)\]/.exec(Buffer.from(bytes).toString('latin1'))?.[1]

async function certified(request: unknown): Promise<string> {
  const { body } = await ask(contract.certify, { token, body: [request] })
  await issueWaiting()
  return body.results[0].certificateId
}

describe('a print run', () => {
  test('is counted, listed for every version of the dose, and stands in the audit', async () => {
    const operator = await anOperator()
    const cookie = await cookieOf(operator)
    const run = await print({ kind: 'page', paper: 'a4', copies: 2 }, { token: undefined, cookie, headers: here })
    expect(run.body).toMatchObject({ certificateId, kind: 'page', paper: 'a4', copies: 2, by: { name: 'Asha' } })
    await print({ kind: 'slip', paper: 'us-letter', copies: 1 })
    const listed = await ask(contract.prints, { cookie, params: { certificateId } })
    expect(listed.body.prints.map(({ kind, copies }: { kind: string; copies: number }) => [kind, copies])).toEqual([
      ['slip', 1],
      ['page', 2],
    ])
    const changed = { ...item, recipient: { ...(item.recipient as object), name: 'Somebody' } }
    const updated = await ask(contract.updateCertificates, { token, body: [changed] })
    await issueWaiting()
    const fresh = updated.body.results[0].certificateId
    const ofFresh = await ask(contract.prints, { cookie, params: { certificateId: fresh } })
    expect(ofFresh.body.prints.map((one: { certificateId: string }) => one.certificateId)).toEqual([
      certificateId,
      certificateId,
    ])
    const events = await liveContext().db.auditEvent.findMany({ where: { action: 'printed', certificateId } })
    expect(events[0]).toMatchObject({
      actorKind: 'operator',
      actorId: operator.id,
      detail: { kind: 'page', paper: 'a4', copies: 2 },
    })
  })

  test('makes a PDF that says who, where and when, and asks for so many copies at full size', async () => {
    await aFacility(`F${count}`)
    const operator = await anOperator({ facilityCode: `F${count}` })
    const cookie = await cookieOf(operator)
    await liveContext().db.$executeRaw`
      update lineage set facility_code = ${`F${count}`} where pre_enrollment_code = ${`P${count}`}`
    const { body } = await print({ kind: 'large', paper: 'a4', copies: 3 }, { token: undefined, cookie, headers: here })
    const printed = await pdf({ print: body.printId, variant: 'large', paper: 'a4' })
    expect(await textOf(printed.bytes)).toMatch(
      new RegExp(`Version 1, printed at Facility F${count} by Asha, \\d+ \\w{3} \\d{4}, \\d\\d:\\d\\d`),
    )
    expect((await readPdf(printed.bytes)).viewerPreferences).toMatchObject({ PrintScaling: 'None', NumCopies: 3 })
    const again = await pdf({ print: body.printId, variant: 'large', paper: 'a4' })
    expect(Buffer.compare(again.bytes, printed.bytes)).toBe(0)
  })

  test('leaves the plain download as it was: the same bytes, and no word of printing', async () => {
    const before = await pdf()
    await print({ kind: 'page', paper: 'us-letter', copies: 1 })
    const after = await pdf()
    expect(Buffer.compare(before.bytes, after.bytes)).toBe(0)
    expect(await textOf(after.bytes)).not.toContain('printed')
  })

  test('belongs to one certificate', async () => {
    const { body } = await print({ kind: 'page', paper: 'a4', copies: 1 })
    const other = await certified(aRequest({ preEnrollmentCode: `Q${count}` }))
    expect((await pdf({ print: body.printId }, other)).status).toBe(404)
    for (const nonsense of ['0', '-1', 'x', '9'.repeat(40)]) expect((await pdf({ print: nonsense })).status).toBe(404)
    expect((await pdf({ print: body.printId })).status).toBe(200)
  })

  test('of another facility, of no certificate or of no copies is refused and not counted', async () => {
    await aFacility(`G${count}`)
    const elsewhere = await aToken({ facilityCode: `G${count}` })
    expect((await print({ kind: 'page', paper: 'a4', copies: 1 }, { token: elsewhere })).status).toBe(403)
    expect((await ask(contract.prints, { token: elsewhere, params: { certificateId } })).status).toBe(403)
    expect((await print({ kind: 'page', paper: 'a4', copies: 1 }, { params: { certificateId: '1' } })).status).toBe(404)
    for (const copies of [0, -1, 21, 1.5, '2']) {
      expect((await print({ kind: 'page', paper: 'a4', copies })).status).toBe(400)
    }
    expect((await print({ kind: 'poster', paper: 'a4', copies: 1 })).status).toBe(400)
    expect((await ask(contract.prints, { token, params: { certificateId } })).body.prints).toEqual([])
  })

  test('of twenty at once is counted twenty times', async () => {
    await Promise.all(Array.from({ length: 20 }, () => print({ kind: 'slip', paper: 'a4', copies: 1 })))
    expect((await ask(contract.prints, { token, params: { certificateId } })).body.prints).toHaveLength(20)
  })
})

describe('the page', () => {
  test('is on the installation’s paper unless another is asked for', async () => {
    expect(await size((await pdf()).bytes)).toBe('0 0 612 792')
    expect(await size((await pdf({ paper: 'a4' })).bytes)).toMatch(/^0 0 595\.2\d* 841\.8\d*$/)
    expect((await pdf({ paper: 'a5' })).status).toBe(400)
    expect((await pdf({ variant: 'huge' })).status).toBe(400)
  })

  test('is available in large print, also as DIVOC’s newest of a code and as a picture', async () => {
    const large = await pdf({ variant: 'large' })
    const params = { preEnrollmentCode: `P${count}` }
    const latest = await ask(contract.latestPdf, { token, params, query: { variant: 'large' } })
    expect(Buffer.compare(latest.bytes, large.bytes)).toBe(0)
    expect(Buffer.compare((await pdf()).bytes, large.bytes)).not.toBe(0)
    const picture = (query: Record<string, string>) =>
      ask(contract.certificateFile, { token, params: { certificateId, extension: 'page.svg' }, query })
    expect((await picture({ variant: 'large' })).bytes).not.toEqual((await picture({})).bytes)
  })
})

test('the test strip is a PDF on either paper, for whoever is signed in', async () => {
  const strip = await ask(contract.testStrip, { token })
  expect([strip.status, await size(strip.bytes)]).toEqual([200, '0 0 612 792'])
  expect(await size((await ask(contract.testStrip, { token, query: { paper: 'a4' } })).bytes)).toMatch(/^0 0 595/)
  expect((await ask(contract.testStrip, {})).status).toBe(401)
})
