/** Configuration of DIVOC becomes a version of a type: every placeholder is mapped or named, and hostile templates do nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentIn } from '@/lib/certificate-types/seed'
import { declaration } from '@/lib/certificate-types/declaration'
import type { CertificateType } from '@/lib/certificate-types/type'
import { buildCredential } from '@/lib/certificates/credential'
import { compileConfiguration } from './compile'
import { PATHS_KEY } from './field-paths'
import type { Note } from './notes'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const present = documentIn('lib/certificate-types/VaccinationCertificate')
const TEMPLATE = readFileSync(join('lib', 'testing', 'divoc-configuration', 'DDCC_TEMPLATE.template'), 'utf8')
const PATHS = readFileSync(
  join('lib', 'testing', 'divoc-configuration', 'certificateOptionalFieldsKeyPaths.json'),
  'utf8',
)

function compiled(values: Record<string, string>): { type: CertificateType; json: Json; notes: Note[] } {
  const { document, notes } = compileConfiguration(
    { values: new Map(Object.entries(values)), keys: new Map(), tooLarge: [] },
    present,
  )
  const json = JSON.parse(document.text) as Json
  return { type: declaration.parse(json), json, notes }
}

const said = (notes: Note[], outcome: Note['outcome']) =>
  notes.filter((note) => note.outcome === outcome).map(({ key, place, message }) => `${key} ${place ?? ''} ${message}`)

/** With one member in the place of the subject's gender, which is a text in quotes. */
const withGender = (text: string) => TEMPLATE.replace('"{{recipientGender}}"', text)

describe('a template', () => {
  test('says what the signer would have written, value by value', () => {
    const { json, notes } = compiled({ DDCC_TEMPLATE: TEMPLATE, [PATHS_KEY]: PATHS })
    const settings = {
      namespace: 'https://divoc.dev/credentials/vaccination/v2',
      namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
      did: 'did:india',
      issuer: 'https://divoc.dev/',
      baseUrl: 'https://divoc.dev/vaccine/',
      feedbackBaseUrl: 'https://divoc.dev/feedback?',
      infoBaseUrl: 'https://divoc.dev/info?',
      facilityCountryCode: 'IN',
      identityRejectionPattern: '^NA$|^.?$',
    }
    const request = {
      preEnrollmentCode: '62',
      recipient: { name: 'Sam', dob: '1990-09-14', identity: '872550100V', nationality: 'India', gender: 'Male' },
      vaccination: { name: 'covaxin', batch: 'A"B', date: '2021-07-12T19:21:19.646Z', dose: 2, totalDoses: 2 },
      facility: { name: 'ABCD', address: { district: 'South' } },
    }
    const values: Record<string, unknown> = {
      namespace: settings.namespace,
      preEnrollmentCode: '62',
      recipientName: 'Sam',
      recipientDob: '1990-09-14',
      recipientIdentifier: 'did:india:872550100V',
      recipientGender: 'Male',
      recipientAge: '31',
      recipientNationality: 'India',
      issuer: settings.issuer,
      issuanceDate: '2022-03-01T09:30:00.000Z',
      evidenceId: 'https://divoc.dev/vaccine/123456789',
      InfoUrl: 'https://divoc.dev/info?123456789',
      feedbackUrl: 'https://divoc.dev/feedback?123456789',
      certificateId: '123456789',
      batch: 'A\\"B',
      vaccine: 'covaxin',
      icd11Code: 'XM1NL1',
      prophylaxis: 'COVID-19 vaccine, inactivated virus',
      vaccinationDate: '2021-07-12T19:21:19.646Z',
      dose: 2,
      totalDoses: 2,
      facilityName: 'ABCD',
      facilityAddressDistrict: 'South',
      facilityAddressCountry: 'IN',
    }
    const rendered = JSON.parse(
      TEMPLATE.replace(/\{\{!.*?\}\}/gs, '').replace(/\{?\{\{\{?([A-Za-z0-9]+)\}\}\}?/g, (_tag, name: string) =>
        String(values[name] ?? ''),
      ),
    ) as Json
    const built = buildCredential({
      template: json.forms.certifyV3.credential,
      codeLists: json.codeLists,
      request,
      certificateId: '123456789',
      issuedAt: new Date('2022-03-01T09:30:00.000Z'),
      settings,
    })
    expect(JSON.stringify(built)).toBe(JSON.stringify(rendered))
    expect(said(notes, 'not_taken')).toEqual([])
    // The sample leaves out what the shipped form has besides.
    expect(said(notes, 'differs')).toEqual([
      'DDCC_TEMPLATE /evidence/0/verifier/name The certificate says this no more.',
    ])
  })

  test('with a place of the request that the type has not: an optional field of the form', () => {
    const paths = JSON.stringify({ ...JSON.parse(PATHS), uhid: ['recipient', 'uhid'], ward: ['guardian', 'homeWard'] })
    const template = withGender('"{{recipientGender}}", "uhid": "{{uhid}}", "ward": "{{ward}}"')
    const { type, json, notes } = compiled({ DDCC_TEMPLATE: template, [PATHS_KEY]: paths })
    expect(json.forms.certifyV3.credential.credentialSubject.uhid).toEqual({ from: 'recipient.uhid' })
    const [added] = type.sections[0]!.fields.slice(-1)
    expect(added).toMatchObject({ path: 'recipient.uhid', kind: 'text', label: 'Uhid', required: false })
    expect(type.sections.at(-1)).toMatchObject({ id: 'guardian', title: 'Guardian', required: false })
    expect(type.sections.at(-1)!.fields[0]).toMatchObject({ path: 'guardian.homeWard', label: 'Home ward' })
    expect(said(notes, 'taken').filter((note) => note.includes('optional field'))).toHaveLength(2)
  })

  test('a placeholder that nothing fills is named, and empty as it was there', () => {
    const { json, notes } = compiled({ DDCC_TEMPLATE: withGender('"{{recipient.gender}}"'), [PATHS_KEY]: PATHS })
    expect(json.forms.certifyV3.credential.credentialSubject.gender).toBe('')
    expect(said(notes, 'not_taken')[0]).toContain('Nothing fills {{recipient.gender}} in DIVOC')
  })

  test('a condition is named: the part always stands there', () => {
    const template = withGender('"{{recipientGender}}"{{#batch}}, "uhid": "{{batch}}"{{/batch}}')
    const { json, notes } = compiled({ DDCC_TEMPLATE: template, [PATHS_KEY]: PATHS })
    expect(json.forms.certifyV3.credential.credentialSubject.uhid).toEqual({ from: 'vaccination.batch' })
    expect(said(notes, 'differs').join()).toContain('only with {{#batch}}')
  })

  test('a number in quotes is a number here, and said', () => {
    const { notes } = compiled({ DDCC_TEMPLATE: TEMPLATE.replace('{{dose}}', '"{{dose}}"'), [PATHS_KEY]: PATHS })
    expect(said(notes, 'differs').join()).toContain('{{dose}} is in quotes')
  })

  test('the first generation has its own', () => {
    const { json } = compiled({ W3C_TEMPLATE: TEMPLATE, [PATHS_KEY]: PATHS })
    expect(json.forms.certifyV2.credential['@context'][1]).toEqual({ setting: 'namespaceV1' })
    expect(json.forms.certifyV3).toEqual((JSON.parse(present.text) as Json).forms.certifyV3)
  })
})

describe('a template that is refused leaves the present mapping, and says why', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  test.each([
    ['no JSON', '{', /no JSON/],
    ['a list', '[]', /no JSON object/],
    ['another template brought in', withGender('"{{> partial}}"'), /brings in another template/],
    ['another look of placeholders', `{{=<% %>=}}${TEMPLATE}`, /changes what a placeholder looks like/],
    ['a block', withGender('"{{$block}}x{{/block}}"'), /block of another template/],
    ['a loop over what it holds itself', withGender('"{{#list}}{{.}}{{/list}}"'), /part of a text/],
    ['a loop over what nothing fills', withGender('""{{#list}}, "a": 1{{/list}}'), /nothing fills list/],
    ['what stands there without a value', withGender('""{{^batch}}, "a": 1{{/batch}}'), /\{\{\^batch\}\}/],
    ['an open section', withGender('""{{#batch}}'), /\{\{#batch\}\} is not closed/],
    ['a section closed by another', withGender('""{{#batch}}{{/dose}}{{/batch}}'), /\{\{\/dose\}\} closes/],
    ['an open placeholder', withGender('"{{recipientGender"').slice(0, 600), /not closed|no placeholder|no JSON/],
    ['text around a value', withGender('"Mx {{recipientName}}"'), /\{\{recipientName\}\} with other text/],
    ['two values in one', withGender('"{{recipientName}}{{batch}}"'), /\{\{recipientName\}\} and \{\{batch\}\}/],
    ['a text without quotes', withGender('{{recipientGender}}'), /has no quotes/],
    ['nothing without quotes', withGender('{{nothing}}'), /nothing fills \{\{nothing\}\}/],
    ['a name as placeholder', withGender('"", "{{batch}}": 1'), /name of a member is a placeholder/],
    ['a prototype', withGender('"", "__proto__": {"a": 1}'), /cannot be called __proto__/],
    ['a constructor', withGender('"", "constructor": {"prototype": 1}'), /cannot be called constructor/],
    ['words of our mapping', withGender('{"from": "recipient.identity"}'), /cannot be called from/],
    ['code', withGender('"{{constructor.constructor(\'return 1\')()}}"'), /no placeholder that is understood/],
    ['depth', deep, /nested deeper/],
    ['depth behind braces', withGender(deep), /nested deeper/],
    ['10 MB', `{"a": "${'x'.repeat(10_000_000)}"}`, /at most 262144/],
    ['placeholders without end', `{"a": [${'"{{batch}}",'.repeat(10_000)}""]}`, /more than 2000/],
    ['markers', withGender('"\ue0000\ue001"'), /private use area/],
  ])('%s', (_what, template, message) => {
    const { json, notes } = compiled({ DDCC_TEMPLATE: template, [PATHS_KEY]: PATHS })
    const refused = notes.filter((note) => note.key === 'DDCC_TEMPLATE')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ outcome: 'not_taken', place: null })
    expect(refused[0]!.message).toMatch(message)
    expect(json).toEqual(JSON.parse(present.text))
    expect(({} as Json).a).toBeUndefined()
  })

  test('names of prototypes are names that nothing fills', () => {
    const template = withGender('"{{constructor}}", "b": "{{__proto__}}", "c": "{{toString}}"')
    const { json } = compiled({ DDCC_TEMPLATE: template, [PATHS_KEY]: PATHS })
    expect(json.forms.certifyV3.credential.credentialSubject).toMatchObject({ gender: '', b: '', c: '' })
  })

  test.each([
    ['{"recipientGender": ["__proto__", "x"]}', 'names no place'],
    ['{"recipientGender": "recipient.gender"}', 'names no place'],
    ['{"recipientGender": []}', 'names no place'],
    ['[1]', 'no JSON object'],
    ['{"recipientGender": ["meta", "gender"]}', 'can be no field'],
    ['{"recipientGender": ["recipient", "address"]}', 'can be no field'],
  ])('optional fields %s', (paths, message) => {
    const { notes, type } = compiled({ DDCC_TEMPLATE: TEMPLATE, [PATHS_KEY]: paths })
    expect(said(notes, 'not_taken').join()).toContain(message)
    expect(type.sections).toHaveLength(declaration.parse(JSON.parse(present.text)).sections.length)
  })
})

describe('ICD and VACCINE_ICD', () => {
  const ICD = JSON.stringify({ XM1NL1: { vaccineType: 'Inactivated Virus', icd11Term: 'inactivated', disease: 'C' } })
  test('become the code lists, in their order; known names keep their words', () => {
    const vaccines = JSON.stringify([
      { vaccineName: 'abdala', icd11Code: 'XM1NL1' },
      { vaccineName: 'covaxin', icd11Code: 'XM1NL1' },
    ])
    const { type, notes } = compiled({ ICD, VACCINE_ICD: vaccines })
    expect(type.codeLists.icd11).toEqual([{ code: 'XM1NL1', term: 'inactivated' }])
    expect(type.codeLists.vaccines).toEqual([
      { match: 'abdala', label: 'abdala', code: 'XM1NL1' },
      { match: 'covaxin', label: 'Covaxin', code: 'XM1NL1' },
    ])
    expect(said(notes, 'differs').join()).toContain('Covishield has no entry')
  })

  test('what is odd about them is said', () => {
    const vaccines = JSON.stringify([
      { vaccineName: 'Sputnik V', icd11Code: 'XM9QW8' },
      { vaccineName: '', icd11Code: 'XM9QW8' },
      'covaxin',
    ])
    const { type, notes } = compiled({ ICD: '{"XM0": {}, "__proto__": 1}', VACCINE_ICD: vaccines })
    expect(type.codeLists.vaccines).toHaveLength(1)
    expect(said(notes, 'differs').join()).toMatch(/never found, here it is.*ICD has no XM9QW8/)
    expect(said(notes, 'not_taken').join()).toMatch(/XM0.*no icd11Term.*\/1.*\/2/s)
  })

  test.each(['{', '[]', '"x"', '5'])('no such list: %s', (text) => {
    const { json } = compiled({ ICD: text, VACCINE_ICD: text === '[]' ? '{}' : text })
    expect(json).toEqual(JSON.parse(present.text))
  })
})

test('every key is accounted for by name', () => {
  const keys = [
    'NOTIFICATION_TEMPLATES',
    'certificateHelperFunctions',
    'euVaccineCode',
    'HealthProfessional/x',
    'constructor',
  ]
  const { notes, json } = compiled(Object.fromEntries(keys.map((key) => [key, '{}'])))
  expect(notes.map(({ key, outcome }) => [key, outcome])).toEqual(keys.map((key) => [key, 'not_taken']))
  expect(json).toEqual(JSON.parse(present.text))
})
