/** The SQL of choosing: which certificates a choice means at this moment, part by part, and what stands in the way of each. */
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin, withinReach } from '@/lib/certificates/reach'
import { stateAt } from '@/lib/certificates/store-effective'
import { endOf, newestOfPart, partOf, type Part, type PartEnd } from '@/lib/certificates/store-registry-part'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { ReissueChoice, ReissueCounts, SigningKeyFacts, SkipCode } from './answers'

/** Whose certificates: of all facilities for an administrator, who reaches no record, else within reach. */
export type Scope = 'all' | Caller

export interface Target {
  type: string
  version: number
  choice: ReissueChoice
  scope: Scope
  timeZone: string
  at: Date
}

/** Certificates of a choice: the newest of their records, with the version each was issued under and what stands in its way. */
function chosen(target: Target): Prisma.Sql {
  return Prisma.sql`
    select c.certificate_id, l.facility_code, t.type_version, c.signed_by, ${inTheWay(target.at)} as why
    from ${newestOfPart} ${theirCertificate}
    where ${within(target)} and ${fits(target)}`
}

const theirCertificate = Prisma.sql`
  cross join lateral (select n.* from certificate n where n.certificate_id = t.certificate_id offset 0) c`

/** A choice by codes is one part, found by their indexes. */
function among({ choice: { codes } }: Target, part: Part): Prisma.Sql {
  if (codes.length === 0) return partOf(part)
  return Prisma.sql`(
    select n.id, n.lineage_id, n.certificate_id, n.type_version, n.accepted_at
    from lineage g join transaction n on n.certificate_id = g.head_certificate_id
    where g.pre_enrollment_code = any(${codes}::text[]) or g.head_certificate_id = any(${codes}::text[]))`
}

function ended({ choice: { codes } }: Target, part: Part): Prisma.Sql {
  return codes.length === 0 ? endOf(part) : Prisma.sql`null::text as last, 1::float as share`
}

/** The state of a record that a re-issue leaves alone, as a SKIP_CODE; null = none. `l` and `c` are its lineage and newest certificate. */
export function inTheWay(at: Date): Prisma.Sql {
  return Prisma.sql`(case
    when ${stateAt('c', at)} = 'revoked' or not l.open then 'REVOKED'
    when ${stateAt('c', at)} = 'suspended' then 'SUSPENDED'
    when exists (select 1 from transaction p where p.lineage_id = l.id and p.state = 'pending') then 'UPDATE_PENDING'
    when exists (select 1 from change_request q where q.lineage_id = l.id
                 and q.state in ('queued', 'in-review', 'waiting-for-information')) then 'APPROVAL_OPEN' end)`
}

function within({ type, scope, choice: { programId, facilityCode, district } }: Target): Prisma.Sql {
  const reach = scope === 'all' ? Prisma.sql`true` : withinReach(scope, 'l')
  const programme = programId === null ? Prisma.sql`true` : Prisma.sql`l.program_id = ${programId}`
  const facility = facilityWithin({ facilities: facilityCode === null ? null : [facilityCode] }, 'l.facility_code')
  const near =
    district === null
      ? Prisma.sql`true`
      : Prisma.sql`exists (select 1 from facility near where near.code = l.facility_code and near.district = ${district})`
  return Prisma.sql`l.type = ${type} and not l.sandbox and ${reach} and ${programme} and ${facility} and ${near}
    and (l.open or not exists (
      select 1 from lineage later where later.type = l.type and later.dose = l.dose
      and later.pre_enrollment_code = l.pre_enrollment_code and later.program_id = l.program_id
      and later.sandbox = l.sandbox and later.generation > l.generation))`
}

function fits({ version, timeZone, choice: { which, key, before } }: Target): Prisma.Sql {
  switch (which) {
    case 'other_version':
      return Prisma.sql`t.type_version <> ${version}::int`
    case 'key':
      return Prisma.sql`${key} = any(c.signed_by)`
    case 'before':
      return Prisma.sql`c.issued_at < (${before}::date::timestamp at time zone ${timeZone})`
    case 'all':
      return Prisma.sql`true`
  }
}

type Counted = Omit<ReissueCounts, 'type' | 'version' | 'next'> & PartEnd

/** How many of a part they are, exactly, with some of each version that nothing stands in the way of. */
export async function countChosen(db: Statements, target: Target, part: Part): Promise<Counted> {
  const [row] = await db.$queryRaw<Counted[]>`
    with part as materialized ${among(target, part)},
    f as materialized (${chosen(target)})
    select (select count(*)::int from f) as chosen,
           (select coalesce(jsonb_agg(jsonb_build_object('code', s.why, 'count', s.n) order by s.n desc, s.why), '[]')
            from (select why, count(*)::int as n from f where why is not null group by why) s) as skipped,
           (select coalesce(jsonb_agg(jsonb_build_object('version', v.type_version, 'count', v.n, 'some', v.some) order by v.type_version), '[]')
            from (select type_version, count(*)::int as n,
                         (array_agg(certificate_id order by certificate_id) filter (where why is null))[1:${SOME}::int] as some
                  from f group by type_version) v) as versions,
           (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'count', p.n) order by p.n desc, p.code), '[]')
            from (select a.code, a.name, count(*)::int as n from f join facility a on a.code = f.facility_code
                  group by a.code, a.name) p) as facilities,
           ${keyUnknown(target)} as "keyUnknown", ${ended(target, part)}`
  return row!
}

const SOME = 3

/** Certificates that a key may have signed and nobody noted it: from before that was noted. */
function keyUnknown(target: Target): Prisma.Sql {
  if (target.choice.which !== 'key') return Prisma.sql`0`
  return Prisma.sql`(select count(*)::int from ${newestOfPart} ${theirCertificate}
    where ${within(target)} and coalesce(cardinality(c.signed_by), 0) = 0)`
}

/** Keeps which certificates of a part they are, and where the part ended. */
export async function keepChosen(
  db: Statements,
  reissueId: string,
  target: Target,
  part: Part,
): Promise<PartEnd & { chosen: number }> {
  const [row] = await db.$queryRaw<(PartEnd & { chosen: number })[]>`
    with part as materialized ${among(target, part)},
    kept as (
      insert into reissue_row (reissue_id, certificate_id)
      select ${reissueId}::uuid, f.certificate_id from (${chosen(target)}) f returning 1)
    select (select count(*)::int from kept) as chosen, ${ended(target, part)}`
  return row!
}

/** Some of a part that nothing stands in the way of, no two alike if possible: of every version first. */
export async function someChosen(db: Statements, target: Target, part: Part, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    with part as materialized ${among(target, part)}
    select f.certificate_id as id
    from (select f.*, row_number() over (partition by f.type_version order by md5(f.certificate_id)) as nth
          from (${chosen(target)}) f where f.why is null) f
    order by f.nth, f.type_version, f.certificate_id limit ${limit}`
  return rows.map((row) => row.id)
}

/** A certificate as a re-issue looks at it. */
export interface Standing {
  certificateId: string
  /** What stands in its way. */
  why: SkipCode | null
}

/** What stands in the way of these certificates now, without a lock. One that is not the newest any more was replaced. */
export function standingOf(db: Statements, certificateIds: string[], at: Date): Promise<Standing[]> {
  return db.$queryRaw<Standing[]>`
    select c.certificate_id as "certificateId",
           case when l.head_certificate_id <> c.certificate_id then 'REPLACED' else ${inTheWay(at)} end as why
    from certificate c join lineage l on l.id = c.lineage_id
    where c.certificate_id = any(${certificateIds}::text[])`
}

/** What the audit log says of keys: each with its present use and since when it signs or signed. */
export async function keysInLog(db: Statements): Promise<SigningKeyFacts[]> {
  const rows = await db.$queryRaw<(Omit<SigningKeyFacts, 'since'> & { since: Date })[]>`
    select e.detail->>'key' as key, max(e.detail->>'type') as type, min(e.at) as since,
           (array_agg(e.detail->>'use' order by e.id desc))[1] as use
    from audit_event e where e.action like 'key.%' and e.detail ? 'key'
    group by e.detail->>'key' order by min(e.at) desc limit 50`
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }))
}

/** Code and name of a facility. */
export async function facilityOf(db: Statements, code: string): Promise<{ code: string; name: string }> {
  const [row] = await db.$queryRaw<{ name: string }[]>`select name from facility where code = ${code}`
  return { code, name: row?.name ?? code }
}
