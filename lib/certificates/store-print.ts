/** The SQL of printing: every run is counted and stands in the audit. */
import type { Statements } from '@/lib/db'
import type { PrintRun } from './answers'
import type { Actor } from './store'

export interface NewPrintRun {
  certificateId: string
  kind: PrintRun['kind']
  paper: PrintRun['paper']
  copies: number
}

/** Writes a print run of a certificate with its line in the audit. Returns its number. */
export async function insertPrintRun(db: Statements, run: NewPrintRun, by: Actor, at: Date): Promise<string> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    with written as (
      insert into print_run (lineage_id, certificate_id, kind, paper, copies, actor_kind, actor_id, actor_name, at)
      select lineage_id, certificate_id, ${run.kind}, ${run.paper}, ${run.copies}, ${by.kind}, ${by.id}, ${by.name}, ${at}
      from certificate where certificate_id = ${run.certificateId}
      returning id, lineage_id, certificate_id),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      select ${at}, 'printed', ${by.kind}, ${by.id}, ${by.name}, lineage_id, certificate_id,
             jsonb_build_object('kind', ${run.kind}::text, 'paper', ${run.paper}::text, 'copies', ${run.copies}::int)
      from written)
    select id from written`
  return String(rows[0]!.id)
}

export interface PrintRunRow {
  actorName: string
  /** Of the operator; null for one of all facilities and for source systems. */
  facilityName: string | null
  copies: number
  at: Date
}

/** A print run of a certificate; null when it is none, or one of another certificate. */
export async function printRunOf(db: Statements, certificateId: string, printId: string): Promise<PrintRunRow | null> {
  if (!/^\d{1,18}$/.test(printId)) return null
  const rows = await db.$queryRaw<PrintRunRow[]>`
    select p.actor_name as "actorName", f.name as "facilityName", p.copies, p.at
    from print_run p
    left join operator o on p.actor_kind = 'operator' and o.id::text = p.actor_id
    left join facility f on f.code = o.facility_code
    where p.id = ${printId}::bigint and p.certificate_id = ${certificateId}`
  return rows[0] ?? null
}

/** The print runs of all versions of a certificate's dose, newest first. */
export function printRunsOf(
  db: Statements,
  certificateId: string,
): Promise<(Omit<PrintRun, 'at' | 'by'> & PrintedBy)[]> {
  return db.$queryRaw`
    select id::text as "printId", certificate_id as "certificateId", kind, paper, copies, at,
           actor_kind as "actorKind", actor_name as "actorName"
    from print_run
    where certificate_id = any(select certificate_id from certificate
      where lineage_id = (select lineage_id from certificate where certificate_id = ${certificateId}))
    order by id desc
    limit 500`
}

interface PrintedBy {
  actorKind: string
  actorName: string
  at: Date
}
