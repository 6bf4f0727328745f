/** The process beside the web server: a worker issues what was accepted, a relay carries messages, by ROLES one of them or both, until it is told to stop. */
import { setMaxListeners } from 'node:events'
import { refusalOf } from './api/faults'
import { runKeyNotes } from './audit/key-notes'
import { runRootSigning } from './audit/sign-roots'
import { runSealer } from './audit/store-sealer'
import { databaseClock } from './certificates/clock'
import { liveContext, type Context } from './certificates/context'
import { publishes } from './certificates/events'
import { SIGN_OLDER, signOlder } from './certificates/form2'
import { messageIntake } from './certificates/message-intake'
import { canAnswer } from './certificates/store-health'
import { endOnUncaughtErrors, log, traceOf } from './log'
import { serveHealth } from './operations/health-server'
import { agreedKeys } from './operations/key-agreement'
import { mayReadMetrics } from './operations/metrics-access'
import { metricsText } from './operations/metrics-text'
import { followSettings } from './operations/same-settings'
import { endTracing } from './operations/tracing'
import { workerReadiness } from './operations/worker-readiness'
import { runPipeline } from './pipeline'
import { runIntake } from './queue/intake'
import { pause } from './queue/outbox'
import { runRelay } from './queue/relay'
import { runSigningJobs } from './queue/signing-jobs'
import type { SigningKeys } from './signing/signing-keys'
import { SIGN_PREVIEW, signPreview } from './type-checks/preview-signing'
import { takeUpFiles } from './type-checks/take-up'
import { SIGN_VC, signVcCredential } from './vc-api/sign'
import { runChecks, runStatusLists } from './status-lists/run'
import { vcIntake } from './vc-certification/message'
import { runWebhooks } from './webhooks/deliver'

/** Whoever stops processes waits longer than this. */
const END_AFTER_MS = 2000

const stop = new AbortController()
// The machine's clock counts for nothing that is written.
const clock = databaseClock(liveContext().db)
const context: Context = { ...liveContext(), now: clock.now }
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// The parent holds the other end: a worker never outlives it.
process.once('disconnect', () => stop.abort())

// Every loop listens, and every message on its way.
setMaxListeners(0, stop.signal)

const { roles, host, healthPort, metricsToken } = context.settings
const isWorker = roles.includes('worker')
const turn: { at: number | null } = { at: null }
// First: while the database is away somebody wants to know that this process waits for it.
const health =
  healthPort === null
    ? null
    : await serveHealth(
        { host, port: healthPort },
        {
          ready: () => workerReadiness(context, { turn: isWorker ? turn : null, stop: stop.signal }),
          mayReadMetrics: (shown) => mayReadMetrics({ metricsToken }, shown),
          metrics: () => metricsText(context),
        },
      )
followSettings(context)
// Only who signs has keys.
const issuer = isWorker ? await signer() : null
// Before this what fails is a setting, and its sentence says which.
endOnUncaughtErrors()
const running = roles.filter((role) => role !== 'web')
log().info({ roles: running, ...(issuer ? { keyType: issuer.key.type } : {}) }, 'worker started')
await clock.set(stop.signal)
await Promise.all([...(issuer ? work(issuer) : []), ...(roles.includes('relay') ? carriers() : [])])
await endTracing()
await context.db.$disconnect()
health?.close()
log().info({ roles: running }, 'worker stopped')
// Nothing is at hand any more: what a cut or a freeze left half open keeps nobody.
setTimeout(() => {
  log().warn({ open: process.getActiveResourcesInfo() }, 'something is open still, the process ends all the same')
  process.exit()
}, END_AFTER_MS).unref()

/** The database may be away, or go away meanwhile: it is waited for. Everything else that fails here is a setting. */
async function signer(): Promise<(Context & SigningKeys) | null> {
  while (!stop.signal.aborted) {
    const answers = await canAnswer(context.db).catch(() => 'away')
    if (answers !== 'away') {
      const failed = new AbortController()
      try {
        const signal = AbortSignal.any([stop.signal, failed.signal])
        return await agreedKeys(context, signal, { onWithdrawn: stopForGood })
      } catch (error) {
        failed.abort()
        if (refusalOf(error)?.code !== 'REGISTRY_UNAVAILABLE') throw error
        log().warn(traceOf(error), 'the database went away while the keys were agreed on: it is waited for')
      }
    }
    await pause(1000, stop.signal)
  }
  return null
}

/** What is at hand fails to be signed and waits for another worker; who starts this one again is told which key it needs. */
function stopForGood(): void {
  process.exitCode = 1
  stop.abort()
}

/** All that workers do. Every one runs all of it: what only one may do at a time is done under a lease or a lock. */
function work(issuer: Context & SigningKeys): Promise<void>[] {
  // What is wrong with files is in the log; a database that is away is waited for by everything below.
  void takeUpFiles(context).catch((error: unknown) =>
    log().error(traceOf(error), 'types of the files were not taken up'),
  )
  return [
    runPipeline(issuer, stop.signal, () => (turn.at = performance.now())),
    runSigningJobs(
      issuer,
      {
        [SIGN_VC]: (payload) => signVcCredential(issuer, payload),
        [SIGN_OLDER]: (payload) => signOlder(issuer, payload),
        [SIGN_PREVIEW]: (payload) => signPreview(issuer, payload),
      },
      stop.signal,
    ),
    runStatusLists(issuer, stop.signal),
    runChecks(context, stop.signal),
    runSealer(context.settings, context.now, stop.signal),
    runRootSigning(issuer, stop.signal),
    runKeyNotes(context, stop.signal),
    runWebhooks(context, stop.signal),
  ]
}

/** With a broker: publish the outbox, and take in what other components ask for. Without one there is nothing to carry. */
function carriers(): Promise<void>[] {
  if (!publishes(context)) return []
  return [
    runRelay(context.settings, stop.signal),
    runIntake(context.settings, messageIntake(context), stop.signal),
    runIntake(context.settings, vcIntake(context), stop.signal, 'vc_certify'),
  ]
}
