import { describe, expect, test } from 'vitest'
import { factsOf } from './facts'
import { outOfTime } from './validity'
import { codeOf } from './verdict'

const NOW = new Date('2026-11-21T10:00:00Z')
const said = (credential: Record<string, unknown>) => {
  const { state = null } = outOfTime(factsOf(credential), NOW) ?? {}
  return state
}

describe('the time that a certificate names itself', () => {
  test.each<[string, Record<string, unknown>, string | null]>([
    ['none', {}, null],
    ['within it', { validFrom: '2020-01-01T00:00:00Z', expirationDate: '2030-01-01T00:00:00Z' }, null],
    ['it has not come', { validFrom: '2026-11-21T10:00:00.001Z' }, 'not_yet_valid'],
    ['its first instant', { validFrom: '2026-11-21T10:00:00Z' }, null],
    ['its last instant', { expirationDate: '2026-11-21T10:00:00Z' }, 'expired'],
    ['over, in the words of the first model', { expirationDate: '2025-09-09T21:01:01.121Z' }, 'expired'],
    ['over, in the words of the second model', { validUntil: '2025-09-09T21:01:01.121Z' }, 'expired'],
    ['in another zone', { validUntil: '2026-11-21T15:29:59+05:30' }, 'expired'],
    ['no date', { validFrom: 'soon', validUntil: '' }, null],
    ['not even text', { validFrom: { at: 'x' }, validUntil: ['2020-01-01'] }, null],
  ])('%s', (_what, credential, state) => {
    expect(said(credential)).toBe(state)
  })

  test('each verdict has a code of its own', () => {
    const facts = factsOf({ validUntil: '2025-01-01T00:00:00Z' })
    expect(codeOf(outOfTime(facts, NOW)!)).toBe('20')
    expect(codeOf({ state: 'not_yet_valid', from: '', facts })).toBe('19')
  })
})
