/** An installation of the first release (lib/testing/first-types is what it had in force): this release goes on from there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { updateExample } from '@/lib/api/examples'
import { checksumOf, openDocument } from '@/lib/certificate-types/document'
import { publishedType } from '@/lib/certificate-types/live'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { FILES } from '@/lib/certificate-types/plant'
import { documentIn } from '@/lib/certificate-types/seed'
import { insertDraft, putInForce } from '@/lib/certificate-types/store'
import { eventOf, totalOf } from '@/lib/certificate-types/type'
import { liveContext } from '@/lib/certificates/context'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { readPdf } from '@/lib/testing/read-pdf'
import { VACCINATION } from '@/lib/testing/vaccination'
import { takeUpFiles } from './take-up'

const first = documentIn('lib/testing/first-types/VaccinationCertificate')
let close: () => Promise<void>
let token: string

beforeAll(async () => {
  ;({ close } = await startApi())
  const { db, now } = liveContext()
  await db.$transaction(async (tx) => {
    const named = { name: VACCINATION_TYPE, version: 1, checksum: checksumOf(first), note: 'From files.' }
    await insertDraft(tx, { ...first, ...named }, FILES, now())
    await putInForce(tx, VACCINATION_TYPE, 1, FILES, now())
  })
  token = await aToken()
})
afterAll(() => close())

const read = async (certificateId: string, accept: string) =>
  (await ask(contract.certificate, { token, params: { certificateId }, headers: { accept } })).bytes

async function expectGenuine(certificateId: string): Promise<void> {
  for (const accept of ['application/vc+ld+json', 'application/vc']) {
    const credential = JSON.parse(new TextDecoder().decode(await read(certificateId, accept)))
    const { body } = await ask(contract.verifyCredential, { body: credential })
    expect(body, accept).toMatchObject({ response: { verifyResp: { verified: true } } })
  }
}

test('the first text of the type is readable today, and so are its person and its event, which it did not say', () => {
  const { type } = openDocument(first, 'published')
  expect(type).toMatchObject({ version: 1, person: VACCINATION.person })
  expect([eventOf(type), totalOf(type)]).toEqual([eventOf(VACCINATION), totalOf(VACCINATION)])
})

test('what was issued under it stays genuine and printed, and is corrected under the version that is taken up', async () => {
  expect((await publishedType(liveContext())).version).toBe(1)
  const item = { ...updateExample[0]!, preEnrollmentCode: 'FIRST1' }
  const certified = await ask(contract.certify, { token, body: [item] })
  expect(certified.status, JSON.stringify(certified.body)).toBe(200)
  await issueWaiting()
  const { certificateId } = certified.body.results[0]

  await takeUpFiles(liveContext())
  expect((await publishedType(liveContext())).version).toBe(VACCINATION.version)
  await expectGenuine(certificateId)
  const page = await readPdf(await read(certificateId, 'application/pdf'))
  expect(page.pages.map(({ text }) => text).join()).toContain(item.recipient.name)

  const body = [{ ...item, recipient: { ...item.recipient, name: 'Corrected Later' } }]
  const updated = await ask(contract.updateCertificates, { token, body })
  expect(updated.body.results[0]).toMatchObject({ previousCertificateId: certificateId, updatesUsed: 1 })
  await issueWaiting()
  await expectGenuine(updated.body.results[0].certificateId)
  const old = await ask(contract.certificate, { token, params: { certificateId } })
  expect(old.body.state).toBe('superseded')
})
