/** Calls the API from the screens or from Node, typed by the contract. */
import { z } from 'zod'
import type { RefusalBody } from '@/lib/errors'
import type { Answer, Endpoint } from './endpoint'

/** The API refused or failed: `body` says why in a sentence, `retryAfter` (seconds) when to ask again. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: RefusalBody,
    readonly retryAfter: number | null,
  ) {
    super(body.message)
    this.name = 'ApiError'
  }
}

/** No answer came: nobody knows whether the request was carried out. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('No answer came. Check the connection.', { cause })
    this.name = 'NetworkError'
  }
}

/** Says that nobody has touched the page for a while; then a request does not keep the session alive. Set by the page that knows. */
let isUnattended = (): boolean => false

/** Tells how to find out whether somebody is there. */
export function setAttendance(unattended: () => boolean): void {
  isUnattended = unattended
}

/** Asks the person at the screen again who they are; answers whether they said so. Set by the page; null = nobody can be asked. */
let proveAgain: (() => Promise<boolean>) | null = null

/** Tells how to ask again who somebody is; what was refused with PROOF_REQUIRED is then asked for once more. */
export function setProof(ask: (() => Promise<boolean>) | null): void {
  proveAgain = ask
}

type Given<S> = S extends z.ZodType ? z.input<S> : undefined

export interface CallOptions<E extends Endpoint> {
  params?: Given<E['params']>
  query?: Given<E['query']>
  headers?: Given<E['headers']>
  body?: E['body'] extends { checked: true; schema: infer S extends z.ZodType } ? z.input<S> : unknown
  /** Of endpoints that take a file: the form with it. */
  form?: FormData
  signal?: AbortSignal
  /** Goes on when the page that asked is gone; for bodies below 64 KiB. */
  keepalive?: boolean
  /** Where the API is, for callers outside a page: "https://certificates.example". */
  baseUrl?: string
  /** Access token, for callers without a session. */
  token?: string
}

/** The answer of an endpoint: its JSON, a Blob for everything else. Throws ApiError and NetworkError; an abort is thrown as it is. */
export async function call<E extends Endpoint>(
  endpoint: E,
  options: CallOptions<E> = {},
): Promise<[Answer<E>] extends [never] ? Blob : Answer<E>> {
  let response = await send(endpoint, options)
  if (!response.ok) {
    const error = await errorOf(response)
    if (error.body.code !== 'PROOF_REQUIRED' || !(await proveAgain?.())) throw error
    response = await send(endpoint, options)
    if (!response.ok) throw await errorOf(response)
  }
  const schema = endpoint.ok['application/json']
  if (!(schema instanceof z.ZodType) || !isJson(response)) return (await response.blob()) as never
  return schema.parse(await response.json()) as never
}

/** The address of an endpoint, for links and pictures. */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  { params, query, baseUrl = '' }: CallOptions<E> = {},
): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    return encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? ''))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  return `${baseUrl}${path}${search.size > 0 ? `?${search}` : ''}`
}

async function send<E extends Endpoint>(endpoint: E, options: CallOptions<E>): Promise<Response> {
  const headers = new Headers(
    Object.entries((options.headers ?? {}) as Record<string, string | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  )
  headers.set('accept', Object.keys(endpoint.ok)[0] ?? '*/*')
  if (isUnattended()) headers.set('x-unattended', '1')
  if (options.token) headers.set('authorization', `Bearer ${options.token}`)
  if (options.body !== undefined) headers.set('content-type', 'application/json')
  try {
    return await fetch(addressOf(endpoint, options), {
      method: endpoint.method,
      headers,
      body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
      keepalive: options.keepalive,
      cache: 'no-store',
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new NetworkError(error)
  }
}

/** A gateway in between may answer with a page instead of our body. */
async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
  const text = await response.text()
  let body: RefusalBody = { code: 'INTERNAL_ERROR', message: `The server answered ${response.status}.` }
  if (isJson(response)) {
    const parsed = JSON.parse(text) as Partial<RefusalBody>
    if (typeof parsed.code === 'string' && typeof parsed.message === 'string') body = parsed as RefusalBody
  }
  return new ApiError(response.status, body, Number.isFinite(retryAfter) ? retryAfter : null)
}

function isJson(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('application/json')
}
