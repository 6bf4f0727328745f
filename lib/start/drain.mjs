/**
 * How the web server ends: it says so on /readyz first, serves on for DRAIN_SECONDS until whoever sends it requests has
 * heard of it, then takes no more connections, ends what is under way, and lets go of connections as they fall silent.
 */

/** @type {boolean} */
let draining = false

/**
 * Gives a server this way of closing. Next closes its server when it is told to stop, and ends once it is closed.
 * @param {import('node:http').Server} server
 * @returns {import('node:http').Server} the same
 */
export function drainable(server) {
  const close = server.close
  server.close = (done) => {
    const again = draining
    draining = true
    const wait = again ? 0 : Number(process.env.DRAIN_SECONDS || 0) * 1000
    setTimeout(() => {
      close.call(server, done)
      server.closeIdleConnections()
    }, wait)
    return server
  }
  return server
}

/**
 * Answers for a server on its way down; false where Next answers.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function answersDraining({ url = '' }, response) {
  if (!draining) return false
  // A connection that is kept would hold up the end, and its next request would be lost.
  response.setHeader('connection', 'close')
  if (url.split('?')[0] !== '/readyz') return false
  response.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store', 'retry-after': '5' })
  response.end(JSON.stringify({ ready: false, checks: { stopping: { ok: false, note: 'it ends what is at hand' } } }))
  return true
}
