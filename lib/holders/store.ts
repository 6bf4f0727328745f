/** The SQL of holders' links: who made them, what they lead to, and every try to open one. */
import type { CertificateRecord } from '@/lib/certificates/record'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'

export interface Actor {
  kind: string
  id: string
  name: string
}

export interface LinkRow {
  id: string
  certificateId: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  openedAt: Date | null
  actorKind: string
  actorName: string
}

/** Writes a link to the lineage of a certificate, for the version that is the newest now. */
export async function insertLink(
  db: Statements,
  link: { id: string; tokenHash: string; certificateId: string; expiresAt: Date },
  by: Actor,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    with made as (
      insert into holder_link (id, token_hash, lineage_id, certificate_id, actor_kind, actor_id, actor_name,
        created_at, expires_at)
      select ${link.id}::uuid, ${link.tokenHash}, l.id, l.head_certificate_id, ${by.kind}, ${by.id}, ${by.name},
        ${at}, ${link.expiresAt}
      from certificate c join lineage l on l.id = c.lineage_id
      where c.certificate_id = ${link.certificateId}
      returning id, lineage_id, certificate_id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'holder_link.made', ${by.kind}, ${by.id}, ${by.name}, lineage_id, certificate_id,
           jsonb_build_object('linkId', id, 'expiresAt', ${link.expiresAt}::timestamptz)
    from made`
}

/** The links of the lineage of a certificate, newest first. */
export async function linksOfCertificate(db: Statements, certificateId: string): Promise<LinkRow[]> {
  return db.$queryRaw<LinkRow[]>`
    select h.id, h.certificate_id as "certificateId", h.created_at as "createdAt", h.expires_at as "expiresAt",
           h.revoked_at as "revokedAt", h.opened_at as "openedAt", h.actor_kind as "actorKind",
           h.actor_name as "actorName"
    from holder_link h
    where h.lineage_id = (select lineage_id from certificate where certificate_id = ${certificateId})
    order by h.created_at desc, h.id
    limit 100`
}

/** Who owns the lineage of a link; null when there is no such link. */
export async function ownerOfLink(
  db: Statements,
  linkId: string,
): Promise<{ facilityCode: string; programId: string; sandbox: boolean } | null> {
  const rows = await db.$queryRaw<{ facilityCode: string; programId: string; sandbox: boolean }[]>`
    select l.facility_code as "facilityCode", l.program_id as "programId", l.sandbox
    from holder_link h join lineage l on l.id = h.lineage_id
    where h.id = ${linkId}::uuid`
  return rows[0] ?? null
}

/** Ends a link; answers when it ended, the first time if it was ended before. */
export async function writeRevoked(db: Statements, linkId: string, by: Actor, at: Date): Promise<Date> {
  await db.$executeRaw`
    with ended as (
      update holder_link set revoked_at = ${at} where id = ${linkId}::uuid and revoked_at is null
      returning id, lineage_id, certificate_id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'holder_link.revoked', ${by.kind}, ${by.id}, ${by.name}, lineage_id, certificate_id,
           jsonb_build_object('linkId', id)
    from ended`
  const rows = await db.$queryRaw<{ revokedAt: Date }[]>`
    select revoked_at as "revokedAt" from holder_link where id = ${linkId}::uuid`
  return rows[0]!.revokedAt
}

/** What a link that works leads to. */
export interface Opening {
  linkId: string
  expiresAt: Date
  lineageId: string
  facilityCode: string
  sandbox: boolean
  type: string
  /** The version that the newest certificate was issued under. */
  typeVersion: number
  /** Who made the link. */
  madeBy: Actor
  /** The newest certificate of the lineage. */
  certificateId: string
  state: 'current' | 'revoked' | 'suspended'
  /** The one the link was made for. */
  madeForId: string
  record: CertificateRecord
  recordedAt: Date
  madeForRecord: CertificateRecord
  madeForRecordedAt: Date
}

/** The lineage behind a token; null when it is unknown, expired or revoked. */
export async function openingOf(db: Statements, tokenHash: string, at: Date): Promise<Opening | null> {
  const rows = await db.$queryRaw<Opening[]>`
    select h.id as "linkId", h.expires_at as "expiresAt",
           jsonb_build_object('kind', h.actor_kind, 'id', h.actor_id, 'name', h.actor_name) as "madeBy", l.id as "lineageId", l.facility_code as "facilityCode",
           l.sandbox, l.type, now_t.type_version as "typeVersion", l.head_certificate_id as "certificateId", ${stateAt('now_c', at)} as state, h.certificate_id as "madeForId",
           now_t.request as record, now_t.accepted_at as "recordedAt",
           then_t.request as "madeForRecord", then_t.accepted_at as "madeForRecordedAt"
    from holder_link h
    join lineage l on l.id = h.lineage_id
    join certificate now_c on now_c.certificate_id = l.head_certificate_id
    join transaction now_t on now_t.id = now_c.transaction_id
    join certificate then_c on then_c.certificate_id = h.certificate_id
    join transaction then_t on then_t.id = then_c.transaction_id
    where h.token_hash = ${tokenHash} and h.revoked_at is null and h.expires_at > ${at}`
  return rows[0] ?? null
}

/** What a holder, or somebody who is not, did: the audit says it without anything personal. */
export type Look = 'holder.opened' | 'holder.read' | 'holder.downloaded' | 'holder.closed'

/** Writes that the holder looked, and who made the link, who may have opened it; for `holder.opened` also on the link. */
export async function writeLook(db: Statements, opening: Opening, look: Look, at: Date): Promise<void> {
  await db.$executeRaw`
    with opened as (
      update holder_link set opened_at = ${at} where id = ${opening.linkId}::uuid and ${look} = 'holder.opened')
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    values (${at}, ${look}, 'holder', ${opening.linkId}, 'Holder', ${opening.lineageId}::uuid,
            ${opening.certificateId}, jsonb_build_object('linkBy', ${opening.madeBy.kind}::text,
              'linkById', ${opening.madeBy.id}::text, 'linkByName', ${opening.madeBy.name}::text))`
}

/**
 * Writes a try that was refused, also one that led nowhere (`opening` null: the same statement). So many wrong answers
 * since the link was last opened end it for good: a lock of minutes alone gives a finder of the link days to guess.
 */
export async function writeRefused(db: Statements, opening: Opening | null, endAfter: number, at: Date): Promise<void> {
  const linkId = opening?.linkId ?? null
  await db.$executeRaw`
    with refused as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      values (${at}, 'holder.refused', 'holder', coalesce(${linkId}, 'unknown'), 'Somebody with a link',
              ${opening?.lineageId ?? null}::uuid, ${opening?.certificateId ?? null}, '{}')),
    ended as (
      update holder_link h set revoked_at = ${at}
      where h.id = ${linkId}::uuid and h.revoked_at is null
        and ${endAfter} <= 1 + (
          select count(*) from audit_event a
          where a.lineage_id = h.lineage_id and a.action = 'holder.refused' and a.actor_id = h.id::text
            and a.at > coalesce(h.opened_at, h.created_at))
      returning h.id, h.lineage_id, h.certificate_id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, 'holder_link.revoked', 'system', 'holders', 'Too many wrong answers', lineage_id, certificate_id,
           jsonb_build_object('linkId', id)
    from ended`
}

/** Writes a try that was not looked at, because there were too many before it. */
export async function writeLocked(db: Statements, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    values (${at}, 'holder.locked', 'holder', 'unknown', 'Somebody with a link', '{}')`
}
