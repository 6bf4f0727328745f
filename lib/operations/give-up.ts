/** Giving up what is held up: an administrator ends it, so that whoever asked can ask again. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { failForGood, noteFailed } from '@/lib/certificates/failing'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { reached } from './retry'
import { lockPending, transactionById } from './store-transaction'

/** What the caller of it is told, by every channel. */
const MESSAGE =
  'It could not be issued and was given up by an administrator. Nothing was published and no update was used: send it again.'

/**
 * Ends a held up transaction as failed (GIVEN_UP), with the updates that wait for it where it is an original. Its place in
 * the allowance comes back, because nothing was published: what a worker has signed of it at this moment is thrown away when
 * that one finds the transaction ended, and if the worker was first it is issued and stays so. Refusals: NOT_FOUND,
 * QUEUE_STATE.
 */
export async function giveUp(
  context: Context,
  caller: Caller,
  id: string,
): Promise<{ transactionId: string; ended: number }> {
  await reached(context.db, caller, id)
  const given = await context.db.$transaction(async (db) => {
    const isPending = await lockPending(db, id)
    const transaction = (await transactionById(db, id))!
    if (!isPending || transaction.held === null) throw new Refusal('QUEUE_STATE', SENTENCES[transaction.state])
    const { lineageId, kind, held: reason } = transaction
    const ended = await failForGood(context, db, {
      ...{ transactionId: transaction.id, code: 'GIVEN_UP', message: MESSAGE, sandbox: false },
    })
    await writeAudit(db, caller, context.now(), {
      action: 'transaction.given_up',
      lineageId,
      detail: { transactionId: transaction.id, kind, reason, ended: ended.length },
    })
    return { transactionId: transaction.id, ended }
  })
  noteFailed(given.ended)
  return { ...given, ended: given.ended.length }
}

const SENTENCES = {
  pending: 'It is not held up: a worker takes it within moments.',
  issued: 'It was issued meanwhile: nothing was given up.',
  failed: 'It failed already.',
}
