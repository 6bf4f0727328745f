import { expect, test } from 'vitest'
import type { DosesAnswer, PersonDose } from '@/lib/api/contract'
import { targetsOf } from './targets'

const there = (dose: number, blocked: PersonDose['blocked'] = null): PersonDose => {
  return { dose, blocked, taken: blocked !== 'revoked', certificate: null }
}
const answer = (doses: PersonDose[], kept: number[] = []): DosesAnswer => {
  return { preEnrollmentCode: '62', programId: '', dose: 1, doses: [there(1), ...doses], kept }
}

test('every number is offered with its reason, and one beyond the last', () => {
  const doses = answer([there(2), there(3, 'other_facility'), there(4, 'revoked')], [5])
  expect(targetsOf(doses, 2)).toEqual([
    { dose: 2, blocked: 'taken', freeAgain: false },
    { dose: 3, blocked: 'other_facility', freeAgain: false },
    { dose: 4, blocked: null, freeAgain: true },
    { dose: 5, blocked: 'kept', freeAgain: false },
    { dose: 6, blocked: null, freeAgain: false },
  ])
})

test('for one of three doses without others: two, three, and a booster', () => {
  expect(targetsOf(answer([]), 3).map(({ dose }) => dose)).toEqual([2, 3, 4])
})
