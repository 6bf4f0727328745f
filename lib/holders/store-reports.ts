/** The SQL of what holders report. */
import type { Statements } from '@/lib/db'

export interface ReportRow {
  reference: string
  kind: 'wrong' | 'not_requested'
  fields: { path: string; right: string }[]
  note: string
  state: 'open' | 'closed'
  createdAt: Date
  closedAt: Date | null
  answer: string | null
}

export interface NewReport {
  id: string
  reference: string
  linkId: string
  lineageId: string
  certificateId: string
  kind: ReportRow['kind']
  fields: ReportRow['fields']
  note: string
}

/** The reports about a lineage, newest first, whichever link they came through. */
export async function reportsOfLineage(db: Statements, lineageId: string): Promise<ReportRow[]> {
  return db.$queryRaw<ReportRow[]>`
    select reference, kind, fields, note, state, created_at as "createdAt", closed_at as "closedAt", answer
    from holder_report where lineage_id = ${lineageId}::uuid
    order by created_at desc, id
    limit 50`
}

/** The report with this id, null when there is none. */
export async function reportOf(db: Statements, id: string): Promise<ReportRow | null> {
  const rows = await db.$queryRaw<ReportRow[]>`
    select reference, kind, fields, note, state, created_at as "createdAt", closed_at as "closedAt", answer
    from holder_report where id = ${id}::uuid`
  return rows[0] ?? null
}

/** How many reports about a lineage nobody has answered yet. Locks the link: reports of one link come one after another. */
export async function openReports(db: Statements, linkId: string, lineageId: string): Promise<number> {
  await db.$queryRaw`select 1 from holder_link where id = ${linkId}::uuid for update`
  const rows = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from holder_report where lineage_id = ${lineageId}::uuid and state = 'open'`
  return rows[0]!.count
}

/** Was this certificate issued in this lineage? */
export async function belongsTo(db: Statements, certificateId: string, lineageId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from certificate where certificate_id = ${certificateId} and lineage_id = ${lineageId}::uuid`
  return rows.length > 0
}

/** Writes a report with its audit line; false when the reference is taken. */
export async function insertReport(db: Statements, report: NewReport, at: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    with made as (
      insert into holder_report (id, reference, link_id, lineage_id, certificate_id, kind, fields, note, created_at)
      values (${report.id}::uuid, ${report.reference}, ${report.linkId}::uuid, ${report.lineageId}::uuid,
        ${report.certificateId}, ${report.kind}, ${JSON.stringify(report.fields)}::jsonb, ${report.note}, ${at})
      on conflict (reference) do nothing
      returning reference)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'holder.reported', 'holder', ${report.linkId}, 'Holder', ${report.lineageId}::uuid,
           ${report.certificateId}, jsonb_build_object('reference', reference, 'kind', ${report.kind}::text)
    from made
    returning 1`
  return rows.length > 0
}
