/** DIVOC's way to revoke: the doses of a code, the latest ones or all, in one transaction. */
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { Refusal } from '@/lib/errors'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { StatusChange, StatusReason } from './answers'
import type { Caller } from './caller'
import { changeStatusIn } from './change-status'
import type { Context } from './context'
import { noteFailed, type Failed } from './failing'
import { oncePerKey, type Keyed } from './once-per-key'
import { notYours, reaches } from './reach'
import { lastDoses, type Dosed } from './last-doses'
import { lockedHeads } from './store-change-status'
import { inTurn } from './writing'

export interface DosesToRevoke {
  preEnrollmentCode: string
  /** Wins over `doses`. */
  allDoses: boolean
  doses: readonly number[]
  reason: StatusReason
}

export interface RevokedDose extends StatusChange {
  dose: number
  programId: string
}

/**
 * Revokes what is current or suspended at these doses of a code, in every programme; all or nothing. Refusals:
 * NOT_FOUND, NOT_YOUR_FACILITY, and VALIDATION_ERROR for doses that leave a later one standing or a gap.
 */
export async function revokeDoses(
  context: Context,
  caller: Caller,
  asked: DosesToRevoke,
  keyed: Keyed,
): Promise<{ results: RevokedDose[] }> {
  let ended: Failed[] = []
  const answer = await inTurn(context.db, context.settings.database.poolSize, (db) =>
    oncePerKey(db, caller, asked, keyed, async () => {
      const { preEnrollmentCode: code, allDoses, doses, reason } = asked
      const present = await lockedHeads(db, VACCINATION_TYPE, code, caller.sandbox)
      // Who reaches none of them does not hear which doses there are.
      if (present.length > 0 && !present.some((one) => reaches(caller, one))) throw notYours()
      const chosen = allDoses ? present : chosenDoses(present, doses)
      if (chosen.length === 0) throw new Refusal('NOT_FOUND', 'There is no certificate to revoke for this code.')
      const changes = chosen.map(({ certificateId, dose }) => {
        if (certificateId === null) {
          throw new Refusal('UPDATE_PENDING', `Dose ${dose} is being issued. It can be revoked when that is done.`)
        }
        return { certificateId, action: 'revoke' as const, reason }
      })
      const made = await changeStatusIn(db, context, caller, changes)
      ended = made.ended
      return { results: chosen.map(({ dose, programId }, at) => ({ dose, programId, ...made.changes[at]! })) }
    }),
  )
  noteFailed(ended)
  nudgeWorkers(context.db)
  return answer
}

function chosenDoses<T extends Dosed>(present: readonly T[], doses: readonly number[]): T[] {
  if (present.length === 0) return []
  return lastDoses(present, doses)
}
