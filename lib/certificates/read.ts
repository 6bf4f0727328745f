/** The reading use cases: who may see what, and the answer. */
import { typeInForce } from '@/lib/certificate-types/live'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { Refusal } from '@/lib/errors'
import { packCredential, qrSize, qrValue } from '@/lib/rendering/qr'
import { isUuid } from '@/lib/uuid'
import type { CertificateView, LineageView, TransactionView } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { maskFor } from './masks'
import { mayRead, notYours, reaches } from './reach'
import { ownMeta, registryFields } from './registry-fields'
import {
  credentialOf,
  latestOfCode,
  lineageOfCertificate,
  lineageOfTransaction,
  lineagesOfCode,
  stateOf,
  type CredentialRow,
  type LineageRow,
} from './store-read'
import { openedFor, revealedUntil, type Opened } from './store-opened'
import { lineageView, transactionView } from './views'

/** The update limit in force: of the type, else the setting. */
export function limitOf(context: Pick<Context, 'db' | 'settings'>, type = VACCINATION_TYPE): number {
  return typeInForce(context, type).updateLimit ?? context.settings.updateLimit
}

/**
 * The lineages of a code, of all types or one. None: an empty list. Those of other facilities are left out; when all are, the answer is a
 * Refusal NOT_YOUR_FACILITY.
 */
export async function findLineages(
  context: Context,
  caller: Caller,
  query: { preEnrollmentCode: string; type?: string; dose?: number; programId?: string },
): Promise<{ lineages: LineageView[] }> {
  const { db, now } = context
  const rows = await lineagesOfCode(db, query.type ?? null, query.preEnrollmentCode, now(), caller.sandbox)
  const asked = rows.filter(
    (row) =>
      row.transactions.length > 0 &&
      (query.dose === undefined || row.dose === query.dose) &&
      (query.programId === undefined || row.programId === query.programId),
  )
  const may = await Promise.all(asked.map((row) => mayRead(context, caller, row)))
  const mine = asked.filter((_row, at) => may[at])
  if (asked.length > 0 && mine.length === 0) throw notYours()
  return { lineages: mine.map((row) => viewFor(context, caller, row)) }
}

/** The registry's view of one certificate. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function findCertificate(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<CertificateView> {
  const [row, lineage] = await Promise.all([
    readableCredential(context, caller, certificateId),
    lineageOfCertificate(context.db, certificateId, context.now(), caller.sandbox),
  ])
  const view = viewFor(context, caller, lineage!)
  const mask = maskFor(context, caller, { ...view, sandbox: row.sandbox })
  const entry = view.history.find((version) => version.certificateId === certificateId)!
  const successor = view.history.find((version) => version.previousCertificateId === certificateId)
  return {
    certificateId,
    type: view.type,
    typeVersion: row.typeVersion,
    state: entry.state,
    version: entry.version,
    issuedAt: entry.issuedAt,
    previousCertificateId: entry.previousCertificateId,
    supersededBy: successor?.certificateId ?? null,
    supersededAt: successor ? entry.endedAt : null,
    record: { ...(mask ? mask.record(row.record) : row.record) },
    credentialHash: row.credentialHash,
    credential: mask ? null : (JSON.parse(row.credential) as Record<string, unknown>),
    qr: qrSize(qrValue(packCredential(row.credential))),
    lineage: view,
    opening: row.opening,
  }
}

/** Where an accepted request stands. Refusals: TRANSACTION_NOT_FOUND, NOT_YOUR_FACILITY. */
export async function findTransaction(context: Context, caller: Caller, id: string): Promise<TransactionView> {
  const lineage = isUuid(id) ? await lineageOfTransaction(context.db, id, context.now(), caller.sandbox) : null
  if (!lineage) throw new Refusal('TRANSACTION_NOT_FOUND', 'There is no such transaction.')
  if (!(await mayRead(context, caller, lineage))) throw notYours()
  return transactionView(
    lineage,
    lineage.transactions.find((transaction) => transaction.id === id.toLowerCase())!,
  )
}

/** The credential exactly as signed, with its sha256. People reveal its values first: refusal REVEAL_REQUIRED. */
export async function certificateText(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<{ credential: string; credentialHash: string; issuedAt: Date }> {
  const row = await documentOf(context, caller, certificateId)
  if (caller.kind === 'operator' && !row.revealed) throw revealFirst()
  return row
}

/** Number of the current certificate of the highest dose of a code (DIVOC's "latest"). Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function latestCertificateId(
  context: Context,
  caller: Caller,
  preEnrollmentCode: string,
  type = VACCINATION_TYPE,
): Promise<string> {
  const rows = await latestOfCode(context.db, type, preEnrollmentCode, context.now(), caller.sandbox)
  const mine = rows.find((row) => reaches(caller, row))
  if (mine) return mine.certificateId
  throw rows.length > 0 ? notYours() : notFound()
}

/** Was this certificate replaced, revoked or suspended? Throws when the registry cannot be asked: "no" is said only after a look-up. */
export async function isReplacedOrRevoked(context: Context, certificateId: string): Promise<boolean> {
  const state = await stateOf(context.db, certificateId, context.now())
  return state !== null && state !== 'current'
}

/** One certificate as DIVOC's registry shows it, with the certificate as an object. */
export async function registryRow(context: Context, caller: Caller, certificateId: string) {
  if (caller.kind === 'operator') throw new Refusal('NOT_ALLOWED', "The registry's row is for source systems.")
  const row = await ownCredential(context, caller, certificateId)
  return {
    ...registryFields(row.record, certificateId, row.credential),
    certificate: JSON.parse(row.credential) as Record<string, unknown>,
    meta: ownMeta(row.record, row.form, row.predecessorId),
    osCreatedAt: row.issuedAt.toISOString(),
  }
}

/**
 * A certificate whose document is asked for: the page and its QR code say what the holder's own paper says, hidden values
 * too, and handing them out is what people here do. Of what somebody opened beyond the own reach they are shown only while
 * its values are revealed (refusal REVEAL_REQUIRED).
 */
export async function documentOf(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<ReadableRow & { revealed: boolean }> {
  const row = await readableCredential(context, caller, certificateId)
  const { db, now } = context
  const revealed = caller.kind !== 'operator' || (await revealedUntil(db, caller.id, row.lineageId, now())) !== null
  if (row.opening && !revealed) throw revealFirst()
  return { ...row, revealed }
}

export interface ReadableRow extends CredentialRow {
  /** Through which the caller reads what belongs to another facility; null = within reach. */
  opening: Opened | null
}

/** The stored certificate, for a caller who may read it: within reach, or opened. Nothing but reading follows from it. */
export async function readableCredential(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<ReadableRow> {
  const row = await credentialOf(context.db, certificateId, context.now(), caller.sandbox)
  if (!row) throw notFound()
  if (reaches(caller, row)) return { ...row, opening: null }
  const opening =
    caller.kind === 'operator' ? await openedFor(context.db, caller.id, row.lineageId, context.now()) : null
  if (!opening) throw notYours()
  return { ...row, opening }
}

/** The stored certificate, for a caller who reaches it. */
export async function ownCredential(context: Context, caller: Caller, certificateId: string): Promise<CredentialRow> {
  const row = await credentialOf(context.db, certificateId, context.now(), caller.sandbox)
  if (!row) throw notFound()
  if (!reaches(caller, row)) throw notYours()
  return row
}

/** A lineage as this caller may see it. */
function viewFor(context: Context, caller: Caller, row: LineageRow): LineageView {
  const view = lineageView(row, typeInForce(context, row.type), limitOf(context, row.type))
  const mask = maskFor(context, caller, { ...row, sandbox: caller.sandbox })
  if (!mask) return view
  return { ...view, history: view.history.map((one) => ({ ...one, changes: mask.changes(one.changes) })) }
}

function revealFirst(): Refusal {
  return new Refusal('REVEAL_REQUIRED', 'This shows values that are hidden. Reveal them first, with a reason.')
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no certificate with this number.')
}
