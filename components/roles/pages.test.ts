import { describe, expect, test } from 'vitest'
import { opens, rolesOfPage, startOf } from './pages'

describe('a page', () => {
  test('of the administration is for administrators, the log in it for auditors alone', () => {
    expect(rolesOfPage('/administration/operators')).toEqual(['administrator'])
    expect(rolesOfPage('/administration/audit')).toEqual(['auditor'])
    expect(opens(['administrator'], '/administration/audit')).toBe(false)
    expect(opens(['auditor'], '/administration')).toBe(false)
    expect(opens(['supervisor'], '/administration/reissues/new')).toBe(true)
    expect(opens(['supervisor'], '/administration/types')).toBe(false)
    expect(opens(['operator'], '/administration/reissues')).toBe(false)
    expect(rolesOfPage('/administrationx')).toBeNull()
  })

  test('of a certificate is read by more people than may do something there', () => {
    expect(opens(['auditor'], '/certificates/123')).toBe(true)
    expect(opens(['auditor'], '/certificates/123/correct/check')).toBe(false)
    expect(opens(['operator'], '/certificates/123/correct')).toBe(true)
    expect(opens(['operator'], '/certificates/123/suspend')).toBe(false)
    expect(opens(['supervisor'], '/certificates/123/cancel')).toBe(true)
    expect(opens(['administrator'], '/certificates/123')).toBe(false)
  })

  test('of the own account is for everybody', () => expect(opens([], '/account')).toBe(true))
})

test('everybody begins where something is theirs', () => {
  expect(startOf(['operator'])).toBe('/')
  expect(startOf(['auditor'])).toBe('/')
  expect(startOf(['administrator'])).toBe('/administration/operators')
  expect(startOf(['administrator', 'supervisor'])).toBe('/')
})
