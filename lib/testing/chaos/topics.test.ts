import { expect, test } from 'vitest'
import type { TransactionRow } from './answers'
import type { OnTopic, Sent } from './messages'
import { checkTopics, type Carried, type EventRow } from './topics'

const event = (id: string, more: Partial<EventRow> = {}): EventRow => ({
  ...{ id, topic: 'certified', key: 'L', payload: { id }, published: true, failure: null },
  ...more,
})
const delivered = (id: string, offset: number, more: Partial<OnTopic> = {}): OnTopic => ({
  ...{ topic: 'certified', partition: 0, offset: String(offset), key: 'L' },
  ...{ value: JSON.stringify({ id }), headers: { 'errata-event': id } },
  ...more,
})
const foreign = (mark: string, offset: number): OnTopic => ({
  ...{ topic: 'certify', partition: 0, offset: String(offset), key: null, headers: {} },
  value: JSON.stringify({ batch: mark }),
})
const refused = (offset: number, event = `e${offset}`): OnTopic => ({
  ...{ topic: 'error_certificate', partition: 0, offset: '0', key: null },
  ...{ value: '{"error":"why"}', headers: { 'errata-event': event, 'errata-origin': `certify-0-${offset}` } },
})
const errorEvent = (offset: number, id = `e${offset}`) =>
  event(id, { topic: 'error_certificate', key: null, payload: { error: 'why' } })
const sent = (mark: string, shape: Sent['shape'] = 'v3'): Sent => ({ n: 1, shape, code: 'K', mark })
const done = (mark: string): TransactionRow => ({ id: mark, certificateId: mark, state: 'issued', code: 'K', mark })
const broken = (carried: Partial<Carried>) =>
  checkTopics({ events: [], messages: [], sent: [], transactions: [], ...carried }).map(({ invariant }) => invariant)

const DELIVERED = 'every event was delivered at least once, with its key and content'
const OUTCOME = 'every message of another component has an outcome, and one only'

test('delivered in order, some of it twice: nothing is broken', () => {
  const messages = [delivered('a', 0), delivered('b', 1), delivered('a', 2), delivered('b', 3)]
  expect(broken({ events: [event('a'), event('b')], messages })).toEqual([])
})

test.each<[string, Partial<Carried>, string[]]>([
  ['not delivered', { events: [event('a')] }, [DELIVERED]],
  ['waits for ever', { events: [event('a', { published: false })], messages: [delivered('a', 0)] }, [DELIVERED]],
  ['put aside', { events: [event('a', { failure: 'why' })], messages: [delivered('a', 0)] }, [DELIVERED]],
  ['with another key', { events: [event('a')], messages: [delivered('a', 0, { key: 'M' })] }, [DELIVERED]],
  [
    'once with another content',
    { events: [event('a')], messages: [delivered('a', 0), delivered('a', 1, { value: '{}' })] },
    [DELIVERED],
  ],
  ['never committed', { messages: [delivered('a', 0)] }, ['nothing was delivered that the outbox does not have']],
  [
    'the later one first',
    { events: [event('a'), event('b')], messages: [delivered('b', 0), delivered('a', 1)] },
    ['events of a lineage first arrive in their order'],
  ],
  [
    'in two partitions',
    { events: [event('a'), event('b')], messages: [delivered('a', 0), delivered('b', 0, { partition: 1 })] },
    ['events of a lineage first arrive in their order'],
  ],
])('found in events: %s', (_what, carried, invariants) => {
  expect(broken(carried)).toEqual(invariants)
})

test('messages: certified once though sent twice, refused with a reason, or told as a duplicate', () => {
  const duplicate = { ...foreign('x', 0), topic: 'duplicate_certificate', value: '{"message":"{\\"batch\\":\\"C\\"}"}' }
  const messages = [foreign('A', 0), foreign('A', 1), foreign('B', 2), refused(2), foreign('C', 3), duplicate]
  const carried = { events: [errorEvent(2)], messages, sent: ['A', 'B', 'C'].map((mark) => sent(mark)) }
  expect(broken({ ...carried, transactions: [done('A')] })).toEqual([])
})

test.each<[string, Partial<Carried>, string[]]>([
  ['dropped', { messages: [foreign('A', 0)], sent: [sent('A')] }, [OUTCOME]],
  [
    'certified twice',
    { messages: [foreign('A', 0)], sent: [sent('A')], transactions: [done('A'), done('A')] },
    [OUTCOME],
  ],
  [
    'certified and refused',
    { messages: [foreign('A', 0), refused(0)], events: [errorEvent(0)], sent: [sent('A')], transactions: [done('A')] },
    [OUTCOME],
  ],
  [
    'refused in two events',
    {
      messages: [foreign('A', 0), refused(0), refused(0, 'other')],
      events: [errorEvent(0), errorEvent(0, 'other')],
      sent: [sent('A')],
    },
    [OUTCOME],
  ],
  ['poison without a word', { messages: [foreign('?', 0)], sent: [sent('A', 'poison')] }, [OUTCOME]],
  ['lost by the broker', { sent: [sent('A')] }, ['every message that the broker took is there']],
])('found in messages: %s', (_what, carried, invariants) => {
  expect(broken(carried)).toEqual(invariants)
})
