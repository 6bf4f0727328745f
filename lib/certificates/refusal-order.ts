/** What an array is refused with when several things are wrong with it at once. */
import { Refusal, STATUS_OF, type RefusalDetail } from '@/lib/errors'

/**
 * Throws what is wrong with an array as one Refusal that lists everything; nothing wrong, nothing thrown. What cannot be
 * read (400) goes before what is not yours (403), before the rules (400), before the state of the certificate (412).
 */
export function throwRefused(refused: RefusalDetail[]): void {
  if (refused.length === 0) return
  const details = [...refused].sort((a, b) => a.index - b.index)
  const first = details.reduce((best, detail) => (rank(detail) < rank(best) ? detail : best))
  throw new Refusal(first.code, first.message, details)
}

function rank({ code }: RefusalDetail): number {
  if (code === 'NOT_YOUR_FACILITY') return 1
  if (code === 'ALREADY_CERTIFIED' || code === 'CONFLICTING_ITEMS' || code === 'PROGRAM_REQUIRED') return 2
  return STATUS_OF[code] === 412 ? 3 : 0
}
