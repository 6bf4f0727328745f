import { describe, expect, test } from 'vitest'
import { attemptsFor } from './attempts'

describe('what is typed into the find field', () => {
  test('is tried as typed, then without spaces, then as code and dose, then as a certificate number', () => {
    expect(attemptsFor(' R101-1 ')).toEqual([{ preEnrollmentCode: 'R101-1' }, { preEnrollmentCode: 'R101', dose: 1 }])
    expect(attemptsFor('987 456 126')).toEqual([
      { preEnrollmentCode: '987 456 126' },
      { preEnrollmentCode: '987456126' },
      { certificateId: '987456126' },
    ])
  })

  test('is an exact code first, whatever else it looks like', () => {
    expect(attemptsFor('987456126')[0]).toEqual({ preEnrollmentCode: '987456126' })
    expect(attemptsFor('987456126-1')).toEqual([
      { preEnrollmentCode: '987456126-1' },
      { preEnrollmentCode: '987456126', dose: 1 },
      { certificateId: '9874561261' },
    ])
    expect(attemptsFor('A-1-2')).toEqual([{ preEnrollmentCode: 'A-1-2' }, { preEnrollmentCode: 'A-1', dose: 2 }])
  })

  test.each([
    '448 086 902 061',
    '448\u00a0086\u2009902\u202f061',
    '448-086-902-061',
    '448.086.902.061',
    '448,086,902,061',
    '٤٤٨٠٨٦٩٠٢٠٦١',
    '४४८०८६९०२०६१',
    '４４８０８６９０２０６１',
    '\u200e448086902061\u200f',
  ])('finds the number in %s', (typed) => {
    expect(attemptsFor(typed).at(-1)).toEqual({ certificateId: '448086902061' })
  })

  test.each(['R101-1', 'R101 - 1', 'R101–1', 'R101\u20111', 'R101-01', 'R101\u200b-1'])(
    'finds the dose in %s',
    (typed) => {
      expect(attemptsFor(typed)).toContainEqual({ preEnrollmentCode: 'R101', dose: 1 })
    },
  )

  test('asks for no dose that cannot be, and for no number that is none', () => {
    expect(attemptsFor('R101-0')).toEqual([{ preEnrollmentCode: 'R101-0' }])
    expect(attemptsFor('R101-1000')).toEqual([{ preEnrollmentCode: 'R101-1000' }])
    expect(attemptsFor('-1')).toEqual([{ preEnrollmentCode: '-1' }])
    expect(attemptsFor('12345')).toEqual([{ preEnrollmentCode: '12345' }])
    expect(attemptsFor('1'.repeat(19))).toEqual([{ preEnrollmentCode: '1'.repeat(19) }])
  })

  test('is nothing when there is nothing to see', () => {
    expect(attemptsFor(' \u0000 ')).toEqual([])
  })
})
