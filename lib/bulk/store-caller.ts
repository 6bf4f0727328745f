/** Whoever began a run, as they are now: what they may do is read again from the database when their rows are done. */
import { facilitiesOf } from '@/lib/auth/facilities'
import { dealsWithRecords, rolesIn } from '@/lib/auth/roles'
import { scopesIn } from '@/lib/auth/scopes'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import type { Database } from '@/lib/db'
import type { RunRecord } from './store'

/**
 * The caller of a run, who was authenticated when it began; null when that one may not act any more. A bad row holds up no
 * other.
 */
export async function callerOfRun(db: Database, run: RunRecord): Promise<Caller | null> {
  if (run.byKind === 'operator') return personNow(db, run.byId, run.kind === 'certify' ? 'supervisor' : 'any')
  const client = await db.apiClient.findUnique({ where: { id: run.byId }, include: { facility: true } })
  const common = { kind: 'client' as const, id: run.byId, batch: 'each' as const, channel: 'api' as const, roles: [] }
  // A token of the sign-in service: nothing here knows whom it is for but the run.
  if (!client) return provenCaller({ ...common, name: run.byName, ...run.byReach })
  const needs = run.kind === 'certify' ? 'certify' : 'update'
  if (client.disabled || client.facility?.disabled || !scopesIn(client.scopes).includes(needs)) return null
  return provenCaller({
    ...common,
    name: client.name,
    facilityCode: client.facilityCode,
    facilities: await facilitiesOf(db, client),
    programs: client.programs.length === 0 ? null : client.programs,
    sandbox: client.sandbox,
  })
}

/** A person as they are now; null when disabled, or without the role that it takes: any that deals with records, or a supervisor's. */
export async function personNow(db: Database, id: string, needs: 'any' | 'supervisor'): Promise<Caller | null> {
  const row = await db.operator.findUnique({ where: { id }, include: { facility: true } })
  const roles = rolesIn(row?.roles ?? [])
  if (!row || row.disabled || row.facility?.disabled || !dealsWithRecords(roles)) return null
  if (needs === 'supervisor' && !roles.includes('supervisor')) return null
  return provenCaller({
    kind: 'operator',
    id: row.id,
    name: row.name,
    facilityCode: row.facilityCode,
    facilities: await facilitiesOf(db, row),
    programs: null,
    batch: 'each',
    channel: 'screen',
    roles,
    sandbox: false,
  })
}
