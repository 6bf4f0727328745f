/** From a request to an answer: who calls, what they sent, the use case, errors as bodies, one log line. */
import { randomUUID } from 'node:crypto'
import type { Caller } from '@/lib/certificates/caller'
import { liveContext, type Context } from '@/lib/certificates/context'
import { Refusal, type RefusalBody } from '@/lib/errors'
import { renewedSessionCookie, type SessionToken } from '@/lib/auth/session-cookie'
import { log, traceOf } from '@/lib/log'
import { callerOf } from './caller'
import type { Answer, Endpoint } from './endpoint'
import { refusalOf } from './faults'
import { readInput, type RequestInput } from './input'
import { isKnown, json, refused, Reply } from './reply'
import { securityHeaders } from './security-headers'

/** What a use case is given. */
export interface Input<E extends Endpoint> extends RequestInput<E> {
  context: Context
  /** null where anyone may ask. */
  caller: E['who'] extends 'anyone' ? null : Caller
  endpoint: E
  request: Request
}

export type Handler = (request: Request) => Promise<Response>

/** What happened to one request, for the log. */
interface Trail {
  requestId: string
  caller: Caller | null
  session: SessionToken | null
  code?: string
}

/** A route handler for one row of the contract. The use case answers with the row's JSON, or with a Reply. */
export function serve<E extends Endpoint>(
  endpoint: E,
  work: (input: Input<E>) => Promise<Answer<E> | Reply> | Answer<E> | Reply,
): Handler {
  return async (request) => {
    const started = performance.now()
    const trail: Trail = { requestId: requestIdOf(request), caller: null, session: null }
    let reply: Reply
    try {
      reply = await run(endpoint, work, request, trail)
    } catch (error) {
      reply = replyTo(error, trail)
    }
    const response = await toResponse(endpoint, request, reply, trail)
    log().info({
      method: request.method,
      route: endpoint.path,
      status: response.status,
      ms: Math.round(performance.now() - started),
      ...(trail.caller ? { caller: `${trail.caller.kind}:${trail.caller.id}` } : {}),
      requestId: trail.requestId,
      ...(trail.code ? { code: trail.code } : {}),
    })
    return response
  }
}

async function run<E extends Endpoint>(
  endpoint: E,
  work: Parameters<typeof serve<E>>[1],
  request: Request,
  trail: Trail,
): Promise<Reply> {
  const context = liveContext()
  if (endpoint.who !== 'anyone') {
    const proven = await callerOf(request, context)
    trail.caller = proven.caller
    trail.session = proven.session
    if (endpoint.who !== 'caller' && proven.caller.kind !== 'operator') {
      throw new Refusal('NOT_ALLOWED', 'This is for people who are signed in, not for access tokens.')
    }
    if (endpoint.who === 'administrator' && !proven.caller.administrator) {
      throw new Refusal('NOT_ALLOWED', 'Only an administrator can do this.')
    }
  }
  const input = await readInput(endpoint, request)
  const answer = await work({ ...input, context, caller: trail.caller as Input<E>['caller'], endpoint, request })
  return answer instanceof Reply ? answer : json(answer)
}

function replyTo(error: unknown, trail: Trail): Reply {
  const refusal = refusalOf(error)
  if (refusal) {
    trail.code = refusal.code
    if (!(error instanceof Refusal)) log().warn({ requestId: trail.requestId, code: refusal.code, ...traceOf(error) })
    return refused(refusal)
  }
  trail.code = 'INTERNAL_ERROR'
  log().error({ requestId: trail.requestId, ...traceOf(error) })
  const body: RefusalBody = {
    code: 'INTERNAL_ERROR',
    message: 'Something went wrong on our side. Give the reference to your administrator.',
    reference: trail.requestId,
  }
  return json(body, 500)
}

async function toResponse(endpoint: Endpoint, request: Request, reply: Reply, trail: Trail): Promise<Response> {
  const headers = new Headers({ ...securityHeaders(reply.type, endpoint.anyOrigin ?? false), ...reply.headers })
  headers.set('x-request-id', trail.requestId)
  if (!headers.has('cache-control')) headers.set('cache-control', cachingOf(reply, trail))
  if (endpoint.who !== 'anyone') headers.set('vary', 'Accept, Authorization, Cookie')
  const renewed = trail.session && reply.status < 500 ? await renewedSessionCookie(trail.session) : null
  if (renewed) headers.append('set-cookie', renewed)
  if (reply.etag) {
    headers.set('etag', reply.etag)
    if (isKnown(request.headers.get('if-none-match'), reply.etag)) return new Response(null, { status: 304, headers })
  }
  if (reply.type) headers.set('content-type', reply.type === 'text/plain' ? 'text/plain; charset=utf-8' : reply.type)
  return new Response(reply.body as BodyInit | null, { status: reply.status, headers })
}

/** On a shared computer nothing stays behind; a source system may keep a document, and asks before it uses it again. */
function cachingOf(reply: Reply, trail: Trail): string {
  return reply.etag && trail.caller?.channel === 'api' ? 'private, no-cache' : 'no-store'
}

/** The caller's id for the request where it is one, else a new one. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID()
}
