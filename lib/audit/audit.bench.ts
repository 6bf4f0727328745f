/** What the audit log costs: a read with its line and without, a row with its hash, sealing, and verifying a million rows. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { GET } from '@/app/v3/certificates/[certificateId]/route'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { SCOPES } from '@/lib/auth/scopes'
import { hashToken, makeToken } from '@/lib/auth/tokens'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { printTable, quantile } from '@/lib/testing/measure'
import { sealNext } from './store-seal'
import { verifyDatabase } from './verify.mjs'

const READS = 1500
const ROWS = 1_000_000
const context = liveContext()
const client = new pg.Client({ connectionString: context.settings.database.url })
await client.connect()

async function aCertificate(): Promise<string> {
  const { results } = await acceptCertify(context, aCaller(), [aRequest({})], options())
  await issueAll(await anIssuer(context))
  return results[0]!.certificateId!
}

/** Source systems, each with a token of its own: the first read of each is a line in the log. */
async function tokens(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => makeToken())
  await context.db.apiClient.createMany({
    data: made.map((token) => {
      const id = randomUUID()
      return { id, name: id, tokenHash: hashToken(token), ratePerMinute: 0, scopes: [...SCOPES] }
    }),
  })
  return made
}

/** Sorted times of reading in milliseconds. */
async function read(
  certificateId: string,
  callers: string[],
  atOnce: number,
): Promise<{ times: number[]; all: number }> {
  const times: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < callers.length) {
        const headers = { authorization: `Bearer ${callers[next++]}`, accept: 'application/json' }
        const start = performance.now()
        const response = await GET(new Request(`http://localhost/v3/certificates/${certificateId}`, { headers }))
        if (response.status !== 200) throw new Error(await response.text())
        await response.arrayBuffer()
        times.push(performance.now() - start)
      }
    }),
  )
  return { times: times.sort((a, b) => a - b), all: performance.now() - began }
}

const certificateId = await aCertificate()
const figures: string[][] = []
for (const atOnce of [1, 8]) {
  for (let round = 0; round < 2; round++) {
    const callers = await tokens(READS)
    for (const name of ['with a line in the log', 'again, without']) {
      const { times, all } = await read(certificateId, callers, atOnce)
      if (round === 0) continue // warming up
      const perSecond = (READS / (all / 1000)).toFixed(0)
      figures.push([
        `${name}, ${atOnce} at a time`,
        quantile(times, 0.5).toFixed(2),
        quantile(times, 0.95).toFixed(2),
        perSecond,
      ])
    }
  }
}
printTable(['read a certificate', 'median ms', 'p95 ms', 'per second'], figures)
console.log()

const INSERT = `insert into audit_event (at, action, actor_kind, actor_id, actor_name, certificate_id, detail)
  select now(), 'record.read', 'operator', 'bench', 'Bench', '448086902', '{"form": "pdf", "facility": "MAH"}'::jsonb
  from generate_series(1, $1::int)`
const seconds = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
const steps: string[][] = []
const plain = await seconds(async () => {
  await client.query('create temporary table plain (like audit_event including defaults including indexes)')
  await client.query('alter table plain alter column hash drop not null')
  await client.query(INSERT.replace('audit_event', 'plain'), [100_000])
})
const written = await seconds(() => client.query(INSERT, [100_000]))
steps.push(['write 100,000 rows without hash', plain.toFixed(1), ((plain / 100_000) * 1e6).toFixed(0)])
steps.push(['write 100,000 rows with hash', written.toFixed(1), ((written / 100_000) * 1e6).toFixed(0)])
for (let n = 1; n < ROWS / 100_000; n++) await client.query(INSERT, [100_000])
let rows = 0
const sealing = await seconds(async () => {
  for (let n; (n = await sealNext(client, new Date())) > 0;) rows += n
})
steps.push([`seal ${rows.toLocaleString('en')} rows`, sealing.toFixed(1), ((sealing / rows) * 1e6).toFixed(1)])
const before = process.memoryUsage().rss
let highest = before
const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 50)
let lines: string[] = []
const verifying = await seconds(async () => {
  const outcome = await verifyDatabase(async (sql, values) => (await client.query(sql, values)).rows)
  lines = outcome.lines
})
clearInterval(watch)
steps.push([`verify ${rows.toLocaleString('en')} rows`, verifying.toFixed(1), ((verifying / rows) * 1e6).toFixed(1)])
printTable(['step', 'seconds', 'µs a row'], steps)
console.log(
  `\n${lines.join('\n')}\nMemory while verifying: at most ${((highest - before) / 2 ** 20).toFixed(0)} MiB more.`,
)
await client.end()
await context.db.$disconnect()
