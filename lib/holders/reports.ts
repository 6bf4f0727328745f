/** A holder says that something is wrong, or that nobody asked for a change. */
import { createHash } from 'node:crypto'
import { publishedType } from '@/lib/certificate-types/live'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import type { HolderReport, ReportRequest } from './answers'
import { openingFor } from './open'
import { cleanNote, cleanValue } from './report-text'
import type { HolderSession } from './session'
import { belongsTo, insertReport, openReports, reportOf } from './store-reports'
import { makeReference } from './token'
import { reportView } from './view'

/** More than these at once nobody reads. */
const MOST_OPEN = 5

/**
 * Stores a report for the facility's list; sent again with the same `attempt` it is the same report. Refusals:
 * CHECK_NEEDED, VALIDATION_ERROR (nothing said, or about something else), TOO_MANY_REPORTS.
 */
export async function report(
  context: Context,
  token: string,
  session: HolderSession | null,
  given: ReportRequest,
): Promise<HolderReport> {
  const opening = await openingFor(context, token, session)
  const type = await publishedType(context, opening.type)
  const said = saidIn(given, type)
  const id = idOf(opening.linkId, given.attempt)
  const { answerDays } = context.settings.holders
  return context.db.$transaction(async (tx) => {
    const open = await openReports(tx, opening.linkId, opening.lineageId)
    const before = await reportOf(tx, id)
    if (before) return reportView(before, type, answerDays)
    if (!(await belongsTo(tx, given.certificateId, opening.lineageId))) {
      throw new Refusal('VALIDATION_ERROR', 'The report is about another certificate.')
    }
    if (open >= MOST_OPEN) {
      throw new Refusal(
        'TOO_MANY_REPORTS',
        `${MOST_OPEN} reports wait for an answer. Wait for it before you send more.`,
      )
    }
    const { linkId, lineageId } = opening
    const made = { id, linkId, lineageId, certificateId: given.certificateId, kind: given.kind, ...said }
    while (!(await insertReport(tx, { ...made, reference: makeReference(context.random) }, context.now())));
    return reportView((await reportOf(tx, id))!, type, answerDays)
  })
}

/** The fields and the note, cleaned. Something has to be said, and only about fields that exist. */
function saidIn({ kind, fields, note }: ReportRequest, type: CertificateType) {
  const known = new Set(fieldsOf(type).map((field) => field.path))
  const unknown = fields.find(({ path }) => !known.has(path))
  if (unknown) throw new Refusal('VALIDATION_ERROR', 'A certificate has no such field.')
  const said = {
    fields: fields.map(({ path, right }) => ({ path, right: cleanValue(right) })),
    note: cleanNote(note),
  }
  if (kind === 'wrong' && said.fields.length === 0 && said.note === '') {
    throw new Refusal('VALIDATION_ERROR', 'Say what is wrong: choose a field or write a note.')
  }
  return said
}

/** One id for all tries to send one report. */
function idOf(linkId: string, attempt: string): string {
  const hex = createHash('sha256').update(`${linkId} ${attempt}`).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
