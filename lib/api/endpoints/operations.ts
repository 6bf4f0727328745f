/** The queue, and what people do with what is in it. */
import { giveUp as giveUpOne } from '@/lib/operations/give-up'
import { listQueue, readQueue } from '@/lib/operations/queue'
import { retryQueue, retryTransaction } from '@/lib/operations/retry'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** GET /v3/queue */
export function read({ context, caller }: Input<typeof contract.queue>) {
  return readQueue(context, caller)
}

/** GET /v3/queue/transactions */
export function list({ context, caller, query }: Input<typeof contract.queueTransactions>) {
  return listQueue(context, caller, query)
}

/** POST /v3/transactions/{transactionId}/retry */
export function retry({ context, caller, params }: Input<typeof contract.retryTransaction>) {
  return retryTransaction(context, caller, params.transactionId)
}

/** POST /v3/queue/retry */
export function retryAll({ context, caller, body }: Input<typeof contract.retryQueue>) {
  return retryQueue(context, caller, body)
}

/** POST /v3/transactions/{transactionId}/give-up */
export function giveUp({ context, caller, params }: Input<typeof contract.giveUpTransaction>) {
  return giveUpOne(context, caller, params.transactionId)
}
