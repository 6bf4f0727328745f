/**
 * `npm run load`: how many corrections a second an installation on this machine sustains, on its private PostgreSQL, on a
 * PostgreSQL server, and on that with Kafka, at 1, 4 and 16 clients; then DIVOC's load scenario. Builds and starts
 * everything itself, and ends with one Markdown table. `-- --short`: less of everything, for a first look. Exit code 1:
 * something that was accepted was neither issued nor failed with a reason, or an installation could not be measured.
 */
import { parseArgs } from 'node:util'
import { endBundling } from '../start/bundle.mjs'
import { prepare } from '../start/prepare.mjs'
import { say, step } from '../start/progress.mjs'
import { fetchBroker } from './kafka/jars.mjs'
import { closedArrivals, oncePerSecond, openArrivals } from './load/arrivals.mjs'
import { client } from './load/client.mjs'
import { startInstallation } from './load/installation.mjs'
import { measured } from './load/measure.mjs'
import { cpuBetween, cpuSpent } from './load/processes.mjs'
import { loadReport } from './load/report.mjs'
import { nameOf, record } from './load/requests.mjs'
import { watchIssued } from './load/watch.mjs'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, only: { type: 'string' } } })
const isShort = values.short
/** Certificates that are corrected in turn: so many that two corrections of one seldom wait for each other. */
const LINEAGES = isShort ? 400 : 2000
const SECONDS = isShort ? 4 : 10
const CLIENTS = isShort ? [4] : [1, 4, 16]
/** Corrections of one request where a source system sends them as they gather; else each is a request. */
const GATHERED = 10
/** The sustained rate that issue 8 asks for, and the rate at which its wait is bounded. */
const TARGET = 300
/** DIVOC's scenario: so many clients certify once a second each. */
const PEER = { clients: 300, seconds: isShort ? 5 : 40 }

const NAMES = { embedded: 'private PostgreSQL', server: 'PostgreSQL server', kafka: 'PostgreSQL server and Kafka' }
const report = loadReport(`npm run load${isShort ? ' -- --short' : ''}`)
let broken = 0
/** So far; they go on from client to client, so that no name comes twice. */
let corrections = 0

let running = null
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await running?.stop()
    process.exit(1)
  })
}

await prepare({ pages: true })
await endBundling()
for (const kind of Object.keys(NAMES).filter((one) => !values.only || values.only === one)) {
  const missing = kind === 'kafka' ? await step('Getting the broker', fetchBroker) : null
  if (missing) say(`Without Kafka: ${missing}.`)
  else if (!(await measures(kind))) broken++
}
report.print()
process.exit(report.lost() + broken === 0 ? 0 : 1)

/** One installation that cannot be measured takes nothing from the figures of the others. */
async function measures(kind) {
  try {
    await measureInstallation(kind)
    return true
  } catch (error) {
    say(`${NAMES[kind]} could not be measured to its end: ${error.message}`)
    return false
  }
}

async function measureInstallation(kind) {
  const installation = await step(`Starting: ${NAMES[kind]}`, () => startInstallation(kind))
  running = installation
  const watch = await watchIssued(installation.databaseUrl)
  const name = `${NAMES[kind]} ${installation.version}`
  let codes = []
  try {
    codes = await step(`  Certifying ${LINEAGES} people to correct`, () => certified(installation, watch))
    for (const clients of CLIENTS) {
      const most = await closed(clients, 1)
      await open(clients, 1, Math.max(1, most.issuedPerSecond / 2))
    }
    if (kind !== 'embedded') await closed(4, GATHERED)
    else {
      for (const items of [1, GATHERED]) {
        const most = await closed(16, items)
        const half = await open(16, items, TARGET / 2)
        report.conclude(TARGET, items, most, half, await open(16, items, TARGET))
      }
      const ask = certifies(installation, PEER.clients)
      const peer = await spending(() => measured((send) => oncePerSecond(PEER, send), ask.next, watch))
      report.note(name, "certify, each by itself (DIVOC's scenario)", `${PEER.clients}`, '1 each, open', peer)
      ask.close()
    }
  } finally {
    await watch.close()
    await step('  Stopping', installation.stop)
  }

  function closed(clients, items) {
    const arrivals = (send) => closedArrivals({ clients, seconds: SECONDS }, send)
    return corrected(clients, items, arrivals, 'as fast as answered')
  }

  function open(clients, items, perSecond) {
    const arrivals = (send) => openArrivals({ perSecond: perSecond / items, seconds: SECONDS }, send)
    return corrected(clients, items, arrivals, `${perSecond.toFixed(0)}, open`)
  }

  async function corrected(clients, items, arrivals, rate) {
    const ask = updates(installation, clients, codes, items)
    const run = await spending(() => measured(arrivals, ask.next, watch, items))
    ask.close()
    report.note(name, items === 1 ? 'update, each by itself' : `update, ${items} in a request`, `${clients}`, rate, run)
    return run
  }

  /** With the CPU time that the processes spent meanwhile, for each certificate; `load`: this one. */
  async function spending(run) {
    const [before, own] = [await cpuSpent(installation), process.cpuUsage()]
    const result = await run()
    const { user, system } = process.cpuUsage(own)
    const cpu = cpuBetween(before, await cpuSpent(installation), result.issued)
    return { ...result, cpu: cpu && { ...cpu, load: (user + system) / 1000 / result.issued } }
  }
}

/** First certificates, in arrays; they are there when this resolves. */
async function certified(installation, watch) {
  const source = client({ ...installation, connections: 2 })
  const codes = Array.from({ length: LINEAGES }, (_, n) => `LOAD-${n}`)
  for (let from = 0; from < LINEAGES; from += 100) {
    const items = codes.slice(from, from + 100).map((code, n) => record(code, nameOf(from + n)))
    const { status, code, results } = await source.send('POST', '/v3/certify', items)
    if (status !== 200) throw new Error(`Certifying was answered with ${status} ${code}.`)
    for (const { transactionId } of results) watch.expect(transactionId, performance.now())
  }
  source.close()
  const { left } = await watch.settled(120_000)
  if (left.failed + left.lost > 0) throw new Error(`${left.failed + left.lost} certificates were not issued.`)
  return codes
}

/** Every request corrects the names of the next people. */
function updates(installation, connections, codes, items) {
  const source = client({ ...installation, connections })
  const next = () => {
    const numbers = Array.from({ length: items }, () => corrections++)
    const records = numbers.map((n) => record(codes[n % codes.length], nameOf(1_000_000 + n)))
    return source.send('PUT', '/v3/certificate', records)
  }
  return { next, close: source.close }
}

function certifies(installation, connections) {
  const source = client({ ...installation, connections })
  let count = 0
  const next = () => source.send('POST', '/v3/certify', [record(`NEW-${count}`, nameOf(count++))])
  return { next, close: source.close }
}
