/** The SQL of looks and refusals: lines of the log that no change writes. */
import { withinReachOf } from '@/lib/certificates/reach'
import type { Database, Statements } from '@/lib/db'

/** Who did it, and what it was about in the caller's own words; the statement finds out which dose that is. */
export interface Event {
  at: Date
  action: string
  actor: { kind: string; id: string; name: string }
  detail: Record<string, unknown>
  certificateId?: string
  transactionId?: string
  /** A pre-enrollment code: a line for each of its doses, and one without a dose where there is none. */
  code?: string
  /** Of `code` only the doses within this reach; null = all. */
  reach?: { facilities: readonly string[] | null; programs: readonly string[] | null }
}

/**
 * Writes events, and is done when they are stored. While one statement is under way others wait and go together in the
 * next: a rush of reads costs one commit at a time, and nobody is answered before the own line is stored.
 */
export function writeEvents(db: Database, events: Event[]): Promise<void> {
  const line = lineOf(db)
  line.next ??= after(line, () => insertEvents(db, line))
  line.waiting.push(...events)
  return line.next
}

interface Line {
  waiting: Event[]
  /** The statement that takes what waits now. */
  next?: Promise<void>
  /** The one under way. */
  running: Promise<unknown>
}

const lines = new WeakMap<Database, Line>()

function lineOf(db: Database): Line {
  const line = lines.get(db) ?? { waiting: [], running: Promise.resolve() }
  lines.set(db, line)
  return line
}

function after(line: Line, insert: () => Promise<void>): Promise<void> {
  const next = line.running.then(insert)
  line.running = next.catch(() => {})
  return next
}

async function insertEvents(db: Database, line: Line): Promise<void> {
  const events = line.waiting
  line.waiting = []
  line.next = undefined
  await insert(db, events)
}

async function insert(db: Statements, events: Event[]): Promise<void> {
  const given = events.map(({ at, actor, reach, ...event }) => ({
    ...event,
    ...reach,
    at: at.toISOString(),
    kind: actor.kind,
    actor: actor.id,
    name: actor.name,
  }))
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select g.at, g.action, g.kind, g.actor, g.name, coalesce(c.lineage_id, t.lineage_id, l.id),
           coalesce(c.certificate_id, l.head_certificate_id), g.detail
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(at timestamptz, action text, kind text, actor text,
      name text, detail jsonb, "certificateId" text, "transactionId" uuid, code text,
      facilities text[], programs text[])
    left join certificate c on c.certificate_id = g."certificateId"
    left join transaction t on t.id = g."transactionId"
    left join lineage l on l.pre_enrollment_code = g.code and l.open and not l.sandbox
      and (${withinReachOf('g', 'l')}
        -- What somebody opened beyond that, with a reason.
        or exists (select 1 from opening_record r join opening o on o.id = r.opening_id
                   where r.lineage_id = l.id and g.kind = 'operator' and o.operator_id::text = g.actor
                     and o.opened_at <= g.at and o.until > g.at and (o.ended_at is null or o.ended_at > g.at)))`
}
