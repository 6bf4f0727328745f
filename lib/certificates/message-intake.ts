/** The intake of a running worker: messages on `certify` go through the same use cases as requests. */
import type { Intake } from '@/lib/queue/intake'
import { acceptMessage, refuseMessage } from './accept-message'
import type { Context } from './context'
import { canAnswer } from './store-health'

/** What the queue needs to know of certificates, and nothing more. */
export function messageIntake(context: Context): Intake {
  return {
    accept: (message) => acceptMessage(context, message),
    setAside: (message, reason) => refuseMessage(context, message, 'INTERNAL_ERROR', reason),
    databaseAnswers: () => canAnswer(context.db),
  }
}
