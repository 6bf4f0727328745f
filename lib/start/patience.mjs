/** How long to wait before a part that ended is started again, and when trying again has become pointless. */

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** A part that ran this long had a reason of its own to end: the wait starts small again. */
const SETTLED_MS = 60_000

/**
 * Patience with one part, from its first start on.
 * @param {number} [tries] ends in a row, each soon after its start, at which the last one is not followed by another try
 * @returns {{ afterEnd(ranMs: number): number | null }} the wait in milliseconds before the next try; null = give it up
 */
export function patience(tries = Infinity) {
  let inARow = 0
  return {
    afterEnd(ranMs) {
      inARow = ranMs >= SETTLED_MS ? 1 : inARow + 1
      if (inARow >= tries) return null
      return Math.min(FIRST_WAIT_MS * 2 ** (inARow - 1), LONGEST_WAIT_MS)
    },
  }
}
