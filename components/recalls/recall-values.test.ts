import { describe, expect, test } from 'vitest'
import { problemsIn, valuesOf, wantedBy, type RecallValues } from './recall-values'

const NOW = new Date('2026-05-12T20:00:00.000Z')
const ZONE = 'Asia/Colombo'

function typed(parts: Partial<RecallValues> = {}): RecallValues {
  const empty = valuesOf(null, { scope: 'all', text: '' })
  return { ...empty, batch: 'AB348FS', vaccine: 'Covaxin', reason: 'Notice 14', ...parts }
}

const targets = (parts: Partial<RecallValues>) => problemsIn(typed(parts), ZONE, NOW).map(({ target }) => target)

describe('the form of a recall', () => {
  test('names what is missing in the order of the form', () => {
    expect(targets({ batch: ' ', vaccine: '', reason: '\n' })).toEqual(['batch', 'vaccine', 'reason'])
    expect(targets({})).toEqual([])
  })

  test('takes no days that end before they begin', () => {
    expect(targets({ from: '2021-07-12', to: '2021-07-11' })).toEqual(['to'])
    expect(targets({ from: '2021-07-12', to: '2021-07-12' })).toEqual([])
    expect(targets({ from: '2021-07-12' })).toEqual([])
  })

  test('a suspension can end today where the issuer is, not yesterday; what is typed for another choice does not count', () => {
    // In Colombo it is the 13th already.
    expect(targets({ end: 'day', lastDay: '2026-05-13' })).toEqual([])
    expect(targets({ end: 'day', lastDay: '2026-05-12' })).toEqual(['lastDay'])
    expect(targets({ end: 'day' })).toEqual(['lastDay'])
    expect(targets({ end: 'day', lastDay: '2026-05-12', action: 'revoke' })).toEqual([])
  })

  test('asks for the end of the last day, and for nothing that was left empty', () => {
    expect(wantedBy(typed({ end: 'day', lastDay: '2026-05-31' }), ZONE).until).toBe('2026-05-31T18:30:00.000Z')
    expect(wantedBy(typed({ end: 'day', lastDay: '2026-12-31' }), 'UTC').until).toBe('2027-01-01T00:00:00.000Z')
    expect(wantedBy(typed({ end: 'day', lastDay: '2026-05-31', action: 'revoke' }), ZONE).until).toBeNull()
    expect(wantedBy(typed({ manufacturer: ' ', to: '2021-07-31' }), ZONE).criteria).toEqual({
      batch: 'AB348FS',
      vaccine: 'Covaxin',
      manufacturer: null,
      from: null,
      to: '2021-07-31',
      facilityCode: null,
    })
    const facility = { scope: 'one' as const, text: 'Kandy MOH Office (KAN)' }
    expect(wantedBy(typed({ facility }), ZONE).criteria.facilityCode).toBe('KAN')
  })
})
