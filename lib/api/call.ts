/**
 * Calls the API from the screens, typed by the contract. Of the contract only its types come here: what checks requests and
 * describes answers is half a megabyte that no browser needs.
 */
import type { z } from 'zod'
import type { RefusalBody } from '@/lib/errors'
import type { contract } from './contract'
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

type Row = (typeof contract)[keyof typeof contract]
type Rows = { [E in Row as `${E['method']} ${E['path']}`]: E }

/** An endpoint as it is called: "GET /v3/certificates/{certificateId}". */
export type Address = keyof Rows

type Given<S> = S extends z.ZodType ? z.input<S> : undefined
type GivenBody<E extends Endpoint> = E['body'] extends { checked: true; schema: infer S extends z.ZodType }
  ? z.input<S>
  : unknown

export interface CallOptions<A extends Address> {
  params?: Given<Rows[A] extends { params: infer S } ? S : undefined>
  query?: Given<Rows[A] extends { query: infer S } ? S : undefined>
  headers?: Given<Rows[A] extends { headers: infer S } ? S : undefined>
  body?: GivenBody<Rows[A]>
  /** Of endpoints that take a file: the form with it. */
  form?: FormData
  signal?: AbortSignal
  /** Goes on when the page that asked is gone; for bodies below 64 KiB. */
  keepalive?: boolean
}

/** The JSON of a success, a Blob of anything else. */
export type AnswerOf<A extends Address> = [Answer<Rows[A]>] extends [never] ? Blob : Answer<Rows[A]>

/** The answer of an endpoint. Throws ApiError and NetworkError; an abort is thrown as it is. */
export async function call<A extends Address>(address: A, options: CallOptions<A> = {}): Promise<AnswerOf<A>> {
  let response = await send(address, options)
  if (!response.ok) {
    const error = await errorOf(response)
    if (error.body.code !== 'PROOF_REQUIRED' || !(await proveAgain?.())) throw error
    response = await send(address, options)
    if (!response.ok) throw await errorOf(response)
  }
  return (await (isJson(response) ? response.json() : response.blob())) as never
}

/** Where an endpoint is, for links and pictures. */
export function addressOf<A extends Address>(
  address: A,
  { params, query }: Pick<CallOptions<A>, 'params' | 'query'> = {},
): string {
  return filledIn(address.slice(address.indexOf(' ') + 1), params as object, query as object)
}

/** A path of the contract with its parameters in place. */
export function filledIn(path: string, params: object = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    return encodeURIComponent(String((params as Record<string, unknown>)[name] ?? ''))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size > 0 ? `${filled}?${search}` : filled
}

async function send<A extends Address>(address: A, options: CallOptions<A>): Promise<Response> {
  const headers = new Headers(
    Object.entries((options.headers ?? {}) as Record<string, string | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  )
  headers.set('accept', 'application/json, */*;q=0.5')
  if (isUnattended()) headers.set('x-unattended', '1')
  if (options.body !== undefined) headers.set('content-type', 'application/json')
  try {
    return await fetch(addressOf(address, options), {
      method: address.slice(0, address.indexOf(' ')),
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
