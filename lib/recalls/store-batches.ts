/** The SQL of suggestions: which batches there are. Walks the index from batch to batch instead of reading every certificate. */
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { comparable } from './store-matching'

const BATCH = comparable(Prisma.sql`t.request->'vaccination'->>'batch'`)
/** Batches looked at, at most, and certificates of each: a facility's operator is told of its own alone. */
const STEPS = 40
const LOOKED_AT = 100

/** Batches that begin with a text, as certificates write them, of what the reader reaches. At most `limit`. */
export function batchesBeginning(
  db: Statements,
  text: string,
  reader: Caller,
  limit: number,
): Promise<{ batch: string; vaccine: string; manufacturer: string }[]> {
  const start = comparable(Prisma.sql`${text}::text`)
  return db.$queryRaw`
    with recursive walk(batch, n) as (
      (select ${BATCH}, 1 from transaction t where t.state = 'issued' and ${BATCH} >= ${start} and ${BATCH} <> ''
       order by 1 limit 1)
      union all
      select next.batch, w.n + 1 from walk w cross join lateral (
        select ${BATCH} as batch from transaction t where t.state = 'issued' and ${BATCH} > w.batch order by 1 limit 1) next
      where w.n < ${STEPS} and starts_with(w.batch, ${start}))
    select distinct on (w.batch, found.vaccine, found.manufacturer) found.batch, found.vaccine, found.manufacturer
    from walk w cross join lateral (
      select x.request->'vaccination'->>'batch' as batch, coalesce(x.request->'vaccination'->>'name', '') as vaccine,
             coalesce(x.request->'vaccination'->>'manufacturer', '') as manufacturer
      from (select t.request, t.lineage_id from transaction t where t.state = 'issued' and ${BATCH} = w.batch limit ${LOOKED_AT}) x
      join lineage l on l.id = x.lineage_id
      where not l.sandbox and ${withinReach(reader, 'l')}) found
    where starts_with(w.batch, ${start})
    order by w.batch, found.vaccine, found.manufacturer limit ${limit}`
}
