/** Hidden values shown to one person, with a reason, for a while. */
import { typeOfAllTimes } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { maskedValuesOf, valuesBehind } from '@/lib/certificates/masks'
import { reaches } from '@/lib/certificates/reach'
import { readableCredential, type ReadableRow } from '@/lib/certificates/read'
import { revealedUntil } from '@/lib/certificates/store-opened'
import type { Revealed, RevealReason } from './answers'
import { endOf, requireNote } from './rules'
import { insertReveal, knownValues, writeAudits } from './store'

/**
 * Shows the hidden values of a record; the line in the audit is written with it. Of an opened record no longer than it is
 * open. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, VALIDATION_ERROR.
 */
export async function revealValues(
  context: Context,
  caller: Caller,
  certificateId: string,
  asked: { reason: RevealReason; note: string },
): Promise<Revealed> {
  requireNote(asked)
  const row = await readableCredential(context, caller, certificateId)
  const { lineageId, opening } = row
  const now = context.now()
  const whole = endOf(now, context.settings.openings.revealMinutes)
  const until = opening && new Date(opening.until) < whole ? new Date(opening.until) : whole
  const values = await valuesOf(context, caller, row)
  await context.db.$transaction(async (db) => {
    const { reason, note } = asked
    await insertReveal(db, caller.id, { id: context.uuid(), lineageId, reason, note, revealedAt: now, until })
    const fields = [...new Set(values.map(({ path }) => path))]
    const detail = { reason, fields, until: until.toISOString() }
    await writeAudits(db, caller, now, { action: 'record.revealed', lineageIds: [lineageId], detail })
  })
  return { until: until.toISOString(), values }
}

/** What is revealed to the caller now, as after a page was loaded anew. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function revealedNow(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<{ reveal: Revealed | null }> {
  const row = await readableCredential(context, caller, certificateId)
  const until = await revealedUntil(context.db, caller.id, row.lineageId, context.now())
  if (until === null) return { reveal: null }
  return { reveal: { until: until.toISOString(), values: await valuesOf(context, caller, row) } }
}

/**
 * Of all versions, what was asked for and failed, what the holder said, and what is asked of a supervisor in requests that
 * this person may see: whatever a marker may stand for on a screen.
 */
async function valuesOf(context: Context, caller: Caller, row: ReadableRow): Promise<Revealed['values']> {
  const { record, sandbox, lineageId } = row
  const decides = has(caller, 'supervisor') && reaches(caller, row)
  const { records, said } = await knownValues(context.db, lineageId, caller, decides ? 'all' : 'own')
  const accepted = records.flatMap((one) => maskedValuesOf(one, typeOfAllTimes(context, row.type)))
  const paths = new Set(accepted.map(({ path }) => path))
  const claimed = said.filter(({ path }) => paths.has(path)).map(({ path, right }) => ({ path, value: right }))
  const { preEnrollmentCode } = record
  return valuesBehind(context, { preEnrollmentCode, sandbox }, [...accepted, ...claimed])
}
