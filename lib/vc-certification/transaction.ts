/** Transactions as DIVOC 3.0 tells of them. */
import type { TransactionView } from '@/lib/certificates/answers'
import type { TransactionRecord } from './answers'

const STATUS = { pending: 'PENDING', issued: 'SUCCESSFUL', failed: 'UNSUCCESSFUL' } as const

/** What is told of a transaction. `entityType` is the name of the certificate type. */
export function transactionRecord(
  {
    transactionId,
    certificateId,
    state,
    failure,
  }: Pick<TransactionView, 'transactionId' | 'certificateId' | 'state' | 'failure'>,
  entityType: string,
): TransactionRecord {
  return {
    transactionId,
    certificateId: state === 'failed' ? null : certificateId,
    entityType,
    status: STATUS[state],
    ...(failure ? { failure } : {}),
  }
}
