/** `post-vc-certify`: what became of requests through DIVOC's VC API, as its components read it. */
import { flattened } from '@/lib/certificate-types/flat'
import { typeVersion } from '@/lib/certificate-types/live'
import type { Statements } from '@/lib/db'
import { writeEvents, type OutboxEvent } from '@/lib/queue/outbox'
import type { Context } from './context'
import { publishes } from './events'
import { endedRequests, type EndedRequest } from './store-vc-requests'

/** Tells of transactions that are over, in the transaction that ends them; of one request alone where it came later. */
export async function tellVcClients(context: Context, db: Statements, ids: string[], ownId?: string): Promise<void> {
  if (!publishes(context) || ids.length === 0) return
  const ended = await endedRequests(db, ids, ownId)
  await writeEvents(db, await Promise.all(ended.map((one) => endedEvent(context, one))))
}

/** The message about a request that never became a transaction. `entityType` and payload as they came. */
export function refusedEvent(
  context: Context,
  { transactionId, entityType, body }: { transactionId: string; entityType: string; body: unknown },
): OutboxEvent {
  const payload = { payload: body, entityType, transactionId, certificateId: '', status: 'UNSUCCESSFUL' }
  return { id: context.uuid(), topic: 'post_vc_certify', key: null, payload }
}

async function endedEvent(context: Context, ended: EndedRequest): Promise<OutboxEvent> {
  const { type } = await typeVersion(context, ended.type, ended.typeVersion)
  const { ownId: transactionId, entityType, lineageId: key, certificateId } = ended
  const payload = {
    payload: flattened(ended.record, type),
    entityType,
    transactionId,
    certificateId: certificateId ?? '',
    status: certificateId === null ? 'UNSUCCESSFUL' : 'SUCCESSFUL',
  }
  return { id: context.uuid(), topic: 'post_vc_certify', key, payload }
}
