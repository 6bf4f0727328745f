/** The normative statements of VC Data Model 2.0 and of Bitstring Status List v1.0, a row each. */
import { describe, expect, test } from 'vitest'
import { CREDENTIALS_V2, EXAMPLES_V2 } from '@/lib/signing/contexts2'
import { credentialProblems, periodProblems, presentationProblems } from './data-model'

const good = {
  '@context': [CREDENTIALS_V2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  credentialSubject: { id: 'did:example:subject' },
}
const vp = { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'] }
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
const entry = {
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '94567',
  statusListCredential: 'https://health.example/status/3/revocation',
}
const messages = (n: number) => Array.from({ length: n }, (_, i) => ({ status: `0x${i.toString(16)}`, message: 'x' }))
const sri = 'sha384-Ml/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'

describe('accepted', () => {
  const rows: [string, object][] = [
    ['the least that there is', good],
    [
      'further contexts by address and as objects',
      { '@context': [CREDENTIALS_V2, EXAMPLES_V2, { x: 'https://x.example/x' }] },
    ],
    ['an id that is a urn', { id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33' }],
    ['several types in any order', { type: ['https://example.org/T', 'VerifiableCredential', 'T'] }],
    ['one type as text', { type: 'VerifiableCredential' }],
    ['a name as text', { name: 'Name' }],
    ['a name in a language', { name: { '@value': 'Name', '@language': 'en' } }],
    ['a name in a language with direction', { name: { '@value': 'HTML', '@language': 'ar', '@direction': 'rtl' } }],
    [
      'names in several languages',
      {
        name: [
          { '@value': 'a', '@language': 'en' },
          { '@value': 'b', '@language': 'de-CH' },
        ],
      },
    ],
    ['a description in a language', { description: { '@value': 'x', '@language': 'en' } }],
    ['an issuer with id, name and description', { issuer: { id: 'https://x.example', name: 'X', description: 'Y' } }],
    [
      'an issuer with a name in a language',
      { issuer: { id: 'https://x.example', name: { '@value': 'X', '@language': 'en' } } },
    ],
    ['a subject without id', { credentialSubject: { name: 'x' } }],
    ['several subjects', { credentialSubject: [{ id: 'did:example:a' }, { name: 'x' }] }],
    ['a time in the future', { validFrom: '2999-01-01T00:00:00Z' }],
    ['a time with a zone', { validFrom: '2020-01-01T19:23:24+05:30', validUntil: '2020-01-01T14:00:00Z' }],
    ['one moment only', { validFrom: '2020-01-01T00:00:00Z', validUntil: '2020-01-01T00:00:00Z' }],
    ['a status without id', { credentialStatus: entry }],
    [
      'several statuses',
      {
        credentialStatus: [
          { ...entry, id: 'urn:x:1' },
          { ...entry, statusPurpose: 'suspension' },
        ],
      },
    ],
    ['a status of another type', { credentialStatus: { id: 'https://x.example/s', type: 'OtherStatus' } }],
    ['a status of three bits', { credentialStatus: { ...entry, statusSize: 3, statusMessage: messages(8) } }],
    ['one schema, several schemas', { credentialSchema: [{ id: 'https://x.example/s', type: 'JsonSchema' }] }],
    ['a refresh service', { refreshService: { type: 'T', id: 'https://x.example/r' } }],
    ['terms of use without id', { termsOfUse: [{ type: 'T' }, { type: 'U', id: 'urn:x:1' }] }],
    ['evidence', { evidence: { type: ['E'] } }],
    [
      'a related resource',
      { relatedResource: [{ id: 'https://x.example/r', digestSRI: sri, mediaType: 'application/json' }] },
    ],
    [
      'a related resource by multibase',
      {
        relatedResource: {
          id: 'https://x.example/r',
          digestMultibase: 'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw',
        },
      },
    ],
    ['a proof', { proof: { type: 'DataIntegrityProof' } }],
    ['several proofs', { proof: [{ type: 'DataIntegrityProof' }, { type: 'Other' }] }],
  ]
  test.each(rows)('%s', (_what, change) => {
    expect(credentialProblems({ ...good, ...change })).toEqual([])
  })
})

describe('refused', () => {
  const rows: [string, unknown, string][] = [
    ['no object', 'text', ''],
    ['a list', [good], ''],
    ['nothing', null, ''],
    ['no context', without('@context'), '/@context'],
    ['a context that is no list', { ...good, '@context': CREDENTIALS_V2 }, '/@context'],
    ['an empty list of contexts', { ...good, '@context': [] }, '/@context/0'],
    ['another first context', { ...good, '@context': [EXAMPLES_V2, CREDENTIALS_V2] }, '/@context/0'],
    ['the context of version 1', { ...good, '@context': ['https://www.w3.org/2018/credentials/v1'] }, '/@context/0'],
    ...[4, false, null, 'no url', ['x']].map((x): [string, unknown, string] => [
      `a context that is ${JSON.stringify(x)}`,
      { ...good, '@context': [CREDENTIALS_V2, x] },
      '/@context/1',
    ]),
    ...['no url', null, 7, ['urn:a:1', 'urn:b:1'], {}, 'a b:c', ''].map((x): [string, unknown, string] => [
      `the id ${JSON.stringify(x)}`,
      { ...good, id: x },
      '/id',
    ]),
    ['no type', without('type'), '/type'],
    ['no types', { ...good, type: [] }, '/type'],
    ['another type', { ...good, type: ['Other'] }, '/type'],
    ['a type that is no text', { ...good, type: ['VerifiableCredential', 4] }, '/type'],
    [
      'a name with more than language and direction',
      { ...good, name: { '@value': 'x', '@language': 'en', url: 'x' } },
      '/name',
    ],
    ['a name without a value', { ...good, name: { '@language': 'en' } }, '/name'],
    ['a name that is a number', { ...good, name: 4 }, '/name'],
    ['a name in no language', { ...good, name: { '@value': 'x', '@language': 4 } }, '/name'],
    ['a name in a third direction', { ...good, name: { '@value': 'x', '@direction': 'up' } }, '/name'],
    ['a description with more', { ...good, description: { '@value': 'x', extra: 1 } }, '/description'],
    [
      'an issuer whose name has more',
      { ...good, issuer: { id: 'urn:x:1', name: { '@value': 'x', a: 1 } } },
      '/issuer/name',
    ],
    [
      'an issuer whose description has more',
      { ...good, issuer: { id: 'urn:x:1', description: { a: 1 } } },
      '/issuer/description',
    ],
    ['no issuer', without('issuer'), '/issuer'],
    ...[null, 4, true, [], 'no url', ''].map((x): [string, unknown, string] => [
      `the issuer ${JSON.stringify(x)}`,
      { ...good, issuer: x },
      '/issuer',
    ]),
    ...[undefined, null, 'no url', ['urn:x:1']].map((x): [string, unknown, string] => [
      `an issuer object with the id ${JSON.stringify(x)}`,
      { ...good, issuer: { id: x } },
      '/issuer/id',
    ]),
    ['no subject', without('credentialSubject'), '/credentialSubject'],
    ['a subject that says nothing', { ...good, credentialSubject: {} }, '/credentialSubject'],
    ['no subjects', { ...good, credentialSubject: [] }, '/credentialSubject'],
    [
      'one of two subjects that says nothing',
      { ...good, credentialSubject: [{ id: 'urn:x:1' }, {}] },
      '/credentialSubject/1',
    ],
    ...['text', null, 4, true].map((x): [string, unknown, string] => [
      `the subject ${JSON.stringify(x)}`,
      { ...good, credentialSubject: x },
      '/credentialSubject',
    ]),
    ['a subject with two ids', { ...good, credentialSubject: { id: ['urn:a:1', 'urn:b:1'] } }, '/credentialSubject/id'],
    ['a subject whose id is no URL', { ...good, credentialSubject: { id: 'x' } }, '/credentialSubject/id'],
    ...['validFrom', 'validUntil'].flatMap((name) =>
      ['2020-01-01', 'yesterday', '', 4, null, '2020-01-01T00:00:00', '2020-13-01T00:00:00Z'].map(
        (x): [string, unknown, string] => [`${name} ${JSON.stringify(x)}`, { ...good, [name]: x }, `/${name}`],
      ),
    ),
    [
      'an end before the beginning',
      { ...good, validFrom: '2021-01-01T00:00:00Z', validUntil: '2020-01-01T00:00:00Z' },
      '/validUntil',
    ],
    ...[
      'credentialStatus',
      'credentialSchema',
      'refreshService',
      'termsOfUse',
      'evidence',
      'renderMethod',
      'confidenceMethod',
    ].flatMap((name): [string, unknown, string][] => [
      [`${name} without a type`, { ...good, [name]: { id: 'https://x.example/x' } }, `/${name}/type`],
      [
        `one ${name} of two without a type`,
        { ...good, [name]: [{ id: 'urn:x:1', type: 'T' }, { id: 'urn:x:2' }] },
        `/${name}/1/type`,
      ],
      [`${name} that is text`, { ...good, [name]: 'https://x.example' }, `/${name}`],
      [`${name} whose id is no URL`, { ...good, [name]: { id: 'x', type: 'T' } }, `/${name}/id`],
      [`${name} with two ids`, { ...good, [name]: { id: ['urn:x:1', 'urn:x:2'], type: 'T' } }, `/${name}/id`],
    ]),
    ['a schema without an id', { ...good, credentialSchema: { type: 'JsonSchema' } }, '/credentialSchema/id'],
    ['related resources as text', { ...good, relatedResource: ['https://x.example'] }, '/relatedResource/0'],
    ['a related resource without id', { ...good, relatedResource: [{ digestSRI: sri }] }, '/relatedResource/0/id'],
    [
      'a related resource twice',
      { ...good, relatedResource: [1, 2].map(() => ({ id: 'urn:x:1', digestSRI: sri })) },
      '/relatedResource/1/id',
    ],
    ['a related resource without digest', { ...good, relatedResource: [{ id: 'urn:x:1' }] }, '/relatedResource/0'],
    [
      'a related resource whose digest is none',
      { ...good, relatedResource: [{ id: 'urn:x:1', digestSRI: 'md5-x' }] },
      '/relatedResource/0/digestSRI',
    ],
    [
      'a related resource whose multibase is none',
      { ...good, relatedResource: [{ id: 'urn:x:1', digestMultibase: 'x' }] },
      '/relatedResource/0/digestMultibase',
    ],
    [
      'a related resource whose media type is none',
      { ...good, relatedResource: [{ id: 'urn:x:1', digestSRI: sri, mediaType: 'x' }] },
      '/relatedResource/0/mediaType',
    ],
    ['a proof without a type', { ...good, proof: { proofPurpose: 'x' } }, '/proof/type'],
    ...['text', null, 4, true, []].map((x): [string, unknown, string] => [
      `the proof ${JSON.stringify(x)}`,
      { ...good, proof: x },
      '/proof',
    ]),
    [
      'a status without purpose',
      { ...good, credentialStatus: { ...entry, statusPurpose: undefined } },
      '/credentialStatus/statusPurpose',
    ],
    ...[true, 5, '-1', '1.5', '01', '', 'x'].map((x): [string, unknown, string] => [
      `a status with the place ${JSON.stringify(x)}`,
      { ...good, credentialStatus: { ...entry, statusListIndex: x } },
      '/credentialStatus/statusListIndex',
    ]),
    [
      'a status whose list is no URL',
      { ...good, credentialStatus: { ...entry, statusListCredential: 'x' } },
      '/credentialStatus/statusListCredential',
    ],
    [
      'a status whose id is its list',
      { ...good, credentialStatus: { ...entry, id: entry.statusListCredential } },
      '/credentialStatus/id',
    ],
    ...[0, -1, 1.5, '1', 99].map((x): [string, unknown, string] => [
      `a status of ${JSON.stringify(x)} bits`,
      { ...good, credentialStatus: { ...entry, statusSize: x } },
      '/credentialStatus/statusSize',
    ]),
    [
      'a status of two bits without messages',
      { ...good, credentialStatus: { ...entry, statusSize: 2 } },
      '/credentialStatus/statusMessage',
    ],
    [
      'a status of two bits with two messages',
      { ...good, credentialStatus: { ...entry, statusSize: 2, statusMessage: messages(2) } },
      '/credentialStatus/statusMessage',
    ],
    [
      'a message without a value',
      { ...good, credentialStatus: { ...entry, statusMessage: [{ message: 'x' }, { message: 'y' }] } },
      '/credentialStatus/statusMessage',
    ],
    [
      'a reference that is no URL',
      { ...good, credentialStatus: { ...entry, statusReference: ['x'] } },
      '/credentialStatus/statusReference',
    ],
  ]
  test.each(rows)('%s', (_what, document, path) => {
    expect(credentialProblems(document).map((problem) => problem.path)).toContain(path)
  })
})

describe('presentations', () => {
  test.each([
    ['the least that there is', {}],
    ['with an id, a holder and credentials', { id: 'urn:x:1', holder: 'did:example:h', verifiableCredential: [good] }],
    ['with a holder as an object and one credential', { holder: { id: 'did:example:h' }, verifiableCredential: good }],
    ['with another type', { type: ['VerifiablePresentation', 'https://x.example/T'] }],
  ])('accepted: %s', (_what, change) => {
    expect(presentationProblems({ ...vp, ...change })).toEqual([])
  })

  test.each([
    ['without a context', { '@context': undefined }, '/@context'],
    ['without a type', { type: undefined }, '/type'],
    ['of another type', { type: ['VerifiableCredential'] }, '/type'],
    ['with an id that is no URL', { id: 'x' }, '/id'],
    ['with a holder that is no URL', { holder: 'x' }, '/holder'],
    ['with a holder without id', { holder: { name: 'x' } }, '/holder/id'],
    ['with credentials that are addresses', { verifiableCredential: ['https://x.example'] }, '/verifiableCredential'],
    ['with a credential that is null', { verifiableCredential: null }, '/verifiableCredential'],
  ])('refused: %s', (_what, change, path) => {
    expect(presentationProblems({ ...vp, ...change }).map((problem) => problem.path)).toContain(path)
  })
})

test('the period is looked at with the clock', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  expect(periodProblems({ validFrom: '2025-12-31T23:59:59Z', validUntil: '2026-01-01T00:00:01Z' }, now)).toEqual([])
  expect(periodProblems({ validFrom: '2026-01-01T00:00:01Z' }, now)).toMatchObject([{ path: '/validFrom' }])
  expect(periodProblems({ validUntil: '2025-12-31T23:59:59Z' }, now)).toMatchObject([{ path: '/validUntil' }])
})
