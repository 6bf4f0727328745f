/** The SQL of drafts. Every statement names the operator: nobody reaches another's rows. */
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'

export interface DraftRow {
  certificateId: string
  sealed: Uint8Array
  savedAt: Date
  expiresAt: Date
}

export interface NewDraft {
  /** Of the form that writes; the next write of the same form may always replace this one. */
  formId: string
  operatorId: string
  certificateId: string
  sealed: Uint8Array
  savedAt: Date
  expiresAt: Date
}

/**
 * Writes a draft, and removes what it makes needless: the operator's drafts of earlier versions of the same lineage. False
 * when another form wrote since `after`, the time of the draft that this one continues.
 */
export async function writeDraft(db: Statements, draft: NewDraft, after: Date | null): Promise<boolean> {
  const written = await db.$executeRaw`
    with earlier as (
      delete from draft d using certificate was, certificate now
      where d.operator_id = ${draft.operatorId}::uuid and was.certificate_id = d.certificate_id
        and now.certificate_id = ${draft.certificateId}
        and was.lineage_id = now.lineage_id and was.revision < now.revision)
    insert into draft as d (id, operator_id, certificate_id, sealed, saved_at, expires_at)
    values (${draft.formId}::uuid, ${draft.operatorId}::uuid, ${draft.certificateId}, ${draft.sealed}, ${draft.savedAt},
            ${draft.expiresAt})
    on conflict (operator_id, certificate_id) do update
      set id = excluded.id, sealed = excluded.sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at
      where d.id = excluded.id or d.saved_at = ${after}::timestamptz or d.expires_at <= excluded.saved_at`
  return written === 1
}

/** The operator's draft of this certificate, else the newest one of an earlier or later version of its lineage. */
export async function draftOf(
  db: Statements,
  operatorId: string,
  certificateId: string,
  now: Date,
): Promise<DraftRow | null> {
  const rows = await db.$queryRaw<DraftRow[]>`
    select d.certificate_id as "certificateId", d.sealed, d.saved_at as "savedAt", d.expires_at as "expiresAt"
    from certificate asked
    join certificate c on c.lineage_id = asked.lineage_id
    join draft d on d.certificate_id = c.certificate_id
    where asked.certificate_id = ${certificateId} and d.operator_id = ${operatorId}::uuid and d.expires_at > ${now}
    order by d.certificate_id = ${certificateId} desc, d.saved_at desc
    limit 1`
  return rows[0] ?? null
}

/** Removes the operator's drafts of the lineages of these certificates; the number of rows. */
export function deleteDrafts(db: Statements, operatorId: string, certificateIds: string[]): Promise<number> {
  return db.$executeRaw`
    delete from draft d using certificate c, certificate named
    where d.operator_id = ${operatorId}::uuid and c.certificate_id = d.certificate_id
      and named.certificate_id = any(${certificateIds}::text[]) and c.lineage_id = named.lineage_id`
}

export interface OpenDraftRow {
  certificateId: string
  type: string
  preEnrollmentCode: string
  dose: number
  record: CertificateRecord
  savedAt: Date
  expiresAt: Date
  headCertificateId: string | null
}

/** The operator's drafts of certificates that the operator may still read, the last one first. */
export function openDraftsOf(db: Statements, reader: Caller, now: Date): Promise<OpenDraftRow[]> {
  return db.$queryRaw`
    select d.certificate_id as "certificateId", l.type, l.pre_enrollment_code as "preEnrollmentCode", l.dose,
           t.request as record, d.saved_at as "savedAt", d.expires_at as "expiresAt",
           l.head_certificate_id as "headCertificateId"
    from draft d
    join certificate c on c.certificate_id = d.certificate_id
    join lineage l on l.id = c.lineage_id
    join transaction t on t.id = c.transaction_id
    where d.operator_id = ${reader.id}::uuid and d.expires_at > ${now} and not l.sandbox
      and ${withinReach(reader, 'l')}
    order by d.saved_at desc
    limit 20`
}

/** Removes what is over, of everybody. */
export async function forgetExpiredDrafts(db: Statements, now: Date): Promise<void> {
  await db.$executeRaw`delete from draft where expires_at <= ${now}`
}
