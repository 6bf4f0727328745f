/** Whether a request comes from this very machine, with nobody in between who says that it passes one on. */

/** Header by which lib/start/front.mjs tells the web server; what a client writes there is taken away. */
export const FROM_HERE = 'x-errata-from-here'

const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * @param {{ socket: { remoteAddress?: string }, headers: Record<string, unknown> }} request as node:http has it
 * @returns {boolean}
 */
export function isFromHere({ socket, headers }) {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const isLoopback = address === '::1' || /^127\./.test(address)
  return isLoopback && FORWARDING.every((name) => headers[name] === undefined)
}
