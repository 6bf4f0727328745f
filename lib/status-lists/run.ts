/** The worker's loops that keep what verifiers download in step with the registry. */
import { noteEndedSuspensions } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { publishLists, type ListPublisher } from './publish'
import { publishRevocationList, type RevocationPublisher } from './revocation-list'
import { beginNight, runCheck } from './sample-check'

/** A change is in the lists within a second: half of it may pass before anybody looks. */
const LOOK_EVERY = 400
/** Somebody who asked for a check looks at the screen. */
const CHECK_EVERY = 2000

export type Publisher = ListPublisher & RevocationPublisher

/**
 * Publishes until `signal` aborts. Every worker may run it; one at a time publishes. An error (the database away, say) is
 * logged without personal data and the loop goes on: what is not published keeps its mark.
 */
export async function runStatusLists(publisher: Publisher, signal: AbortSignal): Promise<void> {
  await Promise.all([
    again('publishing status lists paused', LOOK_EVERY, signal, async () => {
      const published = await publishLists(publisher)
      const pages = await publishRevocationList(publisher)
      return published > 0 || pages > 1
    }),
    // On its own: it waits for locks of lineages, and what happened to others must not.
    again(
      'noting ended suspensions paused',
      LOOK_EVERY,
      signal,
      async () => (await noteEndedSuspensions(publisher)) > 0,
    ),
  ])
}

/** Begins the check of each night and works at whatever check waits, until `signal` aborts. Every worker may run it. */
export async function runChecks(context: Context, signal: AbortSignal): Promise<void> {
  await again('checking certificates paused', CHECK_EVERY, signal, async () => {
    await beginNight(context)
    return runCheck(context, signal)
  })
}

/** Works until `signal` aborts, with a pause whenever there was nothing to do or something failed. */
async function again(
  failed: string,
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<boolean>,
): Promise<void> {
  while (!signal.aborted) {
    let more = false
    try {
      more = await work()
    } catch (error) {
      const { name, code } = traceOf(error)
      log().error({ error: name, ...(code ? { code } : {}) }, failed)
    }
    if (!more) await pause(everyMs, signal)
  }
}
