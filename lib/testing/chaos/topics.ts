/** Invariants between the outbox and what is on the broker. Pure: the rows and the messages come as arguments. */
import { isDeepStrictEqual } from 'node:util'
import { groupedBy, type TransactionRow } from './answers'
import type { OnTopic, Sent } from './messages'
import type { Violation } from './tables'

/** A row of the outbox, in the order of its number. */
export interface EventRow {
  id: string
  topic: string
  key: string | null
  payload: unknown
  published: boolean
  failure: string | null
}

export interface Carried {
  events: EventRow[]
  messages: OnTopic[]
  sent: Sent[]
  transactions: TransactionRow[]
}

const EVENT = 'errata-event'
const ORIGIN = 'errata-origin'
const TRANSACTION = 'errata-transaction'

const CHECKS: [invariant: string, check: (carried: Carried) => unknown[]][] = [
  ['every event was delivered at least once, with its key and content', undelivered],
  ['nothing was delivered that the outbox does not have', uncommitted],
  ['events of a lineage first arrive in their order', outOfOrder],
  ['every message that the broker took is there', missingMessages],
  ['every message of another component has an outcome, and one only', outcomes],
]

export function checkTopics(carried: Carried): Violation[] {
  return CHECKS.map(([invariant, check]) => ({ invariant, rows: check(carried) })).filter(({ rows }) => rows.length > 0)
}

function undelivered({ events, messages }: Carried): unknown[] {
  const byEvent = groupedBy(messages, ({ headers }) => headers[EVENT] ?? '')
  return events.flatMap(({ id, topic, key, payload, published, failure }) => {
    const found = byEvent.get(id) ?? []
    const same = (one: OnTopic) =>
      one.topic === topic && one.key === key && isDeepStrictEqual(JSON.parse(one.value ?? 'null'), payload)
    return published && failure === null && found.length > 0 && found.every(same)
      ? []
      : [{ event: id, topic, published, failure, delivered: found.length }]
  })
}

function uncommitted({ events, messages }: Carried): unknown[] {
  const known = new Set(events.map(({ id }) => id))
  return messages.flatMap(({ topic, partition, offset, headers }) => {
    const event = headers[EVENT]
    return event !== undefined && !known.has(event) ? [{ topic, partition, offset, event }] : []
  })
}

function outOfOrder({ events, messages }: Carried): unknown[] {
  const number = new Map(events.map(({ id }, index) => [id, index]))
  const wrong: unknown[] = []
  const last = new Map<string, { number: number; partition: number }>()
  const seen = new Set<string>()
  for (const { topic, partition, offset, key, headers } of messages) {
    const event = headers[EVENT]
    if (event === undefined || key === null || seen.has(event)) continue
    seen.add(event)
    const at = number.get(event) ?? -1
    const before = last.get(`${topic} ${key}`)
    if (before && (before.number > at || before.partition !== partition)) wrong.push({ topic, key, offset, event })
    last.set(`${topic} ${key}`, { number: at, partition })
  }
  return wrong
}

function missingMessages({ messages, sent }: Carried): unknown[] {
  const there = messages.filter(isForeign).map(({ value }) => value ?? '')
  return sent.filter(({ shape, mark }) => shape !== 'poison' && !there.some((value) => value.includes(`"${mark}"`)))
}

/** Certified (once, however often it was sent), told as a duplicate, or put on the error topic with the reason: once. */
function outcomes({ messages, sent, transactions }: Carried): unknown[] {
  const done = groupedBy(transactions, ({ mark }) => mark)
  const errors = groupedBy(messages.filter(isOn('error_certificate')), ({ headers }) => headers[ORIGIN] ?? '')
  const duplicates = messages.filter(isOn('duplicate_certificate')).map(({ value }) => value ?? '')
  const marks = [...new Set(sent.filter(({ shape }) => shape !== 'poison').map(({ mark }) => mark))]
  return messages.filter(isForeign).flatMap(({ topic, partition, offset, value }) => {
    const mark = marks.find((one) => value?.includes(`"${one}"`))
    const issued = mark ? (done.get(mark)?.length ?? 0) : 0
    const refused = errors.get(`${topic}-${partition}-${offset}`) ?? []
    const reasons = new Set(refused.map(({ headers }) => headers[EVENT]))
    const saysWhy = refused.every((error) => String(JSON.parse(error.value ?? '{}').error ?? '') !== '')
    const isDuplicate = mark !== undefined && duplicates.some((text) => text.includes(`\\"${mark}\\"`))
    const ways = Number(issued > 0) + Number(reasons.size > 0) + Number(isDuplicate)
    const fine = ways === 1 && issued <= 1 && reasons.size <= 1 && saysWhy
    return fine ? [] : [{ offset: `${topic}-${partition}-${offset}`, mark, issued, refused: reasons.size, isDuplicate }]
  })
}

/** On the topic of requests, and not one of our own nudges. */
function isForeign({ topic, headers }: OnTopic): boolean {
  return topic === 'certify' && headers[TRANSACTION] === undefined
}

function isOn(name: string) {
  return ({ topic }: OnTopic) => topic === name
}
