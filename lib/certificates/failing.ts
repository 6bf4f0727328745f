/** Ends a transaction for good, in the caller's transaction, and tells everybody who waits for word of it. */
import type { Statements } from '@/lib/db'
import { log } from '@/lib/log'
import { metrics } from '@/lib/operations/metrics'
import { writeEvents } from '@/lib/queue/outbox'
import type { Context } from './context'
import { failedEvents } from './events'
import { writeFailed } from './store-issue'
import { tellOfTransactions } from './store-webhook-events'
import { tellVcClients } from './vc-events'

export interface Failed {
  transactionId: string
  requestId?: string | null
  code: string
}

/**
 * The caller holds the lock of the lineage, and of the dose that is kept for a move. Updates that waited for an original end
 * with it. Other systems are told nothing of tests. Returns all that ended; none when it was over already.
 * Once it is committed `noteFailed` is due.
 */
export async function failForGood(
  context: Context,
  db: Statements,
  failed: { transactionId: string; code: string; message: string; sandbox: boolean },
): Promise<Failed[]> {
  const { sandbox, ...facts } = failed
  const at = context.now()
  const ended = await writeFailed(db, facts, at)
  const ids = ended.map(({ transactionId }) => transactionId)
  await tellOfTransactions(db, ids, at)
  await tellVcClients(context, db, ids)
  if (!sandbox) {
    await writeEvents(
      db,
      ended.flatMap((one) => failedEvents(context, one, `${one.failureCode}: ${one.failureMessage}`)),
    )
  }
  return ended.map(({ transactionId, requestId, failureCode }) => ({ transactionId, requestId, code: failureCode }))
}

/** For the figures and the log: what ended for good. */
export function noteFailed(ended: readonly Failed[], more: { ms?: number } = {}): void {
  for (const one of ended) {
    metrics.notIssued.inc({ code: one.code })
    log().warn({ ...one, ...more }, 'not issued, for good')
  }
}
