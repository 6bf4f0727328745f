/** The configuration of a deployment becomes a draft that an administrator previews and publishes; then it is in force. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { updateExample } from '@/lib/api/examples'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { importConfiguration } from './import-configuration'
import { readConfiguration } from './read'

const OWN = { origin: ORIGIN }
const NAME = 'VaccinationCertificate'
const folder = temporaryFolder('errata-etcd-')
let close: () => Promise<void>
let token: string
let admin: string

beforeAll(async () => {
  ;({ close } = await startApi())
  token = await aToken()
  admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
  cpSync(join('lib', 'testing', 'divoc-configuration'), folder, { recursive: true })
  mkdirSync(join(folder, 'HealthProfessionalCertificate'))
  writeFileSync(join(folder, 'HealthProfessionalCertificate', 'programParams.json'), '{}')
  writeFileSync(join(folder, 'large.json'), 'x'.repeat(2_000_000))
  symlinkSync('/etc/passwd', join(folder, 'linked.json'))
})
afterAll(() => close())

const versions = async () =>
  (await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: { name: NAME } })).body.versions

test('a dry run keeps nothing; then it is a draft, once, and every key is accounted for', async () => {
  const before = await versions()
  const would = await importConfiguration(liveContext(), readConfiguration(folder), { dryRun: true })
  expect(would.version).toBeNull()
  expect(await versions()).toEqual(before)
  const made = await importConfiguration(liveContext(), readConfiguration(folder))
  expect(made).toMatchObject({ errors: [], version: { name: NAME, isNew: true } })
  expect([...new Set(made.notes.map(({ key }) => key))].sort()).toEqual([
    'DDCC_TEMPLATE',
    'HealthProfessionalCertificate/programParams',
    'ICD',
    'NOTIFICATION_TEMPLATES',
    'VACCINE_ICD',
    'certificateOptionalFieldsKeyPaths',
    'large.json',
  ])
  const again = await importConfiguration(liveContext(), readConfiguration(folder))
  expect(again.version).toEqual({ ...made.version, isNew: false })
  expect(await versions()).toHaveLength(before.length + 1)
})

test('an administrator publishes it, and what is certified says so', async () => {
  const [draft] = await versions()
  expect(draft).toMatchObject({ state: 'draft', createdByName: 'Import from DIVOC', note: 'Configuration of DIVOC.' })
  const params = { name: NAME, version: draft.version }
  const published = await ask(contract.publishType, {
    cookie: admin,
    headers: OWN,
    params,
    body: { checksum: draft.checksum },
  })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  const item = { ...updateExample[0]!, preEnrollmentCode: 'CONF1' }
  item.vaccination = { ...item.vaccination, name: 'Abdala' }
  const certified = await ask(contract.certify, { token, body: [item] })
  expect(certified.status, JSON.stringify(certified.body)).toBe(200)
  await issueWaiting()
  const { certificateId } = certified.body.results[0]
  const { credential } = (await ask(contract.certificate, { token, params: { certificateId } })).body
  expect(credential.evidence[0]).toMatchObject({ icd11Code: 'XM1NL1', vaccine: 'Abdala' })
  expect(credential.evidence[0].verifier).toBeUndefined()
  const more = await importConfiguration(liveContext(), readConfiguration(folder))
  expect(more).toMatchObject({ version: null, errors: [] })
})

test('a value that was added there: its word has to be known, and may come along', async () => {
  const values = new Map(readConfiguration(folder).values)
  const paths = JSON.parse(values.get('certificateOptionalFieldsKeyPaths')!) as object
  values.set('certificateOptionalFieldsKeyPaths', JSON.stringify({ ...paths, ward: ['recipient', 'homeWard'] }))
  values.set(
    'DDCC_TEMPLATE',
    values.get('DDCC_TEMPLATE')!.replace('"{{recipientName}}"', '"{{recipientName}}", "ward": "{{ward}}"'),
  )
  const take = () => importConfiguration(liveContext(), { values, keys: new Map(), tooLarge: [] }, { dryRun: true })
  expect((await take()).errors).toEqual([
    {
      path: '/forms/certifyV3/credential/credentialSubject/ward',
      message: 'No word of the context says ward here: the value would not be signed.',
    },
  ])
  const words = JSON.parse(readFileSync('lib/certificate-types/VaccinationCertificate/context.json', 'utf8'))
  words['@context'].Person['@context'].ward = 'vac:ward'
  values.set('vaccinationContextV2', JSON.stringify(words))
  const { errors, notes } = await take()
  expect(errors).toEqual([])
  expect(notes.map(({ message }) => message).join()).toContain('becomes an optional field of the form')
})

test('an export of etcd says the same as the folder', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const file = join(folder, '.export.json')
  const { values } = readConfiguration(folder)
  const kvs = [...values, ['CERTIFICATE_PUBLIC_KEY', 'pem']].map(([key, value]) => ({
    key: base64(key!),
    value: base64(value!),
  }))
  writeFileSync(file, JSON.stringify({ header: {}, kvs, count: kvs.length }))
  const read = readConfiguration(file)
  expect(read.values).toEqual(values)
  expect(read.keys).toEqual(new Map([['CERTIFICATE_PUBLIC_KEY', 'pem']]))
  writeFileSync(file, '[]')
  expect(() => readConfiguration(file)).toThrow('no folder, and no JSON object')
})
