/** Dealing with what is on the list: closing a holder's report with an answer, and what a report or failure proposes. */
import { writeLook } from '@/lib/audit/looks'
import { publishedType } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { changesBetween } from '@/lib/certificates/diff'
import { reaches, type Owned } from '@/lib/certificates/reach'
import { Refusal } from '@/lib/errors'
import { maskFor } from '@/lib/certificates/masks'
import { writeAudit } from '@/lib/people/store-writing'
import { isUuid } from '@/lib/uuid'
import type { AdviceAnswer, ReportOutcome } from './answers'
import { countLookUp } from './look-ups'
import { failedUpdate, reportById, writeClosed } from './store-report'

/**
 * Closes a report with an answer that the holder reads. "corrected" is said only where a newer certificate was issued
 * since. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, REPORT_CLOSED, VALIDATION_ERROR.
 */
export async function closeReport(
  context: Context,
  caller: Caller,
  id: string,
  { answer, outcome }: { answer: string; outcome: ReportOutcome },
): Promise<{ reportId: string; closedAt: string }> {
  const at = context.now()
  return context.db.$transaction(async (db) => {
    const report = own(isUuid(id) ? await reportById(db, id, at, { lock: true }) : null, caller, 'report')
    if (report.state !== 'open') throw new Refusal('REPORT_CLOSED', 'Somebody closed this report already.')
    const isCorrected =
      report.current !== null && report.current !== report.certificateId && report.currentIssuedAt! > report.createdAt
    if (outcome === 'corrected' && !isCorrected) {
      const message = 'No newer certificate was issued since this report.'
      throw new Refusal('VALIDATION_ERROR', message, [
        { index: 0, path: '/outcome', code: 'VALIDATION_ERROR', message },
      ])
    }
    await writeClosed(db, report.id, { at, byName: caller.name, answer })
    await writeAudit(db, caller, at, {
      action: 'report.closed',
      lineageId: report.lineageId,
      certificateId: report.certificateId,
      detail: { reportId: report.id, outcome },
    })
    return { reportId: report.id, closedAt: at.toISOString() }
  })
}

/** What a holder says is right. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, TOO_MANY_LOOK_UPS. */
export async function reportAdvice(context: Context, caller: Caller, id: string): Promise<AdviceAnswer> {
  const report = own(isUuid(id) ? await reportById(context.db, id, context.now()) : null, caller, 'report')
  await countLookUp(context, caller, { code: report.preEnrollmentCode })
  const { certificateId } = report
  await writeLook(context, caller, { action: 'record.read', certificateId, detail: { form: 'report' } })
  return {
    from: 'report',
    reference: report.reference,
    current: report.current,
    note: report.note,
    values: hiddenFrom(
      context,
      caller,
      report,
      report.fields.map(({ path, right }) => [path, right]),
    ),
  }
}

/** What an update that was not issued would have changed in the certificate as it is now. Refusals as above. */
export async function failureAdvice(context: Context, caller: Caller, id: string): Promise<AdviceAnswer> {
  const failed = own(isUuid(id) ? await failedUpdate(context.db, id, context.now()) : null, caller, 'failed update')
  await countLookUp(context, caller, { code: failed.preEnrollmentCode })
  const changes = failed.currentRecord
    ? changesBetween(failed.currentRecord, failed.record, await publishedType(context, failed.type))
    : []
  return {
    from: 'failure',
    reference: failed.id,
    current: failed.current,
    note: '',
    values: hiddenFrom(
      context,
      caller,
      failed,
      changes.map(({ path, after }) => [path, after ?? '']),
    ),
  }
}

/** Proposed values by path; those of masked fields only as markers. */
function hiddenFrom(
  context: Context,
  caller: Caller,
  { type, preEnrollmentCode }: { type: string; preEnrollmentCode: string },
  values: [path: string, value: string][],
): Record<string, string> {
  const mask = maskFor(context, caller, { type, preEnrollmentCode, sandbox: false })
  return Object.fromEntries(values.map(([path, value]) => [path, mask ? mask.value(path, value) : value]))
}

function own<Row extends Owned>(row: Row | null, caller: Caller, what: string): Row {
  if (!row) throw new Refusal('NOT_FOUND', `There is no such ${what}.`)
  if (!reaches(caller, row)) throw new Refusal('NOT_YOUR_FACILITY', 'This belongs to another facility.')
  return row
}
