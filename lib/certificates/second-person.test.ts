import { describe, expect, test } from 'vitest'
import type { Role } from '@/lib/auth/roles'
import { approvalReasons, isJudged, vouchedBy, type CorrectionToJudge } from './second-person'

const TYPE = {
  of: ['operator' as 'operator' | 'supervisor' | 'client'],
  nameAndBirthDate: true,
  largeNameChange: true,
  lastUpdate: true,
  otherFacility: true,
}
const meera = { name: 'Meera Kapoor', dob: '1990-04-02' }
const person = (...roles: Role[]) => ({ kind: 'operator' as const, roles, sandbox: false })
const client = { kind: 'client' as const, roles: [], sandbox: false }

const correction = (parts: Partial<CorrectionToJudge> = {}): CorrectionToJudge => ({
  vouched: meera,
  before: meera,
  after: meera,
  remaining: 5,
  elsewhere: false,
  ...parts,
})

describe('why a correction needs a second person', () => {
  test.each<[string, Partial<CorrectionToJudge>, string[]]>([
    ['nothing of the person', {}, []],
    ['a spelling', { after: { ...meera, name: 'Meera Kapur' } }, []],
    ['the date of birth alone', { after: { ...meera, dob: '1990-02-04' } }, []],
    ['another name', { after: { ...meera, name: 'Rohan Singh' } }, ['large_name_change']],
    ['name and date of birth', { after: { name: 'Meera Kapur', dob: '1990-02-04' } }, ['name_and_birth_date']],
    [
      'both, and another name',
      { after: { name: 'Rohan Singh', dob: '1991-01-01' } },
      ['name_and_birth_date', 'large_name_change'],
    ],
    [
      'an age in the place of the date of birth',
      { after: { name: 'Meera Kapur', age: '30' } },
      ['name_and_birth_date'],
    ],
    ['an age beside the same date of birth', { after: { ...meera, name: 'Meera Kapur', age: '30' } }, []],
    ['the last update', { remaining: 1 }, ['last_update']],
    ['the last but one', { remaining: 2 }, []],
    ['no update left', { remaining: 0 }, ['no_updates_left']],
    ['another facility', { elsewhere: true }, ['other_facility']],
    [
      'the date of birth, when the name was corrected before it',
      { before: { ...meera, name: 'Meera Kapur' }, after: { name: 'Meera Kapur', dob: '1990-02-04' } },
      ['name_and_birth_date'],
    ],
    [
      'a name that becomes another one in small parts',
      { before: { ...meera, name: 'Meera Kapsn' }, after: { ...meera, name: 'Meera Singh' } },
      ['large_name_change'],
    ],
    [
      'something else, after name and date of birth were corrected',
      { before: { name: 'Meera Kapur', dob: '1990-02-04' }, after: { name: 'Meera Kapur', dob: '1990-02-04' } },
      [],
    ],
  ])('%s', (_what, parts, expected) => {
    expect(approvalReasons(TYPE, person('operator'), correction(parts))).toEqual(expected)
  })

  const large = correction({ after: { ...meera, name: 'Rohan Singh' } })

  test.each([
    ['an operator', person('operator'), true],
    ['a supervisor', person('supervisor'), false],
    ['an operator who is a supervisor too', person('operator', 'supervisor'), false],
    ['an operator who administers too', person('operator', 'administrator'), true],
    ['a source system', client, false],
    ['the sandbox', { ...client, sandbox: true }, false],
  ])('%s', (_who, caller, asked) => {
    expect(approvalReasons(TYPE, caller, large)).toEqual(asked ? ['large_name_change'] : [])
    expect(isJudged(TYPE, caller)).toBe(asked)
  })

  test('the type says who: supervisors and source systems where it lists them', () => {
    const type = { ...TYPE, of: ['supervisor' as const, 'client' as const] }
    expect(approvalReasons(type, person('supervisor'), large)).toEqual(['large_name_change'])
    expect(approvalReasons(type, client, large)).toEqual(['large_name_change'])
    expect(approvalReasons(type, person('operator'), large)).toEqual([])
    expect(approvalReasons(type, { ...client, sandbox: true }, large)).toEqual([])
    expect(approvalReasons(type, { ...client, kind: 'system' }, large)).toEqual([])
  })

  test('the type says for what, and without its word nobody is asked', () => {
    const off = {
      of: TYPE.of,
      nameAndBirthDate: false,
      largeNameChange: false,
      lastUpdate: false,
      otherFacility: false,
    }
    const all = correction({ after: { name: 'Rohan Singh', dob: '1991-01-01' }, remaining: 1 })
    expect(approvalReasons(off, person('operator'), all)).toEqual([])
    expect(approvalReasons(undefined, person('operator'), all)).toEqual([])
  })

  test('beyond the limit and at another facility everybody needs one', () => {
    const beyond = correction({ remaining: 0, elsewhere: true })
    expect(approvalReasons(undefined, person('supervisor'), beyond)).toEqual(['other_facility', 'no_updates_left'])
  })
})

describe('what an accepted version answers for', () => {
  const kapur = { ...meera, name: 'Meera Kapur' }
  const later = { ...meera, dob: '1990-02-04' }
  const [both, nothing, name, birth] = [
    { vouchedName: true, vouchedBirth: true },
    { vouchedName: false, vouchedBirth: false },
    { vouchedName: true, vouchedBirth: false },
    { vouchedName: false, vouchedBirth: true },
  ]
  const clerk = person('operator')

  test.each<[string, Parameters<typeof vouchedBy>, object]>([
    ['the first version: both', [TYPE, clerk, null, meera, null], both],
    ['the small correction of a clerk: nothing', [TYPE, clerk, meera, kapur, null], nothing],
    ['a source system that changes neither: nothing', [TYPE, client, kapur, kapur, null], nothing],
    ['a source system that changes the name: the name', [TYPE, client, meera, kapur, null], name],
    ['a supervisor who changes the date of birth: that', [TYPE, person('supervisor'), meera, later, null], birth],
    ['an age beside a date of birth: nothing', [TYPE, client, meera, { ...meera, age: '30' }, null], nothing],
    ['approved as the last update: what it changes', [TYPE, clerk, meera, kapur, ['last_update']], name],
    ['approved for both: both', [TYPE, clerk, kapur, { ...kapur, dob: '1990-02-04' }, ['name_and_birth_date']], both],
    ['where nobody is asked: what it changes', [undefined, clerk, meera, later, null], birth],
  ])('%s', (_what, given, answer) => {
    expect(vouchedBy(...given)).toEqual(answer)
  })
})
