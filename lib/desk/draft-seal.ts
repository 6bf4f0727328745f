/** Drafts are kept encrypted; each opens for one operator and one certificate alone. */
import { seal, unseal } from '@/lib/auth/seal'

/** Whose draft of which certificate. */
export interface DraftScope {
  operatorId: string
  certificateId: string
}

/** Encrypts a text. `random` gives strong bytes. */
export function sealDraft(
  secret: string,
  scope: DraftScope,
  text: string,
  random: (bytes: number) => Uint8Array,
): Uint8Array {
  return seal(secret, nameOf(scope), text, random)
}

/** The text again; null when it was sealed with another secret, for another scope, or changed since. */
export function unsealDraft(secret: string, scope: DraftScope, sealed: Uint8Array): string | null {
  return unseal(secret, nameOf(scope), sealed)
}

function nameOf({ operatorId, certificateId }: DraftScope): string[] {
  return ['errata draft', operatorId, certificateId]
}
