/**
 * How many reads a web server has just begun. Node hands over all that have come in one turn of its event loop, and the database's
 * answers to all that were asked in one turn come in one turn as well: fifty at once would keep it from everything else, answers
 * that are ready too, until all fifty are done.
 */

/** Some milliseconds of work. */
const AT_ONCE = 3
/** Where there is nothing else to do a read that takes longer (a page that is set) keeps nobody from beginning. */
const JUST_BEGUN_MS = 10

/** @type {{ begin: () => void, response: import('node:events').EventEmitter }[]} */
const waiting = []
let justBegun = 0
let isNext = false

/**
 * Begins what was asked for first: in the next turn of the event loop, or once one of those that were just begun is answered.
 * @param {() => void} begin
 * @param {import('node:events').EventEmitter} response which says "close" when it is over
 */
export function inTurn(begin, response) {
  waiting.push({ begin, response })
  beginNext()
}

function beginNext() {
  if (isNext || waiting.length === 0 || justBegun === AT_ONCE) return
  isNext = true
  setImmediate(beginSome)
}

function beginSome() {
  isNext = false
  try {
    while (waiting.length > 0 && justBegun < AT_ONCE) {
      const { begin, response } = waiting.shift()
      countUntilOver(response)
      begin()
    }
  } finally {
    // One that throws must not keep those behind it for ever.
    beginNext()
  }
}

function countUntilOver(response) {
  justBegun++
  const over = () => {
    clearTimeout(timer)
    response.off('close', over)
    justBegun--
    beginNext()
  }
  const timer = setTimeout(over, JUST_BEGUN_MS)
  response.once('close', over)
}
