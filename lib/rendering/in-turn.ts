/** Work that keeps the processor for some milliseconds a piece, a few pieces in each turn of the event loop. */

/** Of one turn. A piece that is begun is done. */
const MOST_MS = 4

const waiting: (() => void)[] = []

/**
 * Does the work when all that was asked for before is done; where many wait, whatever else there is to do gets its turn
 * between them. Resolves or rejects as the work ends.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const piece = () => {
      try {
        resolve(work())
      } catch (error) {
        reject(error as Error)
      }
    }
    if (waiting.push(piece) === 1) setImmediate(doSome)
  })
}

function doSome(): void {
  const until = performance.now() + MOST_MS
  // The last one leaves when it is done: what is asked for meanwhile finds that somebody is at work.
  do {
    waiting[0]!()
    waiting.shift()
  } while (waiting.length > 0 && performance.now() < until)
  if (waiting.length > 0) setImmediate(doSome)
}
