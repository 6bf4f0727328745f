/** The log of some days as a file, made while it is sent. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { rowLine, sealLine, type Row } from './chain.mjs'
import { csvLine } from './csv'
import { readChain, type Link } from './store-chain.mjs'
import { writeEvents } from './store-events'
import { sealsOfDays } from './store-list'

export type ExportFormat = 'jsonl' | 'csv'

/** Sent together; one line a piece would be slow. */
const PIECE = 64 * 1024

/**
 * What was sealed on the days from `from` to `to` (UTC), in whole seals. JSON lines hold each row and seal as it was hashed,
 * so that the file can be verified alone: the sha256 of a row's line is what its seal covers, that of a seal's line is
 * `previous` of the next one, and the last one of a day is the published hash of that day. The export itself is logged first.
 */
export async function exportLog(
  { db, now }: Context,
  caller: Caller,
  { from, to, format }: { from: string; to: string; format: ExportFormat },
): Promise<ReadableStream<Uint8Array>> {
  const actor = { kind: caller.kind, id: caller.id, name: caller.name }
  await writeEvents(db, [{ at: now(), action: 'audit.exported', actor, detail: { from, to, format } }])
  const seals = await sealsOfDays(db, from, to)
  const ask = (sql: string, values: unknown[]) => db.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...values)
  const pieces = piecesOf(seals ? readChain(ask, seals) : none(), format)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return()
    },
  })
}

async function* none(): AsyncGenerator<Link> {}

async function* piecesOf(links: AsyncGenerator<Link>, format: ExportFormat): AsyncGenerator<string, void, void> {
  const lineOf = format === 'csv' ? csvLines() : jsonLine
  let piece = format === 'csv' ? csvLine(COLUMNS) : ''
  for await (const link of links) {
    piece += lineOf(link)
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function jsonLine(link: Link): string {
  return `${'row' in link ? rowLine(link.row) : sealLine(link.seal)}\n`
}

const COLUMNS = [
  'id',
  'at',
  'action',
  'actorKind',
  'actorId',
  'actorName',
  'lineageId',
  'certificateId',
  'detail',
] as const
type Column = (typeof COLUMNS)[number] & keyof Row

/** For spreadsheets: the rows alone. */
function csvLines(): (link: Link) => string {
  return (link) => ('row' in link ? csvLine(COLUMNS.map((column: Column) => link.row[column] ?? '')) : '')
}
