/** The SQL of what the log says of signing keys. */
import type { Database } from '@/lib/db'

/** "errata keys" as a number: one worker at a time compares the keys with the log. */
const KEYS_LOCK = 7_263_548_125

export interface KeyUse {
  /** Thumbprint. */
  key: string
  type: string
  /** As in the action: key.signs, key.next, key.former, key.withdrawn. */
  use: 'signs' | 'next' | 'former' | 'withdrawn'
}

/** Writes a line for every key whose use is not what the log said last of it. Returns how many. */
export function writeKeyUses(db: Database, uses: KeyUse[], at: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${KEYS_LOCK}::bigint)`
    return tx.$executeRaw`
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      select ${at}, 'key.' || u.use, 'system', 'worker', 'Worker',
             jsonb_build_object('key', u.key, 'type', u.type, 'use', u.use)
      from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) as u(key text, type text, use text)
      left join lateral (
        select e.detail ->> 'use' as use from audit_event e
        where e.action like 'key.%' and e.detail ->> 'key' = u.key order by e.id desc limit 1) said on true
      where said.use is distinct from u.use`
  })
}
