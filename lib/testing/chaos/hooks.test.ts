import { expect, test } from 'vitest'
import { checkHooks, type DeliveryRow, type Received } from './hooks'

const row = (n: number, more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...{ id: `id-${n}`, n: String(n), type: 'certificate.issued', data: { certificateId: 'C' }, state: 'delivered' },
  ...more,
})
const came = (n: number, more: Partial<Received> = {}): Received => ({
  ...{ id: `id-${n}`, genuine: true, answered: 204 },
  body: JSON.stringify({ type: 'certificate.issued', sequence: n, data: { certificateId: 'C' } }),
  ...more,
})
const broken = (rows: DeliveryRow[], received: Received[]) =>
  checkHooks(rows, received).map(({ invariant }) => invariant)

const [ARRIVED] = checkHooks([row(1)], []).map(({ invariant }) => invariant)
const [INVENTED] = checkHooks([], [came(1)]).map(({ invariant }) => invariant)

test('each taken at least once, some of them after an answer that got lost: nothing is broken', () => {
  const received = [came(1, { answered: null }), came(2), came(1), came(2), came(3, { answered: 500 }), came(3)]
  expect(broken([row(1), row(2), row(3)], received)).toEqual([])
  expect(ARRIVED).not.toBe(INVENTED)
})

test.each<[string, DeliveryRow[], Received[], unknown[]]>([
  ['never sent', [row(1), row(2)], [came(1)], [ARRIVED]],
  ['never taken', [row(1)], [came(1, { answered: 500 })], [ARRIVED]],
  ['still waiting', [row(1, { state: 'waiting' })], [came(1)], [ARRIVED]],
  ['given up', [row(1, { state: 'failed' })], [came(1)], [ARRIVED]],
  ['about something else', [row(1, { data: { certificateId: 'D' } })], [came(1)], [ARRIVED]],
  ['nobody wrote it', [row(1)], [came(1), came(2)], [INVENTED]],
  ['not signed', [row(1)], [came(1, { genuine: false }), came(1)], [INVENTED]],
  ['another content the second time', [row(1)], [came(1, { body: '{"type":1}', answered: 500 }), came(1)], [INVENTED]],
])('found: %s', (_what, rows, received, invariants) => {
  expect(broken(rows, received)).toEqual(invariants)
})
