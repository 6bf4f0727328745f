import { describe, expect, test } from 'vitest'
import { answerOf, NOTHING_TYPED } from './answer'

const birth = (day: string, month: string, year: string) => answerOf({ ...NOTHING_TYPED, day, month, year })

describe('a date of birth', () => {
  test.each([
    ['30', '1', '1957'],
    [' 30 ', '01', '1957'],
    ['٣٠', '١', '١٩٥٧'],
    ['۳۰', '۱', '۱۹۵۷'],
    ['३०', '१', '१९५७'],
  ])('%s %s %s is read', (day, month, year) => {
    expect(birth(day, month, year)).toEqual({ answer: { dateOfBirth: '1957-01-30' } })
  })

  test.each([
    ['31', '2', '1957', 'birthWrong'],
    ['30', '13', '1957', 'birthWrong'],
    ['30', '1', '57', 'birthWrong'],
    ['x', '1', '1957', 'birthWrong'],
    ['', '1', '1957', 'birthMissing'],
    ['30', '1', ' ', 'birthMissing'],
  ])('%s %s %s is not: %s', (day, month, year, problem) => {
    expect(birth(day, month, year)).toMatchObject({ missing: [{ problem }] })
  })
})

describe('a year and the end of an identity', () => {
  const typed = { ...NOTHING_TYPED, ageOnly: true }

  test('are read in any digits', () => {
    expect(answerOf({ ...typed, yearOfBirth: '١٩٥٧', identityEnd: ' ٤٥٦V ' })).toEqual({
      answer: { yearOfBirth: 1957, identityEnd: '456V' },
    })
  })

  test('are both asked for', () => {
    expect(answerOf(typed)).toMatchObject({ missing: [{ problem: 'yearMissing' }, { problem: 'identityMissing' }] })
    expect(answerOf({ ...typed, yearOfBirth: '57', identityEnd: '456V' })).toMatchObject({
      missing: [{ problem: 'yearMissing' }],
    })
  })
})
