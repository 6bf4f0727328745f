/** Another component that asks for credentials of DIVOC 3.0's kind on `vc-certify`, and whether each of its messages was answered once. */
import { entityExample } from '@/lib/api/examples'
import { groupedBy } from './answers'
import type { OnTopic } from './messages'
import { chanceOf } from './random'
import type { Violation } from './tables'

export type VcShape = 'good' | 'again' | 'wrong' | 'no request'

/** One message on `vc-certify`. */
export interface PlannedVc {
  n: number
  at: number
  shape: VcShape
  /** The id under which its answer is waited for; `again` has that of an earlier one, `no request` none. */
  transactionId: string | null
}

const EVERY_MS = 900

/** The messages over so many seconds. */
export function planVc(seed: number, seconds: number): PlannedVc[] {
  const chance = chanceOf(seed, 'vc')
  const known: string[] = []
  return Array.from({ length: Math.floor((seconds * 1000) / EVERY_MS) }, (_, index) => {
    const n = index + 1
    const shape: VcShape = index < 3 ? 'good' : chance.one(['good', 'good', 'good', 'again', 'wrong', 'no request'])
    const own = `vc-${seed}-${String(n).padStart(5, '0')}`
    const transactionId = shape === 'again' ? chance.one(known) : shape === 'no request' ? null : own
    if (shape === 'good') known.push(own)
    return { n, at: index * EVERY_MS, shape, transactionId }
  })
}

/** Another person each, told by the registration. */
export function vcValueOf({ n, shape, transactionId }: PlannedVc, first: number): string {
  const { certificateId: _none, ...example } = entityExample
  const body = shape === 'wrong' ? {} : { ...example, registrationId: `VC-${shape === 'again' ? first : n}` }
  if (transactionId === null) return JSON.stringify({ body, entityType: 'HealthProfessional_1', of: n })
  return JSON.stringify({ body, transactionId, entityType: 'HealthProfessional_1', token: 'Bearer x', of: n })
}

/** What became of a request by its id, as the tables have it. */
export interface VcRow {
  transactionId: string
  certificateId: string
  state: string
}

const INVARIANT = 'every message on vc-certify is answered, never more often than it was sent, as it ended'

/** Pure: what was sent and taken by the broker, everything that is on the topics, and the tables. */
export function checkVc(sent: readonly PlannedVc[], messages: readonly OnTopic[], rows: readonly VcRow[]): Violation[] {
  const said = messages.filter(({ topic }) => topic === 'post_vc_certify')
  const answers = groupedBy(
    said.map(({ value, headers }) => ({ ...(JSON.parse(value ?? '{}') as Answer), event: headers['errata-event'] })),
    ({ transactionId }) => transactionId,
  )
  const errors = messages
    .filter(({ topic }) => topic === 'error_certificate')
    .map(({ headers }) => headers['errata-origin'])
  const states = groupedBy(rows, ({ transactionId }) => transactionId)
  const asked = new Set(sent.flatMap(({ transactionId }) => transactionId ?? []))
  const wrong: unknown[] = []
  for (const id of asked) {
    const given = answers.get(id) ?? []
    const [row, ...more] = states.get(id) ?? []
    const good = sent.some(({ transactionId, shape }) => transactionId === id && shape === 'good')
    const answered = new Set(given.map(({ event }) => event)).size
    const times = messages.filter(({ topic, value }) => topic === 'vc_certify' && value?.includes(`"${id}"`)).length
    const fits = given.every(({ status, certificateId }) =>
      good
        ? status === 'SUCCESSFUL' && row?.state === 'issued' && certificateId === row.certificateId
        : status === 'UNSUCCESSFUL' && row === undefined,
    )
    if (answered < 1 || answered > times || !fits || more.length > 0)
      wrong.push({ id, good, given, rows: [row, ...more] })
  }
  const nobody = [...answers.keys()].filter((id) => !asked.has(id)).map((id) => ({ id, asked: false }))
  const unread = messages
    .filter(({ topic, value }) => topic === 'vc_certify' && !value?.includes('"transactionId"'))
    .filter(({ partition, offset }) => !errors.includes(`vc-certify-${partition}-${offset}`))
    .map(({ partition, offset }) => ({ 'without a reason': `vc-certify-${partition}-${offset}` }))
  const rowsFound = [...wrong, ...nobody, ...unread]
  return rowsFound.length > 0 ? [{ invariant: INVARIANT, rows: rowsFound }] : []
}

interface Answer {
  transactionId: string
  status: string
  certificateId: string
}
