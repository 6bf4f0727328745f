/** The SQL behind the answer to verifiers: by number alone, and nothing about a person. */
import type { Statements } from '@/lib/db'
import { causeAt, sinceAt, stateAt, untilAt } from './store-effective'

export interface StatusRow {
  certificateId: string
  state: 'current' | 'superseded' | 'revoked' | 'suspended'
  /** When it came into this state. */
  since: Date
  /** When a suspension ends. */
  until: Date | null
  /** Why it is revoked or suspended. */
  cause: 'error' | 'fraud' | 'recall' | 'other' | null
  /** null for one that was replaced or revoked elsewhere and never came to this registry. */
  credentialHash: string | null
}

/** The status of a real certificate at an instant, null when there is none of this number. Those of the sandbox are none. */
export async function statusOf(db: Statements, certificateId: string, at: Date): Promise<StatusRow | null> {
  const rows = await db.$queryRaw<StatusRow[]>`
    select c.certificate_id as "certificateId", ${stateAt('c', at)} as state, ${sinceAt('c', at)} as since,
           ${untilAt('c', at)} as until, ${causeAt('c', at)} as cause,
           c.credential_hash as "credentialHash"
    from certificate c
    join lineage l on l.id = c.lineage_id
    where c.certificate_id = ${certificateId} and not l.sandbox
    union all
    select r.certificate_id, case when r.successor_id is null then 'revoked' else 'superseded' end, r.at, null, null, null
    from imported_revocation r where r.certificate_id = ${certificateId}`
  return rows[0] ?? null
}
