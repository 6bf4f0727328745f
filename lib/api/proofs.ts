/** What asks again who somebody is: what would outlast the moment at somebody else's unlocked screen. A closed list. */
import { Refusal } from '@/lib/errors'
import type { Endpoint } from './endpoint'

/** So long after signing in, or after the last answer, nobody is asked again. */
const MINUTES = 10

/** Whoever changes a password, a second factor or a connection gives the proof in that request itself. */
const OPERATIONS: ReadonlySet<string> = new Set([
  // Where one is signed in, and how.
  ...['endSession', 'endOtherSessions', 'disconnectService'],
  // Who may what.
  ...[
    'addOperator',
    'changeOperator',
    'resetPassword',
    'resetSecondFactor',
    'addClient',
    'changeClient',
    'replaceToken',
  ],
  // Where is told what happens to certificates, and what is believed to come from us.
  ...['addWebhook', 'changeWebhook', 'replaceWebhookSecret'],
  // Which facilities are of a district that somebody reaches, and whose certificates are theirs.
  ...['addFacility', 'changeFacility'],
  // What all certificates say from now on.
  'publishType',
  // What many certificates are replaced by.
  ...['startReissue', 'steerReissue', 'startBulk', 'resumeBulk', 'approveBulk'],
  // What is asked for again for many, and what is ended for good.
  ...['retryQueue', 'giveUpTransaction'],
  // Whose keys are believed.
  ...['addTrusted', 'changeTrusted'],
])

/** Whether this operation asks. */
export function needsProof({ operation }: Pick<Endpoint, 'operation'>): boolean {
  return OPERATIONS.has(operation)
}

/** Refuses with PROOF_REQUIRED what asks, when somebody last said who they are too long ago. */
export function requireProof(endpoint: Endpoint, provedAt: Date, now: Date): void {
  if (!needsProof(endpoint) || now.getTime() - provedAt.getTime() < MINUTES * 60_000) return
  throw new Refusal('PROOF_REQUIRED', 'Nothing was changed. This asks again who you are.')
}
