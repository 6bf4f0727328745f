/**
 * Writes into the audit log which keys sign, will sign next, signed before and were withdrawn, as it changes: by
 * `npm run keys`, by a setting or by hand in DATA_DIR/keys. For the worker alone.
 */
import type { Context } from '@/lib/certificates/context'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { listKeys, type Use } from '@/lib/signing/rotation'
import { writeKeyUses, type KeyUse } from './store-key-notes'

const LOOK_EVERY_MS = 5000

const USE: Record<Use, KeyUse['use']> = {
  'signs certificates': 'signs',
  'signs the second form and status lists': 'signs',
  'signs both forms': 'signs',
  'signs next': 'next',
  'signed before': 'former',
  withdrawn: 'withdrawn',
}

/** Looks until `signal` aborts. Every worker may run it; the database is asked when something changed, and once at the start. */
export async function runKeyNotes(context: Context, signal: AbortSignal): Promise<void> {
  let noted = ''
  while (!signal.aborted) {
    try {
      const uses = JSON.stringify(await keyUses(context))
      if (uses !== noted) await noteKeys(context)
      noted = uses
    } catch (error) {
      log().error(traceOf(error), 'the keys are not in the audit log yet')
    }
    await pause(LOOK_EVERY_MS, signal)
  }
}

/** Writes what is not in the log yet. Returns how many lines. */
export async function noteKeys(context: Context): Promise<number> {
  return writeKeyUses(context.db, await keyUses(context), context.now())
}

async function keyUses({ settings }: Context): Promise<KeyUse[]> {
  return (await listKeys(settings)).map(({ thumbprint, type, use }) => ({ key: thumbprint, type, use: USE[use] }))
}
