/** Starts again what ended unexpectedly, after waits that grow, and says so; gives up where trying has become pointless. */
import { patience } from './patience.mjs'
import { say } from './progress.mjs'

/** A part that ends so many times in a row, each soon after its start, will not stay up without somebody's help. */
export const TRIES = 5
const LOOK_EVERY_MS = 1000

/**
 * Keeps a program running.
 * @param {object} options
 * @param {string} options.called for messages: "The worker"
 * @param {(onEnd: (how: string) => void) => void} options.start starts it; `onEnd` has to be called once when it ends
 * @param {() => boolean} options.isStopping then nothing is started any more
 * @param {(reason: string) => void} [options.giveUp] called instead of one more try; without it there is always one more
 */
export function keepProgram({ called, start, isStopping, giveUp }) {
  const { afterEnd } = patience(giveUp ? TRIES : Infinity)
  begin()

  function begin() {
    if (isStopping()) return
    const began = Date.now()
    start((how) => {
      if (isStopping()) return
      const wait = afterEnd(Date.now() - began)
      if (wait === null) return giveUp(`${called} ended ${TRIES} times in a row, at last with ${how}.`)
      say(`${called} ended unexpectedly (${how}); starting it again in ${wait / 1000} s`)
      setTimeout(begin, wait)
    })
  }
}

/**
 * Keeps a database running, which is no child of ours and so has to be looked after. While its disk is full it is waited
 * for: no start could succeed, and there is nothing to give up.
 * @param {object} options
 * @param {{ url: string, isAlive(): boolean }} options.database running
 * @param {() => Promise<{ url: string, isAlive(): boolean }>} options.open starts it anew
 * @param {() => boolean} [options.isFull] whether its disk has no room
 * @param {() => boolean} options.isStopping
 * @param {(reason: string) => void} options.giveUp
 */
export function keepDatabase({ database, open, isFull = () => false, isStopping, giveUp }) {
  const { afterEnd } = patience(TRIES)
  watch(database)

  function watch(running) {
    const began = Date.now()
    const timer = setInterval(() => {
      if (!isStopping() && running.isAlive()) return
      clearInterval(timer)
      tryAgain(Date.now() - began, 'The database ended unexpectedly.')
    }, LOOK_EVERY_MS)
    timer.unref()
  }

  function tryAgain(ranMs, what) {
    if (isStopping()) return
    if (isFull()) return afterSpace(what)
    const wait = afterEnd(ranMs)
    if (wait === null) return giveUp(`${what} That was the ${TRIES}th time in a row.`)
    say(`${what} Starting it again in ${wait / 1000} s`)
    setTimeout(openAgain, wait)
  }

  function afterSpace(what) {
    say(`${what} Its disk is full: it is started again as soon as there is room.`)
    const timer = setInterval(() => {
      if (!isStopping() && isFull()) return
      clearInterval(timer)
      openAgain()
    }, LOOK_EVERY_MS)
  }

  function openAgain() {
    if (!isStopping()) void open().then(reopened, notOpened)
  }

  function reopened(running) {
    if (running.url === database.url) return watch(running)
    giveUp('The database came back at another address; everything has to start again.')
  }

  function notOpened(error) {
    tryAgain(0, error.message)
  }
}
