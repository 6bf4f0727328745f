/** Random requests at every endpoint of the contract, from the description that it publishes. `npm run fuzz` sends more of them. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { openApi } from '@/lib/api/openapi'
import { startApi } from '../api'
import { judged } from './judge'
import { METRICS_TOKEN } from './recipes'
import { aim, isRight, rightShot, shotsAt, type Sent, type Shot } from './shot'
import { World } from './world'

const SEED = Number(process.env.FUZZ_SEED ?? 20261121)
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 800)
/** Endpoints that cannot succeed here, and why. */
const OUT_OF_REACH: Record<string, string> = {
  connectService: 'no sign-in service is set',
  disconnectService: 'no sign-in service is set',
  liftLookUpStop: 'nobody is stopped: look-ups are not counted here',
  ready: 'no worker runs, which it says with 503',
}

const rows = Object.values(contract) as Endpoint[]
const each = Math.ceil(REQUESTS / rows.length)
const world = new World()
let api: Awaited<ReturnType<typeof startApi>>

interface Tally {
  sent: number
  done: number
  statuses: Map<number, number>
}
const tallies = new Map<string, Tally>(
  rows.map(({ operation }) => [operation, { sent: 0, done: 0, statuses: new Map() }]),
)

beforeAll(async () => {
  api = await startApi({
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_SEARCHES_PER_MINUTE: '0',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '0',
    LOOK_UPS_PER_PERSON_HOUR: '0',
    LOOK_UPS_PER_PERSON_DAY: '0',
    LOOK_UPS_PER_CLIENT_HOUR: '0',
    LOOK_UPS_PER_CLIENT_DAY: '0',
    METRICS_TOKEN,
  })
  await world.begin()
})
afterAll(async () => {
  await world.end()
  await api.close()
  report()
})
beforeEach(async () => {
  await world.issue()
  await world.publish()
})

describe.each(rows.map((row, at) => [row.operation, row, at] as const))('%s', (_operation, row, at) => {
  test('answers as documented, whatever is asked', { timeout: 600_000 }, async () => {
    const shots = shotsAt(row, openApi(), new Set(Object.keys(world.pools)))
    await fc.assert(
      fc.asyncProperty(shots, (shot) => fire(row, shot)),
      {
        seed: SEED + at,
        numRuns: each,
        examples: [[rightShot()]],
        includeErrorInReport: true,
      },
    )
  })
})

test('every endpoint was reached: at least one request succeeded', () => {
  const never = rows.map(({ operation }) => operation).filter((operation) => tallies.get(operation)!.done === 0)
  expect(never.filter((operation) => !(operation in OUT_OF_REACH))).toEqual([])
})

async function fire(row: Endpoint, shot: Shot): Promise<void> {
  await world.restore()
  const sent = await aim(world, row, shot)
  const tally = tallies.get(row.operation)!
  try {
    const { status, body } = await judged(row, sent)
    tally.sent++
    if (status < 300) tally.done++
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
    world.remember(body)
    if (isRight(shot) && status >= 300 && !(row.operation in OUT_OF_REACH)) {
      throw new Error(`was to succeed and answered ${status}: ${JSON.stringify(body)}`)
    }
  } catch (error) {
    throw new Error(`${row.operation} ${(error as Error).message}\n${shown(sent)}`, { cause: error })
  }
}

/** The request, to be sent again by hand. */
function shown({ method, url, headers, body }: Sent): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.slice(0, 200)}`)
  const text =
    typeof body === 'string' ? JSON.stringify(body) : body ? `bytes ${Buffer.from(body).toString('base64')}` : ''
  return [`${method} ${url.slice(0, 2000)}`, ...lines, '', text.slice(0, 4000)].join('\n')
}

function report(): void {
  const all = [...tallies.values()]
  const sum = (of: (tally: Tally) => number) => all.reduce((total, tally) => total + of(tally), 0)
  console.log(`Seed ${SEED}: ${sum(({ sent }) => sent)} requests, ${sum(({ done }) => done)} succeeded.`)
  if (!process.env.FUZZ_REQUESTS) return
  for (const [operation, { sent, done, statuses }] of tallies) {
    const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}:${n}`)
    console.log(`${operation.padEnd(28)} ${String(done).padStart(4)} of ${sent}  ${counts.join(' ')}`)
  }
}
