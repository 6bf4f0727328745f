/**
 * How many reads a web server begins at a time. Node hands over all that have come in one turn of its event loop: fifty at
 * once would keep it from everything else, answers that are ready too, until all fifty have begun.
 */

/** With what is under way some milliseconds of work. */
const AT_ONCE = 4

/** @type {(() => void)[]} */
const waiting = []

/**
 * Begins what was asked for first, a few in each turn of the event loop.
 * @param {() => void} begin
 */
export function inTurn(begin) {
  if (waiting.push(begin) === 1) setImmediate(beginSome)
}

function beginSome() {
  try {
    for (let begun = 0; begun < AT_ONCE && waiting.length > 0; begun++) waiting.shift()?.()
  } finally {
    // One that throws must not keep those behind it for ever.
    if (waiting.length > 0) setImmediate(beginSome)
  }
}
