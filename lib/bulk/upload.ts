/** Takes a file: looks at its header, keeps every row, and leaves the rest to the workers. */
import { publishedType } from '@/lib/certificate-types/live'
import type { CertificateType, Form } from '@/lib/certificate-types/type'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { onlyFacility } from '@/lib/certificates/reach'
import type { Reason } from '@/lib/certificates/record'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { BulkKind } from './answers'
import { CODE, columnsOf, ENVELOPE_COLUMNS, neededColumns, NUMBER } from './columns'
import { unreadable } from './decode'
import { readFile, type FileRow } from './read-file'
import { insertRows, insertRun, runById, writeRead, type CountedRun } from './store'

export const MOST_ROWS = 100_000
const AT_ONCE = 1000
/** The rows of the largest file are written in some seconds. */
const LONGEST_WRITING_MS = 120_000

export interface Upload {
  id: string
  kind: BulkKind
  origin: 'upload' | 'divoc'
  type: string
  form: Form
  reason: Reason | null
  file: { name: string; bytes: () => AsyncIterable<Uint8Array> }
}

/**
 * Keeps a file as a run; sent again under the same id, the first one is answered. Refusals: INVALID_TEMPLATE (the file as a
 * whole), TOO_MANY_ITEMS, NOT_FOUND (the type).
 */
export async function takeFile(context: Context, caller: Caller, upload: Upload): Promise<CountedRun> {
  const type = await publishedType(context, upload.type)
  const { heads, rows } = await readFile(upload.file.bytes())
  if (heads) requireHeads(type, upload.kind, heads)
  const state = upload.origin === 'divoc' ? 'running' : 'checking'
  const facts = { ...upload, type: type.name, state, filename: nameOf(upload.file.name), columns: heads ?? [] } as const
  const scope = { facilityCode: onlyFacility(caller), proposal: null, expiresAt: null }
  const run = await context.db.$transaction(
    async (db) => {
      const at = context.now()
      if (await insertRun(db, { ...facts, ...scope }, caller, at)) {
        const counted = await keepRows(upload, type, heads, rows, (some) =>
          insertRows(db, upload.id, some, state === 'running' ? 'waiting' : 'unchecked', at),
        )
        await writeRead(db, upload.id, counted.columns, counted.blank)
        const detail = { runId: upload.id, kind: upload.kind, type: type.name, rows: counted.total }
        await writeAudit(db, caller, at, { action: 'bulk.uploaded', detail })
      }
      return (await runById(db, upload.id, at))!
    },
    { timeout: LONGEST_WRITING_MS },
  )
  if (run.byId !== caller.id || run.byKind !== caller.kind) {
    throw new Refusal('VALIDATION_ERROR', 'attempt must be a new random UUID.')
  }
  nudgeWorkers(context.db)
  return run
}

async function keepRows(
  { kind }: Upload,
  type: CertificateType,
  heads: string[] | null,
  rows: AsyncIterable<FileRow>,
  write: (rows: FileRow[]) => Promise<void>,
): Promise<{ columns: string[]; total: number; blank: number }> {
  const known = new Set(knownHeads(type, kind))
  const columns = new Set(heads)
  let [batch, total, last]: [FileRow[], number, number] = [[], 0, heads ? 1 : 0]
  for await (const row of rows) {
    total += 1
    last = row.row
    if (total > MOST_ROWS) {
      throw new Refusal('TOO_MANY_ITEMS', `The file has more than ${MOST_ROWS.toLocaleString('en')} rows: split it.`)
    }
    if (!heads) noteUnknown(row, known, columns)
    batch.push(row)
    if (batch.length === AT_ONCE) {
      await write(batch)
      batch = []
    }
  }
  if (batch.length > 0) await write(batch)
  if (total === 0) throw unreadable('The file has no rows below its header.')
  return { columns: [...columns], total, blank: last - (heads ? 1 : 0) - total }
}

/** Of JSON lines each has its own columns. */
function noteUnknown({ cells, problems }: FileRow, known: Set<string>, columns: Set<string>): void {
  for (const head of Object.keys(cells)) {
    if (known.has(head)) columns.add(head)
    else if (head !== '…')
      problems.push({ column: head, code: 'VALIDATION_ERROR', message: 'No column has this name.' })
  }
}

/** Every head once and known; for new certificates all that a row cannot do without. Refusal INVALID_TEMPLATE. */
function requireHeads(type: CertificateType, kind: BulkKind, heads: string[]): void {
  const known = knownHeads(type, kind)
  const quoted = (names: string[]) =>
    names
      .slice(0, 12)
      .map((name) => `“${name.slice(0, 60)}”`)
      .join(', ')
  const twice = heads.filter((head, at) => heads.indexOf(head) !== at)
  if (twice.length > 0) throw unreadable(`Two columns have the same head: ${quoted([...new Set(twice)])}.`)
  if (heads.some((head) => head === '')) throw unreadable(`Column ${heads.indexOf('') + 1} has no head.`)
  const unknown = heads.filter((head) => !known.includes(head))
  if (unknown.length > 0) {
    throw unreadable(
      `The first row has to hold the heads of the template. It has what no column is called: ${quoted(unknown)}.`,
    )
  }
  if (kind === 'certify') {
    const missing = neededColumns(type).filter((head) => !heads.includes(head))
    if (missing.length > 0) throw unreadable(`Columns are missing: ${quoted(missing)}.`)
  } else requireWhich(type, heads)
}

/** Corrections have to say of which certificate they are. */
function requireWhich(type: CertificateType, heads: string[]): void {
  const headAt = (path: string | undefined) => columnsOf(type).find(({ field }) => field.path === path)?.head
  const [key, sequence] = [headAt(type.lineage.key) ?? CODE, headAt(type.lineage.sequence)]
  if ([NUMBER, CODE, key].some((head) => heads.includes(head))) return
  const other = [key, ...(sequence ? [sequence] : [])].map((head) => `“${head}”`).join(' and ')
  throw unreadable(`No column says which certificate a row is about: “${NUMBER}”, or ${other}.`)
}

function knownHeads(type: CertificateType, kind: BulkKind): string[] {
  const envelope = ENVELOPE_COLUMNS.filter((name) => kind === 'update' || name !== NUMBER)
  return [...envelope, ...columnsOf(type).map(({ head }) => head)]
}

/** The last part of the name, so that it can be shown anywhere. */
function nameOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .slice(0, 120) || 'file'
  )
}
