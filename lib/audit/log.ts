/** The use cases of reading the log: pages for administrators, the published hashes for everybody, exports, who looked. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { ownCredential } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import type { AuditEvent, AuditRoot, AuditState, Looks } from './answers'
import { eventPage, lastSeal, looksAt, PAGE, unsealed, type EventRow, type Filter } from './store-list'
import { rootsBefore } from './store-roots'

/** For so many days back the hashes are published. */
export const ROOT_DAYS = 90
const LOOKS = 50

/** One page of the log. Refusal: VALIDATION_ERROR for an `after` that no page gave. */
export async function listEvents(
  { db, settings }: Context,
  query: { from?: string; to?: string; who?: string; action?: string; about?: string; after?: string },
): Promise<{ events: AuditEvent[]; next: string | null }> {
  const { after, ...given } = query
  const filter: Filter = { ...given, timeZone: settings.issuer.timeZone, ...(after ? { after: placeOf(after) } : {}) }
  const rows = await eventPage(db, filter)
  const events = rows.slice(0, PAGE).map(eventOf)
  const last = events.at(-1)
  return { events, next: rows.length > PAGE && last ? `${last.at}_${last.id}` : null }
}

/** How far the log is sealed, and the hashes published last. */
export async function stateOfLog(context: Context): Promise<AuditState> {
  const [seal, waiting, roots] = await Promise.all([
    lastSeal(context.db),
    unsealed(context.db),
    rootsBefore(context.db, today(context), 7),
  ])
  return {
    seal: seal && { n: seal.n, at: seal.at.toISOString(), hash: seal.hash },
    unsealed: waiting.count,
    oldestUnsealed: waiting.oldest?.toISOString() ?? null,
    roots,
  }
}

const ROOTS_KEPT_MS = 60_000
const kept = new WeakMap<object, { until: number; roots: Promise<AuditRoot[]> }>()

/** The last hash of each day that is over. Anybody may ask as often as they like: the database is asked once a minute. */
export async function publishedRoots(context: Context): Promise<{ roots: AuditRoot[] }> {
  const now = context.now().getTime()
  const before = kept.get(context.db)
  if (before && before.until > now) return { roots: await before.roots }
  const roots = rootsBefore(context.db, today(context), ROOT_DAYS)
  kept.set(context.db, { until: now + ROOTS_KEPT_MS, roots })
  roots.catch(() => kept.delete(context.db))
  return { roots: await roots }
}

/** Who looked at a record. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function looksAtRecord(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<{ looks: Looks }> {
  await ownCredential(context, caller, certificateId)
  const rows = await looksAt(context.db, certificateId, LOOKS)
  const looks = rows.map(({ at, action, certificateId: of, actorKind, actorName, facility }) => ({
    at: at.toISOString(),
    what: action.replace('record.', '') as Looks[number]['what'],
    certificateId: of,
    by: { kind: actorKind, name: actorName, facility },
  }))
  return { looks }
}

function eventOf({
  id,
  at,
  action,
  actorKind,
  actorId,
  actorName,
  certificateId,
  detail,
  sealed,
}: EventRow): AuditEvent {
  const by = { kind: actorKind, id: actorId, name: actorName }
  return { id, at: at.toISOString(), action, by, certificateId, detail, sealed }
}

function placeOf(after: string): { at: string; id: string } {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)_(\d{1,18})$/.exec(after) ?? []
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id }
  throw new Refusal('VALIDATION_ERROR', 'after must be `next` of the page before.')
}

/** UTC. */
function today({ now }: Context): string {
  return now().toISOString().slice(0, 10)
}
