/** The SQL of requests for a second person, as far as accepting writes it. What becomes of them: lib/approvals/store.ts. */
import type { Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { ApprovalReason } from './answers'
import type { KeptReason } from './record'
import type { Actor } from './store'

export interface NewRequest {
  id: string
  /** The items of the array that ask for it. */
  indexes: number[]
  lineageId: string
  /** The newest accepted certificate. */
  certificateId: string
  /** A request item, in the normal form that would be written. */
  item: Record<string, unknown>
  /** With which it was read, and is read again when it is approved; which one is issued follows from `formOf`. */
  form: Form
  contentHash: string
  reasons: ApprovalReason[]
  reason: KeptReason | null
}

/** Those of these lineages that wait; at most one each. */
export function openRequests(
  db: Statements,
  lineageIds: string[],
): Promise<{ id: string; lineageId: string; contentHash: string; requestedById: string }[]> {
  return db.$queryRaw`
    select id::text as id, lineage_id::text as "lineageId", content_hash as "contentHash",
           requested_by_id as "requestedById"
    from change_request
    where lineage_id = any(${lineageIds}::uuid[]) and state in ('queued', 'in-review', 'waiting-for-information')`
}

/** Writes requests with their audit lines, and what their author says to the supervisor. */
export async function insertRequests(
  db: Statements,
  requests: NewRequest[],
  by: Actor & { channel: 'api' | 'screen' },
  at: Date,
  note = '',
): Promise<void> {
  if (requests.length === 0) return
  await db.$executeRaw`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r(
        id uuid, "lineageId" uuid, "certificateId" text, item jsonb, form text, "contentHash" text, reasons jsonb, reason jsonb)),
    written as (
      insert into change_request (id, lineage_id, certificate_id, item, form, content_hash, reasons, reason, channel,
        requested_by_kind, requested_by_id, requested_by_name, requested_at, changed_at)
      select id, "lineageId", "certificateId", item, form, "contentHash",
        array(select jsonb_array_elements_text(reasons)), nullif(reason, 'null'::jsonb), ${by.channel}::channel,
        ${by.kind}, ${by.id}, ${by.name}, ${at}, ${at}
      from given
      returning id, lineage_id, certificate_id, reasons),
    said as (
      insert into change_request_message (request_id, kind, by_id, by_name, text, at)
      select id, 'note', ${by.id}, ${by.name}, ${note}, ${at} from written where ${note}::text <> '')
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'approval.requested', ${by.kind}, ${by.id}, ${by.name}, lineage_id, certificate_id,
           jsonb_build_object('requestId', id, 'reasons', reasons)
    from written`
}

/** Statement that takes back the updates beyond the limit that were granted for ended transactions (`ended`: their ids). */
export function grantsTakenBack(ended: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    update lineage l set extra_updates = l.extra_updates - granted.updates
    from (select lineage_id, count(*)::int as updates from change_request
          where extra_update and transaction_id in (${ended}) group by lineage_id) granted
    where l.id = granted.lineage_id`
}

/** Sets how many updates beyond the limit a lineage has. Under its lock. */
export async function grantUpdates(db: Statements, lineageId: string, extraUpdates: number): Promise<void> {
  await db.$executeRaw`update lineage set extra_updates = ${extraUpdates} where id = ${lineageId}::uuid`
}
