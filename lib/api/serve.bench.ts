/** What counting requests and noting calls costs: whole requests with and without a limit, and the two steps by themselves. */
import { randomUUID } from 'node:crypto'
import { POST } from '@/app/v3/certify/route'
import { liveContext } from '@/lib/certificates/context'
import { noteCall, writeNotes } from '@/lib/developers/call-log'
import { countRequest } from '@/lib/developers/rate-budget'
import { hashToken, makeToken } from '@/lib/auth/tokens'
import { aRequest } from '@/lib/testing/builders'
import { printTable, quantile, timesOf } from '@/lib/testing/measure'

const EACH = 800
const AT_ONCE = 8
const ROUNDS = 4
const context = liveContext()

/** A client that may make so many requests a minute; 0 = uncounted. */
async function aClient(ratePerMinute: number) {
  const [id, token] = [randomUUID(), makeToken()]
  await context.db.apiClient.create({ data: { id, name: id, tokenHash: hashToken(token), ratePerMinute } })
  return { id, token }
}

/** Certifies, `AT_ONCE` requests of one item under way at a time; answers requests per second. */
async function certify(token: string): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next++ < EACH) {
        const response = await POST(
          new Request('http://localhost/v3/certify', {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify([aRequest({ preEnrollmentCode: randomUUID() })]),
          }),
        )
        if (response.status !== 200) throw new Error(await response.text())
      }
    }),
  )
  return EACH / ((performance.now() - began) / 1000)
}

const clients = [
  ['not counted', await aClient(0)],
  ['counted, 60,000 a minute', await aClient(60_000)],
  ['counted, 1,000,000 a minute', await aClient(1_000_000)],
] as const
const perSecond = new Map<string, number[]>(clients.map(([name]) => [name, []]))
await certify(clients[0][1].token)
// In turns, so that what the machine does otherwise falls on all alike.
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { token }] of clients) perSecond.get(name)!.push(await certify(token))
}
const median = (values: number[]) =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
printTable(
  ['certify one item, 8 at a time', 'requests per second'],
  [...perSecond].map(([name, values]) => [name, median(values).toFixed(0)]),
)

const { id } = clients[2][1]
const counting = await timesOf(() => countRequest(context, { policy: 'bench', key: id, limit: 1_000_000 }))
const noting = await timesOf(() => {
  const call = { clientId: id, requestId: 'bench-request', at: new Date().toISOString(), method: 'POST', ms: 1 }
  noteCall(context.db, { ...call, route: '/v3/certify', status: 200, code: null, message: null, details: [] })
})
printTable(
  ['step', 'median µs', 'p95 µs'],
  [
    ['count a request', counting],
    ['note a call', noting],
  ].map(([name, times]) => [
    name as string,
    (quantile(times as number[], 0.5) * 1000).toFixed(1),
    (quantile(times as number[], 0.95) * 1000).toFixed(1),
  ]),
)
await writeNotes(context.db)
await context.db.$disconnect()
