/** The SQL of how many certificates there are of each version of a type. */
import type { Statements } from '@/lib/db'
import { endOf, newestOfPart, partOf, type Part, type PartEnd } from './store-registry-part'

interface ByVersion extends PartEnd {
  versions: { version: number; current: number }[]
}

/** Of one part of the registry: how many were issued under each version and not replaced since; the sandbox's are none. */
export async function certificatesByVersion(db: Statements, typeName: string, part: Part): Promise<ByVersion> {
  const [row] = await db.$queryRaw<ByVersion[]>`
    with part as materialized ${partOf(part)}
    select (select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'current', v.n) order by v.version), '[]')
            from (select t.type_version as version, count(*)::int as n from ${newestOfPart}
                  where l.type = ${typeName} and not l.sandbox group by 1) v) as versions,
           ${endOf(part)}`
  return row!
}
