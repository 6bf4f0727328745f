/** How PostgreSQL would run a statement: whether it reads a table of the registry from end to end. */
import type pg from 'pg'
import type { Statement } from './statements'

/** Tables that grow with the certificates, and are filled by lib/testing/growth: their plans are those for many rows. */
export const LARGE = [
  ...['lineage', 'transaction', 'certificate', 'status_entry', 'audit_event', 'outbox'],
  ...['change_request', 'holder_link', 'print_run', 'api_call'],
]

/** Tables that grow as well, with few rows here: whatever is asked of them, an index has to be there for it. */
export const GROWING = [
  ...[
    'audit_seal',
    'change_request_message',
    'recent_item',
    'recall_row',
    'reissue_row',
    'bulk_row',
    'webhook_delivery',
  ],
  ...['vc_request', 'vc_credential', 'look_up', 'opening', 'opening_record', 'reveal', 'operator_session'],
  ...['imported_revocation'],
]

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Filter?: string
  Plans?: Plan[]
}

/** The places of a statement's plan that read such a table, or a whole index of one, from end to end. Nothing is run. */
export async function wholeReadsOf(client: pg.Client, statement: Statement): Promise<string[]> {
  if (!/^\s*(with|select|insert|update|delete)\b/i.test(statement.text)) return []
  const partial = await partialIndexes(client)
  const usual = await planOf(client, statement)
  await client.query('set enable_seqscan = off')
  const byIndex = await planOf(client, statement)
  await client.query('reset enable_seqscan')
  return [...new Set([...readsOf(usual, LARGE, false, partial), ...readsOf(byIndex, GROWING).filter(isOfTable)])]
}

/** Of few rows all of an index is as good as some of it: that says nothing. */
function isOfTable(read: string): boolean {
  return read.includes('from end to end')
}

async function planOf(client: pg.Client, { text, values }: Statement): Promise<Plan> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values)
  return rows[0]!['QUERY PLAN'][0].Plan
}

function readsOf(
  plan: Plan,
  tables: readonly string[],
  isLimited = false,
  partial: ReadonlySet<string> = new Set(),
): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, Filter: filter, Plans: parts = [] } = plan
  const inner = parts.flatMap((part) => readsOf(part, tables, isLimited || type === 'Limit', partial))
  if (table === undefined || !tables.includes(table)) return inner
  if (type === 'Seq Scan') return [`${table} from end to end${filter ? ` for ${filter}` : ''}`, ...inner]
  // The first rows of an index in its order are a flat read; all of them, or those that a filter lets through, are none.
  const isWhole = /^Index/.test(type) && plan['Index Cond'] === undefined && (!isLimited || filter !== undefined)
  return isWhole && index !== undefined && !partial.has(index) ? [`${table} through all of ${index}`, ...inner] : inner
}

const known = new WeakMap<pg.Client, Promise<ReadonlySet<string>>>()

/** Indexes of few rows by their condition: reading all of one is what they are for. */
function partialIndexes(client: pg.Client): Promise<ReadonlySet<string>> {
  const found = known.get(client)
  if (found) return found
  const asked = client
    .query<{ name: string }>('select indexrelid::regclass::text as name from pg_index where indpred is not null')
    .then(({ rows }) => new Set(rows.map(({ name }) => name)))
  known.set(client, asked)
  return asked
}

/** Plans from here on are those for tables `times` as large: same values, same shares, so many times the rows. */
export async function pretendLarge(client: pg.Client, times: number): Promise<void> {
  await client.query('analyze')
  await client.query(
    'update pg_class set reltuples = greatest(reltuples, 1) * $1 where relname = any($2) and relkind = $3',
    [times, LARGE, 'r'],
  )
}
