/**
 * What endpoints ask the database: reading many takes as many statements as reading one, and no statement of the product
 * reads a large table from end to end.
 */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedType } from '@/lib/certificate-types/live'
import { liveContext } from '@/lib/certificates/context'
import { allocatePlaces } from '@/lib/certificates/store-places'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { startApi } from '@/lib/testing/api'
import { rowsOf } from '@/lib/testing/growth/rows'
import { connectToGrow, grownSoFar, writeBatch, writePeople } from '@/lib/testing/growth/store-growth'
import { pretendLarge, wholeReadsOf } from '@/lib/testing/plans'
import { judged } from '@/lib/testing/fuzz/judge'
import { aim, rightShot, type Sent } from '@/lib/testing/fuzz/shot'
import { World } from '@/lib/testing/fuzz/world'
import { statementsOf, type Statement } from '@/lib/testing/statements'
import { contract } from './contract'
import type { Endpoint } from './endpoint'

const rows = Object.values(contract) as Endpoint[]
/** What reads everything because everything is asked for, by administrators, and why that may be. */
const READS_EVERYTHING = [
  { text: /insert into reissue_row \(/, why: 'keeps every certificate of a re-issue, once' },
  { text: /with f as materialized/, why: 'counts exactly what a re-issue would mean, before it' },
  { text: /partition by f\.type_version/, why: 'shows samples of a re-issue, before it' },
  { text: /t\.type_version as version, count/, why: 'counts the certificates of each version of a type' },
  // Two plans stand in it, by the index for few and by a hash for many, and nothing is in the table here.
  {
    text: /with ready as \( select t\.id from transaction t/,
    why: 'claims: bulk_row is asked by its index when it is large',
  },
]

const world = new World()
/** By text: every statement that came by. */
const all = new Map<string, Statement>()
let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi({
    ...{ RATE_LIMIT_PER_MINUTE: '0', RATE_LIMIT_SEARCHES_PER_MINUTE: '0', RATE_LIMIT_ADDRESS_PER_MINUTE: '0' },
    ...{ LOOK_UPS_PER_PERSON_HOUR: '0', LOOK_UPS_PER_PERSON_DAY: '0' },
    ...{ LOOK_UPS_PER_CLIENT_HOUR: '0', LOOK_UPS_PER_CLIENT_DAY: '0' },
  })
  await world.begin()
})
afterAll(async () => {
  await world.end()
  await api.close()
})

async function noted(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements = await statementsOf(work)
  for (const statement of statements) all.set(statement.text, statement)
  return statements
}

/** A request that succeeds, with all that has to be there before. */
async function made(row: Endpoint): Promise<Sent> {
  await world.restore()
  return aim(world, row, rightShot())
}

interface Read {
  status: number
  length: number
  statements: number
}

async function read(row: Endpoint, sent: Sent): Promise<Read> {
  let answer: Awaited<ReturnType<typeof judged>>
  const statements = await noted(async () => (answer = await judged(row, sent)))
  const { status, body } = answer!
  return { status, length: JSON.stringify(body).length, statements: statements.length }
}

test('reading many takes no more statements than reading few', { timeout: 240_000 }, async () => {
  // Lists first: what is made for the others stands in them.
  const reading = rows.filter(({ method }) => method === 'GET').sort((a, b) => Number(!!a.params) - Number(!!b.params))
  const before = new Map<Endpoint, { sent: Sent; few: Read }>()
  for (const row of reading) {
    let sent: Sent | undefined
    await noted(async () => (sent = await made(row)))
    await read(row, sent!) // what is remembered from the first time on
    before.set(row, { sent: sent!, few: await read(row, sent!) })
  }
  for (const row of rows)
    await noted(async () => {
      await judged(row, await made(row))
      await world.issue()
    })
  const grew: string[] = []
  const more: string[] = []
  const compared: string[] = []
  for (const [row, { sent, few }] of before) {
    await world.restore()
    await liveContext().db.operatorSession.updateMany({ data: { endedAt: null, lastSeenAt: new Date() } })
    // Now and then one more is sent, which notes that a token was used in this minute.
    const [once, many] = [await read(row, sent), await read(row, sent)]
    if (many.status !== few.status) continue
    many.statements = Math.min(once.statements, many.statements)
    compared.push(row.operation)
    if (many.length > few.length) grew.push(row.operation)
    if (many.statements > few.statements) more.push(`${row.operation}: ${few.statements}, then ${many.statements}`)
  }
  expect(more).toEqual([])
  expect(compared.length).toBeGreaterThan(0.9 * reading.length)
  expect(grew.length).toBeGreaterThan(20)
})

test('no statement reads a large table from end to end', { timeout: 120_000 }, async () => {
  const context = liveContext()
  const client = await connectToGrow(api.url)
  const planner = new pg.Client({ connectionString: api.url })
  await planner.connect()
  try {
    const { now } = await grownSoFar(client, 1, context.now())
    const people = await writePeople(client, 1, now)
    const maker = {
      type: await publishedType(context),
      settings: context.settings,
      keys: await loadSigningKeys(context.settings),
    }
    const places = (n: number) => allocatePlaces(context.db, n, context.random)
    const batch = await rowsOf(
      { n: 0, seed: 1, from: new Date(now.getTime() - 100 * 86_400_000), now, before: 0 },
      maker,
      people,
      places,
    )
    await writeBatch(client, 0, batch.certificates, batch.rows)
    // Not everything of today, as in a registry that has been there for a while.
    const ago = "random() * interval '300 days'"
    await client.query(`
      update status_entry set listed_at = at, at = at - ${ago};
      update transaction set accepted_at = accepted_at - ${ago}, finished_at = finished_at - ${ago};
      update audit_event set at = at - ${ago}`)
    await pretendLarge(planner, 500)
    const wrong: string[] = []
    for (const statement of all.values()) {
      if (READS_EVERYTHING.some(({ text }) => text.test(statement.text.replace(/\s+/g, ' ')))) continue
      const reads = await wholeReadsOf(planner, statement)
      if (reads.length > 0) wrong.push(`${reads.join('; ')}: ${statement.text.replace(/\s+/g, ' ').slice(0, 300)}`)
    }
    expect(all.size).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  } finally {
    await client.end()
    await planner.end()
  }
})
