/** The SQL of requests for a second person: find them, lock one, write what becomes of it. */
import type { Form } from '@/lib/certificate-types/type'
import type { ApprovalReason } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { CertificateRecord, KeptReason } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { MessageKind, RequestList } from './answers'
import type { KeptState } from './rules'

export interface RequestRow {
  id: string
  lineageId: string
  type: string
  preEnrollmentCode: string
  programId: string
  dose: number
  facilityCode: string
  facilityName: string
  certificateId: string
  /** The newest accepted certificate now. */
  newest: string | null
  item: CertificateRecord
  /** What the certificate says that is to be replaced. */
  base: CertificateRecord
  form: Form
  reasons: ApprovalReason[]
  reason: KeptReason | null
  state: KeptState
  conflict: string | null
  channel: 'api' | 'screen'
  requestedByKind: string
  requestedById: string
  requestedByName: string
  requestedAt: Date
  changedAt: Date
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | null
  transactionId: string | null
  newCertificateId: string | null
  transactionState: 'pending' | 'issued' | 'failed' | null
  failureCode: string | null
  failureMessage: string | null
  extraUpdate: boolean
}

/** One request; null when there is none. */
export async function requestById(db: Statements, id: string): Promise<RequestRow | null> {
  const rows = await requests(db, Prisma.sql`q.id = ${id}::uuid`)
  return rows[0] ?? null
}

/** Whoever changes a request waits here for whoever does at this moment. */
export async function lockRequest(db: Statements, id: string): Promise<void> {
  await db.$queryRaw`select 1 from change_request where id = ${id}::uuid for update`
}

/** The place of a request in a list. */
export interface Place {
  at: Date
  id: string
}

/** One page: the own ones and the decided ones with what changed last first, those to decide with the oldest first. */
export function requestPage(
  db: Statements,
  caller: Caller,
  list: RequestList,
  after: Place | null,
  size: number,
): Promise<RequestRow[]> {
  const which = Prisma.sql`${belongs(caller, list)}`
  if (list === 'to_decide') {
    const beyond = after ? Prisma.sql`(q.requested_at, q.id) > (${after.at}, ${after.id}::uuid)` : Prisma.sql`true`
    return requests(db, Prisma.sql`${which} and ${beyond} order by q.requested_at, q.id limit ${size}`)
  }
  const beyond = after ? Prisma.sql`(q.changed_at, q.id) < (${after.at}, ${after.id}::uuid)` : Prisma.sql`true`
  return requests(db, Prisma.sql`${which} and ${beyond} order by q.changed_at desc, q.id desc limit ${size}`)
}

/** How many wait for the caller: to be decided, and to be answered. */
export async function countWaiting(
  db: Statements,
  caller: Caller,
  decides: boolean,
): Promise<{ toDecide: number; toAnswer: number }> {
  const toDecide = decides
    ? Prisma.sql`${belongs(caller, 'to_decide')} and q.state <> 'waiting-for-information'`
    : Prisma.sql`false`
  const [row] = await db.$queryRaw<{ toDecide: number; toAnswer: number }[]>`
    select (select count(*)::int from change_request q join lineage l on l.id = q.lineage_id where ${toDecide}) as "toDecide",
           (select count(*)::int from change_request q join lineage l on l.id = q.lineage_id
            where ${belongs(caller, 'mine')} and q.state = 'waiting-for-information') as "toAnswer"`
  return row!
}

function belongs(caller: Caller, list: RequestList): Prisma.Sql {
  const mine = Prisma.sql`(q.requested_by_kind = ${caller.kind} and q.requested_by_id = ${caller.id})`
  if (list === 'mine') return mine
  const isOpen = Prisma.sql`q.state in ('queued', 'in-review', 'waiting-for-information')`
  const state = list === 'to_decide' ? Prisma.sql`${isOpen} and not ${mine}` : Prisma.sql`not ${isOpen}`
  return Prisma.sql`${withinReach(caller, 'l')} and ${state}`
}

function requests(db: Statements, which: Prisma.Sql): Promise<RequestRow[]> {
  return db.$queryRaw<RequestRow[]>`
    select q.id::text as id, q.lineage_id::text as "lineageId", l.type, l.pre_enrollment_code as "preEnrollmentCode",
           l.program_id as "programId", l.dose, l.facility_code as "facilityCode", f.name as "facilityName",
           q.certificate_id as "certificateId", newest.certificate_id as newest, q.item, base.request as base, q.form,
           q.reasons, q.reason, q.state, q.conflict, q.channel::text as channel,
           q.requested_by_kind as "requestedByKind", q.requested_by_id as "requestedById",
           q.requested_by_name as "requestedByName", q.requested_at as "requestedAt", q.changed_at as "changedAt",
           q.decided_by_id as "decidedById", q.decided_by_name as "decidedByName", q.decided_at as "decidedAt",
           q.transaction_id::text as "transactionId", t.certificate_id as "newCertificateId", t.state::text as "transactionState",
           t.failure_code as "failureCode", t.failure_message as "failureMessage", q.extra_update as "extraUpdate"
    from change_request q
    join lineage l on l.id = q.lineage_id
    join facility f on f.code = l.facility_code
    join transaction base on base.certificate_id = q.certificate_id
    left join transaction t on t.id = q.transaction_id
    left join lateral (
      select n.certificate_id from transaction n where n.lineage_id = l.id and n.state <> 'failed'
      order by n.sequence desc limit 1) newest on true
    where not l.sandbox and ${which}`
}

export interface MessageRow {
  kind: MessageKind
  byId: string
  byName: string
  text: string
  at: Date
}

/** What was said in a request, the oldest first. */
export function messagesOf(db: Statements, requestId: string): Promise<MessageRow[]> {
  return db.$queryRaw<MessageRow[]>`
    select kind, by_id as "byId", by_name as "byName", text, at from change_request_message
    where request_id = ${requestId}::uuid order by id`
}

/** Writes what somebody said. */
export async function writeMessage(
  db: Statements,
  requestId: string,
  said: { kind: MessageKind; text: string; by: { id: string; name: string } },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    insert into change_request_message (request_id, kind, by_id, by_name, text, at)
    values (${requestId}::uuid, ${said.kind}, ${said.by.id}, ${said.by.name}, ${said.text}, ${at})`
}

/** A request that goes on between the two people. `conflict`: why it cannot be accepted as it is. */
export async function writeState(
  db: Statements,
  id: string,
  state: 'in-review' | 'waiting-for-information',
  at: Date,
  conflict: string | null = null,
): Promise<void> {
  await db.$executeRaw`
    update change_request set state = ${state}, conflict = coalesce(${conflict}, conflict), changed_at = ${at}
    where id = ${id}::uuid`
}

/** The end of a request; for an accepted one also what it became. */
export async function writeEnd(
  db: Statements,
  id: string,
  end: { state: 'accepted' | 'denied' | 'requester-cancelled'; transactionId?: string; extraUpdate?: boolean },
  by: { id: string; name: string },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update change_request
    set state = ${end.state}, transaction_id = ${end.transactionId ?? null}::uuid,
        extra_update = ${end.extraUpdate ?? false}, decided_by_id = ${by.id}, decided_by_name = ${by.name},
        decided_at = ${at}, changed_at = ${at}
    where id = ${id}::uuid`
}
