/** The SQL of the VC API: where the status of issued credentials stands, and what a place in our lists says now. */
import { stateAt } from '@/lib/certificates/store-effective'
import type { Place } from '@/lib/certificates/store-places'
import type { Statements } from '@/lib/db'

/** What can be set; both are published apart from each other. */
export type SettablePurpose = 'revocation' | 'suspension'

/** Writes a credential that was issued, and that it was. */
export async function insertCredential(
  db: Statements,
  row: { id: string; credentialId: string; clientId: string; clientName: string; place: Place; at: Date },
): Promise<void> {
  await db.$executeRaw`
    with issued as (
      insert into vc_credential (id, credential_id, client_id, status_list_id, status_index, issued_at)
      values (${row.id}::uuid, ${row.credentialId}, ${row.clientId}::uuid, ${row.place.listId}::int,
              ${row.place.index}::int, ${row.at})
      returning id, status_list_id, status_index)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${row.at}, 'vc_credential.issued', 'client', ${row.clientId}, ${row.clientName}, null, null,
           jsonb_build_object('id', id, 'list', status_list_id, 'place', status_index)
    from issued`
}

/** Whether this client had a credential of that id issued. */
export async function isIssued(db: Statements, clientId: string, credentialId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from vc_credential where client_id = ${clientId}::uuid and credential_id = ${credentialId}`
  return rows.length > 0
}

/** Sets or takes back a status of all credentials of that id, with rows in the audit. False when this client has none. Revoked stays revoked. */
export async function writeStatus(
  db: Statements,
  change: { clientId: string; clientName: string; credentialId: string; purpose: SettablePurpose; value: boolean },
  at: Date,
): Promise<boolean> {
  const { clientId, clientName, credentialId, purpose, value } = change
  const revokes = purpose === 'revocation'
  const rows = await db.$queryRaw<unknown[]>`
    with changed as (
      update vc_credential
      set revoked = case when ${revokes} then ${value} else revoked end,
          suspended = case when ${revokes} then suspended else ${value} end,
          changes = changes + 1, changed_at = ${at}
      where client_id = ${clientId}::uuid and credential_id = ${credentialId} and not (revoked and ${revokes} and not ${value})
      returning id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'vc_credential.status', 'client', ${clientId}, ${clientName}, null, null,
           jsonb_build_object('id', id, 'purpose', ${purpose}::text, 'value', ${value}::boolean)
    from changed returning 1`
  return rows.length > 0
}

/** What stands at a place of our lists now: a certificate's effective state, or that of a credential of the VC API; null when nothing does. */
export async function stateAtPlace(
  db: Statements,
  place: Place,
  at: Date,
): Promise<'current' | 'superseded' | 'revoked' | 'suspended' | null> {
  const rows = await db.$queryRaw<{ state: 'current' | 'superseded' | 'revoked' | 'suspended' }[]>`
    select ${stateAt('c', at)} as state from certificate c
    where c.status_list_id = ${place.listId}::int and c.status_index = ${place.index}::int
    union all
    select case when v.revoked then 'revoked' when v.suspended then 'suspended' else 'current' end
    from vc_credential v
    where v.status_list_id = ${place.listId}::int and v.status_index = ${place.index}::int`
  return rows[0]?.state ?? null
}
