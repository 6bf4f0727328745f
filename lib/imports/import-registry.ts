/** Takes over a registry of DIVOC: read and verify every row, plan, write whole lineages, account for every row. */
import type { KeyObject } from 'node:crypto'
import { publishedType } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import { contentHash } from '@/lib/certificates/content'
import type { Context } from '@/lib/certificates/context'
import { changesBetween } from '@/lib/certificates/diff'
import { facilitiesByName } from '@/lib/certificates/store'
import type { Statements } from '@/lib/db'
import { keepPublished } from '@/lib/signing/key-files'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { formerKeys, readChecked } from './check-row'
import type { Cause } from './findings'
import { planImport, type KeptNumber, type Plan, type PlannedLineage, type Version } from './plan'
import { readExport, type RowOutcome } from './read-export'
import { accountOf, type Account } from './account'
import { requestOf } from './request-of-credential'
import { readRow } from './rows'
import { digestOf, Lines } from './source'
import {
  beginImport,
  finishImport,
  keepNumbers,
  knownNumbers,
  lockImports,
  takenKeys,
  writeLineages,
  type NewLineage,
  type NewVersion,
  type RecordKey,
} from './store'

export interface ImportOptions {
  files: readonly string[]
  /** The issuer's public keys, present and former. */
  keys: readonly KeyObject[]
  dryRun?: boolean
  onProgress?: (step: 'read' | 'write', done: number, of: number | null) => void | Promise<void>
}

/** Certificates written in one transaction. */
const BATCH = 400
const NUMBERS_AT_ONCE = 5000

/**
 * Imports, or with `dryRun` says what an import would do. Started again after an interruption it goes on and ends with the
 * same account; a finished one changes nothing. Throws an Error for files and keys that cannot be read or used.
 */
export async function importRegistry(context: Context, options: ImportOptions): Promise<Account> {
  const { files, keys, dryRun = false, onProgress } = options
  const type = await publishedType(context)
  const digest = digestOf(keys.map(thumbprintOf).sort())
  const read = await readExport(context, {
    files,
    digest,
    type,
    keys: formerKeys(context.settings, keys),
    onRow: (n) => void onProgress?.('read', n, null),
  })
  const rows = new Map(read.rows.map((row) => [keyOf(row.place), row]))
  const known = await inGroups(context, [...read.certificates, ...read.revocations])
  const isTaken = ({ certificateId, hash }: { certificateId: string; hash: string }) =>
    known.has(certificateId) && known.get(certificateId) !== hash
  for (const taken of read.certificates.filter(isTaken)) rows.get(keyOf(taken.place))!.cause = 'NUMBER_TAKEN'
  const own = read.certificates.filter((facts) => !isTaken(facts))
  const plan = planImport(own, read.revocations)
  note(plan, rows, known)
  const writing = { context, type, files, known, rows, onProgress, done: 0, of: own.length - plan.left.length }
  if (dryRun) {
    for (const batch of batchesOf(plan.lineages)) await leaveTaken(writing, context.db, batch)
    return closed(files, rows)
  }
  for (const key of keys) await keepPublished(context.settings.dataDir, key)
  const { id } = await context.db.$transaction((db) =>
    beginImport(db, context.uuid(), digest.digest('hex'), context.now()),
  )
  const lines = await Lines.open(files)
  try {
    for (const batch of batchesOf(plan.lineages)) await writeBatch(writing, id, lines, batch)
  } finally {
    await lines.close()
  }
  await keepAll(
    context,
    id,
    plan.kept.filter(({ certificateId }) => !known.has(certificateId)),
  )
  const account = closed(files, rows)
  await context.db.$transaction((db) => finishImport(db, id, account.counts, context.now()))
  return account
}

/** The account; a revocation is nothing without the certificate that it is about. */
function closed(files: readonly string[], rows: Map<string, RowOutcome>): Account {
  const all = [...rows.values()]
  const left = new Set(all.filter(({ cause }) => cause === 'RECORD_TAKEN').map(({ certificateId }) => certificateId))
  for (const row of all)
    if (row.kind === 'revocation' && row.cause === null && left.has(row.certificateId)) row.cause = 'RECORD_TAKEN'
  return accountOf(files, all)
}

interface Writing {
  context: Context
  type: CertificateType
  files: readonly string[]
  known: Map<string, string | null>
  rows: Map<string, RowOutcome>
  onProgress: ImportOptions['onProgress']
  done: number
  of: number
}

function keyOf({ file, line }: { file: number; line: number }): string {
  return `${file}:${line}`
}

async function inGroups({ db }: Context, rows: { certificateId: string }[]): Promise<Map<string, string | null>> {
  const numbers = [...new Set(rows.map(({ certificateId }) => certificateId))]
  const known = new Map<string, string | null>()
  for (let at = 0; at < numbers.length; at += NUMBERS_AT_ONCE)
    for (const [id, hash] of await knownNumbers(db, numbers.slice(at, at + NUMBERS_AT_ONCE))) known.set(id, hash)
  return known
}

/** What the plan says, beside each row. */
function note(plan: Plan, rows: Map<string, RowOutcome>, known: Map<string, string | null>): void {
  for (const { place, cause, about } of plan.left) {
    const row = rows.get(keyOf(place))!
    row.cause = cause
    if (about) row.findings = [{ code: cause, about }]
  }
  for (const { versions } of plan.lineages)
    for (const { facts, findings } of versions) rows.get(keyOf(facts.place))!.findings = findings
  for (const { place, cause, findings } of plan.revocations) {
    const row = rows.get(keyOf(place))!
    row.cause = cause ?? null
    row.findings = findings
    // Its certificate came with another import, or was issued here: that import would have had to have this row.
    const isMissing = findings.some(({ code }) => code === 'CERTIFICATE_MISSING')
    if (isMissing && known.has(row.certificateId!)) Object.assign(row, { cause: 'RECORD_TAKEN', findings: [] })
  }
}

/** Whole records (all generations of one code, programme and dose) in groups of about BATCH certificates. */
function* batchesOf(lineages: readonly PlannedLineage[]): Generator<PlannedLineage[]> {
  let batch: PlannedLineage[] = []
  let size = 0
  for (const [index, lineage] of lineages.entries()) {
    if (size >= BATCH && lineage.generation === 0) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(lineage)
    size += lineage.versions.length
    if (index === lineages.length - 1) yield batch
  }
}

async function writeBatch(writing: Writing, importId: string, lines: Lines, batch: PlannedLineage[]): Promise<void> {
  const { context, type } = writing
  const read = await Promise.all(batch.map((lineage) => withTexts(writing, lines, lineage)))
  await context.db.$transaction(async (db) => {
    await lockImports(db)
    const wanted = new Set(await leaveTaken(writing, db, batch))
    const lineages = read.filter((_lineage, index) => wanted.has(batch[index]!))
    const names = lineages.map(({ versions }) => versions.at(-1)!.record.facility.name)
    const owners = await facilitiesByName(db, names)
    for (const lineage of lineages)
      lineage.facilityCode = owners.get(lineage.versions.at(-1)!.record.facility.name) ?? 'unassigned'
    if (lineages.length > 0) await writeLineages(db, { importId, type: type.name, typeVersion: type.version, lineages })
  })
  writing.done += batch.reduce((sum, { versions }) => sum + versions.length, 0)
  await writing.onProgress?.('write', writing.done, writing.of)
}

/** The lineages that are not there. Those of records that somebody else's certificates have are noted as left. */
async function leaveTaken({ type, rows }: Writing, db: Statements, batch: PlannedLineage[]) {
  const numbers = batch.flatMap(({ versions }) => versions.map(({ facts }) => facts.certificateId))
  const there = await knownNumbers(db, numbers)
  const taken = new Set((await takenKeys(db, type.name, batch.map(recordKey))).map(textOfKey))
  return batch.filter((lineage) => {
    if (!taken.has(textOfKey(recordKey(lineage)))) return true
    for (const { facts } of lineage.versions)
      if (!there.has(facts.certificateId)) rows.get(keyOf(facts.place))!.cause = 'RECORD_TAKEN' satisfies Cause
    return false
  })
}

function recordKey({ preEnrollmentCode, programId, dose }: RecordKey): RecordKey {
  return { preEnrollmentCode, programId, dose }
}

function textOfKey({ preEnrollmentCode, programId, dose }: RecordKey): string {
  return JSON.stringify([preEnrollmentCode, programId, dose])
}

/** A lineage with the texts of its certificates, and the requests behind them. */
async function withTexts(writing: Writing, lines: Lines, lineage: PlannedLineage): Promise<NewLineage> {
  const versions: NewVersion[] = []
  for (const [index, version] of lineage.versions.entries()) {
    const successor = lineage.versions[index + 1]?.facts.certificateId ?? null
    versions.push(await withText(writing, lines, version, { revision: index, before: versions.at(-1), successor }))
  }
  const { context } = writing
  return {
    ...recordKey(lineage),
    id: context.uuid(),
    generation: lineage.generation,
    facilityCode: 'unassigned',
    versions,
  }
}

async function withText(
  { context, type, files }: Writing,
  lines: Lines,
  { facts, state, endedAt }: Version,
  { revision, before, successor }: { revision: number; before: NewVersion | undefined; successor: string | null },
): Promise<NewVersion> {
  const { settings } = context
  const row = readRow(await lines.at(facts.place))
  const checked = 'text' in row ? readChecked(row, settings) : null
  if (!('text' in row) || row.hash !== facts.hash || checked === null || typeof checked === 'string')
    throw new Error(`${files[facts.place.file]}:${facts.place.line} was changed while it was imported.`)
  const record = requestOf(row, checked.read, { did: settings.credential.did, timeZone: settings.issuer.timeZone })
  return {
    certificateId: facts.certificateId,
    transactionId: context.uuid(),
    revision,
    predecessorId: before?.certificateId ?? null,
    state,
    successorId: successor,
    endedAt: endedAt === null ? null : new Date(endedAt),
    record,
    contentHash: contentHash(record),
    form: checked.form,
    credential: row.text,
    credentialHash: row.hash,
    changes: before ? changesBetween(before.record, record, type) : [],
    issuedAt: checked.issuedAt,
    acceptedAt: new Date(facts.createdAt),
    row: `${facts.place.file + 1}:${facts.place.line}`,
  }
}

async function keepAll({ db, now }: Context, importId: string, kept: KeptNumber[]): Promise<void> {
  for (let at = 0; at < kept.length; at += NUMBERS_AT_ONCE) {
    const numbers = kept.slice(at, at + NUMBERS_AT_ONCE).map(({ certificateId, successorId, createdAt }) => ({
      certificateId,
      successorId: successorId || null,
      at: createdAt === null ? now() : new Date(createdAt),
    }))
    await keepNumbers(db, importId, numbers)
  }
}
