/** What `/metrics` answers: the figures of this process, and what the database says at this moment. */
import { collectDefaultMetrics, prometheusContentType } from 'prom-client'
import type { Context } from '@/lib/certificates/context'
import { connectionsOf } from '@/lib/db'
import { log, traceOf } from '@/lib/log'
import { metrics } from './metrics'
import { standing, type Standing } from './store-gauges'

/** The type of the text (Prometheus text format, version 0.0.4). */
export const METRICS_TYPE = prometheusContentType

/** Whoever asks more often hears the same: scrapes must not become a load. */
const FRESH_MS = 1000
/** Prometheus gives up after 10 s; a database that is away must not take the figures of the process with it. */
const LONGEST_MS = 3000

type Asked = Pick<Context, 'db' | 'settings'>

/** The whole text. Answers without a database, too: then `errata_database_up` is 0 and what it would say is missing. */
export async function metricsText({ db, settings }: Asked): Promise<string> {
  if (!metrics.registry.getSingleMetric('process_cpu_seconds_total')) {
    collectDefaultMetrics({ register: metrics.registry })
  }
  // Before the question to the database, which itself takes a connection.
  writeConnections(db)
  await writeStanding(db, Object.keys(settings.kafka.topics))
  // prom-client has its own spelling of NaN (a delay that was not measured yet).
  return (await metrics.registry.metrics()).replaceAll(/ Nan$/gm, ' NaN')
}

function writeConnections(db: Asked['db']): void {
  const connections = connectionsOf(db)
  if (!connections) return
  metrics.poolConnections.set({ state: 'used' }, connections.used)
  metrics.poolConnections.set({ state: 'idle' }, connections.idle)
  metrics.poolWaiting.set(connections.waiting)
}

let last: { at: number; db: Asked['db']; standing: Promise<Standing | null> } | undefined

async function writeStanding(db: Asked['db'], topics: string[]): Promise<void> {
  const now = performance.now()
  if (!last || last.db !== db || now - last.at >= FRESH_MS) last = { at: now, db, standing: ask(db, topics) }
  const said = await last.standing
  metrics.databaseUp.set(said ? 1 : 0)
  if (said) return write(said)
  for (const gauge of FROM_THE_DATABASE) gauge.remove()
  metrics.transactions.reset()
}

/** null when there is no answer in time. */
function ask(db: Asked['db'], topics: string[]): Promise<Standing | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), LONGEST_MS)))
  const answer = standing(db, topics).catch((error: unknown) => {
    log().warn(traceOf(error), 'the database did not say how it stands')
    return null
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

const FROM_THE_DATABASE = [
  metrics.queueAge,
  metrics.outboxLength,
  metrics.outboxAge,
  metrics.webhooksWaiting,
  metrics.webhookAge,
  metrics.webhooksStopped,
  metrics.auditSealLag,
  metrics.statusListLag,
  metrics.statusListValid,
  metrics.workersSeen,
  metrics.signingJobs,
  metrics.sampleProblems,
]

function write(said: Standing): void {
  metrics.transactions.set({ state: 'waiting' }, said.waiting)
  metrics.transactions.set({ state: 'postponed' }, said.postponed)
  metrics.transactions.set({ state: 'failed_last_day' }, said.failedLastDay)
  metrics.queueAge.set(said.queueAge)
  metrics.outboxLength.set(said.outboxLength)
  metrics.outboxAge.set(said.outboxAge)
  metrics.webhooksWaiting.set(said.webhooksWaiting)
  metrics.webhookAge.set(said.webhookAge)
  metrics.webhooksStopped.set(said.webhooksStopped)
  metrics.auditSealLag.set(said.auditSealLag)
  metrics.statusListLag.set(said.statusListLag)
  if (said.statusListValid !== null) metrics.statusListValid.set(said.statusListValid)
  metrics.workersSeen.set(said.workersSeen)
  metrics.signingJobs.set(said.signingJobs)
  metrics.sampleProblems.set(said.sampleProblems)
}
