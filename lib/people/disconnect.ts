/** Taking away what leads from the sign-in service to an account that has a password of its own. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { deleteIdentities } from './store-account'
import { writeAudit, type Writing } from './store-writing'

/** Answers whether it was connected. Whoever comes through the service alone stays as they are: nothing else leads to them. */
export async function disconnect({ now }: Context, db: Writing, caller: Caller, operatorId: string): Promise<boolean> {
  const issuers = await deleteIdentities(db, operatorId)
  if (issuers.length === 0) return false
  await writeAudit(db, caller, now(), { action: 'operator.unlinked', detail: { operatorId, issuers } })
  return true
}
