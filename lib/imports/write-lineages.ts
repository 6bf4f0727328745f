/** Writes planned lineages: each record whole, in one transaction, once. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { contentHash } from '@/lib/certificates/content'
import type { Context } from '@/lib/certificates/context'
import { changesBetween } from '@/lib/certificates/diff'
import { valueAt } from '@/lib/certificates/record'
import { facilitiesByName } from '@/lib/certificates/store'
import type { Statements } from '@/lib/db'
import { readChecked } from './check-row'
import type { PlannedLineage, Version } from './plan'
import type { RowOutcome } from './read-export'
import { placeKey, readRow } from './rows'
import type { Lines } from './source'
import {
  knownNumbers,
  lockImports,
  takenKeys,
  writeLineages,
  type NewLineage,
  type NewVersion,
  type RecordKey,
} from './store'

/** Certificates written in one transaction. */
const BATCH = 400

/** An import under way. */
export interface Writing {
  context: Context
  types: readonly CertificateType[]
  files: readonly string[]
  /** By place: what became of each row. */
  rows: Map<string, RowOutcome>
  onProgress: ((step: 'write', done: number, of: number) => void | Promise<void>) | undefined
  done: number
  of: number
}

/** Whole records (all generations of one code, programme and dose) in groups of about BATCH certificates. */
export function* batchesOf(lineages: readonly PlannedLineage[]): Generator<PlannedLineage[]> {
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

/** Writes what is not there of a batch. */
export async function writeBatch(
  writing: Writing,
  importId: string,
  lines: Lines,
  batch: PlannedLineage[],
): Promise<void> {
  const { context } = writing
  const read = await Promise.all(batch.map((lineage) => withTexts(writing, lines, lineage)))
  await context.db.$transaction(async (db) => {
    await lockImports(db)
    const wanted = new Set(await leaveTaken(writing, db, batch))
    const lineages = read.filter((_lineage, index) => wanted.has(batch[index]!))
    const owners = await facilitiesByName(db, lineages.map(facilityOf))
    for (const lineage of lineages) lineage.facilityCode = owners.get(facilityOf(lineage)) ?? 'unassigned'
    if (lineages.length > 0) await writeLineages(db, { importId, lineages })
  })
  writing.done += batch.reduce((sum, { versions }) => sum + versions.length, 0)
  await writing.onProgress?.('write', writing.done, writing.of)
}

/** As its newest certificate calls it; certificates of some types name none. */
function facilityOf({ versions }: NewLineage): string {
  return String(valueAt(versions.at(-1)!.record, 'facility.name') ?? '')
}

/** The lineages that are not there. Those of records that somebody else's certificates have are noted as left. */
export async function leaveTaken({ rows }: Writing, db: Statements, batch: PlannedLineage[]) {
  const numbers = batch.flatMap(({ versions }) => versions.map(({ facts }) => facts.certificateId))
  const there = await knownNumbers(db, numbers)
  const taken = new Set((await takenKeys(db, batch.map(recordKey))).map(textOfKey))
  return batch.filter((lineage) => {
    if (!taken.has(textOfKey(recordKey(lineage)))) return true
    for (const { facts } of lineage.versions)
      if (!there.has(facts.certificateId)) rows.get(placeKey(facts.place))!.cause = 'RECORD_TAKEN'
    return false
  })
}

function recordKey({ type, preEnrollmentCode, programId, dose }: RecordKey): RecordKey {
  return { type, preEnrollmentCode, programId, dose }
}

function textOfKey({ type, preEnrollmentCode, programId, dose }: RecordKey): string {
  return JSON.stringify([type, preEnrollmentCode, programId, dose])
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
  { context, types, files }: Writing,
  lines: Lines,
  { facts, state, endedAt, findings }: Version,
  { revision, before, successor }: { revision: number; before: NewVersion | undefined; successor: string | null },
): Promise<NewVersion> {
  const { settings } = context
  const row = readRow(await lines.at(facts.place))
  const checked = 'text' in row ? readChecked(row, settings, types) : null
  if (!('text' in row) || row.hash !== facts.hash || checked === null || typeof checked === 'string')
    throw new Error(`${files[facts.place.file]}:${facts.place.line} was changed while it was imported.`)
  const { type, record } = checked
  return {
    certificateId: facts.certificateId,
    transactionId: context.uuid(),
    revision,
    predecessorId: before?.certificateId ?? null,
    state,
    successorId: successor,
    endedAt: endedAt === null ? null : new Date(endedAt),
    record,
    typeVersion: type.version,
    contentHash: contentHash(record, type),
    form: checked.form,
    credential: row.text,
    credentialHash: row.hash,
    changes: before ? changesBetween(before.record, record, type) : [],
    issuedAt: checked.issuedAt,
    acceptedAt: new Date(facts.createdAt),
    row: `${facts.place.file + 1}:${facts.place.line}`,
    signedBy: facts.signedBy,
    findings: findings.map(({ code, about = [] }) => ({ code, about })),
  }
}
