/** Checks and carries out bulk runs, a group of rows at a time; what a killed worker had begun, another one does. */
import { publishedType } from '@/lib/certificate-types/live'
import { Refusal } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { checkRows } from './check'
import { carryOut } from './carry-out'
import { endExpired, forgetCells, runFactsById, writeState, type RunRecord } from './store'
import { callerOfRun, personNow } from './store-caller'
import { anyAtWork, endFinished, leaseRows, nextRun, postpone, writeOutcomes, type TakenRow } from './store-work'

/** Where a group has got to. Tests stop a real process at each of them. */
export type BulkStep = 'rows taken' | 'rows accepted' | 'rows committed'

export interface BulkRunner extends Context {
  /** Called at each step; the group waits for it. */
  onBulkStep?: (step: BulkStep) => void | Promise<void>
}

/** Rows of one transaction: their lineages are locked for its length, some tenths of a second. */
export const GROUP = 100
/** A run waits while so many of its certificates are being issued: enough that no worker is idle. */
const MOST_AT_ONCE = 64
/** A group takes a second at most; whoever holds rows longer is gone. */
const LEASE_MS = 60_000
/** Then an error of ours is the row's. */
const MOST_ATTEMPTS = 6
const KEEP_CELLS_MS = 30 * 24 * 60 * 60 * 1000

/** Everything that a group of rows needs. */
export interface Group {
  run: RunRecord
  caller: Caller
  rows: TakenRow[]
  token: string
}

/**
 * Does one group of the run whose turn it is. Rows are accepted and marked in one transaction, under a lease: never twice,
 * never lost. Returns how many rows it did: 0 = nothing to do at this moment.
 */
export async function runBulk(runner: BulkRunner, limit = GROUP): Promise<number> {
  if (!(await anyAtWork(runner.db))) return 0
  const runId = await nextRun(runner.db, runner.now(), MOST_AT_ONCE)
  if (runId === null) return endFinished(runner.db, runner.now())
  const run = await runFactsById(runner.db, runId, runner.now())
  const caller = await actorOf(runner, run)
  if (!caller) {
    await writeState(runner.db, run.id, 'stopped', `${actorName(run)} may not act any more.`)
    return 1
  }
  const done = await doGroup(runner, run, caller, limit)
  await endFinished(runner.db, runner.now())
  return done
}

/** Notes proposals that nobody approved in time, and forgets what stood in the rows of runs that are over for a month. */
export async function tidyBulk({ db, now }: Context): Promise<void> {
  await endExpired(db, now())
  await forgetCells(db, new Date(now().getTime() - KEEP_CELLS_MS))
}

async function doGroup(runner: BulkRunner, run: RunRecord, caller: Caller, limit: number): Promise<number> {
  const token = runner.uuid()
  const at = runner.now()
  const lease = { token, at, until: new Date(at.getTime() + LEASE_MS) }
  const rows = await leaseRows(runner.db, run.id, lease, limit)
  if (rows.length === 0) return 0
  await runner.onBulkStep?.('rows taken')
  const group = { run, caller, rows, token }
  try {
    await work(runner, group)
    await runner.onBulkStep?.('rows committed')
  } catch (error) {
    log().warn({ ...traceOf(error), runId: run.id }, 'a group of a bulk run is done row by row')
    for (const row of rows) await doAlone(runner, group, row)
  }
  return rows.length
}

async function work(runner: BulkRunner, group: Group): Promise<void> {
  const type = await publishedType(runner, group.run.type)
  if (group.run.state === 'checking') await checkRows(runner, type, group)
  else await carryOut(runner, type, group)
}

/** One bad row must not hold up the others; what fails is tried again later, and given up in the end. */
async function doAlone(runner: BulkRunner, group: Group, row: TakenRow): Promise<void> {
  const alone = { ...group, rows: [row] }
  try {
    await work(runner, alone)
  } catch (error) {
    const { run, token } = group
    const message = error instanceof Refusal ? error.message : 'Something went wrong on our side. Retry it later.'
    log().error({ ...traceOf(error), runId: run.id, row: row.row }, 'a row of a bulk run waits')
    if (row.attempts + 1 < MOST_ATTEMPTS) return postpone(runner.db, run.id, token, row.row, runner.now())
    const code = error instanceof Refusal ? error.code : 'INTERNAL_ERROR'
    const problems = [{ column: '', code, message }]
    await writeOutcomes(runner.db, run.id, token, [{ row: row.row, state: 'refused', problems }], runner.now())
  }
}

/** Who acts: a proposal is the word of its second person, from then on. */
function actorOf(runner: BulkRunner, run: RunRecord): Promise<Caller | null> {
  const isDecided = run.proposal !== null && run.decidedById !== null
  return isDecided ? personNow(runner.db, run.decidedById!, 'supervisor') : callerOfRun(runner.db, run)
}

function actorName(run: RunRecord): string {
  return (run.proposal !== null && run.decidedByName) || run.byName
}
