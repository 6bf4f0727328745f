/** Work that keeps the processor for some milliseconds, one piece in each turn of the event loop. */

let last: Promise<unknown> = Promise.resolve()

/**
 * Does the work when all that was asked for before is done; between two pieces whatever else waits gets its turn. Resolves or
 * rejects as the work ends.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  const done = last.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(work)
  last = done.catch(() => {})
  return done
}
