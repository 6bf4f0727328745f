/** The SQL behind the answer to verifiers: by number alone, and nothing about a person. */
import type { Statements } from '@/lib/db'

export interface StatusRow {
  certificateId: string
  state: 'current' | 'superseded' | 'revoked' | 'suspended'
  /** When it came into this state. */
  since: Date
  /** When a suspension ends. */
  until: Date | null
  credentialHash: string
}

/** The status of a real certificate, null when there is none of this number. Those of the sandbox are none. */
export async function statusOf(db: Statements, certificateId: string): Promise<StatusRow | null> {
  const rows = await db.$queryRaw<StatusRow[]>`
    select c.certificate_id as "certificateId", c.state::text as state, coalesce(s.at, c.issued_at) as since,
           case when c.state = 'suspended' then s.until end as until, c.credential_hash as "credentialHash"
    from certificate c
    join lineage l on l.id = c.lineage_id
    left join lateral (
      select at, until from status_entry s where s.certificate_id = c.certificate_id order by s.id desc limit 1) s on true
    where c.certificate_id = ${certificateId} and not l.sandbox`
  return rows[0] ?? null
}
