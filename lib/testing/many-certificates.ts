/** Many certificates at once, as copies of an issued one: made by the database, because signing thousands takes minutes. */
import type { Statements } from '@/lib/db'

const AT_ONCE = 5000

/**
 * Copies the lineage of a certificate `n` times: each with a code (`prefix` and a number), a number and a vaccination of its
 * own. The credentials are those of the original: enough for everything that does not look into them.
 */
export async function copyCertificate(
  db: Statements,
  certificateId: string,
  n: number,
  {
    prefix,
    facilityCode = null,
    vaccination = {},
  }: { prefix: string; facilityCode?: string | null; vaccination?: Record<string, unknown> },
): Promise<void> {
  for (let from = 0; from < n; from += AT_ONCE) {
    await db.$executeRaw`
      with numbers as materialized (
        select ${prefix}::text || g as code, gen_random_uuid() as lineage_id, gen_random_uuid() as transaction_id,
               ((('x' || substr(md5(${prefix}::text), 1, 7))::bit(28)::bigint % 900000 + 100000) * 1000000 + g)::text as certificate_id
        from generate_series(${from + 1}::int, ${Math.min(n, from + AT_ONCE)}::int) g),
      source as materialized (
        select l, t, c from certificate c join transaction t on t.id = c.transaction_id join lineage l on l.id = c.lineage_id
        where c.certificate_id = ${certificateId}),
      lineages as (
        insert into lineage
        select (jsonb_populate_record(s.l, jsonb_strip_nulls(jsonb_build_object('id', m.lineage_id, 'pre_enrollment_code', m.code,
          'head_certificate_id', m.certificate_id, 'facility_code', ${facilityCode}::text)))).*
        from source s, numbers m),
      transactions as (
        insert into transaction
        select (jsonb_populate_record(s.t, jsonb_build_object('id', m.transaction_id, 'lineage_id', m.lineage_id,
          'certificate_id', m.certificate_id, 'content_hash', m.certificate_id,
          'request', (s.t).request || jsonb_build_object('preEnrollmentCode', m.code,
            'vaccination', (s.t).request->'vaccination' || ${JSON.stringify(vaccination)}::jsonb)))).*
        from source s, numbers m)
      insert into certificate
      select (jsonb_populate_record(s.c, jsonb_build_object('certificate_id', m.certificate_id, 'lineage_id', m.lineage_id,
        'transaction_id', m.transaction_id, 'status_list_id', null, 'status_index', null, 'credential2', null))).*
      from source s, numbers m`
  }
}
