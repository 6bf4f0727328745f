/** Whether this process's own event loop needs a processor for itself. */
import { performance } from 'node:perf_hooks'

/** Shorter than a pause that anybody notices, longer than a few turns of the loop. */
const LOOK_BACK_MS = 100
const BUSY = 0.6

/**
 * A question that may be asked as often as one likes: was the loop at work for most of the time since it was asked before, of
 * the last tenth of a second at least?
 */
export function loopWatch(): () => boolean {
  let last = performance.eventLoopUtilization()
  let busy = false
  return () => {
    const now = performance.eventLoopUtilization()
    if (now.active + now.idle - last.active - last.idle >= LOOK_BACK_MS) {
      busy = performance.eventLoopUtilization(now, last).utilization > BUSY
      last = now
    }
    return busy
  }
}
