/** The ids that a correction is found by in the logs of all processes, as they travel with its messages. */
import { traceparentIn, TRACEPARENT_HEADER } from '@/lib/operations/tracing'

/** The transaction that a message is about. On `certify` it says that the message is ours. */
export const TRANSACTION_HEADER = 'errata-transaction'
/** The request that it was accepted in (X-Request-Id). */
export const REQUEST_HEADER = 'errata-request'

export interface Ids {
  id?: string
  requestId?: string | null
  /** W3C traceparent. */
  traceparent?: string | null
}

/** As headers of a message; what is not known is left out. */
export function headersOf({ id, requestId, traceparent }: Ids): Record<string, string> {
  return {
    ...(id ? { [TRANSACTION_HEADER]: id } : {}),
    ...(requestId ? { [REQUEST_HEADER]: requestId } : {}),
    ...(traceparent ? { [TRACEPARENT_HEADER]: traceparent } : {}),
  }
}

/** What the headers of a message say. Whoever sends them may write anything: what is no id of ours is left out. */
export function idsIn(headers: Record<string, string>): { requestId: string | null; traceparent: string | null } {
  const requestId = headers[REQUEST_HEADER]
  return {
    requestId: requestId && /^[A-Za-z0-9._-]{8,64}$/.test(requestId) ? requestId : null,
    traceparent: traceparentIn(headers[TRACEPARENT_HEADER]),
  }
}
