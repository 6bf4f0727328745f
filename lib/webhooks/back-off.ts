/** When a message that did not arrive is sent again: soon, then ever later, for about a day. Pure. */

const FIRST_SECONDS = 5
const LONGEST_SECONDS = 10 * 60 * 60
/** 5 s, 15 s, 45 s ... 3 h, 9 h, 10 h: together about a day. */
export const MOST_ATTEMPTS = 11

/**
 * When to try again after so many attempts; null = not any more. `chance` (0 to 1) moves it by up to a fifth either way,
 * so that what failed together is not sent together again.
 */
export function nextAttempt(attempts: number, at: Date, chance: number): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null
  const seconds = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 3 ** (attempts - 1))
  return new Date(at.getTime() + seconds * 1000 * (0.8 + 0.4 * chance))
}
