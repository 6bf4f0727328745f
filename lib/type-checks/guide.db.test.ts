/** The example of the reference (.github/certificate-types.md), taken from it as it stands: a new type from two files. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { publishedTypes } from '@/lib/certificate-types/live'
import { kindsOf } from '@/lib/certificate-types/shown'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { readPdf } from '@/lib/testing/read-pdf'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { factsOf } from '@/lib/verification/facts'
import { takeUpFiles } from './take-up'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const guide = readFileSync('.github/certificate-types.md', 'utf8')
const [typeJson, contextJson, requestJson] = [...guide.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => text!)
const request = JSON.parse(requestJson!) as Json[]
const params = { entityType: 'RecoveryCertificate' }
let close: () => Promise<void>
let token: string

beforeAll(async () => {
  const folder = temporaryFolder('errata-guide-')
  mkdirSync(join(folder, 'RecoveryCertificate'))
  writeFileSync(join(folder, 'RecoveryCertificate', 'type.json'), typeJson!)
  writeFileSync(join(folder, 'RecoveryCertificate', 'context.json'), contextJson!)
  ;({ close } = await startApi({ CERTIFICATE_TYPES_DIR: folder }))
  // As the worker does when it starts.
  await takeUpFiles(liveContext())
  token = await aToken()
})
afterAll(() => close())

const read = async (certificateId: string, accept: string) =>
  (await ask(contract.certificate, { token, params: { certificateId }, headers: { accept } })).bytes

const pageText = async (certificateId: string) =>
  (await readPdf(await read(certificateId, 'application/pdf'))).pages.map(({ text }) => text).join('\n')

test('is certified, verified, printed in two languages, seen by its holder, and corrected', async () => {
  const certified = await ask(contract.certifyOfType, { token, params, body: request })
  expect(certified.status, JSON.stringify(certified.body)).toBe(200)
  await issueWaiting()
  const { certificateId } = certified.body.results[0]

  const credential = JSON.parse(new TextDecoder().decode(await read(certificateId, 'application/vc+ld+json')))
  expect(credential.evidence[0]).toMatchObject({ disease: 'COVID-19', diseaseCode: 'RA01', antibodies: 260 })
  const verdict = await ask(contract.verifyCredential, { body: credential })
  expect(verdict.body).toMatchObject({ response: { verifyResp: { verified: true } }, status: { state: 'valid' } })

  // The verify page has the words of both languages, and the unit of what is measured.
  const kinds = kindsOf((await publishedTypes(liveContext())).map(({ type }) => type))
  expect(factsOf(credential, kinds)).toMatchObject({
    name: 'Nimali Perera',
    title: { title: 'Certificate of recovery', titles: { hi: 'स्वस्थ होने का प्रमाणपत्र' } },
    alsoIn: 'hi',
    called: { name: { hi: 'पूरा नाम' }, dob: { hi: 'जन्म तिथि' } },
    more: [
      { label: 'Disease', labels: { hi: 'रोग' }, value: 'COVID-19' },
      { label: 'Antibodies', value: '260', unit: 'BAU/ml' },
      { label: 'Valid until', value: '2026-07-10' },
    ],
  })

  const page = await pageText(certificateId)
  for (const words of ['Certificate of recovery', 'Nimali Perera', '260 BAU/ml', 'First positive test']) {
    expect(page).toContain(words)
  }
  expect(page).toMatch(/\p{Script=Devanagari}/u)

  const link = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: {} })
  const secret = link.body.url.split('/').at(-1)
  const opened = await ask(contract.openHolderLink, { params: { token: secret }, body: { dateOfBirth: '1990-09-14' } })
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  const holders = await ask(contract.readHolderLink, { params: { token: secret }, cookie })
  expect(holders.body.alsoIn).toBe('hi')
  const details = holders.body.sections.flatMap((section: Json) => section.details)
  expect(details).toContainEqual(
    expect.objectContaining({ label: 'Disease', labels: { hi: 'रोग' }, value: 'COVID-19' }),
  )
  expect(details).toContainEqual(expect.objectContaining({ label: 'Antibodies', value: '260', unit: 'BAU/ml' }))

  const form = await ask(contract.certificateType, {
    cookie: await cookieOf(await anOperator()),
    params: { name: 'RecoveryCertificate' },
  })
  expect(form.body.sections[1].fields[2]).toMatchObject({ unit: 'BAU/ml', hint: 'Only where they were measured' })

  const corrected = structuredClone(request)
  corrected[0]!.recipient.name = 'Nimali de Silva'
  const updated = await ask(contract.updateOfType, { token, params, body: corrected })
  expect(updated.body.results[0]).toMatchObject({ updatesLimit: 3, updatesRemaining: 2 })
  await issueWaiting()
  expect((await ask(contract.certificate, { token, params: { certificateId } })).body.state).toBe('superseded')
  expect(await pageText(updated.body.results[0].certificateId)).toContain('Nimali de Silva')
})

test.each<[string, (item: Json) => void, string, RegExp]>([
  ['a disease', (item) => delete item.recovery.disease, '/recovery/disease', /^Disease is missing$/],
  ['a date of birth', (item) => delete item.recipient.dob, '/recipient/dob', /^Date of birth is missing$/],
  ['an end after the beginning', (item) => (item.recovery.validUntil = '2026-01-01'), '/recovery/validUntil', /before/],
])('without %s it is refused, naming the field', async (_what, spoil, path, says) => {
  const items = structuredClone(request)
  items[0]!.preEnrollmentCode = 'REC-2'
  spoil(items[0]!)
  const { status, body } = await ask(contract.certifyOfType, { token, params, body: items })
  expect(status).toBe(400)
  expect(body.details).toEqual([expect.objectContaining({ path, message: expect.stringMatching(says) })])
})
