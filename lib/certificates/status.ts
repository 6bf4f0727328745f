/** What anyone may ask about a certificate whose number they hold. */
import { Refusal } from '@/lib/errors'
import type { Context } from './context'
import { statusOf, type StatusRow } from './store-status'

/** Instants as texts, otherwise as stored. */
export type Status = Omit<StatusRow, 'since' | 'until'> & { since: string; until: string | null }

/** State and hash of a certificate. Refusal NOT_FOUND for numbers the registry never issued, and for tests. */
export async function certificateStatus(context: Context, certificateId: string): Promise<Status> {
  const row = await statusOf(context.db, certificateId, context.now())
  if (!row) throw new Refusal('NOT_FOUND', 'There is no certificate with this number.')
  return { ...row, since: row.since.toISOString(), until: row.until?.toISOString() ?? null }
}
