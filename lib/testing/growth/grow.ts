/**
 * `npm run grow`: fills a registry with as many certificates as asked for, batch by batch. Interrupted, it goes on where it
 * stopped; the same seed makes the same registry. With --measure one that is whole is asked the questions of every day.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { sealNext } from '@/lib/audit/store-seal'
import { publishedType } from '@/lib/certificate-types/live'
import { liveContext, type Context } from '@/lib/certificates/context'
import { allocatePlaces } from '@/lib/certificates/store-places'
import { loadSigningKeys, type SigningKeys } from '@/lib/signing/signing-keys'
import { publishLists } from '@/lib/status-lists/publish'
import { publishRevocationList } from '@/lib/status-lists/revocation-list'
import { printTable } from '../measure'
import { measure } from './measure'
import { DAYS } from './registry'
import { rowsOf } from './rows'
import { connectToGrow, grownSoFar, sizesOf, writeBatch, writePeople } from './store-growth'

const DAY_MS = 86_400_000
const SAY_EVERY_MS = 5000

const { values } = parseArgs({
  options: {
    certificates: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    measure: { type: 'boolean', default: false },
  },
})
const wanted = wholeNumber('certificates', values.certificates)
const seed = wholeNumber('seed', values.seed)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

const context = liveContext()
const client = await connectToGrow(context.settings.database.url)
try {
  const keys = await loadSigningKeys(context.settings)
  const whole = await grow(context, client, keys)
  if (!whole) console.log('Stopped. Start it again to go on.')
  else if (values.measure) await measure(context, client, keys)
  else await settle(context, client, keys)
  process.exitCode = whole ? 0 : 1
} finally {
  await client.end()
  await context.db.$disconnect()
}

/** Writes what is missing. False when it was told to stop before. */
async function grow(context: Context, client: pg.Client, keys: SigningKeys): Promise<boolean> {
  const grown = await grownSoFar(client, seed, context.now())
  if (grown.seed !== seed) throw new Error(`This registry was begun with --seed ${grown.seed}.`)
  const people = await writePeople(client, seed, grown.now)
  const maker = { type: await publishedType(context), settings: context.settings, keys }
  const places = (n: number) => allocatePlaces(context.db, n, context.random)
  const began = performance.now()
  const before = grown.certificates
  let { batches: n, certificates } = grown
  let said = began
  const made = (n: number, written: number) => {
    // The last day is the last batch's, whatever is added later.
    const from = new Date(grown.now.getTime() - DAYS * DAY_MS * (1 - Math.min(1, written / wanted)))
    return rowsOf({ n, seed, from, now: grown.now, before: written }, maker, people, places)
  }
  let next = made(n, certificates)
  while (certificates < wanted && !stop.signal.aborted) {
    const { rows, certificates: more } = await next
    const [batch, sum] = [n++, certificates + more]
    // The next one is made while the database takes this one.
    const writing = writeBatch(client, batch, more, rows)
    next = sum < wanted ? made(n, sum) : next
    await writing
    certificates = sum
    if (performance.now() - said < SAY_EVERY_MS && certificates < wanted) continue
    said = performance.now()
    const rate = (certificates - before) / ((said - began) / 1000)
    const left = Math.max(0, Math.round((wanted - certificates) / rate))
    console.log(`${certificates} of ${wanted} certificates, ${rate.toFixed(0)} a second, ${left} s left`)
    await pause(0)
  }
  await next
  return certificates >= wanted
}

/** What the product itself does afterwards: seals, signed lists; and statistics, which autovacuum would come to in its own time. */
async function settle(context: Context, client: pg.Client, keys: SigningKeys): Promise<void> {
  await timed('audit log sealed', async () => {
    while ((await sealNext(client, context.now())) > 0 && !stop.signal.aborted);
  })
  // Before the lists: they are read from indexes alone where a vacuum has been.
  await timed('vacuum and analyze', () => client.query('vacuum analyze'))
  await timed('status lists signed and published', async () => {
    const publisher = { ...context, ...keys }
    do await publishRevocationList(publisher)
    while ((await publishLists(publisher)) > 0 && !stop.signal.aborted)
  })
  const sizes = await sizesOf(client)
  const million = sizes.find(({ table }) => table === 'certificate')!.rows / 1e6
  const row = ({ table, rows, megabytes, indexMegabytes }: (typeof sizes)[number]) =>
    [table, rows, megabytes, indexMegabytes, Math.round(megabytes / million)].map(String)
  printTable(['table', 'rows', 'MB', 'of that indexes', 'MB a million certificates'], sizes.map(row))
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  await work()
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} has to be a whole number, not "${text}".`)
  return number
}
