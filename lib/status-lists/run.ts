/** The worker's loop that keeps what verifiers download in step with the registry. */
import { noteEndedSuspensions } from '@/lib/certificates/change-status'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { publishLists, type ListPublisher } from './publish'
import { publishRevocationList, type RevocationPublisher } from './revocation-list'

/** A change is in the lists within a second: half of it may pass before anybody looks. */
const LOOK_EVERY = 400

export type Publisher = ListPublisher & RevocationPublisher

/**
 * Publishes until `signal` aborts. Every worker may run it; one at a time publishes. An error (the database away, say) is
 * logged without personal data and the loop goes on: what is not published keeps its mark.
 */
export async function runStatusLists(publisher: Publisher, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await noteEndedSuspensions(publisher)
      const published = await publishLists(publisher)
      await publishRevocationList(publisher)
      if (published === 0) await pause(LOOK_EVERY, signal)
    } catch (error) {
      const { name, code } = traceOf(error)
      log().error({ error: name, ...(code ? { code } : {}) }, 'publishing status lists paused')
      await pause(LOOK_EVERY, signal)
    }
  }
}
