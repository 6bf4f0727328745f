/** The worker's loop: issue what waits, carry out recalls and re-issues, look again at every nudge and once a second, say that it is alive. */
import { forgetOldSessions } from './auth/sessions'
import { forgetOldAttempts } from './auth/throttle'
import { runBulk, tidyBulk, type BulkRunner } from './bulk/run'
import { issueNext, type Issuer } from './certificates/issue'
import { forgetExpiredKeys } from './certificates/store-idempotency'
import { writeHeartbeat } from './certificates/store-issue'
import { forgetOldConfirmations } from './desk/confirmation'
import { forgetWhoIsGone } from './desk/presence'
import { forgetExpiredDrafts } from './desk/store-draft'
import { log, traceOf } from './log'
import { Bell } from './queue/bell'
import { listenForNudges } from './queue/nudge'
import { endUnconfirmedRecalls, runRecalls, type RecallRunner } from './recalls/run'
import { runReissues, type ReissueRunner } from './reissues/run'

const CLAIM = 16
const LOOK_EVERY = 1000
const HEARTBEAT_EVERY = 2000
const FORGET_EVERY = 60 * 60 * 1000
/** What lives for minutes is looked through more often. */
const FORGET_CONFIRMATIONS_EVERY = 60 * 1000

/**
 * Issues until `signal` aborts, then ends after the claim at hand. An error (the database away, say) is logged without
 * personal data and the loop goes on after a pause: the rows wait. `onTurn` is called at each look.
 */
export async function runPipeline(
  issuer: Issuer & RecallRunner & ReissueRunner & BulkRunner,
  signal: AbortSignal,
  onTurn: () => void = () => {},
): Promise<void> {
  const workerId = issuer.uuid()
  const startedAt = issuer.now()
  const bell = new Bell()
  signal.addEventListener('abort', () => bell.ring())
  const nudges = await listenForNudges(issuer.settings.database.url, () => bell.ring())
  let lastBeat = 0
  let lastForgotten = 0
  let lastConfirmations = 0
  while (!signal.aborted) {
    onTurn()
    try {
      const now = issuer.now().getTime()
      if (now - lastBeat >= HEARTBEAT_EVERY) {
        await writeHeartbeat(issuer.db, workerId, startedAt, issuer.now())
        lastBeat = now
      }
      if (now - lastConfirmations >= FORGET_CONFIRMATIONS_EVERY) {
        lastConfirmations = now
        await tidy(() => forgetOldConfirmations(issuer))
        await tidy(() => endUnconfirmedRecalls(issuer))
        await tidy(() => tidyBulk(issuer))
      }
      if (now - lastForgotten >= FORGET_EVERY) {
        lastForgotten = now
        await tidy(() => forgetExpiredKeys(issuer.db, issuer.now()))
        await tidy(() => forgetExpiredDrafts(issuer.db, issuer.now()))
        await tidy(() => forgetOldAttempts(issuer.db, issuer.now()))
        await tidy(() => forgetOldSessions(issuer.db, issuer.now()))
        await tidy(() => forgetWhoIsGone(issuer))
      }
      const issued = await issueNext(issuer, CLAIM)
      // One group a turn: whoever is being vaccinated now does not wait for many at once.
      const recalled = await inBulk('a recall waits', () => runRecalls(issuer))
      const reissued = await inBulk('a re-issue waits', () => runReissues(issuer))
      const bulk = await inBulk('a bulk run waits', () => runBulk(issuer))
      if (issued + recalled + reissued + bulk === 0) await bell.wait(LOOK_EVERY)
    } catch (error) {
      log().error({ error: error instanceof Error ? error.name : 'unknown', code: codeOf(error) }, 'issuing paused')
      await bell.wait(LOOK_EVERY)
    }
  }
  await nudges.close()
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
