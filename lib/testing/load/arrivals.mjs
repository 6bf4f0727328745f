/**
 * When requests are sent. An open model of our own: autocannon sends the next request when the last one was answered, so
 * that a server which stands still is not asked meanwhile and nobody's wait is counted.
 */

/**
 * Poisson arrivals: `send(intended)` is called for each, whether earlier ones were answered or not, with the moment
 * (performance.now()) at which it was meant to happen. Resolves when all are answered.
 * @param {{ perSecond: number, seconds: number, random?: () => number }} pace
 * @param {(intended: number) => Promise<unknown>} send
 */
export async function openArrivals({ perSecond, seconds, random = Math.random }, send) {
  const start = performance.now()
  const under = []
  for (let at = waitFor(perSecond, random); at < seconds * 1000; at += waitFor(perSecond, random)) {
    const ahead = start + at - performance.now()
    // Those that are due already go out at once: their wait began when they were due.
    if (ahead > 1) await new Promise((resolve) => setTimeout(resolve, ahead))
    under.push(send(start + at))
  }
  await Promise.all(under)
}

/** Milliseconds to the next arrival: exponentially distributed. */
function waitFor(perSecond, random) {
  return (-Math.log(1 - random()) / perSecond) * 1000
}

/**
 * Every client sends its next request when the last one was answered.
 * @param {{ clients: number, seconds: number }} shape
 * @param {(intended: number) => Promise<unknown>} send
 */
export async function closedArrivals({ clients, seconds }, send) {
  const end = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) await send(performance.now())
    }),
  )
}

/**
 * Clients that each send one request a second, at moments of their own, answered or not.
 * @param {{ clients: number, seconds: number, random?: () => number }} shape
 * @param {(intended: number) => Promise<unknown>} send
 */
export async function oncePerSecond({ clients, seconds, random = Math.random }, send) {
  const start = performance.now()
  const offsets = Array.from({ length: clients }, () => random() * 1000).sort((a, b) => a - b)
  const under = []
  for (let second = 0; second < seconds; second++) {
    for (const offset of offsets) {
      const intended = start + second * 1000 + offset
      const ahead = intended - performance.now()
      if (ahead > 1) await new Promise((resolve) => setTimeout(resolve, ahead))
      under.push(send(intended))
    }
  }
  await Promise.all(under)
}
