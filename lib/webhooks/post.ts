/** One message to one receiver: to an address that was checked, no redirects, so long and no longer, so much and no more. */
import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, mayConnect } from './addresses'

/** What an attempt came to: an HTTP status, or why there is none. */
export interface Attempted {
  status: number | null
  ms: number
  /** null = it arrived. */
  problem: string | null
}

/** Names to addresses; the system's unless a test has its own. */
export type Resolver = (hostname: string, tell: (error: Error | null, found: LookupAddress[]) => void) => void

export interface Posting {
  /** Networks that are not public and allowed all the same. */
  allowed: readonly string[]
  signal: AbortSignal
  resolve?: Resolver
  /** From the first step to the end of the answer. */
  timeoutMs?: number
}

/** Time for everything: name, connection, TLS, answer. */
export const LONGEST_MS = 10_000
/** More of an answer is not read: its status says all there is to know. */
const MOST_BYTES = 64 * 1024
const REFUSED = 'ADDRESS_REFUSED'

/** Sends a body. Never throws for what a receiver or network does; rejects when `signal` aborts. */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  { allowed, signal, resolve = systemResolver, timeoutMs = LONGEST_MS }: Posting,
): Promise<Attempted> {
  const target = new URL(url)
  const started = performance.now()
  return new Promise((settle, reject) => {
    const end = (status: number | null, problem: string | null) => {
      clearTimeout(timer)
      settle({ status, problem, ms: Math.round(performance.now() - started) })
      outgoing?.destroy()
    }
    const timer = setTimeout(() => end(null, `There was no answer within ${timeoutMs / 1000} seconds.`), timeoutMs)
    // An address needs no looking up, so nobody would look at it.
    const outgoing = mayAsk(target, allowed)
      ? (target.protocol === 'https:' ? requestSecure : requestPlain)(target, {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          // A connection of its own: none that was made before, to wherever.
          agent: false,
          lookup: checkedLookup(resolve, allowed),
          maxHeaderSize: 16 * 1024,
          signal,
        })
      : null
    if (!outgoing) return end(null, refusedSentence)
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      if (signal.aborted) return reject(error)
      end(null, error.code === REFUSED ? refusedSentence : `The connection failed (${error.code ?? error.name}).`)
    })
    outgoing.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > MOST_BYTES) end(status, problemIn(status))
      })
      answer.on('end', () => end(status, problemIn(status)))
      answer.on('error', () => end(status, problemIn(status)))
    })
    outgoing.end(body)
  })
}

const refusedSentence = 'Its name leads to an inner network, to which nothing is sent.'

function mayAsk(target: URL, allowed: readonly string[]): boolean {
  const host = hostOf(target)
  return isIP(host) === 0 || mayConnect(host, allowed)
}

function problemIn(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`
  return `It answered ${status}.`
}

/**
 * What the socket connects to is what was checked: this answers the socket itself, and nobody asks a second time. A name
 * that leads elsewhere a moment later changes nothing.
 */
function checkedLookup(resolve: Resolver, allowed: readonly string[]): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, (error, found) => {
      if (error) return callback(error, [])
      const [first, ...others] = found.filter(({ address }) => mayConnect(address, allowed))
      if (!first) return callback(Object.assign(new Error(refusedSentence), { code: REFUSED }), [])
      if (options.all) callback(null, [first, ...others])
      else callback(null, first.address, first.family)
    })
}

const systemResolver: Resolver = (hostname, tell) => lookUp(hostname, { all: true }, tell)
