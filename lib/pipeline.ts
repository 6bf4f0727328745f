/** The worker's loops: issue what waits, carry out recalls and re-issues, look again at every nudge and once a second, say that it is alive. */
import { forgetOldSessions } from './auth/sessions'
import { forgetOldAttempts } from './auth/throttle'
import { runBulk, tidyBulk, type BulkRunner } from './bulk/run'
import { issueNext, type Issuer } from './certificates/issue'
import { forgetExpiredKeys } from './certificates/store-idempotency'
import { endWaitsOfAClockPutBack, writeHeartbeat } from './certificates/store-issue'
import { forgetOldConfirmations } from './desk/confirmation'
import { forgetWhoIsGone } from './desk/presence'
import { forgetExpiredDrafts } from './desk/store-draft'
import { log, traceOf } from './log'
import { shortenTally } from './operations/store-tally'
import { Bell } from './queue/bell'
import { listenForNudges } from './queue/nudge'
import { pause } from './queue/outbox'
import { endUnconfirmedRecalls, runRecalls, type RecallRunner } from './recalls/run'
import { runReissues, type ReissueRunner } from './reissues/run'

/** Enough that the statements of a claim are few for each certificate; one takes a tenth of a second. */
const CLAIM = 32
/** Every so many claims what can wait comes first: under a steady stream of requests it would wait for ever. */
const BULK_EVERY = 8
const LOOK_EVERY = 1000
/**
 * After a claim that was not full, for each that it had: what is accepted meanwhile shares the next one's statements and
 * its wait for the disk. Where one comes now and then nobody waits for others; under load claims are large.
 */
const GATHER_EACH = 20
const GATHER_MOST = 120
/** Every request rings; what is seldom there is not looked for each time. */
const REST = 150
const HEARTBEAT_EVERY = 2000
const FORGET_EVERY = 60 * 60 * 1000
/** Screens show a day of what was issued. */
const KEEP_TALLY = 3 * 24 * 60 * 60 * 1000
/** What lives for minutes is looked through more often. */
const FORGET_CONFIRMATIONS_EVERY = 60 * 1000

type Runner = Issuer & RecallRunner & ReissueRunner & BulkRunner

/**
 * Issues until `signal` aborts, then ends after the claims at hand. An error (the database away, say) is logged without
 * personal data and the loop goes on after a pause: the rows wait. `onTurn` is called at each look.
 */
export async function runPipeline(issuer: Runner, signal: AbortSignal, onTurn: () => void = () => {}): Promise<void> {
  const bells = { issue: new Bell(), overlap: new Bell(), rest: new Bell() }
  signal.addEventListener('abort', () => Object.values(bells).forEach((bell) => bell.ring()))
  const nudges = await listenForNudges(issuer.settings.database.url, () => {
    bells.issue.ring()
    bells.rest.ring()
  })
  const beat = heartbeat(issuer)
  let turn = 0
  await Promise.all([
    loop(bells.issue, signal, async () => {
      onTurn()
      await beat()
      turn += 1
      const issued = await issueNext(issuer, CLAIM, { bulkFirst: turn % BULK_EVERY === 0 })
      // More is waiting: the next claim is prepared while this one is written. A request alone needs one claim, not two.
      if (issued === CLAIM) bells.overlap.ring()
      if (issued > 0) bells.rest.ring()
      if (issued > 0 && issued < CLAIM) await pause(Math.min(GATHER_MOST, issued * GATHER_EACH), signal)
      return issued
    }),
    loop(bells.overlap, signal, () => issueNext(issuer, CLAIM)),
    loop(bells.rest, signal, besides(issuer, signal)),
  ])
  await nudges.close()
}

/** Works while there is something to do, else waits for the bell. `work` returns how much it did. */
async function loop(bell: Bell, signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await work()) === 0) await bell.wait(LOOK_EVERY)
    } catch (error) {
      log().error({ error: error instanceof Error ? error.name : 'unknown', code: codeOf(error) }, 'issuing paused')
      await bell.wait(LOOK_EVERY)
    }
  }
}

/** Says now and then that this worker is alive. Called where issuing is: a worker that hangs there is not. */
function heartbeat(issuer: Runner): () => Promise<void> {
  const workerId = issuer.uuid()
  const startedAt = issuer.now()
  let last = -Infinity
  return async () => {
    if (performance.now() - last < HEARTBEAT_EVERY) return
    await writeHeartbeat(issuer.db, workerId, startedAt, issuer.now())
    last = performance.now()
  }
}

/** Recalls, re-issues and files, one group of each a turn, and what is tidied up. */
function besides(issuer: Runner, signal: AbortSignal): () => Promise<number> {
  let lastForgotten = 0
  let lastConfirmations = 0
  return async () => {
    const now = issuer.now().getTime()
    if (now - lastConfirmations >= FORGET_CONFIRMATIONS_EVERY) {
      lastConfirmations = now
      await tidy(() => endWaitsOfAClockPutBack(issuer.db))
      await tidy(() => forgetOldConfirmations(issuer))
      await tidy(() => endUnconfirmedRecalls(issuer))
      await tidy(() => tidyBulk(issuer))
      await tidy(() => shortenTally(issuer.db, new Date(now - KEEP_TALLY)))
    }
    if (now - lastForgotten >= FORGET_EVERY) {
      lastForgotten = now
      await tidy(() => forgetExpiredKeys(issuer.db, issuer.now()))
      await tidy(() => forgetExpiredDrafts(issuer.db, issuer.now()))
      await tidy(() => forgetOldAttempts(issuer.db, issuer.now()))
      await tidy(() => forgetOldSessions(issuer.db, issuer.now()))
      await tidy(() => forgetWhoIsGone(issuer))
    }
    const recalled = await inBulk('a recall waits', () => runRecalls(issuer))
    const reissued = await inBulk('a re-issue waits', () => runReissues(issuer))
    const bulk = await inBulk('a bulk run waits', () => runBulk(issuer))
    const done = recalled + reissued + bulk
    if (done === 0) await pause(REST, signal)
    return done
  }
}

/** What only tidies up never stands in the way of issuing: what fails is tried again at its next turn. */
async function tidy(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log().error(traceOf(error), 'tidying up failed'))
}

/** An error here must not slow down issuing. */
function inBulk(problem: string, work: () => Promise<number>): Promise<number> {
  return work().catch((error) => {
    log().error(traceOf(error), problem)
    return 0
  })
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
}
