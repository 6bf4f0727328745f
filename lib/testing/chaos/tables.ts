/** Invariants that the tables have to keep by themselves: each is a query that finds what breaks it, written without the product's SQL. */
import type pg from 'pg'
import { BESIDES } from './besides'

/** What breaks an invariant. */
export interface Violation {
  invariant: string
  rows: unknown[]
}

export interface TableCheck {
  invariant: string
  /** Finds what breaks it: no row = it holds. $1 is the limit of updates, $2 whether there are brokers. */
  sql: string
}

const MOST_ROWS = 20

export const TABLE_CHECKS: TableCheck[] = [
  {
    invariant: 'an issued request has the one certificate that it was promised',
    sql: `select t.id, t.certificate_id, c.certificate_id as found from transaction t
          left join certificate c on c.transaction_id = t.id
          where t.state = 'issued'
            and (c.certificate_id is distinct from t.certificate_id or c.lineage_id is distinct from t.lineage_id)`,
  },
  {
    invariant: 'no certificate without an issued request',
    sql: `select c.certificate_id, t.state from certificate c left join transaction t on t.id = c.transaction_id
          where t.state is distinct from 'issued'`,
  },
  {
    invariant: 'nothing is left on its way',
    sql: `select id, attempts, last_error from transaction where state = 'pending'`,
  },
  {
    invariant: 'a failed request says why',
    sql: `select id from transaction
          where state = 'failed' and (failure_code is null or failure_message is null or finished_at is null)`,
  },
  {
    invariant: 'a lineage that was not revoked has one current certificate, which is its head',
    sql: `select l.id, l.head_certificate_id, s.standing from lineage l
          join lateral (select array_agg(c.certificate_id) filter (where c.state in ('current', 'suspended')) as standing
                        from certificate c where c.lineage_id = l.id having count(*) > 0) s on true
          where l.open and s.standing is distinct from array[l.head_certificate_id]`,
  },
  {
    invariant: 'a revoked lineage has no current certificate',
    sql: `select l.id, c.certificate_id from lineage l join certificate c on c.lineage_id = l.id
          where not l.open and c.state in ('current', 'suspended')`,
  },
  {
    invariant: 'a key has one open lineage',
    sql: `select type, pre_enrollment_code, program_id, dose from lineage where open
          group by type, pre_enrollment_code, program_id, dose, sandbox having count(*) > 1`,
  },
  {
    invariant: 'the limit of updates is never exceeded',
    sql: `select l.id, count(*)::int as updates from transaction t join lineage l on l.id = t.lineage_id
          where t.kind = 'update' and t.state <> 'failed'
          group by l.id having count(*) > $1::int + l.extra_updates`,
  },
  {
    invariant: 'revisions count from 0 without a gap, up to the head',
    sql: `select l.id, array_agg(c.revision order by c.revision) as revisions, l.head_revision
          from lineage l join certificate c on c.lineage_id = l.id
          group by l.id having min(c.revision) <> 0 or max(c.revision) <> count(*) - 1 or max(c.revision) <> l.head_revision`,
  },
  {
    invariant: 'each certificate replaces the one before it',
    sql: `select c.certificate_id, c.revision, c.predecessor_id from certificate c
          left join certificate p on p.lineage_id = c.lineage_id and p.revision = c.revision - 1
          where c.predecessor_id is distinct from p.certificate_id`,
  },
  {
    invariant: 'certificates follow each other as their requests were accepted',
    sql: `select c.certificate_id from certificate c join transaction t on t.id = c.transaction_id
          join certificate p on p.certificate_id = c.predecessor_id join transaction b on b.id = p.transaction_id
          where t.sequence <= b.sequence`,
  },
  {
    invariant: 'no certificate is dated before the one that it replaces',
    sql: `select c.certificate_id, c.issued_at, p.issued_at as before from certificate c
          join certificate p on p.certificate_id = c.predecessor_id where c.issued_at < p.issued_at`,
  },
  {
    invariant: 'every predecessor is superseded, and nothing else is',
    sql: `select c.certificate_id, c.state from certificate c
          where (c.state = 'superseded') <> exists (select 1 from certificate n where n.predecessor_id = c.certificate_id)`,
  },
  {
    invariant: 'every predecessor has one entry that revokes it and names its successor',
    sql: `select p.certificate_id, n.certificate_id as successor from certificate n
          join certificate p on p.certificate_id = n.predecessor_id
          where (select array_agg(s.successor_id) from status_entry s
                 where s.certificate_id = p.certificate_id and s.state = 'superseded')
                is distinct from array[n.certificate_id]`,
  },
  {
    invariant: 'the state of a certificate is that of its last status entry',
    sql: `select c.certificate_id, c.state, e.state as entry from certificate c
          left join lateral (select s.state from status_entry s where s.certificate_id = c.certificate_id
                             order by s.id desc limit 1) e on true
          where c.state <> coalesce(e.state, 'current')`,
  },
  {
    invariant: 'requests of a lineage are numbered without a gap',
    sql: `select lineage_id, array_agg(sequence order by sequence) as numbers from transaction
          group by lineage_id having min(sequence) <> 0 or max(sequence) <> count(*) - 1 or count(*) <> count(distinct sequence)`,
  },
  {
    invariant: 'the audit log has each request accepted once, and its end once',
    sql: `with wanted as (
            select id::text, kind || '.accepted' as action from transaction where kind <> 'reissue'
            union all
            select id::text, kind || '.' || state from transaction where kind <> 'reissue' and state <> 'pending'),
          written as (
            select detail->>'transactionId' as id, action from audit_event
            where action ~ '^(certify|update)[.](accepted|issued|failed)$')
          select coalesce(w.id, e.id) as id, coalesce(w.action, e.action) as action, coalesce(e.n, 0) as written
          from wanted w full join (select id, action, count(*)::int as n from written group by 1, 2) e
            on e.id = w.id and e.action = w.action
          where w.id is null or e.n is distinct from 1`,
  },
  {
    invariant: 'the audit log has each change of validity',
    sql: `with wanted as (
            select certificate_id as id, case state when 'current' then 'lifted' else state::text end as change, count(*)::int as n
            from status_entry where state <> 'superseded' group by 1, 2),
          written as (
            select certificate_id as id, split_part(action, '.', 2) as change, count(*)::int as n from audit_event
            where action in ('certificate.revoked', 'certificate.suspended', 'certificate.lifted') group by 1, 2)
          select coalesce(w.id, e.id) as id, coalesce(w.change, e.change) as change, w.n, e.n as written
          from wanted w full join written e on e.id = w.id and e.change = w.change
          where w.n is distinct from e.n`,
  },
  {
    invariant: 'a kept key has its answer',
    sql: `select method, path, key from idempotency_key where method <> 'MESSAGE' and answer is null`,
  },
  {
    invariant: 'other systems are told once of every request, certificate and revocation',
    sql: `with wanted as (
            select 'certify' as topic, t.id::text as about from transaction t
            join lineage l on l.id = t.lineage_id
            where t.kind <> 'reissue' and t.caller_id <> 'certify topic' and l.type = 'VaccinationCertificate'
            union all
            select 'certified', c.certificate_id from certificate c join lineage l on l.id = c.lineage_id
            where l.type = 'VaccinationCertificate'
            union all
            select 'revoke_cert', certificate_id from status_entry where state = 'revoked'),
          written as (
            select topic, case topic when 'certify' then headers->>'errata-transaction'
                                     when 'certified' then payload->>'certificateId'
                                     else payload->'certificateBody'->>'certificateId' end as about
            from outbox where topic in ('certify', 'certified', 'revoke_cert'))
          select coalesce(w.topic, e.topic) as topic, coalesce(w.about, e.about) as about, coalesce(e.n, 0) as written
          from wanted w full join (select topic, about, count(*)::int as n from written group by 1, 2) e
            on e.topic = w.topic and e.about = w.about
          where $2::boolean and (w.about is null or e.n is distinct from 1)`,
  },
]

/** Everything that the tables break. */
export async function checkTables(client: pg.ClientBase, limit: number, brokers: boolean): Promise<Violation[]> {
  const broken: Violation[] = []
  for (const { invariant, sql } of [...TABLE_CHECKS, ...BESIDES])
    broken.push(...(await broke(client, invariant, sql, [limit, brokers])))
  return broken
}

async function broke(client: pg.ClientBase, invariant: string, sql: string, given: unknown[]): Promise<Violation[]> {
  // Named in every query: PostgreSQL wants to know the type of each parameter.
  const { rows } = await client.query(
    `select * from (${sql}) broken where $1::int is not null and $2::boolean is not null limit ${MOST_ROWS}`,
    given,
  )
  return rows.length === 0 ? [] : [{ invariant, rows }]
}
