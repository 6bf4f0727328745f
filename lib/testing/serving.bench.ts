/**
 * `npm run bench serving`: the product as `npm start` runs it, while 50 clients fetch QR codes and PDFs of different certificates:
 * how long they wait, and how late the web process's own event loop is meanwhile, as its `/metrics` says. What its thread takes
 * for each answer, and how long it had to wait for a processor though it was ready (Linux), tells its own doing from others'.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { client } from './load/client.mjs'
import { startInstallation } from './load/installation.mjs'
import { nameOf, record } from './load/requests.mjs'
import { watchIssued } from './load/watch.mjs'
import { printTable, quantile } from './measure'
import { readPrometheusText, valueOf } from './prometheus-text'

const CLIENTS = 50
/** Their PDFs find room among what a process keeps (lib/rendering/kept-pages.ts). */
const CERTIFICATES = 400
const FORMS = ['png', 'svg', 'pdf']
/** Node samples with a timer of 10 ms, and what it tells has them in it. */
const TIMER_MS = 10
const BUDGET_MS = 20

const installation = await startInstallation('embedded')
let worst = 0
try {
  const numbers = await certified()
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  // A start is over when its first pages were set.
  for (const number of numbers.slice(0, 4)) await fetched(agent, number, 'pdf')
  const rows: string[][] = []
  for (const what of ['each for the first time', 'all again']) {
    await eventLoop() // what was before counts no more
    const [ranBefore, waitedBefore] = mainThread()
    const began = performance.now()
    const waits = await all(agent, numbers.slice(4))
    const seconds = (performance.now() - began) / 1000
    const [ran, waited] = mainThread()
    const delay = await eventLoop()
    worst = Math.max(worst, delay.p99)
    const answers = (numbers.length - 4) * FORMS.length
    const cell = (form: string) => {
      const times = waits.get(form)!.sort((a, b) => a - b)
      return `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.99).toFixed(0)}`
    }
    rows.push([
      what,
      (answers / seconds).toFixed(0),
      ...FORMS.map(cell),
      ...[delay.p50, delay.p99, delay.max].map((ms) => ms.toFixed(1)),
      ...[ran - ranBefore, waited - waitedBefore].map((ms) => (ms / answers).toFixed(1)),
    ])
  }
  agent.destroy()
  printTable(
    [
      `${CLIENTS} clients`,
      'answers a second',
      ...FORMS.map((form) => `${form.toUpperCase()} ms p50 / p99`),
      'event loop late by ms p50',
      'p99',
      'max',
      'CPU ms of its thread each',
      'waited for a processor ms each',
    ],
    rows,
  )
} finally {
  await installation.stop()
}
const kept = worst <= BUDGET_MS
if (!kept) console.log(`\nThe event loop is later than ${BUDGET_MS} ms.`)
process.exit(kept ? 0 : 1)

/** Numbers of certificates of different people. */
async function certified(): Promise<string[]> {
  const watch = await watchIssued(installation.databaseUrl)
  const source = client({ ...installation, connections: 2 })
  for (let from = 0; from < CERTIFICATES; from += 100) {
    const items = Array.from({ length: 100 }, (_, at) => record(`SERVED-${from + at}`, nameOf(from + at)))
    const { status, code, results } = await source.send('POST', '/v3/certify', items)
    if (status !== 200) throw new Error(`Certifying was answered with ${status} ${code}.`)
    for (const { transactionId } of results) watch.expect(transactionId, performance.now())
  }
  source.close()
  const { left } = await watch.settled(120_000)
  await watch.close()
  if (left.failed + left.lost > 0) throw new Error(`${left.failed + left.lost} certificates were not issued.`)
  const database = new pg.Client({ connectionString: installation.databaseUrl })
  await database.connect()
  const { rows } = await database.query<{ id: string }>('select certificate_id as id from certificate')
  await database.end()
  return rows.map(({ id }) => id)
}

/** Every client fetches the next form of the next certificate when it has the last one. Milliseconds, by form. */
async function all(agent: Agent, numbers: string[]): Promise<Map<string, number[]>> {
  const waits = new Map(FORMS.map((form) => [form, [] as number[]]))
  const open = numbers.flatMap((number) => FORMS.map((form) => ({ number, form })))
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        const began = performance.now()
        await fetched(agent, next.number, next.form)
        waits.get(next.form)!.push(performance.now() - began)
      }
    }),
  )
  return waits
}

function fetched(agent: Agent, number: string, form: string): Promise<void> {
  const headers = { authorization: `Bearer ${installation.token}` }
  return new Promise((resolve, reject) => {
    const address = `${installation.address}/v3/certificates/${number}.${form}`
    const asked = request(address, { agent, headers }, (answer) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${form}: ${answer.statusCode}`)),
      )
    })
    asked.once('error', reject)
    asked.end()
  })
}

/** Milliseconds that the thread of the web process's event loop has run, and was ready and waited to; NaN where nobody says so. */
function mainThread(): [ran: number, waited: number] {
  const { pid } = JSON.parse(readFileSync(join(installation.dataDir, 'run', 'web.json'), 'utf8')) as { pid: number }
  const file = `/proc/${pid}/task/${pid}/schedstat`
  if (!existsSync(file)) return [NaN, NaN]
  const [ran, waited] = readFileSync(file, 'utf8').split(' ')
  return [Number(ran) / 1e6, Number(waited) / 1e6]
}

/** How late the event loop of the web process was since the last call. */
async function eventLoop(): Promise<{ p50: number; p99: number; max: number }> {
  const answer = await fetch(`${installation.address}/metrics`)
  const text = readPrometheusText(await answer.text())
  const late = (name: string) => Math.max(0, valueOf(text, `nodejs_eventloop_lag_${name}_seconds`) * 1000 - TIMER_MS)
  return { p50: late('p50'), p99: late('p99'), max: late('max') }
}
