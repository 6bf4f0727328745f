/** Sets the status of a credential that was issued over the VC API. */
import type { z } from 'zod'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { statusRequest, statusSet } from './answers'
import { isIssued, writeStatus } from './store'

/**
 * Revokes for good, suspends, or lifts a suspension; the lists say so within a second. Refusals: NOT_FOUND (this client
 * had no such credential issued), CERTIFICATE_REVOKED (what was revoked stays so).
 */
export async function setStatus(
  context: Context,
  caller: Caller,
  { credentialId, credentialStatus, status = true }: z.output<typeof statusRequest>,
): Promise<z.output<typeof statusSet>> {
  const { db } = context
  const changes = [credentialStatus].flat().map((entry) => ({ ...entry, status: entry.status ?? status }))
  await db.$transaction(async (transaction) => {
    for (const { statusPurpose: purpose, status: value } of changes) {
      const change = { clientId: caller.id, clientName: caller.name, credentialId, purpose, value }
      if (await writeStatus(transaction, change, context.now())) continue
      if (await isIssued(transaction, caller.id, credentialId)) {
        throw new Refusal('CERTIFICATE_REVOKED', 'This credential was revoked, which cannot be taken back.')
      }
      throw new Refusal('NOT_FOUND', 'No credential of this id was issued for this client.')
    }
  })
  nudgeWorkers(db)
  return {
    credentialId,
    credentialStatus: changes.map(({ type, statusPurpose, status: value }) => ({ type, statusPurpose, status: value })),
  }
}
