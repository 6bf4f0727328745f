/** Notes the calls of source systems beside their requests' way: kept in memory for a second, then written together. */
import type { Database } from '@/lib/db'
import { log, traceOf } from '@/lib/log'
import { CALLS_KEPT, REASONS_KEPT } from './answers'
import { writeCalls, type ClientCall } from './store-calls'

const WRITE_EVERY_MS = 1000

/**
 * Notes an answered call. It is in the database within a second; a process that is killed loses what it noted in that
 * second, and nobody's request ever waits for this.
 */
export function noteCall(db: Database, call: ClientCall): void {
  const notes = notesOf(db)
  // More than are kept need not be written either, however fast they come.
  const mine = [...(notes.byClient.get(call.clientId) ?? []), storable(call)].slice(-CALLS_KEPT)
  notes.byClient.set(call.clientId, mine)
  writeSoon(db, notes)
}

/** Writes what is noted, now. When the database is away the notes are kept for the next time, and the error is thrown. */
export async function writeNotes(db: Database): Promise<void> {
  const notes = notesOf(db)
  while (notes.writing) await notes.writing.catch(() => {})
  const taken = notes.byClient
  if (taken.size === 0) return
  notes.byClient = new Map()
  notes.writing = writeCalls(db, [...taken.values()].flat())
  try {
    await notes.writing
  } catch (error) {
    for (const [clientId, calls] of taken) {
      notes.byClient.set(clientId, [...calls, ...(notes.byClient.get(clientId) ?? [])].slice(-CALLS_KEPT))
    }
    writeSoon(db, notes)
    throw error
  } finally {
    notes.writing = undefined
  }
}

interface Notes {
  byClient: Map<string, ClientCall[]>
  timer?: NodeJS.Timeout
  writing?: Promise<void>
}

const kept = new WeakMap<Database, Notes>()

function notesOf(db: Database): Notes {
  const notes = kept.get(db) ?? { byClient: new Map() }
  kept.set(db, notes)
  return notes
}

function writeSoon(db: Database, notes: Notes): void {
  notes.timer ??= setTimeout(() => {
    notes.timer = undefined
    writeNotes(db).catch((error) => log().warn(traceOf(error), 'the last calls could not be written yet'))
  }, WRITE_EVERY_MS).unref()
}

/** As the database takes it: one note that it refuses would hold up all others for ever. */
function storable(call: ClientCall): ClientCall {
  const details = call.details.slice(0, REASONS_KEPT).map((detail) => ({
    ...detail,
    path: textOf(detail.path),
    message: textOf(detail.message),
  }))
  return { ...call, message: call.message && textOf(call.message), details }
}

function textOf(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '\ufffd')
}
