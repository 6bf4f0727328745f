import { expect, test } from 'vitest'
import { checkAnswers, type StatusRow, type TransactionRow } from './answers'
import type { Attempt, Entry } from './journal'

const attempt = (more: Partial<Attempt> = {}): Attempt => ({ at: 0, ms: 5, web: 0, status: 200, ...more })
const lost = attempt({ status: null, code: 'ECONNRESET' })
const row = (mark: string, more: Partial<TransactionRow> = {}): TransactionRow => ({
  ...{ id: `t ${mark}`, certificateId: `c ${mark}`, state: 'issued', code: 'R1', mark },
  ...more,
})
const result = (mark: string, more = {}) => ({
  ...{ status: 'accepted', transactionId: `t ${mark}`, certificateId: `c ${mark}` },
  ...more,
})
const answer = (...marks: string[]) => attempt({ body: { results: marks.map((mark) => result(mark)) } })
const entry = (more: Partial<Entry> = {}): Entry => ({
  ...{ n: 1, kind: 'update', method: 'PUT', path: '/v3/certificate', items: [{ code: 'R1', mark: 'a' }] },
  ...{ key: 'k', ifMatch: null, attempts: [answer('a')] },
  ...more,
})
const broken = (entries: Entry[], transactions: TransactionRow[], statuses: StatusRow[] = []) =>
  checkAnswers(entries, { transactions, statuses, otherMarks: new Set(['M1']) }).map(({ invariant }) => invariant)

const two = { items: ['a', 'b'].map((mark) => ({ code: 'R1', mark })) }

test('nothing is broken where everything stands as it was answered', () => {
  expect(broken([entry()], [row('a')])).toEqual([])
  expect(broken([entry({ attempts: [lost] })], [])).toEqual([])
  expect(broken([entry({ attempts: [lost] })], [row('a')])).toEqual([])
  expect(broken([entry({ attempts: [attempt({ status: 412, code: 'UPDATE_LIMIT_REACHED' })] })], [])).toEqual([])
  expect(broken([entry({ ...two, attempts: [answer('a', 'b')] })], [row('a'), row('b')])).toEqual([])
  expect(broken([entry({ key: null, attempts: [lost, answer('a')] })], [row('a', { id: 'first' }), row('a')])).toEqual(
    [],
  )
  expect(broken([], [row('M1')])).toEqual([])
})

const AT_MOST = 'a request happens at most once, and under a key exactly once'
const STANDS = 'what was answered stands in the tables as it was answered'

test.each<[string, Entry, TransactionRow[], string[]]>([
  ['an accepted request is gone', entry(), [], [STANDS, AT_MOST]],
  ['it has another number', entry(), [row('a', { certificateId: 'other' })], [STANDS]],
  ['it is of somebody else', entry(), [row('a', { code: 'R2' })], [STANDS]],
  ['it says something else', entry({ key: null }), [row('M1', { id: 't a', certificateId: 'c a' })], [STANDS]],
  ['it happened twice under one key', entry(), [row('a'), row('a', { id: 'again' })], [AT_MOST]],
  [
    'it happened more often than it was asked for',
    entry({ key: null }),
    [row('a'), row('a', { id: 'again' })],
    [AT_MOST],
  ],
  [
    'a row of a file that was taken is gone',
    entry({ kind: 'file', key: null, attempts: [attempt({ body: {} })] }),
    [],
    [AT_MOST],
  ],
  [
    'a file that was taken twice certified somebody twice',
    entry({ kind: 'file', key: null, attempts: [lost, attempt({ body: {} })] }),
    [row('a'), row('a', { id: 'again' })],
    [AT_MOST],
  ],
  [
    'half of an array happened',
    entry({ ...two, attempts: [lost] }),
    [row('a')],
    ['an array happens wholly or not at all'],
  ],
  [
    'it was refused and happened',
    entry({ attempts: [attempt({ status: 412 })] }),
    [row('a')],
    ['what was refused did not happen'],
  ],
  [
    'it was unheard first, then refused under the same key, and happened',
    entry({ attempts: [lost, attempt({ status: 412 })] }),
    [row('a')],
    ['what was refused did not happen'],
  ],
  [
    'an error of ours was answered',
    entry({ attempts: [attempt({ status: 500, code: 'INTERNAL_ERROR' })] }),
    [],
    ['every answer is a success, a refusal or "not now"'],
  ],
  [
    'what is wrong was accepted',
    entry({ kind: 'wrong' }),
    [row('a')],
    ['every answer is a success, a refusal or "not now"'],
  ],
  [
    'one key, two answers',
    entry({ attempts: [answer('a'), attempt({ body: { results: [result('a', { warnings: [1] })] } })] }),
    [row('a')],
    ['the same key gets the same answer'],
  ],
  ['nobody asked for it', entry(), [row('a'), row('x')], ['nothing happens that nobody asked for']],
])('found: %s', (_what, one, transactions, invariants) => {
  expect(broken([one], transactions)).toEqual(invariants)
})

const revoke = (attempts: Attempt[]) => entry({ kind: 'state', items: [], attempts })
const changed = attempt({ body: { status: 'changed' } })
const unchanged = attempt({ body: { status: 'unchanged' } })
const note = { certificateId: 'c', state: 'revoked', note: 'S1' }

test('a change of validity: as often as it was answered, at most once where nobody heard', () => {
  const once = ['a change of validity happens once, as it was answered']
  expect(broken([revoke([changed])], [], [note])).toEqual([])
  expect(broken([revoke([lost])], [], [note])).toEqual([])
  expect(broken([{ ...revoke([changed, unchanged]), key: null }], [], [note])).toEqual([])
  expect(broken([revoke([changed])], [], [])).toEqual(once)
  expect(broken([revoke([changed])], [], [note, note])).toEqual(once)
  expect(broken([revoke([unchanged])], [], [note])).toEqual(once)
  expect(broken([revoke([attempt({ status: 412 })])], [], [note])).toEqual(once)
})

test('a change of validity that is sent again happens again only after another one', () => {
  const once = ['a change of validity happens once, as it was answered']
  const twice = { ...revoke([changed, changed]), key: null }
  const lifted = { certificateId: 'c', state: 'current', note: 'S2' }
  expect(broken([twice], [], [note, lifted, note])).toEqual([])
  expect(broken([twice], [], [note, note])).toEqual(once)
  expect(broken([twice], [], [note, { ...lifted, certificateId: 'd' }, note])).toEqual(once)
  expect(broken([{ ...twice, key: 'k' }], [], [note, lifted, note])).toEqual(once)
  expect(broken([{ ...twice, key: 'k' }], [], [note])).toEqual([])
})
