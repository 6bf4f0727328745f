import { expect, test } from 'vitest'
import { openArrivals } from './arrivals.mjs'
import { measured, quantiles } from './measure.mjs'

/** The same waits every time. */
const even = () => 1 - Math.exp(-1)

const nothingIssued = {
  expect() {},
  settled: async () => ({ latencies: [], last: 0, left: { failed: 0, lost: 2 } }),
}

test('while a server stands still requests go on arriving, and each wait counts from when it was due', async () => {
  const due: number[] = []
  let open: () => void = () => {}
  const standsStill = new Promise<void>((resolve) => (open = resolve))
  const all = openArrivals({ perSecond: 100, seconds: 0.1, random: even }, (intended: number) => {
    due.push(intended)
    if (due.length === 9) open()
    return standsStill
  })
  await all
  expect(due).toHaveLength(9)
  const waits = due.slice(1).map((at, n) => at - due[n]!)
  for (const wait of waits) expect(wait).toBeCloseTo(10, 6)
})

test('every item of every request is counted: accepted, refused, unanswered, lost', async () => {
  const answers = [
    {
      status: 200,
      code: null,
      results: [
        { status: 'accepted', transactionId: 'a' },
        { status: 'accepted', transactionId: 'b' },
      ],
    },
    { status: 200, code: null, results: [{ status: 'accepted', transactionId: 'c' }, { status: 'unchanged' }] },
    { status: 503, code: 'REGISTRY_UNAVAILABLE', results: [] },
    { status: 0, code: 'ECONNRESET', results: [] },
  ]
  const sendAll = async (send: (intended: number) => Promise<unknown>) => {
    for (const _ of answers) await send(performance.now())
  }
  const left = [...answers]
  const run = await measured(sendAll, async () => left.shift()!, nothingIssued, 2)
  expect(run).toMatchObject({ sent: 8, accepted: 3, refused: 3, unanswered: 2, lost: 2, issued: 0 })
  expect([...run.codes]).toEqual([
    ['unchanged', 1],
    ['REGISTRY_UNAVAILABLE', 2],
    ['ECONNRESET', 2],
  ])
})

test('quantiles are of what happened', () => {
  const times = Array.from({ length: 200 }, (_, n) => 200 - n)
  expect(quantiles(times)).toEqual({ p50: 101, p99: 199 })
  expect(quantiles([])).toBeNull()
})
