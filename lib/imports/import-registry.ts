/** Takes over a registry of DIVOC: read and verify every row, plan, write whole lineages, account for every row. */
import { publishedTypes } from '@/lib/certificate-types/live'
import type { Context } from '@/lib/certificates/context'
import { addKeys } from '@/lib/certificates/store-keys'
import { keepPublished } from '@/lib/signing/key-files'
import { typeOf } from '@/lib/signing/keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { accountOf, keyLines, type Account, type KeyLine } from './account'
import { formerKeys, type GivenKey } from './check-row'
import { planImport, type KeptNumber, type Plan } from './plan'
import { readExport, type RowOutcome } from './read-export'
import { placeKey } from './rows'
import { digestOf, Lines } from './source'
import { beginImport, finishImport, keepNumbers, knownNumbers } from './store'
import { batchesOf, leaveTaken, writeBatch } from './write-lineages'

export interface ImportOptions {
  files: readonly string[]
  /** The issuer's public keys, present and former. Those that certificates verify with are published from then on. */
  keys: readonly GivenKey[]
  dryRun?: boolean
  onProgress?: (step: 'read' | 'write', done: number, of: number | null) => void | Promise<void>
}

const NUMBERS_AT_ONCE = 5000

/**
 * Imports, or with `dryRun` says what an import would do. Started again after an interruption it goes on and ends with the
 * same account; a finished one changes nothing. Throws an Error for files and keys that cannot be read or used.
 */
export async function importRegistry(context: Context, options: ImportOptions): Promise<Account> {
  const { files, keys, dryRun = false, onProgress } = options
  const types = (await publishedTypes(context)).map(({ type }) => type)
  const digest = digestOf(keys.map(({ key }) => thumbprintOf(key)).sort())
  const read = await readExport(context, {
    files,
    digest,
    types,
    keys: formerKeys(context.settings, keys),
    onRow: (n) => void onProgress?.('read', n, null),
  })
  const vouched = keyLines(
    keys,
    read.certificates.map(({ signedBy }) => signedBy),
  )
  const rows = new Map(read.rows.map((row) => [placeKey(row.place), row]))
  const known = await inGroups(context, [...read.certificates, ...read.revocations])
  const isTaken = ({ certificateId, hash }: { certificateId: string; hash: string }) =>
    known.has(certificateId) && known.get(certificateId) !== hash
  for (const taken of read.certificates.filter(isTaken)) rows.get(placeKey(taken.place))!.cause = 'NUMBER_TAKEN'
  const own = read.certificates.filter((facts) => !isTaken(facts))
  const plan = planImport(own, read.revocations)
  note(plan, rows, known)
  const writing = { context, types, files, rows, onProgress, done: 0, of: own.length - plan.left.length }
  if (dryRun) {
    for (const batch of batchesOf(plan.lineages)) await leaveTaken(writing, context.db, batch)
    return closed(files, rows, vouched)
  }
  for (const [at, { key }] of keys.entries())
    if (vouched[at]!.outcome === 'published') {
      await keepPublished(context.settings.dataDir, key)
      await addKeys(context.db, [{ key, type: typeOf(key), sandbox: false }], context.now())
    }
  const { id, finishedAt } = await context.db.$transaction((db) =>
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
  const account = closed(files, rows, vouched)
  if (finishedAt === null) await context.db.$transaction((db) => finishImport(db, id, account.counts, context.now()))
  return account
}

/** The account; a revocation is nothing without the certificate that it is about. */
function closed(files: readonly string[], rows: Map<string, RowOutcome>, keys: KeyLine[]): Account {
  const all = [...rows.values()]
  const left = new Set(all.filter(({ cause }) => cause === 'RECORD_TAKEN').map(({ certificateId }) => certificateId))
  for (const row of all)
    if (row.kind === 'revocation' && row.cause === null && left.has(row.certificateId)) row.cause = 'RECORD_TAKEN'
  return accountOf(files, all, keys)
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
    const row = rows.get(placeKey(place))!
    row.cause = cause
    if (about) row.findings = [{ code: cause, about }]
  }
  for (const { versions } of plan.lineages)
    for (const { facts, findings } of versions) rows.get(placeKey(facts.place))!.findings = findings
  for (const { place, cause, findings } of plan.revocations) {
    const row = rows.get(placeKey(place))!
    row.cause = cause ?? null
    row.findings = findings
    // Its certificate came with another import, or was issued here: that import would have had to have this row.
    const isMissing = findings.some(({ code }) => code === 'CERTIFICATE_MISSING')
    if (isMissing && known.has(row.certificateId!)) Object.assign(row, { cause: 'RECORD_TAKEN', findings: [] })
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
