/** The SQL of how much was issued: read by hour and facility, and kept short. What is issued writes its own line (store-issue.ts). */
import { facilityWithin } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import type { Whose } from './store-queue'

export interface IssuedInHour {
  hour: Date
  facilityCode: string
  issued: number
}

/** From a full hour on. */
export function issuedByHour(db: Statements, { facilities }: Whose, from: Date): Promise<IssuedInHour[]> {
  return db.$queryRaw<IssuedInHour[]>`
    select hour, facility_code as "facilityCode", sum(issued)::int as issued from issue_tally
    where hour >= ${from} and ${facilityWithin({ facilities }, 'facility_code')}
    group by 1, 2`
}

/**
 * Puts the lines of each hour and facility together, and removes those from before `before`. Several workers may do it at
 * once: a line is taken by one of them, and stands in the sum that it writes.
 */
export async function shortenTally(db: Statements, before: Date): Promise<void> {
  await db.$executeRaw`delete from issue_tally where hour < ${before}`
  await db.$executeRaw`
    with taken as (
      delete from issue_tally where id in (
        select id from issue_tally where (hour, facility_code) in (
          select hour, facility_code from issue_tally group by 1, 2 having count(*) > 1)
        for update skip locked)
      returning hour, facility_code, issued)
    insert into issue_tally (hour, facility_code, issued)
    select hour, facility_code, sum(issued) from taken group by 1, 2`
}

export async function facilityNames(db: Statements, codes: string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ code: string; name: string }[]>`
    select code, name from facility where code = any(${codes}::text[])`
  return new Map(rows.map(({ code, name }) => [code, name]))
}
