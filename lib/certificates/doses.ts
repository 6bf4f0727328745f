/** The doses of one person under one programme: which of them can be corrected by whom, and which numbers are free. */
import { typeInForce } from '@/lib/certificate-types/live'
import type { DosesAnswer, PersonDose } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { maskFor } from './masks'
import { reaches } from './reach'
import { limitOf, ownCredential } from './read'
import { lineagesOfCode, type LineageRow } from './store-read'
import { lineageView } from './views'

/**
 * The doses of the person whom a certificate belongs to. Of those of other facilities only the number is told: it is taken.
 * Refusals: NOT_FOUND, NOT_YOUR_FACILITY.
 */
export async function dosesOfPerson(context: Context, caller: Caller, certificateId: string): Promise<DosesAnswer> {
  const { record, type } = await ownCredential(context, caller, certificateId)
  const rows = await lineagesOfCode(context.db, type, record.preEnrollmentCode, context.now(), caller.sandbox)
  const ofProgramme = rows.filter((row) => row.programId === (record.programId ?? '') && row.transactions.length > 0)
  // The newest generation of each dose: what was revoked before it is history.
  const newest = ofProgramme.filter((row, at) => ofProgramme.findIndex(({ dose }) => dose === row.dose) === at)
  const own = ofProgramme.find((row) => row.certificates.some((one) => one.certificateId === certificateId))
  return {
    preEnrollmentCode: record.preEnrollmentCode,
    programId: record.programId ?? '',
    dose: own!.dose,
    doses: newest.map((row) => doseOf(context, caller, row)),
    kept: rows.flatMap((row) => (row.programId === (record.programId ?? '') ? (movingTo(row) ?? []) : [])),
  }
}

function doseOf(context: Context, caller: Caller, row: LineageRow): PersonDose {
  const view = lineageView(row, typeInForce(context, row.type), limitOf(context, row.type))
  const mine = reaches(caller, row)
  const mask = maskFor(context, caller, { ...row, sandbox: caller.sandbox })
  const head = row.certificates.find((one) => one.certificateId === row.headCertificateId)
  const source = row.transactions.find((one) => one.id === head?.transactionId)
  const { updatesUsed, updatesIssued, updatesPending, updatesLimit, updatesRemaining } = view
  return {
    dose: row.dose,
    taken: row.open,
    blocked: !mine
      ? 'other_facility'
      : view.state === 'revoked' || view.state === 'suspended'
        ? view.state
        : head === undefined
          ? 'not_issued'
          : updatesPending > 0
            ? 'being_issued'
            : updatesRemaining === 0
              ? 'no_updates_left'
              : null,
    certificate:
      mine && head && source
        ? {
            certificateId: head.certificateId,
            version: head.revision + 1,
            record: { ...(mask ? mask.record(source.record) : source.record) },
            updatesUsed,
            updatesIssued,
            updatesPending,
            updatesLimit,
            updatesRemaining,
          }
        : null,
  }
}

/** The dose that a lineage is on its way to. */
function movingTo({ transactions }: LineageRow): number | null {
  return transactions.find((one) => one.state === 'pending' && one.correctedDose !== null)?.correctedDose ?? null
}
