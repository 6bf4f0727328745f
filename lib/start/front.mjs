/**
 * Loaded into the web server before Next: lets it end in good order (drain.mjs), refuses what Next answers with 500 or with a
 * redirect before any code of ours is asked (TRACE, "*" and whole addresses instead of paths, two hosts, HTTP before 1.0), and
 * ends requests whose body never comes to an end. Of reads that come at the same moment a few begin at a time
 * (a-few-a-turn.mjs). Scripts and styles are answered here, packed when they were built (packed-files.mjs). What Next answers by
 * itself (other files, redirects) gets the headers that every answer of ours has. And it says which requests come from this
 * machine, which nothing behind it can tell any more.
 */
import http from 'node:http'
import { inTurn } from './a-few-a-turn.mjs'
import { answersDraining, drainable } from './drain.mjs'
import { BUILT_FOLDERS, packedFiles } from './packed-files.mjs'
import { FROM_HERE, isFromHere } from '../operations/from-here.mjs'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const KNOWN = new Set(METHODS.split(', '))
/** A body of 1 MiB, the largest that is read, over a bad connection. */
const WHOLE_REQUEST_MS = 60_000

const create = http.createServer
const answersPacked = packedFiles(BUILT_FOLDERS)

/**
 * As http.createServer. What is refused never reaches the listener.
 * @param {...any} given
 */
http.createServer = (...given) => {
  const listener = given.findLast((one) => typeof one === 'function')
  const options = typeof given[0] === 'object' ? given[0] : {}
  const guarded = (request, response) => {
    withHeaders(response)
    inOnePiece(response)
    // Next tells nothing of the connection.
    request.headers[FROM_HERE] = isFromHere(request) ? 'yes' : 'no'
    const status = refusalOf(request)
    if (status !== null) return refuse(response, status)
    const begin = () => {
      // Who waited may have gone meanwhile.
      if (response.destroyed || answersDraining(request, response) || answersPacked(request, response)) return
      listener?.(request, response)
    }
    // What is sent together shares a transaction; what is read together only keeps the others waiting.
    if (request.method === 'GET' || request.method === 'HEAD') inTurn(begin, response)
    else begin()
  }
  return drainable(create({ requestTimeout: WHOLE_REQUEST_MS, ...options }, guarded))
}

/** On every answer that does not say it itself. */
const USUAL = { 'x-content-type-options': 'nosniff', 'content-security-policy': "frame-ancestors 'none'" }
/** A year, for this host and those below it. */
const HTTPS_ALONE = 'max-age=31536000; includeSubDomains'

/**
 * Where people come over https browsers are told to come in no other way.
 * @param {import('node:http').ServerResponse} response
 */
function withHeaders(response) {
  const write = response.writeHead
  response.writeHead = (...given) => {
    const own = given.findLast((one) => typeof one === 'object' && one !== null) ?? {}
    for (const [name, value] of Object.entries(USUAL)) {
      if (!response.hasHeader(name) && !(name in own)) response.setHeader(name, value)
    }
    if (process.env.PUBLIC_URL?.startsWith('https://')) response.setHeader('strict-transport-security', HTTPS_ALONE)
    return write.apply(response, given)
  }
}

/**
 * Next sends the head, the body and its end one by one. What is said in one go leaves in one piece; what takes longer is sent
 * as it comes.
 * @param {import('node:http').ServerResponse} response
 */
function inOnePiece(response) {
  const flush = response.flushHeaders
  response.flushHeaders = () => {
    response.cork()
    setImmediate(() => response.uncork())
    flush.call(response)
  }
}

/**
 * The status with which a request is refused here; null for all others.
 * @param {import('node:http').IncomingMessage} request
 */
function refusalOf({ method, url = '', rawHeaders, httpVersionMajor }) {
  if (!KNOWN.has(method ?? '')) return 405
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  return url.startsWith('/') && hosts < 2 && httpVersionMajor === 1 ? null : 400
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {400 | 405} status
 */
function refuse(response, status) {
  const [code, message] =
    status === 405
      ? ['METHOD_NOT_ALLOWED', `Here only: ${METHODS}.`]
      : ['MALFORMED_REQUEST', 'A request names a path that begins with "/", one host, and HTTP/1.1.']
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    connection: 'close',
    ...(status === 405 ? { allow: METHODS } : {}),
  })
  response.end(JSON.stringify({ code, message }))
}
