/** Looks at records and refusals, written before the answer goes out: nobody sees a record without a line in the log. */
import { createHash } from 'node:crypto'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { RefusalCode } from '@/lib/errors'
import { Limit } from './limit'
import { Once } from './once'
import { writeEvents, type Event } from './store-events'

const MINUTE = 60_000
/** The same person at the same record is one look for so long. */
const LOOK_MS = 15 * MINUTE

/** What somebody looked at, as the request named it. */
export type Target = Pick<Event, 'certificateId' | 'transactionId' | 'code'>

export interface Look extends Target {
  action: 'record.searched' | 'record.read' | 'record.downloaded' | 'record.tried' | 'list.read'
  detail: Record<string, string | number | boolean>
  /** Tells it from others that are the same otherwise; not written. Nothing personal. */
  apart?: string
}

/** What was written. Next loads this file once for pages and once for the API, and a page that asks again is one look. */
const place = globalThis as typeof globalThis & { errataWritten?: Record<'looks' | 'refusals', WeakMap<object, Once>> }
const { looks, refusals } = (place.errataWritten ??= { looks: new WeakMap(), refusals: new WeakMap() })
const unknown = new Limit()

/** Writes that somebody looked, once in 15 minutes for the same person, record and kind of look. */
export async function writeLook(
  { db, now }: Pick<Context, 'db' | 'now'>,
  caller: Caller,
  { action, detail, apart = '', ...target }: Look,
): Promise<void> {
  const at = now()
  const key = [caller.kind, caller.id, action, detail.form ?? '', ...namesOf(target), detail.list ?? '', apart].join(
    '\n',
  )
  const { facilityCode: facility, facilities, programs } = caller
  const event = { at, action, actor: actorOf(caller), ...target, reach: { facilities, programs } }
  await onceOf(looks, db).do(key, at.getTime(), () =>
    writeEvents(db, [{ ...event, detail: facility === null ? detail : { ...detail, facility } }]),
  )
}

/** Refusals that say somebody tried what is not theirs. */
const RECORDED = new Set<string>(['NOT_YOUR_FACILITY', 'NOT_ALLOWED', 'TOO_MANY_REQUESTS', 'UNAUTHENTICATED'])

/** Whether a refusal belongs in the log. "Not signed in" alone is nobody's act. */
export function isRecorded(code: string, caller: Caller | null, token: string | null): boolean {
  return RECORDED.has(code) && (caller !== null || token !== null)
}

/** Writes a refusal, once in 15 minutes for the same person, endpoint and record. `token`: the Authorization header of somebody unknown. */
export async function writeRefusal(
  { db, now }: Pick<Context, 'db' | 'now'>,
  who: { caller: Caller | null; token: string | null },
  { code, operation, targets }: { code: RefusalCode; operation: string; targets: Target[] },
): Promise<void> {
  const at = now()
  const actor = who.caller ? actorOf(who.caller) : strangerWith(who.token ?? '', at)
  const detail = { code, operation, ...(who.caller?.facilityCode ? { facility: who.caller.facilityCode } : {}) }
  await Promise.all(
    (targets.length > 0 ? targets : [{}]).map((target: Target) => {
      const key = [actor.kind, actor.id, code, operation, ...namesOf(target)].join('\n')
      const event = { at, action: 'access.refused', actor, detail, ...target }
      return onceOf(refusals, db).do(key, at.getTime(), () => writeEvents(db, [event]))
    }),
  )
}

function actorOf({ kind, id, name }: Caller): Event['actor'] {
  return { kind, id, name }
}

/** Recognisable when the same token comes again, and useless to whoever reads the log. */
function strangerWith(token: string, at: Date): Event['actor'] {
  const hash = createHash('sha256').update(token).digest('hex').slice(0, 12)
  const id = unknown.take(at) ? `token ${hash}` : 'many'
  return { kind: 'unknown', id, name: id === 'many' ? 'Many unknown access tokens' : 'Unknown access token' }
}

/** A code is personal: what is remembered is its hash. */
function namesOf({ certificateId, transactionId, code }: Target): string[] {
  const hashed = code === undefined ? '' : createHash('sha256').update(code).digest('base64url')
  return [certificateId ?? '', transactionId ?? '', hashed]
}

function onceOf(kept: WeakMap<object, Once>, db: object): Once {
  const once = kept.get(db) ?? new Once(LOOK_MS)
  kept.set(db, once)
  return once
}
