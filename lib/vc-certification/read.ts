/** Certificates and transactions as clients of DIVOC 3.0 read them. */
import { typeNamed, typeVersion } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { findTransaction, ownCredential } from '@/lib/certificates/read'
import type { CredentialRow } from '@/lib/certificates/store-read'
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
  const { reason: _ours, ...record } = row.record as unknown as Record<string, unknown>
  const flat = type.flat ?? []
  return {
    ...Object.fromEntries(Object.entries(record).filter(([name]) => !flat.includes(name))),
    ...Object.assign({}, ...flat.map((id) => record[id])),
    certificateId: row.certificateId,
    state: row.state,
    _osSignedData: row.credential,
  }
}

/** Where a transaction stands. Refusals: TRANSACTION_NOT_FOUND, NOT_YOUR_FACILITY. */
export async function entityTransaction(context: Context, caller: Caller, id: string): Promise<TransactionRecord> {
  const view = await findTransaction(context, caller, id)
  return transactionRecord(view, await typeOfTransaction(context.db, view.transactionId))
}
