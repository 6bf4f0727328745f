/** The SQL of requests through DIVOC's VC API: under which ids their transactions are followed. */
import type { Statements } from '@/lib/db'
import type { CertificateRecord } from './record'

export interface VcRequest {
  /** Ours, or the one that a message brought along. */
  ownId: string
  transactionId: string
  /** Name of the type as it was asked for. */
  entityType: string
}

/** Keeps a request; one that is known stays as it is. */
export async function keepVcRequest(db: Statements, { ownId, transactionId, entityType }: VcRequest): Promise<void> {
  await db.$executeRaw`
    insert into vc_request (own_id, transaction_id, entity_type)
    values (${ownId}, ${transactionId}::uuid, ${entityType}) on conflict (own_id) do nothing`
}

/** The request of this id; null when nobody made one through the VC API. */
export async function vcRequestOf(db: Statements, ownId: string): Promise<VcRequest | null> {
  const rows = await db.$queryRaw<VcRequest[]>`
    select own_id as "ownId", transaction_id as "transactionId", entity_type as "entityType"
    from vc_request where own_id = ${ownId}`
  return rows[0] ?? null
}

/** A request whose transaction came to its end. */
export interface EndedRequest extends VcRequest {
  type: string
  typeVersion: number
  lineageId: string
  record: CertificateRecord
  /** null when it failed. */
  certificateId: string | null
  failureCode: string | null
}

/** The requests behind transactions that are over, one `ownId` alone where it is given; none of the sandbox. */
export async function endedRequests(
  db: Statements,
  ids: string[],
  ownId: string | null = null,
): Promise<EndedRequest[]> {
  return db.$queryRaw<EndedRequest[]>`
    select r.own_id as "ownId", r.transaction_id as "transactionId", r.entity_type as "entityType",
           l.type, t.type_version as "typeVersion", l.id as "lineageId", t.request as record,
           c.certificate_id as "certificateId", t.failure_code as "failureCode"
    from vc_request r
    join transaction t on t.id = r.transaction_id
    join lineage l on l.id = t.lineage_id
    left join certificate c on c.transaction_id = t.id
    where r.transaction_id = any(${ids}::uuid[]) and t.state <> 'pending' and not l.sandbox
      and (${ownId}::text is null or r.own_id = ${ownId})
    order by l.id, t.sequence, r.own_id`
}
