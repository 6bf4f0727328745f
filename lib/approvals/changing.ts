/** Changing one request: read under its lock, changed, and answered as it is then. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { visibleRequest } from './access'
import type { ApprovalAnswer } from './answers'
import { answerOf } from './read'
import { lockRequest, type RequestRow } from './store'

/** Lets `work` change a request that the caller may see. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED. */
export function changing(
  context: Context,
  caller: Caller,
  id: string,
  work: (db: Statements, request: RequestRow) => Promise<void>,
): Promise<ApprovalAnswer> {
  return context.db.$transaction(async (db) => {
    await work(db, await lockedRequest(db, caller, id))
    return answerOf(context, db, caller, await visibleRequest(db, caller, id))
  })
}

/** The request as it is under its lock. */
export async function lockedRequest(db: Statements, caller: Caller, id: string): Promise<RequestRow> {
  const { id: known } = await visibleRequest(db, caller, id)
  await lockRequest(db, known)
  return visibleRequest(db, caller, known)
}
