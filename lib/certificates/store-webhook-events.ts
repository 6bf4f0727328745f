/** The SQL that tells source systems: one row for each webhook and event, in the transaction that it tells of. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { clientReaches } from './reach'
import { json } from './store'

/** Tells of transactions that were issued or failed. Nothing personal is in a message: whoever wants more asks with a token. */
export async function tellOfTransactions(db: Statements, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tell(
    db,
    Prisma.sql`
      select l.id as lineage_id, t.sequence as turn,
             case when t.state = 'failed' then 'certificate.failed'
                  when c.predecessor_id is null then 'certificate.issued' else 'certificate.updated' end as type,
             jsonb_build_object('transactionId', t.id, 'certificateId', c.certificate_id,
               'previousCertificateId', c.predecessor_id, 'entityType', l.type,
               'status', case when t.state = 'failed' then 'UNSUCCESSFUL' else 'SUCCESSFUL' end)
               || case when t.state = 'failed' then jsonb_build_object('code', t.failure_code) else '{}' end as data
      from transaction t join lineage l on l.id = t.lineage_id left join certificate c on c.transaction_id = t.id
      where t.id = any(${ids}::uuid[]) and t.state <> 'pending'`,
    at,
  )
}

/** What became of a certificate without a new one. */
export interface StatusToTell {
  certificateId: string
  state: 'current' | 'revoked' | 'suspended'
  /** When a suspension ends by itself. */
  until: Date | null
}

/** Tells that certificates were revoked or suspended, or are valid again. */
export async function tellOfStatuses(db: Statements, statuses: StatusToTell[], at: Date): Promise<void> {
  if (statuses.length === 0) return
  const rows = statuses.map(({ certificateId, state, until }) => ({ certificateId, state, until }))
  await tell(
    db,
    Prisma.sql`
      select l.id as lineage_id, c.revision as turn,
             'certificate.' || case g.state when 'current' then 'lifted' else g.state end as type,
             jsonb_build_object('transactionId', c.transaction_id, 'certificateId', c.certificate_id,
               'previousCertificateId', c.predecessor_id, 'entityType', l.type, 'status', upper(g.state))
               || case when g.state = 'suspended' then jsonb_build_object('until', g.until) else '{}' end as data
      from jsonb_to_recordset(${json(rows)}::jsonb) as g("certificateId" text, state text, until text)
      join certificate c on c.certificate_id = g."certificateId" join lineage l on l.id = c.lineage_id`,
    at,
  )
}

/** Who is told: those who reach the certificate, and a sandbox of its own certificates alone. */
async function tell(db: Statements, events: Prisma.Sql, at: Date): Promise<void> {
  // Most installations have no webhooks, and the statement below costs as much as writing the certificates.
  const anyone = await db.$queryRaw<unknown[]>`select 1 from webhook where not disabled limit 1`
  if (anyone.length === 0) return
  await db.$executeRaw`
    insert into webhook_delivery (webhook_id, type, data, at, next_attempt_at)
    select w.id, e.type, e.data, ${at}, least(${at}, now())
    from webhook w
    join api_client a on a.id = w.client_id and not a.disabled
    join (${events}) e on e.type = any(w.events)
    join lineage l on l.id = e.lineage_id and l.sandbox = a.sandbox and ${clientReaches('a', 'l')}
    where not w.disabled
    order by e.lineage_id, e.turn`
}
