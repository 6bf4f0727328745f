/** Ends a transaction for good, in the caller's transaction, and tells everybody who waits for word of it. */
import type { Statements } from '@/lib/db'
import { writeEvents } from '@/lib/queue/outbox'
import type { Context } from './context'
import { failedEvents } from './events'
import { writeFailed } from './store-issue'
import { tellOfTransactions } from './store-webhook-events'
import { tellVcClients } from './vc-events'

/**
 * The caller holds the lock of the lineage, and of the dose that is kept for a move. Updates that waited for an original end
 * with it. Other systems are told nothing of tests. Returns the ids of all that ended; none when it was over already.
 */
export async function failForGood(
  context: Context,
  db: Statements,
  failed: { transactionId: string; code: string; message: string; sandbox: boolean },
): Promise<string[]> {
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
  return ids
}
