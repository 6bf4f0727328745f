import { expect, test } from 'vitest'
import { OfThisSecond } from './proof-hash'

test('what is made for a second serves that key within that second alone', () => {
  const made: string[] = []
  const begun = new OfThisSecond<{ created: string }>()
  const [one, other] = [{}, {}]
  const ask = (key: object, at: string) =>
    begun.of(key, new Date(at), (created) => {
      made.push(created)
      return { created }
    }).created

  expect(ask(one, '2026-03-01T09:30:00.000Z')).toBe('2026-03-01T09:30:00Z')
  expect(ask(one, '2026-03-01T09:30:00.999Z')).toBe('2026-03-01T09:30:00Z')
  expect(made).toHaveLength(1)
  expect(ask(other, '2026-03-01T09:30:00.999Z')).toBe('2026-03-01T09:30:00Z')
  expect(ask(other, '2026-03-01T09:30:01.000Z')).toBe('2026-03-01T09:30:01Z')
  // A clock that was put back.
  expect(ask(other, '2026-03-01T09:29:59.500Z')).toBe('2026-03-01T09:29:59Z')
  expect(made).toHaveLength(4)
})
