/** Turns of the event loop for those who work in pieces. */

const waiting: (() => void)[] = []

/**
 * Resolves in a turn of the event loop in which nobody else who asked goes on: of several long pieces of work, begun side by
 * side, never two pieces keep everybody else waiting one after the other.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(letOneGoOn)
  })
}

function letOneGoOn(): void {
  waiting.shift()!()
  if (waiting.length > 0) setImmediate(letOneGoOn)
}
