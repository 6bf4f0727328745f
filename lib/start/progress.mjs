/** Shows what is going on at the terminal, with the seconds each step took. */
import './unwritable-output.mjs'

const HEARTBEAT_MS = 10_000

/**
 * Runs a step: says that it begins, gives a sign of life every 10 s, and says how long it took.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const began = Date.now()
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  say(`→ ${label}`)
  const heartbeat = setInterval(() => say(`  … ${seconds()}`), HEARTBEAT_MS)
  try {
    const result = await work()
    say(`  ${label}: ${seconds()}`)
    return result
  } finally {
    clearInterval(heartbeat)
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}
