/** Rows of other tables: imported where there is a certificate type for them, else named. */
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { publishedType } from '@/lib/certificate-types/live'
import { liveContext } from '@/lib/certificates/context'
import { buildCredential } from '@/lib/certificates/credential'
import { signCredential } from '@/lib/signing/sign'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { aTest } from '@/lib/testing/builders'
import { signerOf, writeLines } from '@/lib/testing/divoc-export'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { check } from '@/lib/trust/check'
import type { Account } from './account'
import { importRegistry } from './import-registry'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const DIVOC = generateKeyPairSync('ed25519')
const file = join(temporaryFolder('errata-import-'), 'registry.jsonl')
const AT = new Date('2023-01-10T08:00:00.000Z')
const TEST: Json = aTest({ preEnrollmentCode: 'T1' })
const DOCTOR = {
  professional: { name: 'Neha', dob: '1991-11-29', gender: 'female' },
  registration: { registrationId: '12345-8', registrationCouncil: 'Karnataka' },
  qualification: { degreeYear: '2019' },
}

let close: () => Promise<void>
let token: string
let account: Account
let texts: string[]

beforeAll(async () => {
  ;({ close } = await startApi())
  token = await aToken()
  texts = [
    await signed('TestCertificate', TEST, '700000001'),
    await signed('TestCertificate', { ...TEST, testDetails: { ...TEST.testDetails, result: 'Positive' } }, '700000002'),
    await signed('HealthProfessional', DOCTOR, '700000003'),
  ]
  const row = (n: number, more: Json = {}) => ({
    certificateId: `70000000${n}`,
    contact: ['tel:0771234567'],
    certificate: texts[n - 1],
    osCreatedAt: `2023-01-1${n}T08:00:00.000Z`,
    ...more,
  })
  const { certificate, ...doctor } = row(3)
  writeLines(file, [
    { TestCertificate: row(1, { preEnrollmentCode: 'T1' }) },
    row(2, { preEnrollmentCode: 'T1', meta: { previousCertificateId: '700000001' } }),
    { HealthProfessional_1: { ...doctor, _osSignedData: certificate } },
    { DriversLicence: row(1, { certificateId: '700000009' }) },
    { Enrollment: { code: '62' } },
    { RevokedVC: { previousCertificateId: '700000003', schema: 'HealthProfessional', endDate: '2031-01-01' } },
    { RevokedVC: { previousCertificateId: '700000001', certificateId: '700000002', schema: 'TestCertificate' } },
  ])
  account = await importRegistry(liveContext(), { files: [file], keys: [{ file: 'public.pem', key: DIVOC.publicKey }] })
})
afterAll(() => close())

async function signed(name: string, request: object, certificateId: string): Promise<string> {
  const { settings } = liveContext()
  const { forms, codeLists } = await publishedType(liveContext(), name)
  const template = forms.certifyV3.credential
  const credential = settings.credential
  const unsigned = buildCredential({ template, request, certificateId, issuedAt: AT, settings: credential, codeLists })
  return JSON.stringify(await signCredential(unsigned, signerOf(settings, DIVOC.privateKey), AT))
}

test('each row is accounted for, with the name of what there is no type for', () => {
  const said = account.lines.map(({ outcome, findings }) =>
    [outcome, ...findings.flatMap(({ code, about = [] }) => [code, ...about])].join(' '),
  )
  expect(said).toEqual([
    'imported',
    'imported',
    'imported ASKED_AGAIN /registration/registrationDate',
    'not_imported OTHER_ENTITY DriversLicence',
    'not_imported OTHER_ENTITY Enrollment',
    'not_imported SUSPENDED_THERE',
    'applied',
  ])
})

test('the requests behind them are those that they were made of', async () => {
  const recordOf = async (certificateId: string) =>
    (await ask(contract.certificate, { token, params: { certificateId } })).body as Json
  const test = await recordOf('700000002')
  expect(test).toMatchObject({ type: 'TestCertificate', state: 'current', previousCertificateId: '700000001' })
  const { contact: _contact, ...recipient } = TEST.recipient
  expect(test.record).toMatchObject({ preEnrollmentCode: 'T1', recipient, testDetails: { result: 'Positive' } })
  expect(test.lineage.history[0].changes.map(({ path }: Json) => path)).toEqual(['testDetails.result'])
  const doctor = await recordOf('700000003')
  expect(doctor).toMatchObject({ type: 'HealthProfessional', state: 'current' })
  expect(doctor.record).toEqual({ preEnrollmentCode: '12345-8', ...DOCTOR })
})

test('they verify, and are corrected', async () => {
  const verdict = async (at: number) => (await check(liveContext(), JSON.parse(texts[at]!))).state
  expect(await Promise.all([verdict(0), verdict(1), verdict(2)])).toEqual(['replaced', 'valid', 'valid'])
  const { record } = (await ask(contract.certificate, { token, params: { certificateId: '700000002' } })).body
  const body = [{ ...record, recipient: { ...record.recipient, name: 'Another Spelling' } }]
  const answer = await ask(contract.updateOfType, { token, params: { entityType: 'TestCertificate' }, body })
  expect(answer.body.results?.[0], JSON.stringify(answer.body)).toMatchObject({
    status: 'accepted',
    previousCertificateId: '700000002',
  })
  await issueWaiting()
  expect(await verdict(1)).toBe('replaced')
})
