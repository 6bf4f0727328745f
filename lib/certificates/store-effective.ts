/** The state that counts, in SQL: a suspension whose end has come is over in every read, before anybody has noted it. */
import { Prisma } from '@/lib/generated/prisma/client'

/** Names that statements give to a row of `certificate`. */
type Alias = 'c' | 'head' | 'now_c'

/** Whether a certificate is suspended and the end of that has come. */
export function isOver(alias: Alias, at: Date): Prisma.Sql {
  const c = Prisma.raw(alias)
  return Prisma.sql`(${c}.state = 'suspended' and coalesce(${c}.suspended_until <= ${at}::timestamptz, false))`
}

/** What a certificate is at an instant, as text: current, superseded, revoked or suspended. */
export function stateAt(alias: Alias, at: Date): Prisma.Sql {
  return Prisma.sql`(case when ${isOver(alias, at)} then 'current' else ${Prisma.raw(alias)}.state::text end)`
}

/** Since when a certificate is what it is: a suspension whose end or reason was changed goes on, one that is over ended. */
export function sinceAt(alias: Alias, at: Date): Prisma.Sql {
  const c = Prisma.raw(alias)
  return Prisma.sql`(case
    when ${isOver(alias, at)} then ${c}.suspended_until
    when ${c}.state = 'suspended' then (
      select min(e.at) from status_entry e where e.certificate_id = ${c}.certificate_id and e.id > coalesce((
        select max(o.id) from status_entry o where o.certificate_id = ${c}.certificate_id and o.state <> 'suspended'), 0))
    else coalesce((select e.at from status_entry e where e.certificate_id = ${c}.certificate_id order by e.id desc limit 1),
                  ${c}.issued_at) end)`
}

/** When a suspension ends that is not over; null for everything else. */
export function untilAt(alias: Alias, at: Date): Prisma.Sql {
  return Prisma.sql`(case when not ${isOver(alias, at)} then ${Prisma.raw(alias)}.suspended_until end)`
}

/** Why a certificate is revoked or suspended; null for everything else: the reason of a correction is nobody else's business. */
export function causeAt(alias: Alias, at: Date): Prisma.Sql {
  const c = Prisma.raw(alias)
  return Prisma.sql`(case when ${c}.state in ('revoked', 'suspended') and not ${isOver(alias, at)} then (
    select e.reason->>'cause' from status_entry e where e.certificate_id = ${c}.certificate_id order by e.id desc limit 1) end)`
}
