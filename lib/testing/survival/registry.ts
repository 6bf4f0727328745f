/** What has to be true of a registry after whatever happened to it. */
import type { Database } from '@/lib/db'

/** Ways in which a registry can be half done, in words, with how many of each; every number has to be 0. */
export async function halfDone(db: Database): Promise<Record<string, number>> {
  const [row] = await db.$queryRaw<Record<string, number>[]>`
    select
      (select count(*)::int from transaction t where t.state = 'issued'
         and (select count(*) from certificate c where c.transaction_id = t.id) <> 1) as "issued, without one certificate",
      (select count(*)::int from certificate c left join transaction t on t.id = c.transaction_id
         where t.state is distinct from 'issued') as "certificates that nobody asked for",
      (select count(*)::int from lineage l where not exists (select 1 from transaction t where t.lineage_id = l.id)
         and l.reserved_for is null) as "lineages without a request",
      (select count(*)::int from (
         select lineage_id from certificate where state = 'current' group by 1 having count(*) > 1) twice)
        as "lineages with two current certificates",
      (select count(*)::int from lineage l where l.head_certificate_id is not null
         and l.head_revision <> (select max(c.revision) from certificate c where c.lineage_id = l.id))
        as "heads behind their lineage",
      (select count(*)::int from certificate c join certificate p on p.certificate_id = c.predecessor_id
         where p.state in ('current', 'suspended')) as "predecessors still valid",
      (select count(*)::int from certificate c where c.predecessor_id is not null and not exists (
         select 1 from status_entry s where s.certificate_id = c.predecessor_id and s.successor_id = c.certificate_id))
        as "predecessors without a status entry",
      (select count(*)::int from certificate c join certificate p on p.certificate_id = c.predecessor_id
         where c.issued_at < p.issued_at) as "certificates older than what they replace",
      (select count(*)::int from certificate c where not exists (
         select 1 from audit_event e where e.certificate_id = c.certificate_id and e.action like '%.issued'))
        as "certificates that the log does not know",
      (select count(*)::int from idempotency_key where answer is null) as "keys without an answer"`
  return row!
}

/** What `halfDone` says of a registry that is whole. */
export const NOTHING = {
  'issued, without one certificate': 0,
  'certificates that nobody asked for': 0,
  'lineages without a request': 0,
  'lineages with two current certificates': 0,
  'heads behind their lineage': 0,
  'predecessors still valid': 0,
  'predecessors without a status entry': 0,
  'certificates older than what they replace': 0,
  'certificates that the log does not know': 0,
  'keys without an answer': 0,
}

export const waiting = (db: Database) => db.transaction.count({ where: { state: 'pending' } })
