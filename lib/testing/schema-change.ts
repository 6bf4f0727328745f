/** What a migration did to a schema, read from PostgreSQL's own catalogue: no guessing at the text of SQL. */
import type pg from 'pg'

/** Tables that grow with what a country issues. Nothing may keep people from them for longer than a moment. */
export const BIG = new Set([
  ...['lineage', 'transaction', 'certificate', 'status_entry', 'outbox', 'audit_event', 'idempotency_key'],
  ...['vc_credential', 'webhook_delivery', 'bulk_row', 'recall_row', 'reissue_row', 'api_call', 'print_run', 'look_up'],
])

interface Column {
  table: string
  column: string
  type: string
  required: boolean
  filled: boolean
}

/** A table, and where its rows are stored: a new place means that every row was written again. */
interface Table {
  table: string
  stored: string
}

interface Rule {
  table: string
  name: string
  kind: 'check' | 'foreign key' | 'unique' | 'index'
  says: string
  validated: boolean
}

export interface Schema {
  tables: Table[]
  columns: Column[]
  rules: Rule[]
}

export async function readSchema(client: pg.Client): Promise<Schema> {
  const ask = async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows
  const ours = `join pg_class c on c.oid = %s and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    and c.relname <> '_prisma_migrations'`
  return {
    tables: await ask<Table>(
      `select c.relname as table, pg_relation_filenode(c.oid)::text as stored from pg_class x ${ours.replace('%s', 'x.oid')}`,
    ),
    columns: await ask<Column>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
              a.atthasdef or a.attidentity <> '' or a.attgenerated <> '' as filled
       from pg_attribute a ${ours.replace('%s', 'a.attrelid')} where a.attnum > 0 and not a.attisdropped`,
    ),
    rules: await ask<Rule>(
      `select c.relname as table, k.conname as name, case k.contype when 'c' then 'check' else 'foreign key' end as kind,
              pg_get_constraintdef(k.oid) as says, k.convalidated as validated
       from pg_constraint k ${ours.replace('%s', 'k.conrelid')} where k.contype in ('c', 'f')
       union all
       select c.relname, i.indexrelid::regclass::text, case when i.indisunique then 'unique' else 'index' end,
              pg_get_indexdef(i.indexrelid), i.indisvalid
       from pg_index i ${ours.replace('%s', 'i.indrelid')}`,
    ),
  }
}

/**
 * What of a change a program of the version before could stumble over while it still runs, and what would lock a big table
 * while everybody waits; in sentences, none when it is harmless. Tables that the change makes are its own affair.
 * `whole`: it runs in one transaction, so that an index is built and a rule checked under a lock.
 */
export function troubleWith(before: Schema, after: Schema, { whole }: { whole: boolean }): string[] {
  const known = new Set(before.tables.map(({ table }) => table))
  return [...ofTables(before, after), ...ofColumns(before, after, known), ...ofRules(before, after, known, whole)]
}

function ofTables(before: Schema, after: Schema): string[] {
  return before.tables.flatMap(({ table, stored }) => {
    const now = after.tables.find((one) => one.table === table)
    if (!now) return [`table ${table} is gone`]
    return now.stored !== stored && BIG.has(table) ? [`every row of ${table} is written again`] : []
  })
}

function ofColumns(before: Schema, after: Schema, known: Set<string>): string[] {
  const at = ({ table, column }: Column) => `${table}.${column}`
  const earlier = new Map(before.columns.map((column) => [at(column), column]))
  const later = new Map(after.columns.map((column) => [at(column), column]))
  const gone = before.columns.flatMap((column) =>
    known.has(column.table) && !later.has(at(column)) ? [`${at(column)} is gone`] : [],
  )
  const changed = after.columns.flatMap((column) => {
    const was = earlier.get(at(column))
    if (!known.has(column.table)) return []
    if (!was) return column.required && !column.filled ? [`${at(column)} is new and has to be given`] : []
    return [
      ...(was.type === column.type ? [] : [`${at(column)} was ${was.type} and is ${column.type}`]),
      ...(column.required && !was.required ? [`${at(column)} has to be given now`] : []),
      ...(was.filled && !column.filled && column.required ? [`${at(column)} is not filled by itself any more`] : []),
    ]
  })
  return [...gone, ...changed]
}

function ofRules(before: Schema, after: Schema, known: Set<string>, whole: boolean): string[] {
  const names = new Map(before.rules.map(({ name, says }) => [name, says]))
  const fresh = after.rules.filter(({ table, name, says }) => known.has(table) && names.get(name) !== says)
  return fresh.flatMap(({ table, name, kind, validated }) => {
    if (kind === 'index') return whole && BIG.has(table) ? [`${name} is built while nobody can write ${table}`] : []
    const locks = whole && validated && BIG.has(table) ? [`${name} is checked while nobody can write ${table}`] : []
    return [`${name} (${kind}) may refuse what the version before writes into ${table}`, ...locks]
  })
}
