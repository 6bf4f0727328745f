/** What an operator opened last: code, dose and initials, for that operator alone. */
import { typeInForce } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { personOf } from '@/lib/certificates/person'
import type { RecentAnswer } from './answers'
import { initialsOf } from './initials'
import { deleteRecent, recentOf, writeRecent } from './store-recent'

/** Call it when somebody read a certificate: for a person on the screens it is noted, for a source system not. */
export async function noteOpened(context: Context, caller: Caller, certificateId: string): Promise<void> {
  if (caller.kind === 'operator') await writeRecent(context.db, caller.id, certificateId, context.now())
}

/** The caller's last ten. */
export async function listRecent(context: Context, caller: Caller): Promise<RecentAnswer> {
  const rows = await recentOf(context.db, caller)
  return {
    items: rows.map(({ record, at, ...row }) => ({
      ...row,
      initials: initialsOf(personOf(record, typeInForce(context, row.type)).name),
      at: at.toISOString(),
    })),
  }
}

/** Forgets the caller's own. */
export async function forgetRecent(context: Context, caller: Caller): Promise<{ forgotten: number }> {
  return { forgotten: await deleteRecent(context.db, caller.id) }
}
