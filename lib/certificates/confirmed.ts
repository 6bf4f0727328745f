/** The word of the holder for what is accepted: it stands for exactly the changes that were shown, and for nothing else. */
import { Refusal } from '@/lib/errors'
import { changesHash } from './changes-hash'
import type { PlannedArray } from './plan-array'

/** What a holder confirmed on the own phone. */
export interface HolderConfirmation {
  /** `changesHash` of the changes that were shown. */
  changesHash: string
  confirmedAt: Date
}

/**
 * Notes the confirmation in the reasons of what is about to be written. Refusal NOT_CONFIRMED when there is none, or when
 * other changes would be written than the holder saw. Where nothing is to be written there is nothing to confirm.
 */
export function noteConfirmation(planned: PlannedArray, confirmation: HolderConfirmation | null): void {
  const accepted = planned.results.filter(({ status }) => status === 'accepted' || status === 'awaiting_approval')
  if (accepted.length === 0) return
  const changes = accepted.map(({ previousCertificateId, changes = [] }) => {
    return { certificateId: previousCertificateId ?? '', changes }
  })
  if (confirmation?.changesHash !== changesHash(changes)) {
    throw new Refusal('NOT_CONFIRMED', 'The holder has not confirmed these changes, or too long ago.')
  }
  for (const written of [...planned.transactions, ...planned.requests]) {
    written.reason = { ...written.reason, holderConfirmedAt: confirmation.confirmedAt.toISOString() }
  }
}
