/** Invariants between what clients were answered and what the tables hold. Pure: the journal and the rows come as arguments. */
import { isDeepStrictEqual } from 'node:util'
import { answerOf, type Attempt, type Entry } from './journal'
import type { Violation } from './tables'

/** A row of the queue, with whose it is and the batch of its content. */
export interface TransactionRow {
  id: string
  certificateId: string
  state: 'pending' | 'issued' | 'failed'
  code: string
  mark: string
}

/** A change of validity, with the note that it was asked with. */
export interface StatusRow {
  certificateId: string
  state: string
  note: string | null
}

export interface Tables {
  transactions: TransactionRow[]
  statuses: StatusRow[]
  /** Contents that were asked for in other ways. */
  otherMarks: ReadonlySet<string>
}

/** What may be answered, besides success and "not now". */
const REFUSALS = [400, 404, 409, 412, 422]

type Check = (entry: Entry, tables: Indexed) => unknown[]

interface Indexed {
  byId: Map<string, TransactionRow>
  byMark: Map<string, TransactionRow[]>
  byNote: Map<string, StatusRow[]>
  byCertificate: Map<string, StatusRow[]>
}

const CHECKS: [invariant: string, check: Check][] = [
  ['every answer is a success, a refusal or "not now"', strange],
  ['what was answered stands in the tables as it was answered', answered],
  ['a request happens at most once, and under a key exactly once', tooOften],
  ['an array happens wholly or not at all', halfDone],
  ['what was refused did not happen', refusedAndDone],
  ['the same key gets the same answer', otherAnswers],
  ['a change of validity happens once, as it was answered', changesOfValidity],
]

export function checkAnswers(entries: readonly Entry[], tables: Tables): Violation[] {
  const indexed: Indexed = {
    byId: new Map(tables.transactions.map((row) => [row.id, row])),
    byMark: groupedBy(tables.transactions, ({ mark }) => mark),
    byNote: groupedBy(tables.statuses, ({ note }) => note ?? ''),
    byCertificate: groupedBy(tables.statuses, ({ certificateId }) => certificateId),
  }
  const broken = CHECKS.map(([invariant, check]) => ({
    invariant,
    rows: entries.flatMap((entry) => check(entry, indexed)),
  }))
  const asked = new Set([...entries.flatMap(({ items }) => items.map(({ mark }) => mark)), ...tables.otherMarks])
  const invented = tables.transactions.filter(({ mark }) => !asked.has(mark))
  return [...broken, { invariant: 'nothing happens that nobody asked for', rows: invented }].filter(
    ({ rows }) => rows.length > 0,
  )
}

function strange(entry: Entry): unknown[] {
  const fine = ({ status }: Attempt) => status === null || status === 200 || status === 503 || REFUSALS.includes(status)
  const tooGood = ({ status }: Attempt) => entry.kind === 'wrong' && status === 200
  return entry.attempts
    .filter((attempt) => !fine(attempt) || tooGood(attempt))
    .map(({ status, code, body }) => ({ request: entry.n, status, code, body }))
}

function answered({ n, items, attempts }: Entry, { byId }: Indexed): unknown[] {
  return attempts.flatMap(({ status, body }) =>
    status !== 200 || !body.results
      ? []
      : // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer is whatever came
        body.results.flatMap((result: any, index: number) => {
          const row = byId.get(result.transactionId)
          const [{ code, mark }] = [items[index]!]
          const isNew = result.status === 'accepted'
          const stands = row?.certificateId === result.certificateId && row?.code === code
          return stands && (!isNew || row.mark === mark) ? [] : [{ request: n, result, row: row ?? null }]
        }),
  )
}

/** A file taken twice certifies nobody twice. Without a key or If-Match a client that asks again, when somebody else came in between, asks for something new. */
function tooOften({ n, kind, key, ifMatch, items, attempts }: Entry, { byMark }: Indexed): unknown[] {
  const isFile = kind === 'file'
  const most = key === null && ifMatch === null && !isFile ? attempts.length : 1
  const least = (key !== null || isFile) && attempts.some(({ status }) => status === 200) ? 1 : 0
  return items.flatMap(({ mark }) => {
    const times = byMark.get(mark)?.length ?? 0
    return times > most || times < least ? [{ request: n, mark, times }] : []
  })
}

function halfDone({ n, items }: Entry, { byMark }: Indexed): unknown[] {
  const done = items.filter(({ mark }) => byMark.has(mark))
  return done.length === 0 || done.length === items.length ? [] : [{ request: n, done: done.length, of: items.length }]
}

function refusedAndDone(entry: Entry, { byMark }: Indexed): unknown[] {
  const { n, key, items, attempts } = entry
  if (entry.kind === 'state' || attempts.some(({ status }) => status === 200)) return []
  const answer = answerOf(entry)
  const unheard = attempts.some(({ status }) => status === null || status === 503)
  if (!answer || (unheard && key === null)) return []
  return items.filter(({ mark }) => byMark.has(mark)).map(({ mark }) => ({ request: n, code: answer.code, mark }))
}

function otherAnswers({ n, key, attempts }: Entry): unknown[] {
  if (key === null) return []
  const [first, ...others] = attempts.filter(({ status }) => status === 200).map(({ body }) => body)
  return others.filter((other) => !isDeepStrictEqual(first, other)).map((other) => ({ request: n, key, first, other }))
}

/** Sent again without a key it may happen again, but only when somebody changed the certificate in between. */
function changesOfValidity({ n, kind, key, attempts }: Entry, { byNote, byCertificate }: Indexed): unknown[] {
  if (kind !== 'state') return []
  const made = byNote.get(`S${n}`) ?? []
  const said = attempts.filter(({ status }) => status === 200).map(({ body }) => body.status as string)
  const changed = said.filter((status) => status === 'changed').length
  const unheard = attempts.filter(({ status }) => status === null || status === 503).length
  const [least, most] = [changed, changed + unheard].map((times) => (key === null ? times : Math.min(1, times)))
  const all = byCertificate.get(made[0]?.certificateId ?? '') ?? []
  const inARow = all.some((row, at) => row.note === `S${n}` && all[at - 1]?.note === row.note)
  return made.length >= least! && made.length <= most! && !inARow ? [] : [{ request: n, said, made }]
}

/** Rows by a key of theirs, each group in the order of the rows. */
export function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
