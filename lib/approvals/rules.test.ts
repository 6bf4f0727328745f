import { describe, expect, test } from 'vitest'
import { OPEN_REQUEST_STATES as OPEN_STATES } from '@/lib/certificates/answers'
import { Refusal } from '@/lib/errors'
import { after, isOpen, KEPT_STATES, type KeptState, type Step } from './rules'

const STEPS: Step[] = ['approve', 'ask', 'reject', 'return', 'answer', 'withdraw']

function outcome(state: KeptState, step: Step): string {
  try {
    return after({ state, decidedByName: 'Maya' }, step)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.code
  }
}

describe('the states of a request', () => {
  test.each<[KeptState, Record<Step, string>]>([
    [
      'queued',
      {
        approve: 'accepted',
        ask: 'waiting-for-information',
        reject: 'denied',
        return: 'waiting-for-information',
        answer: 'APPROVAL_STATE',
        withdraw: 'requester-cancelled',
      },
    ],
    [
      'in-review',
      {
        approve: 'accepted',
        ask: 'waiting-for-information',
        reject: 'denied',
        return: 'waiting-for-information',
        answer: 'APPROVAL_STATE',
        withdraw: 'requester-cancelled',
      },
    ],
    [
      'waiting-for-information',
      {
        approve: 'accepted',
        ask: 'waiting-for-information',
        reject: 'denied',
        return: 'waiting-for-information',
        answer: 'in-review',
        withdraw: 'requester-cancelled',
      },
    ],
  ])('from %s', (state, expected) => {
    expect(Object.fromEntries(STEPS.map((step) => [step, outcome(state, step)]))).toEqual(expected)
  })

  test('nothing leads out of what was decided or withdrawn, and the sentence says by whom', () => {
    for (const state of KEPT_STATES.filter((one) => !isOpen(one))) {
      expect(STEPS.map((step) => outcome(state, step))).toEqual(STEPS.map(() => 'APPROVAL_STATE'))
      expect(() => after({ state, decidedByName: 'Maya' }, 'approve')).toThrow(/^Maya /)
    }
  })

  test('what waits is open, and what is issued is not', () => {
    expect(OPEN_STATES.every(isOpen)).toBe(true)
    expect(isOpen('amendment-completed')).toBe(false)
  })
})
