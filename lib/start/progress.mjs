/** Shows what is going on at the terminal, with the seconds each step took. */
import './unwritable-output.mjs'

const HEARTBEAT_MS = 10_000

/** The steps that are done, in their order, with their seconds. */
const done = []

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
    done.push({ label, seconds: (Date.now() - began) / 1000 })
    return result
  } finally {
    clearInterval(heartbeat)
  }
}

/**
 * Says what took how long: each step so far, what went by between them, and the sum.
 * @param {string} what "Errata is ready"
 * @param {number} began Date.now() of the beginning
 */
export function saySum(what, began) {
  const sum = (Date.now() - began) / 1000
  const between = done.reduce((rest, { seconds }) => rest - seconds, sum)
  say(`\n${what} after ${sum.toFixed(1)} s:\n`)
  for (const { label, seconds } of [...done, { label: 'Between these steps', seconds: between }])
    say(`  ${seconds.toFixed(1).padStart(7)} s  ${label}`)
  say('')
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}
