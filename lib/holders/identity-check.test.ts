import { describe, expect, test } from 'vitest'
import type { CertificateRecord } from '@/lib/certificates/record'
import { aRequest } from '@/lib/testing/builders'
import { VACCINATION } from '@/lib/testing/vaccination'
import { answerFits, canBeAnswered } from './identity-check'

const recordedAt = new Date('2026-05-12T10:30:00Z')
const aRecord = (recipient: Record<string, unknown>) =>
  aRequest({ recipient, vaccination: { date: '2021-10-17T07:40:00.000Z' } }) as unknown as CertificateRecord
const fits = (answer: Parameters<typeof answerFits>[0], recipient: Record<string, unknown>) =>
  answerFits(answer, { type: VACCINATION, record: aRecord(recipient), recordedAt })

describe('a record with a date of birth', () => {
  test('is opened by that day alone', () => {
    expect(fits({ dateOfBirth: '1957-01-30' }, { dob: '1957-01-30' })).toBe(true)
    expect(fits({ dateOfBirth: '1957-01-31' }, { dob: '1957-01-30' })).toBe(false)
    const year = { yearOfBirth: 1957, identityEnd: '456V' }
    expect(fits(year, { dob: '1957-01-30', identity: '571304456V', age: '64' })).toBe(false)
  })
})

describe('a record with an age only', () => {
  const person = { dob: undefined, age: '64', identity: 'did:in.gov.uidai.aadhaar:1111-2222-456v' }

  test.each([
    [1956, true],
    [1957, true],
    [1961, true],
    [1962, true],
    [1955, false],
    [1959, false],
    [1963, false],
  ])('born %i: %s (64 in 2021 at the vaccination, or in 2026 when it was recorded)', (yearOfBirth, expected) => {
    expect(fits({ yearOfBirth, identityEnd: '456V' }, person)).toBe(expected)
  })

  test('takes the end of the identity in any case and with any signs between', () => {
    for (const identityEnd of ['456V', '456v', '4-56 v', ' 2222-456V ', '４５６Ｖ']) {
      expect(fits({ yearOfBirth: 1957, identityEnd }, person)).toBe(true)
    }
    for (const identityEnd of ['56V', '457V', '', '----']) {
      expect(fits({ yearOfBirth: 1957, identityEnd }, person)).toBe(false)
    }
  })

  test('is never opened by a day', () => {
    expect(fits({ dateOfBirth: '1957-01-01' }, person)).toBe(false)
  })

  test('cannot be opened at all when the identity is too short to prove anything', () => {
    expect(canBeAnswered({ type: VACCINATION, record: aRecord(person) })).toBe(true)
    for (const identity of ['NA', '-', '12 3', '—————']) {
      const short = { ...person, identity }
      expect(canBeAnswered({ type: VACCINATION, record: aRecord(short) })).toBe(false)
      expect(fits({ yearOfBirth: 1957, identityEnd: identity }, short)).toBe(false)
    }
    expect(canBeAnswered({ type: VACCINATION, record: aRecord({ dob: '1957-01-30', identity: 'NA' }) })).toBe(true)
  })
})
