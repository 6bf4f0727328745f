/**
 * The SQL of looking through the whole registry a part at a time: each takes as long as the one before, however many there
 * are. In the order in which certificates were asked for, which is about that in which they lie on the disk.
 */
import { isUuid } from '@/lib/uuid'
import { Refusal } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'

/** Transactions of one part: a second's work at most, and far below the limit of a statement where nothing of it is in memory. */
const PART = 20_000

/** Which part: after a transaction (null = from the first), of those accepted until then. */
export interface Part {
  after: string | null
  until: Date
  size?: number
}

/** What a part says of itself. */
export interface PartEnd {
  /** The transaction that it ended with; null: nothing is left. */
  last: string | null
  /** How much of the registry lies before its end, from 0 to 1, by time. */
  share: number
}

/** The transactions of a part, as rows of `transaction`. */
export function partOf({ after, until, size = PART }: Part): Prisma.Sql {
  const beyond =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(n.accepted_at, n.id) > ((select b.accepted_at from transaction b where b.id = ${after}::uuid), ${after}::uuid)`
  return Prisma.sql`(
    select n.id, n.lineage_id, n.certificate_id, n.type_version, n.accepted_at from transaction n
    where n.accepted_at <= ${until} and ${beyond}
    order by n.accepted_at, n.id limit ${size})`
}

/**
 * Those of a part (named `part`) whose certificate is the newest of its record, with their lineage `l`: one after the other
 * through the index, `offset 0` keeps the planner from reading a whole table for a part of it.
 */
export const newestOfPart = Prisma.sql`part t
  join lateral (select n.* from lineage n where n.id = t.lineage_id offset 0) l on l.head_certificate_id = t.certificate_id`

/** The two columns of `PartEnd`, of a part named `part`. */
export function endOf({ until, size = PART }: Part): Prisma.Sql {
  const nth = Prisma.sql`from part order by accepted_at, id offset ${size - 1} limit 1`
  return Prisma.sql`(select id::text ${nth}) as last,
    coalesce((select least(0.99, extract(epoch from accepted_at - f.at) / nullif(extract(epoch from ${until}::timestamptz - f.at), 0))
              from (select accepted_at ${nth}) e, (select min(accepted_at) as at from transaction) f), 1)::float as share`
}

/** The part after the one that a caller names by `after`. Refusal: VALIDATION_ERROR. */
export function partFrom(after: string | null, now: Date): Part {
  if (after === null) return { after, until: now }
  const [, until, last] = /^(\d{1,14})\.(.+)$/.exec(after) ?? []
  if (last !== undefined && isUuid(last)) return { after: last, until: new Date(Number(until)) }
  throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of the part before.')
}

/** What a caller sends for the next part; null: that was the last one. */
export function nextPart({ until }: Part, { last }: PartEnd): string | null {
  return last && `${until.getTime()}.${last}`
}
