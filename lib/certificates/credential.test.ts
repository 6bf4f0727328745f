import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { vector } from '@/lib/testing/vectors'
import { buildCredential, type CredentialInput } from './credential'
import type { CertificateRecord } from './record'

const ISSUED_AT = new Date('2022-03-01T09:30:00.000Z')

const SETTINGS: CredentialInput['settings'] = {
  namespace: 'https://divoc.dev/credentials/vaccination/v2',
  namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
  did: 'did:india',
  issuer: 'https://divoc.dev/',
  baseUrl: 'https://divoc.dev/vaccine/',
  feedbackBaseUrl: 'https://divoc.dev/?',
  infoBaseUrl: 'https://divoc.dev/?',
  facilityCountryCode: 'IN',
  identityRejectionPattern: '^NA$|^.?$',
}

const LK = { ...SETTINGS, namespace: 'https://divoc.lgcc.gov.lk/credentials/vaccination/v1' }

const ASCII: CertificateRecord = {
  preEnrollmentCode: '1112233445',
  recipient: {
    name: 'Bhaya Mitra',
    dob: '1994-11-30',
    gender: 'Male',
    nationality: 'Indian',
    identity: 'did:in.gov.uidai.aadhaar:2342343334',
    contact: ['tel:1234567890'],
    address: {
      addressLine1: '444, 2nd Street',
      addressLine2: 'S V Road',
      district: 'Bengaluru',
      city: 'Bengaluru',
      state: 'Karnataka',
      country: 'IN',
      pincode: '560034',
    },
  },
  vaccination: {
    name: 'COVISHIELD',
    batch: 'MB3428BX',
    manufacturer: 'Serum Institute of India',
    date: '2022-02-28T10:00:00.000Z',
    effectiveStart: '2022-02-28',
    effectiveUntil: '2025-02-28',
    dose: 2,
    totalDoses: 2,
  },
  vaccinator: { name: 'Sooraj Singh' },
  facility: {
    name: 'ABC Medical Center',
    address: {
      addressLine1: '123, Koramangala',
      addressLine2: '7th Block',
      district: 'Bengaluru South',
      city: 'Bengaluru',
      state: 'Karnataka',
      pincode: '560034',
    },
  },
}

const SCRIPTS: CertificateRecord = {
  ...ASCII,
  recipient: {
    ...ASCII.recipient,
    name: 'ශ්\u200dරී ලංකා නිමල් පෙරේරා',
    gender: 'ස්ත්\u200dරී',
    nationality: 'Côte d’Ivoire – Ñandú Zürich',
    address: {
      addressLine1: '१२३, महात्मा गांधी मार्ग',
      addressLine2: 'शिवाजी नगर',
      district: 'පුත්තලම',
      city: 'කොළඹ',
      state: JSON.parse(vector('scripts.lk.rsa').unsigned).credentialSubject.address.addressRegion,
      country: 'LK',
      pincode: '00700',
    },
  },
  vaccinator: { name: 'محمد بن سلمان' },
  facility: {
    name: 'مركز الصحة "الأولى" \\ القاهرة',
    address: {
      addressLine1: 'شارع النيل 12',
      addressLine2: "São João d'El-Rei",
      district: 'ගම්පහ',
      city: 'მცხეთა',
      state: '東京都',
      country: 'LK',
      pincode: '11000',
    },
  },
}

const MISSING: CertificateRecord = {
  preEnrollmentCode: '99001',
  recipient: { name: 'No Options', age: '42', nationality: '', identity: 'NA', contact: [] },
  vaccination: {
    name: 'CoVax',
    batch: 'B1',
    manufacturer: 'COVPharma',
    date: '2021-12-02T19:21:18.646Z',
    effectiveStart: '2021-12-02',
    effectiveUntil: '2025-12-02',
    dose: 1,
    totalDoses: 1,
  },
  vaccinator: { name: 'S' },
  facility: { name: 'F' },
}

describe('a request becomes byte for byte what the peer signs', () => {
  test.each([
    ['ascii', ASCII, '100000001'],
    ['scripts', SCRIPTS, '100000002'],
    ['missing', MISSING, '100000003'],
  ] as const)('%s', (name, request, certificateId) => {
    for (const [namespace, settings] of [
      ['divocdev', SETTINGS],
      ['lk', LK],
    ] as const) {
      const built = JSON.stringify(credential(request, { certificateId, settings }))
      expect(built).toBe(vector(`${name}.${namespace}.rsa`).unsigned)
    }
    const template = VACCINATION.forms.certifyV2!.credential
    const first = JSON.stringify(credential(request, { certificateId, template }))
    expect(first).toBe(vector(`${name}.first.rsa`).unsigned)
  })
})

describe('the identity becomes an absolute IRI', () => {
  test.each([
    ['did:in.gov.uidai.aadhaar:11112222334', 'did:in.gov.uidai.aadhaar:11112222334'],
    ['urn:uuid:6ce74c0f', 'urn:uuid:6ce74c0f'],
    ['872550100V', 'did:india:872550100V'],
    ['AB 12/345', 'did:india:AB%2012/345'],
    ['Passport: N 1', 'did:india:Passport:%20N%201'],
    ['12:34', 'did:india:12:34'],
    ['50%', 'did:india:50%25'],
    ['\u00a0x', 'did:india:%C2%A0x'],
    ['නිමල්', 'did:india:නිමල්'],
    ['NA', 'did:india:R 101'.replace(' ', '%20')],
    ['na', 'did:india:R%20101'],
    ['', 'did:india:R%20101'],
    ['-', 'did:india:R%20101'],
  ])('%j', (identity, iri) => {
    const request = { ...ASCII, preEnrollmentCode: 'R 101', recipient: { ...ASCII.recipient, identity } }
    expect(subject(request).id).toBe(iri)
  })

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (identity) => {
        const request = { ...ASCII, recipient: { ...ASCII.recipient, identity } }
        expect(subject(request).id).toMatch(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/u)
      }),
    )
  })
})

describe('age and date of birth complete each other', () => {
  const person = (recipient: { age?: string; dob?: string }, issuedAt = ISSUED_AT) => {
    const { dob: _dob, ...rest } = ASCII.recipient
    const { age, dob } = subject({ ...ASCII, recipient: { ...rest, ...recipient } }, issuedAt)
    return { age, dob }
  }

  test.each([
    ['the day before a birthday', '1994-11-30', '2022-11-29T23:59:59Z', '27'],
    ['on the birthday', '1994-11-30', '2022-11-30T00:00:00Z', '28'],
    ['29 February in a common year', '2000-02-29', '2022-02-28T12:00:00Z', '21'],
    ['a newborn', '2022-03-01', '2022-03-01T09:30:00Z', '0'],
    ['the placeholder 1900', '1900-01-01', '2022-03-01T09:30:00Z', ''],
  ])('%s', (_what, dob, at, age) => {
    expect(person({ dob }, new Date(at))).toEqual({ age, dob })
  })

  test('an age alone gives the first day of its year', () => {
    expect(person({ age: '42' })).toEqual({ age: '42', dob: '1980-01-01' })
  })

  test('both given stay as they are; none gives none', () => {
    expect(person({ age: '30', dob: '1990-09-14' })).toEqual({ age: '30', dob: '1990-09-14' })
    expect(person({})).toEqual({ age: '', dob: '' })
  })
})

test.each([
  ['Covaxin', 'XM1NL1', 'COVID-19 vaccine, inactivated virus'],
  ['SPUTNIK V (Gam-COVID-Vac)', 'XM9QW8', 'COVID-19 vaccine, non-replicating viral vector'],
  ['BBIBP-CorV', 'XM1NL1', 'COVID-19 vaccine, inactivated virus'],
  ['Pfizer - BioNTech', 'XM0GQ8', 'COVID-19 vaccine, RNA based vaccine'],
  ['Unheard-of', '', ''],
])('vaccine %s has ICD-11 code %j', (name, code, term) => {
  const request = { ...ASCII, vaccination: { ...ASCII.vaccination, name } }
  expect(evidence(request)).toMatchObject({ icd11Code: code, prophylaxis: term })
})

test('the facility keeps its own country; the setting stands in for a missing one', () => {
  expect(evidence(SCRIPTS).facility.address.addressCountry).toBe('LK')
  expect(evidence(ASCII).facility.address.addressCountry).toBe('IN')
})

test('a booster keeps its numbers as numbers', () => {
  const request = { ...ASCII, vaccination: { ...ASCII.vaccination, dose: 3, totalDoses: 2 } }
  expect(evidence(request)).toMatchObject({ dose: 3, totalDoses: 2 })
})

test('hostile values stay data: the shape never changes', () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shape)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
        : typeof value
  const injection = 'x"}, "dose": 3, "certificateId":"111111111", "z": {"a":"'
  const expected = shape(credential(ASCII))
  for (const hostile of [injection, '\\', '"', '{{preEnrollmentCode}}', '{"from":"recipient.identity"}', '__proto__']) {
    const request = {
      ...ASCII,
      recipient: { ...ASCII.recipient, name: hostile },
      vaccinator: { name: hostile },
      facility: { ...ASCII.facility, name: hostile },
    }
    const built = JSON.parse(JSON.stringify(credential(request)))
    expect(shape(built)).toEqual(expected)
    expect(built.evidence[0].verifier.name).toBe(hostile)
  }
})

test.each([
  [{ derive: 'eval', from: 'x' }, /derives "eval"/],
  [{ setting: 'constructor' }, /setting "constructor"/],
  [{ from: 'recipient' }, /no single value/],
  [{ derive: 'timestamp' }, /leaves out a path/],
])('a template outside the grammar is our mistake and says so: %j', (template, message) => {
  expect(() => credential(ASCII, { template: { leaf: template } })).toThrow(message)
})

function credential(request: CertificateRecord, change: Partial<CredentialInput> = {}): ReturnType<typeof JSON.parse> {
  return buildCredential({
    template: VACCINATION.forms.certifyV3.credential,
    codeLists: VACCINATION.codeLists,
    request,
    certificateId: '100000001',
    issuedAt: ISSUED_AT,
    settings: SETTINGS,
    ...change,
  })
}

function subject(request: CertificateRecord, issuedAt = ISSUED_AT) {
  return credential(request, { issuedAt }).credentialSubject
}

function evidence(request: CertificateRecord) {
  return credential(request).evidence[0]
}
