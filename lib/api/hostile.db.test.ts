import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aRequest } from '@/lib/testing/builders'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { contract } from './contract'
import type { Endpoint } from './endpoint'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
beforeEach(() => {
  code = `H${++count}`
})
afterAll(() => api.close())

const EVERY_DOOR = [
  ...[contract.certify, contract.divocCertify, contract.certifyV1, contract.divocCertifyV1],
  ...[contract.updateCertificates, contract.updateCertificatesV1, contract.divocUpdateCertificatesV1],
]
const certify = (body: unknown) => ask(contract.certify, { token, body })
const item = (changes = {}) => aRequest({ preEnrollmentCode: code, ...changes })
const outcome = ({ status, body }: Awaited<ReturnType<typeof certify>>) => [
  status,
  body?.code,
  body?.details?.[0]?.path,
]

describe('what cannot be read', () => {
  test.each([
    ['an empty array', [], 'MALFORMED_REQUEST'],
    ['an object', {}, 'MALFORMED_REQUEST'],
    ['a number', 5, 'MALFORMED_REQUEST'],
    ['null', null, 'MALFORMED_REQUEST'],
    ['[null]', [null], 'VALIDATION_ERROR'],
    ['[[]]', [[]], 'VALIDATION_ERROR'],
    ['a list of words', ['certify', 'me'], 'VALIDATION_ERROR'],
    ['an empty item', [{}], 'VALIDATION_ERROR'],
  ])('%s', async (_what, body, expected) => {
    for (const row of EVERY_DOOR) {
      const answer = await ask(row, { token, body })
      expect([answer.status, answer.body.code]).toEqual([400, expected])
    }
  })

  test('501 items are 413', async () => {
    const answer = await certify(Array.from({ length: 501 }, () => null))
    expect([answer.status, answer.body.code]).toEqual([413, 'TOO_MANY_ITEMS'])
  })

  test('a body of 10 MB is 413, and most of it is never taken', async () => {
    let taken = 0
    const raw = new ReadableStream({
      pull(controller) {
        taken += 65_536
        if (taken > 10 * 1024 * 1024) controller.close()
        else controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const answer = await ask(contract.certify, { token, raw: raw as never })
    expect([answer.status, answer.body.code]).toEqual([413, 'TOO_LARGE'])
    expect(taken).toBeLessThan(1.3 * 1024 * 1024)
  })

  test('bytes that are not UTF-8, text that is not JSON, another media type', async () => {
    const invalid = Buffer.concat([
      Buffer.from('[{"preEnrollmentCode":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}]'),
    ])
    const answers = [
      await ask(contract.certify, { token, raw: invalid }),
      await ask(contract.certify, { token, raw: '[{' }),
      await ask(contract.certify, { token, raw: 'a=b', headers: { 'content-type': 'text/plain' } }),
    ]
    expect(answers.map((answer) => answer.body.code)).toEqual([
      'MALFORMED_JSON',
      'MALFORMED_JSON',
      'UNSUPPORTED_MEDIA_TYPE',
    ])
  })
})

describe('values made to hurt', () => {
  test.each([
    ['dose 1.5', { vaccination: { dose: 1.5 } }, '/vaccination/dose'],
    ['dose 0', { vaccination: { dose: 0 } }, '/vaccination/dose'],
    ['dose as text', { vaccination: { dose: '1' } }, '/vaccination/dose'],
    ['a name with a newline', { recipient: { name: 'John\nDoe' } }, '/recipient/name'],
    ['a name with NUL', { recipient: { name: 'John\u0000Doe' } }, '/recipient/name'],
    ['half an emoji', { recipient: { name: 'John \ud83d' } }, '/recipient/name'],
    ['a bidi override', { recipient: { name: 'John \u202eeoD' } }, '/recipient/name'],
    ['markup in the code', { preEnrollmentCode: '"><script>' }, '/preEnrollmentCode'],
    ['recipient as a list', { recipient: [] }, '/recipient'],
    ['contact as text', { recipient: { contact: 'tel:1' } }, '/recipient/contact'],
    ['a name that no QR code holds', { recipient: { name: randomBytes(6000).toString('base64') } }, undefined],
  ])('%s is refused with its reason, and nothing is written', async (_what, changes, path) => {
    const answer = await certify([item(changes)])
    expect(answer.status).toBe(400)
    expect(answer.body.details[0].message).toMatch(/\w/)
    if (path) expect(outcome(answer)[2]).toBe(path)
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    expect(found.body.lineages).toEqual([])
  })

  test('58 letters of Sinhala in every field are certified, printed and scanned', async () => {
    const answer = await certify([item(everywhere('ශ්‍රී ලංකාව '.repeat(10).slice(0, 58).trim()))])
    expect(answer.status).toBe(200)
    await issueWaiting()
    const { certificateId } = answer.body.results[0]
    const pdf = await ask(contract.certificateFile, { token, params: { certificateId, extension: 'pdf' } })
    expect(pdf.status).toBe(200)
  })

  test('an emoji, which no shipped font draws, is named', async () => {
    const answer = await certify([item({ recipient: { name: 'John 🦄' } })])
    expect(outcome(answer)).toEqual([400, 'UNSUPPORTED_CHARACTER', '/recipient/name'])
    expect(answer.body.details[0].message).toContain('🦄')
  })

  test.each([
    ['quotes and backslashes', `O"Brien \\ 'x' {{name}} \${1}`],
    ['JSON that adds a dose', 'x"}, "dose": 3, "certificateId":"111111111", "z": {"a":"'],
    ['markup', '<script>alert(1)</script>'],
  ])('%s in the name of the vaccinator arrive in the credential as they are', async (_what, name) => {
    const { body } = await certify([item({ vaccinator: { name } })])
    await issueWaiting()
    const { certificateId } = body.results[0]
    const { credential } = (await ask(contract.certificate, { token, params: { certificateId } })).body
    expect(credential.evidence[0]).toMatchObject({ dose: 1, certificateId, verifier: { name } })
    const page = await ask(contract.certificateFile, { token, params: { certificateId, extension: 'page.svg' } })
    expect(page.status).toBe(200)
    expect(Buffer.from(page.bytes).toString('utf8')).not.toContain('<script')
  })

  test.each([
    ['NUL in meta', { meta: { note: 'a\u0000b' } }],
    ['NUL in a key of meta', { meta: { 'a\u0000b': 1 } }],
    ['half an emoji in meta', { meta: { note: '\ud83d' } }],
    ['an enormous number in meta', { meta: { n: 1e308 } }],
    ['NUL in an unknown key', { 'a\u0000b': 1 }],
    ['a client that claims a predecessor', { meta: { previousCertificateId: '448086902' } }],
    ['a booster', { vaccination: { dose: 3, totalDoses: 2 } }],
    ['age only', { recipient: { dob: null, age: '31' } }],
    ['nobody to call', { recipient: { contact: [] } }],
  ])('%s is answered, never a failure of ours', async (_what, changes) => {
    const answer = await certify([item(changes)])
    expect([200, 400]).toContain(answer.status)
    await issueWaiting()
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    expect(found.body.lineages[0]?.state ?? 'refused').toMatch(/^(current|refused)$/)
    expect(found.body.lineages[0]?.current?.version ?? 1).toBe(1)
  })

  test.each([
    ['NUL', 'a\u0000b'],
    ['half an emoji', '\ud83d'],
    ['2,000 letters', 'x'.repeat(2000)],
    ['a wildcard', '%'],
  ])('%s in an address finds nothing and breaks nothing', async (_what, value) => {
    const text = value.toWellFormed()
    const answers = [
      await ask(contract.lineages, { token, query: { preEnrollmentCode: text } }),
      await ask(contract.certificate, { token, params: { certificateId: text } }),
      await ask(contract.transaction, { token, params: { transactionId: text } }),
      await ask(contract.latestQr, { token, params: { preEnrollmentCode: text } }),
    ]
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
  })

  test.each([
    [{}, 'preEnrollmentCode is missing.'],
    [{ preEnrollmentCode: '' }, 'preEnrollmentCode is missing.'],
    [{ preEnrollmentCode: 'x', dose: '1.5' }, 'dose must be a whole number.'],
    [{ preEnrollmentCode: 'x', dose: 'first' }, 'dose must be a number.'],
    [{ preEnrollmentCode: 'x', dose: '0' }, 'dose must be at least 1.'],
  ])('a query that is not as documented is named in our words: %j', async (query, message) => {
    const answer = await ask(contract.lineages, { token, query })
    expect([answer.status, answer.body]).toMatchObject([400, { code: 'VALIDATION_ERROR', message }])
  })

  test('so is any other parameter', async () => {
    const ifMatch = await ask(contract.updateCertificates, { token, headers: { 'if-match': '*' }, body: [] })
    expect(ifMatch.body.message).toBe(
      'if-match must be certificate numbers in double quotes, with commas between them.',
    )
    const dryRun = await ask(contract.certify, { token, query: { dryRun: 'maybe' }, body: [] })
    expect(dryRun.body.message).toBe('dryRun must be one of true, false, empty.')
    const params = { certificateId: '1', extension: 'pdf' }
    const paper = await ask(contract.certificateFile, { token, params, query: { paper: 'a5' } })
    expect(paper.body.message).toBe('paper must be one of a4, us-letter.')
  })
})

describe('methods', () => {
  test.each([
    ['certify', 'GET', 'POST, OPTIONS'],
    ['certify', 'DELETE', 'POST, OPTIONS'],
    ['updateCertificates', 'POST', 'PUT, OPTIONS'],
    ['latestPdf', 'POST', 'GET, HEAD, OPTIONS'],
  ] as const)('%s: %s is 405 and says what is allowed', async (name, method, allow) => {
    const answer = await ask<Endpoint>(contract[name], { method, params: { preEnrollmentCode: 'x' } })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  })

  test('every answer names its request, and keeps the name it came with', async () => {
    const kept = await ask(contract.certify, { headers: { 'x-request-id': 'trace-0123456789' }, body: [] })
    expect(kept.headers.get('x-request-id')).toBe('trace-0123456789')
    const made = await ask(contract.certify, { headers: { 'x-request-id': 'John Doe' }, body: [] })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

/** A request with one value in every text field. */
function everywhere(value: string) {
  const address = {
    addressLine1: value,
    addressLine2: value,
    district: value,
    state: value,
    city: value,
    pincode: value,
  }
  return {
    recipient: { name: value, nationality: value, identity: value, gender: value, contact: [value], address },
    vaccination: { name: value, manufacturer: value, batch: value },
    vaccinator: { name: value },
    facility: { name: value, address },
  }
}
