/** The SQL of opened records and revealed values. */
import { withinReach } from '@/lib/certificates/reach'
import type { Caller } from '@/lib/certificates/caller'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { OpeningReason, RevealReason, Verdict } from './answers'

/** One after the other what a person opens: of two clicks the second finds what the first one opened. */
export async function lockOperator(db: Statements, operatorId: string): Promise<void> {
  await db.$queryRaw`select 1 from operator where id = ${operatorId}::uuid for no key update`
}

export interface FoundRecord {
  lineageId: string
  certificateId: string | null
  reached: boolean
  objectedAt: Date | null
}

/** The real records that a code or a certificate number names, with what was said when this person last opened them. */
export function recordsNamed(
  db: Statements,
  caller: Caller,
  named: { preEnrollmentCode?: string; certificateId?: string },
): Promise<FoundRecord[]> {
  const which =
    named.preEnrollmentCode === undefined
      ? Prisma.sql`l.id = (select lineage_id from certificate where certificate_id = ${named.certificateId ?? ''})`
      : Prisma.sql`l.pre_enrollment_code = ${named.preEnrollmentCode}`
  return db.$queryRaw<FoundRecord[]>`
    select l.id::text as "lineageId", l.head_certificate_id as "certificateId", (${withinReach(caller, 'l')}) as reached,
           (select max(r.decided_at) from opening_record r join opening o on o.id = r.opening_id
            where r.lineage_id = l.id and o.operator_id = ${caller.id}::uuid and r.verdict = 'objected') as "objectedAt"
    from lineage l
    where not l.sandbox and l.reserved_for is null and ${which}
      and exists (select 1 from transaction t where t.lineage_id = l.id)
    order by l.dose, l.program_id`
}

export interface NewOpening {
  id: string
  reason: OpeningReason
  note: string
  openedAt: Date
  until: Date
}

/** Writes an opening with its records. */
export async function insertOpening(
  db: Statements,
  operatorId: string,
  opening: NewOpening,
  lineageIds: string[],
): Promise<void> {
  await db.$executeRaw`
    insert into opening (id, operator_id, reason, note, opened_at, until)
    values (${opening.id}::uuid, ${operatorId}::uuid, ${opening.reason}, ${opening.note}, ${opening.openedAt}, ${opening.until})`
  await db.$executeRaw`
    insert into opening_record (opening_id, lineage_id)
    select ${opening.id}::uuid, id from unnest(${lineageIds}::uuid[]) as given(id)`
}

/** How often a person has opened a record since an instant. */
export async function timesOpened(
  db: Statements,
  operatorId: string,
  lineageIds: string[],
  since: Date,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from opening o
    where o.operator_id = ${operatorId}::uuid and o.opened_at > ${since}
      and exists (select 1 from opening_record r where r.opening_id = o.id and r.lineage_id = any(${lineageIds}::uuid[]))`
  return row!.count
}

/** The id of an opening of this person that opens all these records now; null when there is none. */
export async function activeOpening(
  db: Statements,
  operatorId: string,
  lineageIds: string[],
  at: Date,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select o.id::text as id from opening o
    where o.operator_id = ${operatorId}::uuid and o.ended_at is null and o.until > ${at}
      and not exists (select 1 from unnest(${lineageIds}::uuid[]) as wanted(id)
                      where not exists (select 1 from opening_record r
                                        where r.opening_id = o.id and r.lineage_id = wanted.id))
    order by o.opened_at desc limit 1`
  return rows[0]?.id ?? null
}

export interface OpeningRow {
  id: string
  operatorId: string
  operatorName: string
  operatorFacility: string | null
  reason: OpeningReason
  note: string
  openedAt: Date
  until: Date
  endedAt: Date | null
  records: RecordRow[]
}

export interface RecordRow {
  lineageId: string
  type: string
  preEnrollmentCode: string
  dose: number
  certificateId: string | null
  facilityCode: string
  facilityName: string
  verdict: Verdict | null
  decidedByName: string | null
  answer: string
}

/** Openings of one person since an instant, the newest first, with all their records. */
export function openingsOf(db: Statements, operatorId: string, since: Date): Promise<OpeningRow[]> {
  return openings(db, Prisma.sql`o.operator_id = ${operatorId}::uuid and o.until > ${since}`, Prisma.sql`true`)
}

/** One opening with all its records. */
export async function openingById(db: Statements, id: string): Promise<OpeningRow | null> {
  const rows = await openings(db, Prisma.sql`o.id = ${id}::uuid`, Prisma.sql`true`)
  return rows[0] ?? null
}

/**
 * Openings of records that a caller reaches: all that wait for a word, and those opened since. Of each only these records.
 * First what waits, the longest waiting first: nothing is buried under what somebody opens later.
 */
export function openingsToReview(db: Statements, caller: Caller, since: Date): Promise<OpeningRow[]> {
  const mine = withinReach(caller, 'l')
  const waits = Prisma.sql`exists (
    select 1 from opening_record r join lineage l on l.id = r.lineage_id
    where r.opening_id = o.id and ${mine} and r.verdict is null)`
  return openings(
    db,
    Prisma.sql`o.operator_id <> ${caller.id}::uuid and exists (
      select 1 from opening_record r join lineage l on l.id = r.lineage_id
      where r.opening_id = o.id and ${mine} and (r.verdict is null or o.opened_at > ${since}))`,
    mine,
    Prisma.sql`${waits} desc, case when ${waits} then o.opened_at end, o.opened_at desc`,
  )
}

/** How many of them wait for a word of this caller. */
export async function countToReview(db: Statements, caller: Caller): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(distinct o.id)::int as count
    from opening o join opening_record r on r.opening_id = o.id join lineage l on l.id = r.lineage_id
    where r.verdict is null and o.operator_id <> ${caller.id}::uuid and ${withinReach(caller, 'l')}`
  return row!.count
}

function openings(
  db: Statements,
  which: Prisma.Sql,
  records: Prisma.Sql,
  order = Prisma.sql`o.opened_at desc`,
): Promise<OpeningRow[]> {
  return db.$queryRaw<OpeningRow[]>`
    select o.id::text as id, o.operator_id::text as "operatorId", p.name as "operatorName", home.name as "operatorFacility",
           o.reason, o.note, o.opened_at as "openedAt", o.until, o.ended_at as "endedAt",
           (select coalesce(jsonb_agg(jsonb_build_object('lineageId', l.id, 'type', l.type, 'preEnrollmentCode', l.pre_enrollment_code,
                'dose', l.dose, 'certificateId', l.head_certificate_id, 'facilityCode', l.facility_code,
                'facilityName', f.name, 'verdict', r.verdict, 'decidedByName', r.decided_by_name, 'answer', r.answer)
                order by l.dose, l.program_id), '[]')
            from opening_record r join lineage l on l.id = r.lineage_id join facility f on f.code = l.facility_code
            where r.opening_id = o.id and ${records}) as records
    from opening o join operator p on p.id = o.operator_id left join facility home on home.code = p.facility_code
    where ${which}
    order by ${order}, o.id limit 200`
}

/** Locks whoever opened something, as opening more does. */
export async function lockOpener(db: Statements, openingId: string): Promise<void> {
  await db.$queryRaw`
    select 1 from operator where id = (select operator_id from opening where id = ${openingId}::uuid) for no key update`
}

/** Locks an opening; null when there is none. */
export async function lockOpening(
  db: Statements,
  id: string,
): Promise<{ id: string; operatorId: string; until: Date; endedAt: Date | null } | null> {
  const rows = await db.$queryRaw<{ id: string; operatorId: string; until: Date; endedAt: Date | null }[]>`
    select id::text as id, operator_id::text as "operatorId", until, ended_at as "endedAt"
    from opening where id = ${id}::uuid for update`
  return rows[0] ?? null
}

/** The records of an opening that a caller reaches, with what was said of them. */
export function recordsReached(
  db: Statements,
  caller: Caller,
  openingId: string,
): Promise<{ lineageId: string; verdict: Verdict | null }[]> {
  return db.$queryRaw`
    select r.lineage_id::text as "lineageId", r.verdict from opening_record r join lineage l on l.id = r.lineage_id
    where r.opening_id = ${openingId}::uuid and ${withinReach(caller, 'l')} order by r.lineage_id`
}

export async function endNow(db: Statements, id: string, at: Date): Promise<void> {
  await db.$executeRaw`update opening set ended_at = ${at} where id = ${id}::uuid and ended_at is null`
}

/** Ends all that a person has open of these records; answers the ids of these openings. */
export async function endAllOf(db: Statements, operatorId: string, lineageIds: string[], at: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    update opening o set ended_at = greatest(o.opened_at, ${at})
    where o.operator_id = ${operatorId}::uuid and o.ended_at is null and o.until > ${at}
      and exists (select 1 from opening_record r where r.opening_id = o.id and r.lineage_id = any(${lineageIds}::uuid[]))
    returning o.id::text as id`
  return rows.map(({ id }) => id)
}

export async function writeVerdict(
  db: Statements,
  openingId: string,
  lineageIds: string[],
  said: { verdict: Verdict; answer: string; at: Date; by: Caller },
): Promise<void> {
  await db.$executeRaw`
    update opening_record set verdict = ${said.verdict}, answer = ${said.answer}, decided_at = ${said.at},
           decided_by_id = ${said.by.id}::uuid, decided_by_name = ${said.by.name}
    where opening_id = ${openingId}::uuid and lineage_id = any(${lineageIds}::uuid[])`
}

/** One line of the audit for each record, with the facility that somebody acts for, in the transaction that changes something. */
export async function writeAudits(
  db: Statements,
  by: Caller,
  at: Date,
  { action, lineageIds, detail }: { action: string; lineageIds: string[]; detail: Record<string, unknown> },
): Promise<void> {
  const whole = { ...detail, ...(by.facilityCode === null ? {} : { facility: by.facilityCode }) }
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, ${action}, ${by.kind}, ${by.id}, ${by.name}, l.id, l.head_certificate_id, ${JSON.stringify(whole)}::jsonb
    from lineage l where l.id = any(${lineageIds}::uuid[]) order by l.id`
}

export interface LookedRow {
  openingId: string
  at: Date
  action: string
  certificateId: string | null
}

/** While an opening lasts, or lasted, and which records of it are asked about. */
export interface Lasting {
  id: string
  operatorId: string
  openedAt: Date
  until: Date
  lineageIds: string[]
}

/** What people did with records while each of these openings lasted, at most 50 of each. A look is written once in a quarter of an hour. */
export function looksDuring(db: Statements, openings: Lasting[]): Promise<LookedRow[]> {
  return db.$queryRaw`
    select o.id as "openingId", looked.at, looked.action, looked.certificate_id as "certificateId"
    from jsonb_to_recordset(${JSON.stringify(openings)}::jsonb)
      as o(id text, "operatorId" text, "openedAt" timestamptz, until timestamptz, "lineageIds" uuid[])
    cross join lateral (
      select e.id, e.at, e.action, e.certificate_id from audit_event e
      where e.lineage_id = any(o."lineageIds") and e.actor_kind = 'operator' and e.actor_id = o."operatorId"
        and e.at >= o."openedAt" and e.at <= o.until
        and e.action in ('record.opened', 'record.searched', 'record.read', 'record.downloaded', 'record.revealed')
      order by e.id limit 50) looked
    order by looked.id`
}

export interface NewReveal {
  id: string
  lineageId: string
  reason: RevealReason
  note: string
  revealedAt: Date
  until: Date
}

export async function insertReveal(db: Statements, operatorId: string, reveal: NewReveal): Promise<void> {
  await db.$executeRaw`
    insert into reveal (id, operator_id, lineage_id, reason, note, revealed_at, until)
    values (${reveal.id}::uuid, ${operatorId}::uuid, ${reveal.lineageId}::uuid, ${reveal.reason}, ${reveal.note},
            ${reveal.revealedAt}, ${reveal.until})`
}

/**
 * Everything that was ever accepted for a record, and what its holder says is right; besides, what the caller's own requests
 * for a second person ask for, or everybody's.
 */
export async function knownValues(
  db: Statements,
  lineageId: string,
  caller: Caller,
  requests: 'own' | 'all',
): Promise<{ records: CertificateRecord[]; said: { path: string; right: string }[] }> {
  const [row] = await db.$queryRaw<{ records: CertificateRecord[]; said: { path: string; right: string }[] }[]>`
    select (select coalesce(jsonb_agg(t.request order by t.sequence), '[]') from transaction t
            where t.lineage_id = ${lineageId}::uuid)
           || (select coalesce(jsonb_agg(q.item order by q.requested_at), '[]') from change_request q
               where q.lineage_id = ${lineageId}::uuid
                 and (${requests === 'all'} or (q.requested_by_kind = ${caller.kind} and q.requested_by_id = ${caller.id})))
           as records,
           (select coalesce(jsonb_agg(field), '[]') from holder_report h, jsonb_array_elements(h.fields) field
            where h.lineage_id = ${lineageId}::uuid) as said`
  return row!
}
