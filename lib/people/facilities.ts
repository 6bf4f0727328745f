/** Facilities, for administrators: which there are, what they are called, and which are closed. */
import { endSessionsAt } from '@/lib/auth/sessions'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { reachesFacility } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { FacilityView } from './answers'
import {
  codeTaken,
  facilityByCode,
  facilityPage,
  insertFacility,
  PAGE,
  replaceAliases,
  takenName,
  updateFacility,
  type FacilityRow,
} from './store-facilities'
import { operatorById } from './store-operators'
import { differences, nameTaken, requireAdministrator, writeAudit, writingPeople } from './store-writing'

/** Owns what no facility owns. */
const UNASSIGNED = 'unassigned'

/** A page of facilities, by code: for who is no administrator those within reach. */
export async function listFacilities(context: Context, caller: Caller, { q = '', after = '' }) {
  const reach = has(caller, 'administrator') ? { facilities: null } : caller
  const rows = await facilityPage(context.db, reach, q.trim(), after)
  const page = rows.slice(0, PAGE)
  return { facilities: page.map(viewOf), next: rows.length > PAGE ? page.at(-1)!.code : null }
}

/** One facility. Refusal: NOT_FOUND. */
export async function oneFacility(context: Context, code: string): Promise<FacilityView> {
  return viewOf(await found(context.db, code))
}

/** Adds a facility. Refusal: NAME_TAKEN naming the field. */
export async function addFacility(
  context: Context,
  caller: Caller,
  { code, name, district, aliases }: { code: string; name: string; district: string | null; aliases: string[] },
): Promise<FacilityView> {
  return writingPeople(context, async (db) => {
    if (await codeTaken(db, code)) throw nameTaken('code', 'There is a facility with this code already.')
    const others = otherNames(name, aliases)
    await requireFree(db, code, name, others)
    await insertFacility(db, { code, name, district, createdAt: context.now() })
    await replaceAliases(db, code, others)
    const detail = { code, name, district, aliases: others }
    await writeAudit(db, caller, context.now(), { action: 'facility.added', detail })
    return viewOf(await found(db, code))
  })
}

/**
 * Changes what is given and leaves the rest. While a facility is disabled its operators cannot sign in and its clients
 * are refused, and sessions end for good; its certificates stay as they are, and operators of all facilities still see and correct them.
 * Refusals: NOT_FOUND, NOT_ALLOWED (the built-in one, one that would come within the own reach), NAME_TAKEN,
 * LAST_ADMINISTRATOR.
 */
export async function changeFacility(
  context: Context,
  caller: Caller,
  code: string,
  given: { name?: string; district?: string | null; disabled?: boolean; aliases?: string[] },
): Promise<FacilityView> {
  if (code === UNASSIGNED) throw new Refusal('NOT_ALLOWED', 'This one belongs to Errata and stays as it is.')
  return writingPeople(context, async (db) => {
    const before = await found(db, code)
    const { name = before.name, district, disabled } = given
    const aliases = otherNames(name, given.aliases ?? before.aliases)
    const changes = differences({ ...before }, { name, district, disabled, aliases })
    if (Object.keys(changes).length === 0) return viewOf(before)
    if ('district' in changes && district) await requireOtherReach(db, caller, code, district)
    if ('name' in changes || 'aliases' in changes) await requireFree(db, code, name, aliases)
    await updateFacility(db, code, { name, district, disabled })
    await replaceAliases(db, code, aliases)
    if ('disabled' in changes) await endSessionsAt(db, code, context.now())
    await requireAdministrator(db)
    await writeAudit(db, caller, context.now(), { action: 'facility.changed', detail: { code, changes } })
    return viewOf(await found(db, code))
  })
}

/** Nobody brings a facility within the own reach. Refusal: NOT_ALLOWED. */
async function requireOtherReach(db: Statements, caller: Caller, code: string, district: string): Promise<void> {
  if (reachesFacility(caller, code)) return
  const own = await operatorById(db, caller.id)
  if (own?.district !== district) return
  throw new Refusal('NOT_ALLOWED', 'This is your own district. Another administrator adds a facility to it.')
}

async function found(db: Statements, code: string): Promise<FacilityRow> {
  const row = await facilityByCode(db, code)
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such facility.')
  return row
}

/** A name that means two facilities would give one's certificates to the other. */
async function requireFree(db: Statements, code: string, name: string, aliases: string[]): Promise<void> {
  const taken = await takenName(db, [name, ...aliases], code)
  if (!taken) return
  const message = `"${taken.name}" means facility ${taken.by} already.`
  throw nameTaken(taken.name === name ? 'name' : 'aliases', message)
}

/** In the order of the alphabet, each once, without the facility's own name. */
function otherNames(name: string, aliases: string[]): string[] {
  return [...new Set(aliases)].filter((alias) => alias !== name).sort()
}

function viewOf(row: FacilityRow): FacilityView {
  return { ...row, builtIn: row.code === UNASSIGNED }
}
