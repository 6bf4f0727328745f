/** Turns registry rows into what the API answers. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { LineageView, StatusReason, TransactionView, Version } from './answers'
import { personOf, subjectOf, totalIn } from './person'
import type { CertificateRow, LineageRow, TransactionRow } from './store-read'

/** A lineage with its allowance, versions and unfinished work. `type` is the one in force, `general` its limit now. */
export function lineageView(row: LineageRow, type: CertificateType, general: number): LineageView {
  const limit = general + row.extraUpdates
  const of = (state: TransactionRow['state']) =>
    row.transactions.filter((transaction) => transaction.kind === 'update' && transaction.state === state).length
  const issued = of('issued')
  const pending = of('pending')
  const head = row.certificates.find((certificate) => certificate.certificateId === row.headCertificateId)
  const shown =
    row.transactions.find((transaction) => transaction.id === head?.transactionId) ?? row.transactions.at(-1)!
  return {
    type: row.type,
    preEnrollmentCode: row.preEnrollmentCode,
    programId: row.programId,
    dose: row.dose,
    totalDoses: totalIn(shown.record, type),
    holderName: personOf(shown.record, type).name,
    vaccine: subjectOf(shown.record, type),
    facility: { code: row.facilityCode, name: row.facilityName },
    state: stateOfLineage(row, head),
    updatesUsed: issued + pending,
    updatesIssued: issued,
    updatesPending: pending,
    updatesLimit: limit,
    updatesRemaining: Math.max(0, limit - issued - pending),
    updatesExtra: row.extraUpdates,
    approval: row.approval === null ? null : { ...row.approval, requestedAt: instant(row.approval.requestedAt) },
    current:
      head?.state === 'current'
        ? { certificateId: head.certificateId, version: head.revision + 1, issuedAt: instant(head.issuedAt) }
        : null,
    transactions: row.transactions
      .filter((transaction) => transaction.state !== 'issued')
      .map((transaction) => transactionView(row, transaction))
      .reverse(),
    history: row.certificates.map((certificate) => versionOf(row, certificate)).reverse(),
  }
}

/** One accepted request: where it stands, and what really happened when it was issued. */
export function transactionView(row: LineageRow, transaction: TransactionRow): TransactionView {
  const certificate = row.certificates.find((one) => one.transactionId === transaction.id)
  const previous = row.certificates.find((one) => one.certificateId === certificate?.predecessorId)
  return {
    transactionId: transaction.id,
    type: row.type,
    kind: transaction.kind,
    state: transaction.state,
    preEnrollmentCode: row.preEnrollmentCode,
    programId: row.programId,
    dose: row.dose,
    correctedDose: transaction.correctedDose,
    certificateId: transaction.certificateId,
    acceptedAt: instant(transaction.acceptedAt),
    finishedAt: transaction.finishedAt === null ? null : instant(transaction.finishedAt),
    attempts: transaction.attempts,
    stuck: transaction.state === 'pending' && transaction.lastError !== null,
    failure:
      transaction.failureCode === null
        ? null
        : { code: transaction.failureCode, message: transaction.failureMessage ?? '' },
    checks: certificate
      ? {
          signatureVerified: certificate.checks.signatureVerified === true,
          qrScanned: certificate.checks.qrScanned === true,
          previousState: previous?.state === 'superseded' ? 'superseded' : null,
        }
      : null,
  }
}

function versionOf(row: LineageRow, certificate: CertificateRow): Version {
  const source = row.transactions.find((transaction) => transaction.id === certificate.transactionId)!
  return {
    version: certificate.revision + 1,
    certificateId: certificate.certificateId,
    previousCertificateId: certificate.predecessorId,
    state: certificate.state,
    issuedAt: instant(certificate.issuedAt),
    endedAt: certificate.state === 'current' ? null : instant(certificate.since),
    since: instant(certificate.since),
    until: certificate.until === null ? null : instant(certificate.until),
    statuses: certificate.statuses.map(({ state, at, until, reason, actorKind, actorName }) => ({
      state,
      at: instant(at),
      until: until === null ? null : instant(until),
      reason: statusReasonOf(reason),
      by: { kind: actorKind, name: actorName },
    })),
    reissue: source.kind === 'reissue' ? { typeVersion: source.typeVersion } : null,
    changes: certificate.changes,
    reason: source.reason,
    by: { kind: source.callerKind, name: source.callerName },
    channel: source.channel,
    imported: importedOf(certificate.checks),
  }
}

/** What the importer kept with it (lib/imports/findings.ts says what the codes mean). */
function importedOf({ imported, findings = [] }: CertificateRow['checks']): Version['imported'] {
  return imported === true ? { findings: findings as NonNullable<Version['imported']>['findings'] } : null
}

/** A reason as it is told: what else is kept with it (which recall it was) stays here. */
export function statusReasonOf(stored: StatusReason | null): StatusReason | null {
  if (stored === null) return null
  const { cause, note } = stored
  return { cause, ...(note === undefined ? {} : { note }) }
}

function stateOfLineage(row: LineageRow, head: CertificateRow | undefined): LineageView['state'] {
  if (head?.state === 'revoked' || head?.state === 'suspended') return head.state
  if (head) return 'current'
  return row.transactions.some((transaction) => transaction.state === 'pending') ? 'being_issued' : 'failed'
}

/** PostgreSQL writes instants inside JSON in the session's zone. */
function instant(text: string): string {
  return new Date(text).toISOString()
}
