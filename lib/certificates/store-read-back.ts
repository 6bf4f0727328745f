/** The SQL of reading back what issuing just wrote, in the same transaction and with the rules of every other read. */
import type { Statements } from '@/lib/db'
import { stateAt } from './store-effective'

/** A certificate as it is stored, and what has become of the one that it replaces. */
export interface ReadBackRow {
  transactionId: string
  credential: string
  credentialHash: string
  credential2: string | null
  state: string
  isHead: boolean
  predecessorId: string | null
  predecessorState: string | null
  /** What the last status entry of the predecessor says. */
  predecessorEntry: { state: string; successorId: string | null } | null
  certificateId: string
}

/** All of them in one statement. */
export async function writtenCertificates(db: Statements, transactionIds: string[], at: Date): Promise<ReadBackRow[]> {
  return db.$queryRaw<ReadBackRow[]>`
    select c.transaction_id as "transactionId", c.certificate_id as "certificateId", c.credential,
           c.credential_hash as "credentialHash", c.credential2, ${stateAt('c', at)} as state,
           l.head_certificate_id = c.certificate_id as "isHead",
           c.predecessor_id as "predecessorId", ${stateAt('head', at)} as "predecessorState",
           (select jsonb_build_object('state', s.state, 'successorId', s.successor_id) from status_entry s
            where s.certificate_id = c.predecessor_id order by s.id desc limit 1) as "predecessorEntry"
    from certificate c
    join lineage l on l.id = c.lineage_id
    left join certificate head on head.certificate_id = c.predecessor_id
    where c.transaction_id = any(${transactionIds}::uuid[])`
}
