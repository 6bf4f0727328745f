/** Which list the queue begins with. */
import type { QueueAnswer, QueueState } from '@/lib/operations/answers'

/** Where nobody chose, trouble comes first. */
export function firstState({ held, failed }: QueueAnswer): QueueState {
  return held.count > 0 ? 'held' : failed.count > 0 ? 'failed' : 'waiting'
}
