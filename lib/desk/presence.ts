/** Who has the correction of a certificate open: advice for colleagues, never a lock. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { ownCredential } from '@/lib/certificates/read'
import type { PresenceAnswer } from './answers'
import { deletePresence, forgetGone, othersPresent, placeOf, writePresence } from './store-presence'

/** Four missed signs of life: a closed laptop is gone after two minutes. */
const GONE_AFTER = 2 * 60 * 1000

/** The caller has the correction open, and asks who else has. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function bePresent(context: Context, caller: Caller, certificateId: string): Promise<PresenceAnswer> {
  await ownCredential(context, caller, certificateId)
  const place = await placeOf(context.db, certificateId)
  await writePresence(context.db, place.lineageId, caller.id, context.now(), goneBefore(context.now()))
  return answer(context, caller, place)
}

/** Who else has the correction open. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function whoIsPresent(context: Context, caller: Caller, certificateId: string): Promise<PresenceAnswer> {
  await ownCredential(context, caller, certificateId)
  return answer(context, caller, await placeOf(context.db, certificateId))
}

/** The caller closed the correction. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function leave(context: Context, caller: Caller, certificateId: string): Promise<PresenceAnswer> {
  await ownCredential(context, caller, certificateId)
  const place = await placeOf(context.db, certificateId)
  await deletePresence(context.db, place.lineageId, caller.id)
  return answer(context, caller, place)
}

/** Removes everybody who is gone. */
export async function forgetWhoIsGone({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  await forgetGone(db, goneBefore(now()))
}

async function answer(
  context: Context,
  caller: Caller,
  { lineageId, newest }: { lineageId: string; newest: string | null },
): Promise<PresenceAnswer> {
  const now = context.now()
  const others = await othersPresent(context.db, lineageId, caller.id, goneBefore(now))
  return {
    others: others.map(({ name, facility, openedAt }) => ({
      name,
      facility,
      secondsAgo: Math.max(0, Math.round((now.getTime() - openedAt.getTime()) / 1000)),
    })),
    newest,
  }
}

function goneBefore(now: Date): Date {
  return new Date(now.getTime() - GONE_AFTER)
}
