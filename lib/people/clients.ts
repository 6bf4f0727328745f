/** Source systems, for administrators: which there are, what they may do, and their tokens. */
import { scopesIn } from '@/lib/auth/scopes'
import { hashToken, makeToken } from '@/lib/auth/tokens'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { ClientView } from './answers'
import { facilityOf } from './operators'
import {
  clientById,
  clientNameTaken,
  clientPage,
  dropPreviousToken,
  insertClient,
  PAGE,
  replaceTokenHash,
  updateClient,
  type ClientFacts,
  type ClientRow,
} from './store-clients'
import { differences, nameTaken, requireFacility, writeAudit, writingPeople } from './store-writing'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR

/** A page of clients, by name. */
export async function listClients(context: Context, { q = '', after = '' }) {
  const rows = await clientPage(context.db, q.trim(), after)
  const page = rows.slice(0, PAGE)
  return { clients: page.map(viewOf), next: rows.length > PAGE ? page.at(-1)!.name : null }
}

/** One client. Refusal: NOT_FOUND. */
export async function oneClient(context: Context, id: string): Promise<ClientView> {
  return viewOf(await found(context.db, id))
}

/** Adds a client; its token is told this once. Refusals: NAME_TAKEN, VALIDATION_ERROR (no such facility). */
export async function addClient(
  context: Context,
  caller: Caller,
  { expiresInDays, ...given }: ClientFacts & { sandbox: boolean; expiresInDays: number | null },
) {
  const id = context.uuid()
  const tokenExpiresAt = hence(context, expiresInDays, DAY)
  const token = makeToken(context.random)
  const client = await writingPeople(context, async (db) => {
    await requireFacility(db, given.facilityCode)
    await requireFree(db, given.name, id)
    await insertClient(db, { ...given, id, tokenHash: hashToken(token), tokenExpiresAt, createdAt: context.now() })
    await writeAudit(db, caller, context.now(), { action: 'client.added', detail: { clientId: id, ...given } })
    return found(db, id)
  })
  return { client: viewOf(client), token }
}

/** Changes what is given and leaves the rest. Refusals: NOT_FOUND, NAME_TAKEN, VALIDATION_ERROR. */
export async function changeClient(
  context: Context,
  caller: Caller,
  id: string,
  given: Partial<ClientFacts & { disabled: boolean }>,
): Promise<ClientView> {
  return writingPeople(context, async (db) => {
    const before = await found(db, id)
    const changes = differences({ ...before }, given)
    if (Object.keys(changes).length === 0) return viewOf(before)
    if ('facilityCode' in changes) await requireFacility(db, given.facilityCode)
    if (given.name !== undefined) await requireFree(db, given.name, before.id)
    await updateClient(db, before.id, given)
    const detail = { clientId: before.id, name: before.name, changes }
    await writeAudit(db, caller, context.now(), { action: 'client.changed', detail })
    return viewOf(await found(db, before.id))
  })
}

/**
 * Gives a client a new token. The old one is refused from now on, or goes on for so many hours, so that a system can be
 * moved over; of the one before that nothing is left. Refusal: NOT_FOUND.
 */
export async function replaceToken(
  context: Context,
  caller: Caller,
  id: string,
  { overlapHours, expiresInDays }: { overlapHours: number; expiresInDays: number | null },
) {
  const token = makeToken(context.random)
  const expiresAt = hence(context, expiresInDays, DAY)
  const previousUntil = hence(context, overlapHours || null, HOUR)
  const client = await writingPeople(context, async (db) => {
    const before = await found(db, id)
    await replaceTokenHash(db, before.id, { hash: hashToken(token), expiresAt }, previousUntil)
    const detail = { clientId: before.id, name: before.name, overlapHours, expiresAt: expiresAt?.toISOString() ?? null }
    await writeAudit(db, caller, context.now(), { action: 'client.token_replaced', detail })
    return found(db, before.id)
  })
  return { client: viewOf(client), token }
}

/** Stops the token before the present one, before its time. Refusal: NOT_FOUND. */
export async function endPreviousToken(context: Context, caller: Caller, id: string): Promise<ClientView> {
  return writingPeople(context, async (db) => {
    const before = await found(db, id)
    if (before.previousTokenUntil === null) return viewOf(before)
    await dropPreviousToken(db, before.id)
    const detail = { clientId: before.id, name: before.name }
    await writeAudit(db, caller, context.now(), { action: 'client.previous_token_ended', detail })
    return viewOf(await found(db, before.id))
  })
}

/** So many hours or days from now; null = never. */
function hence({ now }: Context, count: number | null, unit: number): Date | null {
  return count === null ? null : new Date(now().getTime() + count * unit)
}

async function found(db: Statements, id: string): Promise<ClientRow> {
  const row = isUuid(id) ? await clientById(db, id) : null
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such client.')
  return row
}

async function requireFree(db: Statements, name: string, id: string): Promise<void> {
  if (await clientNameTaken(db, name, id)) throw nameTaken('name', 'There is a client with this name already.')
}

function viewOf(row: ClientRow): ClientView {
  const { id, name, district, programs, batch, sandbox, ratePerMinute, disabled, lastUsedAt } = row
  return {
    clientId: id,
    name,
    facility: facilityOf(row),
    district,
    programs,
    batch,
    sandbox,
    ratePerMinute,
    scopes: scopesIn(row.scopes),
    tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
    previousTokenUntil: row.previousTokenUntil?.toISOString() ?? null,
    disabled,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
