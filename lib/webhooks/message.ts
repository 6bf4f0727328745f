/** A message as a receiver gets it: the same bytes at every attempt. */
import { TEST_EVENT } from './events'

export interface Message {
  n: bigint
  type: string
  data: Record<string, unknown>
  at: Date
}

/**
 * The body: {type, timestamp, sequence, data}. `sequence` rises with every message, and messages about one certificate
 * are in its order, whenever they arrive. For a receiver that was made for DIVOC's callbacks the four members of DIVOC's
 * record stand beside them.
 */
export function bodyOf({ n, type, data, at }: Message, asDivoc: boolean): string {
  const { transactionId, certificateId, entityType, status } = data
  const record = asDivoc && type !== TEST_EVENT ? { transactionId, certificateId, entityType, status } : {}
  return JSON.stringify({ ...record, type, timestamp: at.toISOString(), sequence: Number(n), data })
}
