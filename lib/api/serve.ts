/** From a request to an answer: who calls, how often, what they sent, the use case, errors as bodies, one log line. */
import { publishedTypes } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import { liveContext, type Context } from '@/lib/certificates/context'
import { noteCall, writeNotes } from '@/lib/developers/call-log'
import type { RateState } from '@/lib/developers/rate-budget'
import { Refusal, type RefusalBody, type RefusalDetail } from '@/lib/errors'
import type { Scope } from '@/lib/auth/scopes'
import { renewedSessionCookie, type SessionToken } from '@/lib/auth/session-cookie'
import { log, traceOf } from '@/lib/log'
import { countRefused, metrics } from '@/lib/operations/metrics'
import { followSettings } from '@/lib/operations/same-settings'
import { endTracing, traced, TRACEPARENT_HEADER, type Span } from '@/lib/operations/tracing'
import { writeLooks, writeRefused } from './audited'
import { callerOf, type Proven } from './caller'
import type { Answer, Endpoint } from './endpoint'
import { atEnd, isEnding } from './ending'
import { refusalOf } from './faults'
import { readInput, type RequestInput } from './input'
import { countLooked } from './looked-up'
import { requireProof } from './proofs'
import { countedRequest, rateHeaders, tooMany } from './rate-limits'
import { isKnown, json, refused, Reply } from './reply'
import { requestIdOf } from './request-id'
import { requireRole } from './roles'
import { requireScope } from './scopes'
import { securityHeaders } from './security-headers'

/** What a use case is given. */
export interface Input<E extends Endpoint> extends RequestInput<E> {
  context: Context
  /** null where anyone may ask. */
  caller: E['who'] extends 'anyone' ? null : Caller
  endpoint: E
  request: Request
  /** What the token may do; null for a person, and where anyone may ask. */
  scopes: readonly Scope[] | null
}

export type Handler = (request: Request) => Promise<Response>

/** What happened to one request, for the log and for the client's list of calls. */
interface Trail {
  requestId: string
  traceparent: string | null
  at: Date
  caller: Caller | null
  session: SessionToken | null
  rate: RateState | null
  code?: string
  message?: string
  details?: RefusalDetail[]
  /** What was sent, once it is read. */
  body?: unknown
}

/** A route handler for one row of the contract. The use case answers with the row's JSON, or with a Reply. */
export function serve<E extends Endpoint>(
  endpoint: E,
  work: (input: Input<E>) => Promise<Answer<E> | Reply> | Answer<E> | Reply,
): Handler {
  const answered = async (request: Request, { traceparent, set }: Span) => {
    const started = performance.now()
    const context = liveContext()
    followSettings(context)
    const requestId = requestIdOf(request)
    const trail: Trail = { requestId, traceparent, at: context.now(), caller: null, session: null, rate: null }
    let reply: Reply
    try {
      reply = await run(context, endpoint, work, request, trail)
    } catch (error) {
      reply = await refuse(context, endpoint, request, error, trail)
    }
    const response = await toResponse(endpoint, request, reply, trail)
    const exact = performance.now() - started
    const ms = Math.round(exact)
    const { status } = response
    metrics.requestSeconds.observe({ method: request.method, route: endpoint.path, status }, exact / 1000)
    set({ 'http.response.status_code': status, ...(trail.code ? { 'errata.code': trail.code } : {}) })
    set({ 'errata.request_id': requestId })
    log().info({
      method: request.method,
      route: endpoint.path,
      status,
      ms,
      ...(trail.caller ? { caller: `${trail.caller.kind}:${trail.caller.id}` } : {}),
      requestId: trail.requestId,
      ...(trail.code ? { code: trail.code } : {}),
    })
    await note(context, endpoint, request.method, status, ms, trail)
    return response
  }
  const name = `${endpoint.method} ${endpoint.path}`
  const attributes = { 'http.request.method': endpoint.method, 'http.route': endpoint.path }
  return (request) => {
    const parent = request.headers.get(TRACEPARENT_HEADER)
    // What machines ask every few seconds would fill every page of traces.
    if (endpoint.rate === 'free') return answered(request, { traceparent: null, set() {} })
    atEnd(endTracing)
    return traced(name, { parent, kind: 'server', attributes }, (span) => answered(request, span))
  }
}

async function run<E extends Endpoint>(
  context: Context,
  endpoint: E,
  work: Parameters<typeof serve<E>>[1],
  request: Request,
  trail: Trail,
): Promise<Reply> {
  const proven = endpoint.who === 'anyone' ? null : await callerOf(request, context)
  const { requestId, traceparent } = trail
  trail.caller = proven && { ...proven.caller, requestId, ...(traceparent ? { traceparent } : {}) }
  trail.session = proven?.session ?? null
  trail.rate = await countedRequest(context, endpoint, request, proven)
  if (trail.rate && !trail.rate.allowed) throw tooMany(trail.rate)
  if (proven) refuseOthers(endpoint, proven, context.now())
  // From here on the types in force are at hand, also for what cannot wait for them.
  if (endpoint.rate !== 'free') await publishedTypes(context)
  const input = await readInput(endpoint, request)
  trail.body = input.body
  await countLooked(context, endpoint, trail.caller, input)
  const scopes = proven?.scopes ?? null
  const answer = await work({
    ...input,
    context,
    caller: trail.caller as Input<E>['caller'],
    endpoint,
    request,
    scopes,
  })
  const reply = answer instanceof Reply ? answer : json(answer)
  await writeLooks(context, endpoint, trail.caller, input, reply)
  return reply
}

/** The answer to what could not be done. A refusal that belongs in the audit log is there before anybody hears of it. */
async function refuse(
  context: Context,
  endpoint: Endpoint,
  request: Request,
  error: unknown,
  trail: Trail,
): Promise<Reply> {
  const reply = replyTo(error, trail)
  const { code, details = [], body } = trail
  try {
    await writeRefused(context, endpoint, trail.caller, request, { code, details, body })
    return reply
  } catch (notWritten) {
    return replyTo(notWritten, trail)
  }
}

function refuseOthers(endpoint: Endpoint, proven: Proven, now: Date): void {
  const { caller, mustChangePassword, secondFactorDue, provedAt, scopes } = proven
  const { beforeOwnPassword, beforeSecondFactor } = endpoint
  if (mustChangePassword && !beforeOwnPassword) {
    throw new Refusal('PASSWORD_CHANGE_REQUIRED', 'Set a password of your own first.')
  }
  if (secondFactorDue && !beforeSecondFactor && !beforeOwnPassword) {
    throw new Refusal('SECOND_FACTOR_REQUIRED', 'Set up a second factor first.')
  }
  if (scopes === null) requireRole(endpoint, caller.roles)
  else requireScope(endpoint, scopes)
  if (provedAt) requireProof(endpoint, provedAt, now)
}

function replyTo(error: unknown, trail: Trail): Reply {
  const refusal = refusalOf(error)
  if (refusal) {
    trail.code = refusal.code
    trail.message = refusal.message
    trail.details = refusal.details
    countRefused(refusal.code, refusal.details)
    if (!(error instanceof Refusal)) log().warn({ requestId: trail.requestId, code: refusal.code, ...traceOf(error) })
    return refused(refusal, trail.requestId)
  }
  const body: RefusalBody = {
    code: 'INTERNAL_ERROR',
    message: 'Something went wrong on our side. Give the reference to your administrator.',
    reference: trail.requestId,
  }
  trail.code = body.code
  trail.message = body.message
  countRefused(body.code)
  log().error({ requestId: trail.requestId, ...traceOf(error) })
  return json(body, 500)
}

async function toResponse(endpoint: Endpoint, request: Request, reply: Reply, trail: Trail): Promise<Response> {
  const headers = new Headers({ ...securityHeaders(reply.type, endpoint.anyOrigin ?? false), ...reply.headers })
  headers.set('x-request-id', trail.requestId)
  if (trail.rate) for (const [name, value] of Object.entries(rateHeaders(trail.rate))) headers.set(name, value)
  if (!headers.has('cache-control')) headers.set('cache-control', cachingOf(reply, trail))
  if (endpoint.who !== 'anyone') headers.set('vary', 'Accept, Authorization, Cookie')
  const renews = trail.session !== null && reply.status < 500 && !headers.has('set-cookie')
  const renewed = renews ? await renewedSessionCookie(trail.session!) : null
  if (renewed) headers.append('set-cookie', renewed)
  if (reply.etag) {
    headers.set('etag', reply.etag)
    if (isKnown(request.headers.get('if-none-match'), reply.etag)) return new Response(null, { status: 304, headers })
  }
  // JSON is UTF-8 by itself (RFC 8259); texts and XML have to say it.
  const isText = reply.type !== null && /^text\/|\+xml$/.test(reply.type)
  if (reply.type) headers.set('content-type', isText ? `${reply.type}; charset=utf-8` : reply.type)
  return new Response(reply.body as BodyInit | null, { status: reply.status, headers })
}

/** On a shared computer nothing stays behind; a source system may keep a document, and asks before it uses it again. */
function cachingOf(reply: Reply, trail: Trail): string {
  return reply.etag && trail.caller?.channel === 'api' ? 'private, no-cache' : 'no-store'
}

/** Into the client's list of calls; not waited for, except by the last requests of a process that is about to end. */
async function note(
  { db }: Context,
  { path, unlisted }: Endpoint,
  method: string,
  status: number,
  ms: number,
  { caller, requestId, at, code, message, details = [] }: Trail,
): Promise<void> {
  if (caller?.kind !== 'client' || unlisted) return
  const call = { clientId: caller.id, requestId, at: at.toISOString(), method, route: path, status }
  noteCall(db, { ...call, code: code ?? null, message: message ?? null, details, ms })
  atEnd(writeAllNotes)
  if (isEnding()) await writeAllNotes()
}

function writeAllNotes(): Promise<void> {
  return writeNotes(liveContext().db).catch((error) => log().warn(traceOf(error), 'the last calls are not written yet'))
}
