/** The SQL of certificate types: what is kept of each version, and which one is in force. */
import type { Statements } from '@/lib/db'
import type { Files, State, TypeDocument } from './document'

export interface Heading {
  name: string
  version: number
  state: State
  checksum: string
  note: string
  createdAt: Date
  createdByName: string
  changedAt: Date | null
  changedByName: string | null
  publishedAt: Date | null
  publishedByName: string | null
}

export interface By {
  id: string
  name: string
}

/** What is known of all versions without reading them, drafts included. */
export function headings(db: Statements): Promise<Heading[]> {
  return db.$queryRaw<Heading[]>`
    select name, version, state, checksum, note, created_at as "createdAt", created_by_name as "createdByName",
           changed_at as "changedAt", changed_by_name as "changedByName",
           published_at as "publishedAt", published_by_name as "publishedByName"
    from certificate_type order by name, version`
}

export interface Maker {
  createdById: string
  publishedById: string | null
  /** As a draft it was written anew. */
  changed: boolean
}

/** Who made and published each version of a type. */
export function makersOf(db: Statements, name: string): Promise<Maker[]> {
  return db.$queryRaw<Maker[]>`
    select created_by_id as "createdById", published_by_id as "publishedById", changed_at is not null as changed
    from certificate_type where name = ${name}`
}

/** One version as it was written, null where there is none. */
export async function documentOf(
  db: Statements,
  name: string,
  version: number,
): Promise<(TypeDocument & { state: State; checksum: string }) | null> {
  const rows = await db.$queryRaw<
    { document: string; files: Record<string, string>; state: State; checksum: string }[]
  >`
    select document, files, state, checksum from certificate_type where name = ${name} and version = ${version}`
  const [row] = rows
  return row ? { text: row.document, files: decoded(row.files), state: row.state, checksum: row.checksum } : null
}

/** The texts of these versions, by name. */
export async function textsOf(
  db: Statements,
  wanted: Pick<Heading, 'name' | 'version'>[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ name: string; document: string }[]>`
    select t.name, t.document from certificate_type t
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(name text, version int) using (name, version)`
  return new Map(rows.map(({ name, document }) => [name, document]))
}

/** One writer of types at a time: numbers of versions and what is in force are decided under this lock. */
export async function lockTypes(db: Statements): Promise<void> {
  await db.$executeRaw`select pg_advisory_xact_lock(hashtext('certificate_type'))`
}

export interface NewVersion extends TypeDocument {
  name: string
  version: number
  checksum: string
  note: string
}

/** Adds a draft. */
export async function insertDraft(db: Statements, made: NewVersion, by: By, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into certificate_type (name, version, document, files, checksum, note, created_at, created_by_id, created_by_name)
    values (${made.name}, ${made.version}, ${made.text}, ${encoded(made.files)}::jsonb, ${made.checksum}, ${made.note},
            ${at}, ${by.id}, ${by.name})`
}

/** Writes a draft anew where it is still the one that was read. Answers whether it was. */
export async function rewriteDraft(
  db: Statements,
  made: NewVersion,
  before: string,
  by: By,
  at: Date,
): Promise<boolean> {
  const written = await db.$executeRaw`
    update certificate_type
    set document = ${made.text}, files = ${encoded(made.files)}::jsonb, checksum = ${made.checksum}, note = ${made.note},
        changed_at = ${at}, changed_by_name = ${by.name}
    where name = ${made.name} and version = ${made.version} and state = 'draft' and checksum = ${before}`
  return written === 1
}

/** Takes a draft away. Answers whether there was one. */
export async function deleteDraft(db: Statements, name: string, version: number): Promise<boolean> {
  return (
    (await db.$executeRaw`
      delete from certificate_type where name = ${name} and version = ${version} and state = 'draft'`) === 1
  )
}

/** Puts a version into force; the one that was retires. */
export async function putInForce(db: Statements, name: string, version: number, by: By, at: Date): Promise<void> {
  await db.$executeRaw`
    update certificate_type set state = 'retired' where name = ${name} and state = 'published' and version <> ${version}`
  await db.$executeRaw`
    update certificate_type
    set state = 'published', published_at = ${at}, published_by_id = ${by.id}, published_by_name = ${by.name}
    where name = ${name} and version = ${version}`
}

export interface TypeEvent {
  action: 'type.drafted' | 'type.changed' | 'type.deleted' | 'type.published' | 'type.rolled_back'
  actor: { kind: string; id: string; name: string }
  /** Names, versions, checksums. */
  detail: Record<string, unknown>
}

/** A line of the audit log, in the transaction that changes something. */
export async function writeTypeEvent(db: Statements, { action, actor, detail }: TypeEvent, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    values (${at}, ${action}, ${actor.kind}, ${actor.id}, ${actor.name}, null, null, ${JSON.stringify(detail)}::jsonb)`
}

/** Tells every process, when the transaction commits. */
export async function tellProcesses(db: Statements): Promise<void> {
  await db.$executeRaw`select pg_notify('errata_types', '')`
}

function encoded(files: Files): string {
  return JSON.stringify(Object.fromEntries([...files].map(([name, content]) => [name, content.toString('base64')])))
}

function decoded(files: Record<string, string>): Files {
  return new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content, 'base64')]))
}
