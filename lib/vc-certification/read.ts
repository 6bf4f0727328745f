/** Certificates and transactions as clients of DIVOC 3.0 read them. */
import { flattened } from '@/lib/certificate-types/flat'
import { typeNamed, typeVersion } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { findTransaction, ownCredential } from '@/lib/certificates/read'
import type { CredentialRow } from '@/lib/certificates/store-read'
import { vcRequestOf } from '@/lib/certificates/store-vc-requests'
import { Refusal } from '@/lib/errors'
import type { EntityAnswer, TransactionRecord } from './answers'
import { typeOfTransaction } from './store'
import { transactionRecord } from './transaction'

/** The stored certificate of an entity. Refusals: SCHEMA_NOT_FOUND, NOT_FOUND, NOT_YOUR_FACILITY. */
export async function entityCredential(
  context: Context,
  caller: Caller,
  entityName: string,
  certificateId: string,
): Promise<CredentialRow> {
  const { type } = await typeNamed(context, entityName)
  const row = await ownCredential(context, caller, certificateId)
  if (row.type !== type.name)
    throw new Refusal('NOT_FOUND', `There is no certificate ${certificateId} of ${type.name}.`)
  return row
}

/** The payload that a certificate was made of, with what became of it and the credential as signed. */
export async function entityPayload(context: Context, row: CredentialRow): Promise<EntityAnswer> {
  const { type } = await typeVersion(context, row.type, row.typeVersion)
  return {
    ...flattened(row.record, type),
    certificateId: row.certificateId,
    state: row.state,
    _osSignedData: row.credential,
  }
}

/** Where a transaction stands, by our id or the one that a message brought along. Refusals: TRANSACTION_NOT_FOUND, NOT_YOUR_FACILITY. */
export async function entityTransaction(context: Context, caller: Caller, id: string): Promise<TransactionRecord> {
  const request = await vcRequestOf(context.db, id)
  const view = await findTransaction(context, caller, request?.transactionId ?? id)
  const entityType = request?.entityType ?? (await typeOfTransaction(context.db, view.transactionId))
  return transactionRecord({ ...view, transactionId: id }, entityType)
}
