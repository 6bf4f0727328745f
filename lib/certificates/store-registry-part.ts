/** The SQL of looking through the whole registry a part at a time: each takes as long as the one before, however many there are. */
import { isUuid } from '@/lib/uuid'
import { Refusal } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'

/** Lineages of one part: a second's work at most. */
export const PART = 50_000

/** The next lineages by id, after one (null = from the first), as rows of `lineage`. */
export function partAfter(after: string | null, size = PART): Prisma.Sql {
  const beyond = after === null ? Prisma.sql`true` : Prisma.sql`l.id > ${after}::uuid`
  return Prisma.sql`(select l.* from lineage l where ${beyond} order by l.id limit ${size})`
}

/** What a part answers of itself: `last` is the lineage it ended with, null when nothing is left. */
export interface PartEnd {
  last: string | null
}

/** Where a part named `part` ended, as an expression. */
export function endOf(size = PART): Prisma.Sql {
  return Prisma.sql`(select id::text from part order by id offset ${size - 1} limit 1)`
}

/** How much of the registry lies before a lineage, from 0 to 1: ids are random. */
export function shareAt(last: string | null): number {
  return last === null ? 1 : Number.parseInt(last.slice(0, 8), 16) / 2 ** 32
}

/** `after` as a caller sent it. Refusal: VALIDATION_ERROR. */
export function partFrom(after: string | null): string | null {
  if (after === null || isUuid(after)) return after
  throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of the part before.')
}
