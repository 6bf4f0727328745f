/** Invariants of what happens beside single requests (recalls, re-issues, files, messages to source systems): queries that find what breaks them, written without the product's SQL. */
import type { TableCheck } from './tables'

/** The record that a certificate was made from says the batch. */
const BATCH = `t.request->'vaccination'->>'batch'`

export const BESIDES: TableCheck[] = [
  {
    invariant: 'what a recall is about is revoked by it, once, and nothing else is',
    sql: `with found as (
            select c.certificate_id, c.state, n.certificate_id is not null as replaced, r.id as recall,
                   (select count(*)::int from status_entry s where s.certificate_id = c.certificate_id
                    and s.state = 'revoked' and s.reason->>'cause' = 'recall') as revocations
            from certificate c join transaction t on t.id = c.transaction_id
            left join certificate n on n.predecessor_id = c.certificate_id
            left join recall r on r.action = 'revoke' and r.decided_at is not null and r.criteria->>'batch' = ${BATCH})
          select * from found
          where revocations <> (recall is not null and not replaced)::int or (revocations = 1 and state <> 'revoked')`,
  },
  {
    invariant: 'every row of a confirmed recall has its end',
    sql: `select w.recall_id, w.certificate_id, w.state, r.state as recall from recall_row w join recall r on r.id = w.recall_id
          where r.decided_at is not null and (r.state <> 'done' or w.at is null
            or w.state not in ('done', 'refused') or (w.state = 'refused' and w.code is null)
            or (w.state = 'done') <> exists (
              select 1 from certificate c where c.certificate_id = coalesce(w.followed_id, w.certificate_id) and c.state = 'revoked'))`,
  },
  {
    invariant: 'a re-issue makes each chosen certificate anew once, with the same content, or says why not',
    sql: `select coalesce(w.certificate_id, t.certificate_id) as certificate_id, w.state, w.code, t.state as made
          from reissue_row w full join (select * from transaction where kind = 'reissue') t on t.id = w.transaction_id
          left join certificate c on c.transaction_id = t.id
          left join certificate p on p.certificate_id = w.certificate_id left join transaction b on b.id = p.transaction_id
          where w.certificate_id is null or w.state not in ('done', 'skipped', 'failed')
            or (w.state <> 'done' and w.code is null) or (w.state = 'done') <> (c.certificate_id is not null)
            or (w.state = 'done' and (c.predecessor_id is distinct from w.certificate_id or t.request is distinct from b.request))`,
  },
  {
    invariant: 'every row of a file that was run is done once, as it says, or refused with a reason',
    sql: `select w.run_id, w.row, w.state, r.state as run, t.state as request from bulk_row w
          join bulk_run r on r.id = w.run_id left join transaction t on t.id = w.transaction_id
          where r.started_at is not null and (r.state <> 'done' or w.state not in ('done', 'refused', 'unchanged')
            or (w.state = 'done' and (t.id is null or t.state = 'failed'
                or ${BATCH} is distinct from w.cells->>'vaccinationBatch'
                or (select count(*) from bulk_row o where o.transaction_id = w.transaction_id) <> 1))
            or (w.state = 'refused' and w.problems = '[]'))`,
  },
  {
    invariant: 'a source system is told of the end of every request, and of every change of validity, once',
    sql: `with wanted as (
            select case when t.state = 'failed' then 'certificate.failed' when c.predecessor_id is null then 'certificate.issued'
                        else 'certificate.updated' end as type, t.id::text as about, 1 as n
            from transaction t left join certificate c on c.transaction_id = t.id where t.state <> 'pending'
            union all
            select 'certificate.' || case state when 'current' then 'lifted' else state::text end, certificate_id, count(*)::int
            from status_entry where state <> 'superseded' group by 1, 2),
          written as (
            select webhook_id, type, case when type in ('certificate.failed', 'certificate.issued', 'certificate.updated')
                     then data->>'transactionId' else data->>'certificateId' end as about, count(*)::int as n
            from webhook_delivery group by 1, 2, 3)
          select h.id, coalesce(w.type, d.type) as type, coalesce(w.about, d.about) as about, w.n, d.n as written
          from webhook h cross join wanted w
          full join written d on d.webhook_id = h.id and d.type = w.type and d.about = w.about
          where w.n is distinct from d.n`,
  },
]
