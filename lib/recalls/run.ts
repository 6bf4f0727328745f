/** Carries out confirmed recalls, a group of rows at a time; what a killed worker had begun, another one does. */
import { changeStatusIn, type ChangeToMake } from '@/lib/certificates/change-status'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { noteFailed, type Failed } from '@/lib/certificates/failing'
import { reaches } from '@/lib/certificates/reach'
import { planLift, planRevoke, planSuspend } from '@/lib/certificates/rules'
import { lockStandings, type StandingRow } from '@/lib/certificates/store-change-status'
import { inTurn } from '@/lib/certificates/writing'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { log, traceOf } from '@/lib/log'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { endExpired } from './store'
import {
  anyRunning,
  endFinished,
  postponeRow,
  runningRecall,
  stillFitting,
  stillRunning,
  takeRow,
  takeRows,
  writeResults,
  type RowResult,
  type RunningRecall,
} from './store-run'

/** Where a group has got to. Tests stop a real process at each of them. */
export type RecallStep = 'recall taken' | 'recall changed' | 'recall written' | 'recall committed'

export interface RecallRunner extends Context {
  /** Called at each step; the group waits for it. */
  onRecallStep?: (step: RecallStep) => void | Promise<void>
}

/** What is done row by row stops after so many milliseconds: issuing and the heartbeat wait for it. */
const ONE_BY_ONE_MS = 1000

/** Rows of one transaction: their lineages are locked for its length, some tenths of a second. */
export const GROUP = 200

/**
 * Does one group of the recall that was confirmed first. Each row is changed and marked in the same transaction: never
 * twice, never lost. Returns how many rows it did: 0 = nothing to do at this moment.
 */
export async function runRecalls(runner: RecallRunner, limit = GROUP): Promise<number> {
  if (!(await anyRunning(runner.db))) return 0
  const taken: { group: Group | null } = { group: null }
  let done: number
  try {
    const ended = await inTurn(runner.db, runner.settings.database.poolSize, async (db) => {
      taken.group = await takeGroup(db, limit)
      return taken.group === null ? [] : doGroup(runner, db, taken.group)
    })
    noteFailed(ended)
    done = taken.group?.ids.length ?? 0
  } catch (error) {
    if (taken.group === null) throw error
    log().warn(traceOf(error), 'a group of a recall is done row by row')
    done = await doOneByOne(runner, taken.group)
  }
  if (done === 0) {
    await endFinished(runner.db, runner.now())
    return 0
  }
  nudgeWorkers(runner.db)
  await runner.onRecallStep?.('recall committed')
  return done
}

/** Notes that proposals came to their end because nobody confirmed them in time. */
export function endUnconfirmedRecalls({ db, now }: Context): Promise<number> {
  return endExpired(db, now())
}

interface Group {
  recall: RunningRecall
  ids: string[]
}

async function takeGroup(db: Statements, limit: number): Promise<Group | null> {
  const recall = await runningRecall(db)
  if (!recall) return null
  const ids = await takeRows(db, recall.id, limit)
  return ids.length === 0 ? null : { recall, ids }
}

/** One bad row must not hold up the others: each gets a transaction of its own, and what fails is tried again later. Returns how many were tried. */
async function doOneByOne(runner: RecallRunner, { recall, ids }: Group): Promise<number> {
  const started = performance.now()
  let tried = 0
  for (const id of ids) {
    if (tried > 0 && performance.now() - started > ONE_BY_ONE_MS) break
    tried += 1
    try {
      const ended = await inTurn(runner.db, runner.settings.database.poolSize, async (db) => {
        const isOurs = (await stillRunning(db, recall.id)) && (await takeRow(db, recall.id, id))
        return isOurs ? doGroup(runner, db, { recall, ids: [id] }) : []
      })
      noteFailed(ended)
    } catch (error) {
      log().error({ ...traceOf(error), recallId: recall.id }, 'a row of a recall waits')
      await postponeRow(runner.db, recall.id, id)
    }
  }
  return tried
}

/** Answers the requests that ended with their certificates. */
async function doGroup(runner: RecallRunner, db: Statements, { recall, ids }: Group): Promise<Failed[]> {
  await runner.onRecallStep?.('recall taken')
  const rows = await placesOf(runner, db, recall, ids)
  const results = rows.map((row) => resultOf(runner, recall, row))
  const changes = results.flatMap(({ state, certificateId, followedId }) =>
    state === 'done' ? [changeFor(recall, followedId ?? certificateId)] : [],
  )
  const { ended } = await changeStatusIn(db, runner, actorOf(recall), changes)
  await runner.onRecallStep?.('recall changed')
  await writeResults(db, recall.id, results, runner.now())
  await runner.onRecallStep?.('recall written')
  return ended
}

/** A row beside the certificate that counts for it; `other` = it was replaced by one that the recall is not about. */
interface RowPlace {
  certificateId: string
  standing: StandingRow | null
  other: string | null
}

async function placesOf(
  { settings, now }: Context,
  db: Statements,
  recall: RunningRecall,
  ids: string[],
): Promise<RowPlace[]> {
  const own = await lockStandings(db, ids, false, now())
  const heads = own.flatMap(({ state, headCertificateId }) => (state === 'superseded' ? [headCertificateId] : []))
  const followed = heads.length === 0 ? [] : await lockStandings(db, heads, false, now())
  const asked = { criteria: recall.criteria, timeZone: settings.issuer.timeZone }
  const fits = heads.length === 0 ? new Set() : await stillFitting(db, heads, asked)
  return ids.map((certificateId) => {
    const standing = own.find((row) => row.certificateId === certificateId) ?? null
    if (standing?.state !== 'superseded') return { certificateId, standing, other: null }
    const head = followed.find((row) => row.certificateId === standing.headCertificateId) ?? null
    const isOther = head !== null && !fits.has(head.certificateId)
    return { certificateId, standing: head, other: isOther ? head.certificateId : null }
  })
}

function resultOf(context: Context, recall: RunningRecall, { certificateId, standing, other }: RowPlace): RowResult {
  const followedId = standing && standing.certificateId !== certificateId ? standing.certificateId : null
  try {
    if (!standing) throw new Refusal('NOT_FOUND', 'There is no certificate with this number.')
    if (other !== null) {
      throw new Refusal('STALE_VERSION', `It was replaced by ${other}, which does not fit this recall: left as it is.`)
    }
    if (!reaches(actorOf(recall), standing)) {
      throw new Refusal('NOT_YOUR_FACILITY', 'It belongs to another facility now.')
    }
    refuseWhatDiffers(context, recall, standing)
    return { certificateId, state: 'done', followedId, code: null, message: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { certificateId, state: 'refused', followedId: null, code: error.code, message: error.message }
  }
}

/** The rules of changing one certificate, and what is particular to many: nobody else's decision is undone. */
function refuseWhatDiffers({ now }: Context, recall: RunningRecall, standing: StandingRow): void {
  const { action, reason, until } = recall
  if (action === 'revoke') planRevoke(standing, reason)
  else if (action === 'suspend') {
    const isAsLong = standing.until === null || (until !== null && standing.until >= until)
    if (standing.state === 'suspended' && isAsLong && !isOf(standing, recall.id)) {
      throw new Refusal('CERTIFICATE_SUSPENDED', 'It was suspended meanwhile, for as long or longer: left as it is.')
    }
    planSuspend(standing, reason, until, now())
  } else {
    if (standing.state === 'suspended' && !isOf(standing, recall.ofRecallId)) {
      throw new Refusal('CERTIFICATE_SUSPENDED', 'It is suspended for another reason now: left as it is.')
    }
    planLift(standing)
  }
}

function isOf({ reason }: StandingRow, recallId: string | null): boolean {
  return (reason as { recallId?: string } | null)?.recallId === recallId
}

function changeFor({ id, action, reason, until }: RunningRecall, certificateId: string): ChangeToMake {
  // The id leads from an entry to its recall.
  const withId = { ...reason, recallId: id }
  return { certificateId, action, reason: withId, until }
}

/** The second person acts: without that one nothing would have happened. */
function actorOf({ decidedById, decidedByName, facilityCode }: RunningRecall): Caller {
  const facilities = facilityCode === null ? null : [facilityCode]
  const facts = {
    id: decidedById,
    name: decidedByName,
    facilityCode,
    facilities,
    programs: null,
    roles: [],
    sandbox: false,
  }
  return provenCaller({ kind: 'operator', ...facts, batch: 'all', channel: 'screen' })
}
