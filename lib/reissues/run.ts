/**
 * Carries out re-issues: looks through what was chosen, then hands a few certificates at a time to the pipeline that issues
 * everything (lib/certificates/issue.ts), where all other requests come first. A killed worker leaves nothing half done.
 */
import { publishedType, typeVersion } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import { newCertificateId } from '@/lib/certificates/certificate-id'
import type { Context } from '@/lib/certificates/context'
import type { Lineage } from '@/lib/certificates/rules'
import { insertTransactions, lockLineagesOf, type NewTransaction } from '@/lib/certificates/store'
import { inTurn } from '@/lib/certificates/writing'
import type { Statements } from '@/lib/db'
import { log, traceOf } from '@/lib/log'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { problemsOf } from './fit'
import { writeChosenTo } from './store'
import { keepChosen, standingOf } from './store-choosing'
import {
  anyToDo,
  endFinished,
  isWaiting,
  pauseByItself,
  postponeRow,
  recordsOf,
  rowsOf,
  settleRows,
  takeAgain,
  takeReissue,
  writePace,
  writeReady,
  writeResults,
  type RowResult,
  type Running,
} from './store-run'

/** Where a group has got to. Tests stop a real process at each of them. */
export type ReissueStep = 'reissue taken' | 'reissue written' | 'reissue committed'

export interface ReissueRunner extends Context {
  /** Called at each step; the group waits for it. */
  onReissueStep?: (step: ReissueStep) => void | Promise<void>
}

/** Transactions of which those are chosen that a choice means, in one turn: some tenths of a second. */
const CHOSEN_AT_ONCE = 5000
/** Records looked through in one turn: some tenths of a second. */
const LOOKED_THROUGH = 100
/** Certificates handed over at once, at most; the lineages are locked meanwhile. */
const MOST_HANDED_OVER = 64
/** While so many of a run are being issued, no more are handed over: what is ordinary comes first and may take its time. */
const MOST_AT_ONCE = 64

/**
 * Does one group of the run that waits longest. Each row is changed in the same transaction in which its certificate is asked
 * for: never twice, never lost. Returns how many rows it did: 0 = nothing to do at this moment.
 */
export async function runReissues(runner: ReissueRunner): Promise<number> {
  if (!(await anyToDo(runner.db))) return 0
  const settled = await settleRows(runner.db, runner.now())
  const taken: { run: Running | null; ids: string[] } = { run: null, ids: [] }
  let begun: number
  try {
    begun = await inTurn(runner.db, runner.settings.database.poolSize, async (db) => {
      taken.run = await takeReissue(db, MOST_AT_ONCE)
      if (!taken.run) return 0
      if (taken.run.state === 'choosing') return chooseMore(runner, db, taken.run)
      if (taken.run.state === 'checking') return lookThrough(runner, db, taken.run)
      taken.ids = await rowsOf(db, taken.run.id, 'waiting', batchOf(taken.run))
      return handOver(runner, db, taken.run, taken.ids)
    })
  } catch (error) {
    if (taken.run === null || taken.ids.length === 0) throw error
    log().warn(traceOf(error), 'a group of a re-issue is done one by one')
    begun = await oneByOne(runner, taken.run, taken.ids)
  }
  if (begun > 0) {
    nudgeWorkers(runner.db)
    await runner.onReissueStep?.('reissue committed')
  }
  await endFinished(runner.db, runner.now())
  return begun + settled
}

/** As many as its pace allows in a second. */
function batchOf({ perMinute }: Running): number {
  return Math.min(MOST_HANDED_OVER, Math.ceil(perMinute / 60))
}

/** The next part of the registry. Nobody but administrators chooses so many, among all facilities. */
async function chooseMore(runner: ReissueRunner, db: Statements, run: Running): Promise<number> {
  const { type, version, choice, requestedAt, chosenTo } = run
  const { timeZone } = runner.settings.issuer
  const target = { type, version, choice, scope: 'all' as const, timeZone, at: runner.now() }
  const part = { after: chosenTo, until: requestedAt, size: CHOSEN_AT_ONCE }
  const { last } = await keepChosen(db, run.id, target, part)
  await writeChosenTo(db, run.id, last)
  return 1
}

/** Finds out which of those chosen can be issued anew: what the others are skipped for is known before anything begins. */
async function lookThrough(runner: ReissueRunner, db: Statements, run: Running): Promise<number> {
  const ids = await rowsOf(db, run.id, 'unchecked', LOOKED_THROUGH)
  if (ids.length === 0) {
    await writeReady(db, run.id)
    return 1
  }
  const { type } = await typeVersion(runner, run.type, run.version)
  const [standings, records] = [await standingOf(db, ids, runner.now()), await recordsOf(db, ids)]
  const said = new Map(records.map((record) => [record.certificateId, record]))
  const results = standings.map(({ certificateId, why }): RowResult => {
    if (why) return skipped(certificateId, why)
    const problems = problemsOf(runner, type, said.get(certificateId)!)
    if (problems.length > 0) return skipped(certificateId, 'UNFIT', problems)
    return { certificateId, state: 'waiting', code: null, fields: [], transactionId: null }
  })
  await writeResults(db, run.id, results, runner.now())
  return ids.length
}

/** Asks for the new certificates, each under the lock of its lineage, or skips what is not as it was. Returns how many rows. */
async function handOver(runner: ReissueRunner, db: Statements, run: Running, ids: string[]): Promise<number> {
  await runner.onReissueStep?.('reissue taken')
  const inForce = await publishedType(runner, run.type)
  if (inForce.version !== run.version) {
    await pauseByItself(db, run.id, runner.now())
    return 1
  }
  const lineages = await lockLineagesOf(db, ids, runner.now())
  // Asked again under the locks: whatever was revoked, corrected or asked for meanwhile stays as it is.
  const standings = new Map((await standingOf(db, ids, runner.now())).map((one) => [one.certificateId, one.why]))
  const planned: { result: RowResult; transaction: NewTransaction | null }[] = ids.map((certificateId) => {
    const why = standings.get(certificateId)
    const lineage = lineages.find((one) => one.headCertificateId === certificateId)
    if (why || !lineage?.newest) {
      return { result: skipped(certificateId, why ?? 'REPLACED'), transaction: null }
    }
    const problems = problemsOf(runner, inForce, lineage.newest)
    if (problems.length > 0) return { result: skipped(certificateId, 'UNFIT', problems), transaction: null }
    const transaction = transactionFor(runner, run, inForce, lineage)
    const accepted = {
      certificateId,
      state: 'accepted' as const,
      code: null,
      fields: [],
      transactionId: transaction.id,
    }
    return { result: accepted, transaction }
  })
  await insertAll(
    runner,
    db,
    run,
    planned.flatMap(({ transaction }) => transaction ?? []),
  )
  await writeResults(
    db,
    run.id,
    planned.map(({ result }) => result),
    runner.now(),
  )
  await writePace(db, run.id, planned.filter(({ transaction }) => transaction).length)
  await runner.onReissueStep?.('reissue written')
  return ids.length
}

/** The newest record as it stands, under the version in force. Nobody vouches for it anew. */
function transactionFor(context: Context, run: Running, type: CertificateType, lineage: Lineage): NewTransaction {
  const { record, form, contentHash } = lineage.newest!
  return {
    id: context.uuid(),
    lineageId: lineage.id,
    sequence: lineage.nextSequence,
    kind: 'reissue',
    certificateId: newCertificateId(context.settings.certificateIdDigits, context.random),
    record,
    typeVersion: type.version,
    form,
    contentHash,
    correctedDose: null,
    ifMatch: null,
    reason: { cause: 'reissued', reissueId: run.id },
    bulkRow: null,
    vouchedName: false,
    vouchedBirth: false,
  }
}

/** A certificate number that is taken is drawn again. */
async function insertAll(runner: ReissueRunner, db: Statements, run: Running, transactions: NewTransaction[]) {
  const by = { kind: 'operator', id: run.startedById, name: run.startedByName, channel: 'screen' as const }
  let left = transactions
  while (left.length > 0) {
    const written = new Set(
      await insertTransactions(db, [{ transactions: left, by, acceptedBy: by, at: runner.now() }]),
    )
    left = left.filter(({ id }) => !written.has(id))
    for (const one of left) one.certificateId = newCertificateId(runner.settings.certificateIdDigits, runner.random)
  }
}

/** One bad row must not hold up the others: each gets a transaction of its own, and what fails is tried again later. */
async function oneByOne(runner: ReissueRunner, run: Running, ids: string[]): Promise<number> {
  for (const id of ids) {
    try {
      await inTurn(runner.db, runner.settings.database.poolSize, async (db) => {
        const waits = (await takeAgain(db, run.id)) && (await isWaiting(db, run.id, id))
        if (waits) await handOver(runner, db, run, [id])
      })
    } catch (error) {
      log().error({ ...traceOf(error), reissueId: run.id }, 'a row of a re-issue waits')
      await postponeRow(runner.db, run.id, id)
    }
  }
  return ids.length
}

function skipped(certificateId: string, code: RowResult['code'], fields: RowResult['fields'] = []): RowResult {
  return { certificateId, state: 'skipped', code, fields, transactionId: null }
}
