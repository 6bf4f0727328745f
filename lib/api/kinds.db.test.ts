/** What holds for certificates of vaccination holds for those of another kind: test results, as they are shipped. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kindsOf } from '@/lib/certificate-types/shown'
import { publishedTypes } from '@/lib/certificate-types/live'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest, aTest } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { factsOf } from '@/lib/verification/facts'
import { numberIn } from '@/lib/verification/scanned'
import { contract } from './contract'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const OF_TESTS = { entityType: 'TestCertificate' }
const OWN = { origin: ORIGIN }
let close: () => Promise<void>
let token: string
let cookie: string

beforeAll(async () => {
  ;({ close } = await startApi({ CERTIFICATE_UPDATE_LIMIT: '2' }))
  token = await aToken()
  cookie = await cookieOf(await anOperator())
})
afterAll(() => close())

const certify = (...items: Json[]) => ask(contract.certifyTest, { token, body: items })
const update = (item: Json, more: Json = {}) =>
  ask(contract.updateOfType, { token, params: OF_TESTS, body: [item], ...more })
const lineagesOf = async (code: string) =>
  (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages as Json[]
const read = (certificateId: string, accept: string) =>
  ask(contract.certificate, { token, params: { certificateId }, headers: { accept } })
const textOf = async (certificateId: string, accept: string) =>
  new TextDecoder().decode((await read(certificateId, accept)).bytes)
const pdfText = async (bytes: Uint8Array) => (await readPdf(bytes)).pages.map(({ text }) => text).join('\n')

async function issued(code: string, changes: Json = {}): Promise<string> {
  const answer = await certify(aTest({ preEnrollmentCode: code, ...changes }))
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  await issueWaiting()
  return answer.body.results[0].certificateId
}

describe('a test result', () => {
  test('is issued, corrected and replaced, up to the limit', async () => {
    const first = await issued('T1')
    const corrected = await update(aTest({ preEnrollmentCode: 'T1', testDetails: { result: 'Positive' } }))
    expect(corrected.body.results).toMatchObject([
      {
        status: 'accepted',
        previousCertificateId: first,
        updatesRemaining: 1,
        changes: [{ path: 'testDetails.result', label: 'Result', before: 'Negative', after: 'Positive' }],
      },
    ])
    await issueWaiting()
    const [lineage] = await lineagesOf('T1')
    expect(lineage).toMatchObject({ type: 'TestCertificate', state: 'current', holderName: 'Meera Joshi' })
    expect(lineage!.vaccine).toBe('RT-PCR')
    expect(lineage!.history.map(({ state }: Json) => state)).toEqual(['current', 'superseded'])
    expect((await ask(contract.certificate, { token, params: { certificateId: first } })).body.supersededBy).toBe(
      corrected.body.results[0].certificateId,
    )
    expect((await update(aTest({ preEnrollmentCode: 'T1', testDetails: { result: 'Void' } }))).status).toBe(200)
    await issueWaiting()
    const beyond = await update(aTest({ preEnrollmentCode: 'T1', testDetails: { result: 'Inconclusive' } }))
    expect([beyond.status, beyond.body.code]).toEqual([412, 'UPDATE_LIMIT_REACHED'])
  })

  test('of another sample is another certificate, and the same sample in another minute is none', async () => {
    const [one, other] = ['2021-07-05T08:20:00Z', '2021-07-09T08:20:00Z']
    await issued('T2', { testDetails: { sampleCollectionTimestamp: one } })
    const details = { sampleCollectionTimestamp: other, resultTimestamp: '2021-07-09T19:45:00Z' }
    await issued('T2', { testDetails: details })
    expect(await lineagesOf('T2')).toHaveLength(2)
    const again = await certify(aTest({ preEnrollmentCode: 'T2', testDetails: { sampleCollectionTimestamp: one } }))
    expect(again.body.results[0].status).toBe('already_certified')
    const differs = aTest({ preEnrollmentCode: 'T2', testDetails: { sampleCollectionTimestamp: one, result: 'Void' } })
    expect((await certify(differs)).body.code).toBe('ALREADY_CERTIFIED')
  })

  test('whose sample was taken at another time moves there, history and all', async () => {
    const first = await issued('T3')
    const item = aTest({ preEnrollmentCode: 'T3', meta: { correctedDose: '2021-07-04T08:20:00Z' } })
    const moved = await update(item)
    expect(moved.body.results, JSON.stringify(moved.body)).toMatchObject([{ previousCertificateId: first }])
    await issueWaiting()
    const [lineage, ...more] = await lineagesOf('T3')
    expect(more).toEqual([])
    expect(lineage!.history).toHaveLength(2)
    const { body } = await ask(contract.certificate, {
      token,
      params: { certificateId: moved.body.results[0].certificateId },
    })
    expect(body.record.testDetails.sampleCollectionTimestamp).toBe('2021-07-04T08:20:00.000Z')
    // The same again finds its work done.
    expect((await update(item)).body.results[0].status).toBe('unchanged')
  })

  test('is genuine in both forms, and altered in neither', async () => {
    const certificateId = await issued('T4')
    for (const accept of ['application/vc+ld+json', 'application/vc']) {
      const signed = JSON.parse(await textOf(certificateId, accept))
      const verdict = await ask(contract.verifyCredential, { body: signed })
      expect(verdict.body, accept).toMatchObject({
        response: { verifyResp: { verified: true } },
        status: { state: 'valid' },
      })
      const altered = structuredClone(signed)
      const event = altered.evidence?.[0] ?? altered.credentialSubject.test
      event.result = 'Positive'
      expect((await ask(contract.verifyCredential, { body: altered })).status, accept).toBe(406)
    }
    const credential = JSON.parse(await textOf(certificateId, 'application/vc+ld+json'))
    expect(credential.evidence[0]).toMatchObject({
      pathogenCode: 'XN109',
      testTypeCode: 'LP6464-4',
      result: 'Negative',
    })
    expect(numberIn(JSON.stringify(credential))).toEqual({ number: certificateId })
  })

  test('shows whoever verifies it what kind it is and what was found, and nothing of vaccinations', async () => {
    const credential = JSON.parse(await textOf(await issued('T5'), 'application/vc+ld+json'))
    const kinds = kindsOf((await publishedTypes(liveContext())).map(({ type }) => type))
    expect(factsOf(credential, kinds)).toMatchObject({
      title: { title: 'Certificate of test result' },
      name: 'Meera Joshi',
      dob: '1979-02-17',
      vaccine: '',
      dose: '',
      more: [
        { label: 'Disease or agent', value: 'COVID-19' },
        { label: 'Type of test', value: 'RT-PCR' },
        { label: 'Result', value: 'Negative' },
        { label: 'Sample taken', value: '2021-07-05T08:20:00.000Z' },
        { label: 'Test centre', value: 'District Laboratory Udaipur' },
      ],
    })
  })

  test('is printed as what it is, and its holder reads it', async () => {
    const certificateId = await issued('T6')
    const pdf = await pdfText((await read(certificateId, 'application/pdf')).bytes)
    for (const said of [
      'Certificate of test result',
      'Meera Joshi',
      'RT-PCR',
      'Negative',
      '5 Jul 2021, ',
      'District Laboratory Udaipur',
    ])
      expect(pdf).toContain(said)
    expect(pdf).not.toMatch(/dose|vaccin/i)

    const link = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: {} })
    const secret = link.body.url.split('/').at(-1)
    const opened = await ask(contract.openHolderLink, {
      params: { token: secret },
      body: { dateOfBirth: '1979-02-17' },
    })
    expect(opened.status, JSON.stringify(opened.body)).toBe(200)
    expect(opened.body.title).toBe('Certificate of test result')
    expect(opened.body.sections.map(({ title }: Json) => title)).toEqual([
      'Person tested',
      'Test',
      'Tester',
      'Test centre',
    ])
  })
})

test('people find certificates of all kinds by one code, hidden values hidden, and preview a correction of any', async () => {
  const certificateId = await issued('MIX')
  await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: 'MIX' })] })
  await issueWaiting()
  const { body } = await ask(contract.lineages, { cookie, query: { preEnrollmentCode: 'MIX' } })
  expect(body.lineages.map(({ type }: Json) => type)).toEqual(['TestCertificate', 'VaccinationCertificate'])
  const { record } = (await ask(contract.certificate, { cookie, params: { certificateId } })).body
  expect(record.recipient.identity).toMatch(/^errata-hidden:/)
  const item = { ...record, testDetails: { ...record.testDetails, result: 'Positive' } }
  const preview = await ask(contract.preview, {
    cookie,
    headers: OWN,
    body: { item, certificateId, want: ['pictures'] },
  })
  expect(preview.body, JSON.stringify(preview.body).slice(0, 300)).toMatchObject({
    changes: [{ path: 'testDetails.result', before: 'Negative', after: 'Positive' }],
  })
  const sent = await ask(contract.updateOfType, {
    cookie,
    headers: { ...OWN, 'if-match': `"${certificateId}"` },
    params: OF_TESTS,
    body: [item],
  })
  expect(sent.body.results, JSON.stringify(sent.body)).toMatchObject([{ status: 'accepted' }])
  await issueWaiting()
  const { current } = (await lineagesOf('MIX')).find(({ type }) => type === 'TestCertificate')!
  const stored = await ask(contract.certificate, { token, params: { certificateId: current.certificateId } })
  expect(stored.body.record.recipient.identity).toBe('did:in.gov.uidai.aadhaar:440815220017')
})

test('a large correction of a name waits for a second person, whatever the kind, and is approved as it was asked', async () => {
  const certificateId = await issued('APPROVE')
  const { record } = (await ask(contract.certificate, { cookie, params: { certificateId } })).body
  const item = { ...record, recipient: { ...record.recipient, name: 'Completely Different Person' } }
  const asked = await ask(contract.updateOfType, { cookie, headers: OWN, params: OF_TESTS, body: [item] })
  expect(asked.body.results[0]).toMatchObject({
    status: 'awaiting_approval',
    approval: { reasons: ['large_name_change'] },
  })
  const supervisor = await cookieOf(await anOperator({ roles: ['supervisor'] }))
  const { requestId } = asked.body.results[0].approval
  const approved = await ask(contract.approveRequest, {
    cookie: supervisor,
    headers: OWN,
    params: { requestId },
    body: { note: '' },
  })
  expect(approved.body, JSON.stringify(approved.body)).toMatchObject({
    state: 'accepted',
    subject: { type: 'TestCertificate', initials: 'M. J.' },
  })
})

test('what is no item of the type, and a type that is not there, are refused by their names', async () => {
  const wrong = await certify(aTest({ testDetails: { result: 'Maybe', resultTimestamp: '2021-07-01T10:00:00Z' } }))
  expect(wrong.status).toBe(400)
  expect(wrong.body.details.map(({ path }: Json) => path)).toContain('/testDetails/result')
  const early = await certify(aTest({ testDetails: { resultTimestamp: '2021-07-01T10:00:00Z' } }))
  expect(early.body.details).toMatchObject([
    { path: '/testDetails/resultTimestamp', message: 'Result given is before sample taken' },
  ])
  const none = await ask(contract.certifyOfType, { token, params: { entityType: 'Nothing' }, body: [aTest()] })
  expect([none.status, none.body.code]).toEqual([400, 'SCHEMA_NOT_FOUND'])
  const divoc = await ask(contract.divocCertifyTest, { token, body: [aTest({ preEnrollmentCode: 'DIVOC' })] })
  expect(divoc.body.results).toMatchObject([{ status: 'accepted' }])
})
