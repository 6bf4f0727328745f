/** The part of the typed client that is the same for every operation, as text. */

/** Follows the types and the table of operations in the file that is handed out. */
export const CLIENT_RUNTIME = String.raw`
/** The API refused or failed. "code" says why, "message" is a sentence for people, "details" has the reasons item by item. */
export class ErrataError<Code extends string = string> extends Error {
  override readonly name: string = 'ErrataError'
  readonly status: number
  readonly code: Code
  readonly details: RefusalDetail[]
  /** The id of the request: quote it when you ask somebody. */
  readonly reference: string | null
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number | null

  constructor(status: number, body: { code: Code; message: string; details?: RefusalDetail[] }, reference: string | null, retryAfter: number | null) {
    super(body.message)
    this.status = status
    this.code = body.code
    this.details = body.details ?? []
    this.reference = reference
    this.retryAfter = retryAfter
  }
}

/** No answer came, however often it was tried: nobody knows whether the last attempt was carried out. */
export class NoAnswer extends Error {
  override readonly name: string = 'NoAnswer'
}

/** What was accepted was not issued: it failed, or it is still pending after the time you gave. */
export class NotIssued extends Error {
  override readonly name: string = 'NotIssued'
  readonly transaction: Transaction

  constructor(transaction: Transaction) {
    super(transaction.failure?.message ?? 'It is still pending.')
    this.transaction = transaction
  }
}

/** Whether an error is a refusal of this operation; then its code is one of those that the operation knows. */
export function isRefusal<O extends keyof Refusals>(error: unknown, operation: O): error is ErrataError<Refusals[O]> {
  return error instanceof ErrataError && REFUSALS[operation].includes(error.code)
}

export interface ErrataSettings {
  /** Where the API is, for example "https://certificates.example". */
  baseUrl: string
  /** The access token of your system. Without one only what anyone may ask works. */
  token?: string
  /** How often one call is tried when no answer comes or the API is busy. Default 4. */
  attempts?: number
  /** Milliseconds after which an attempt counts as lost. Default 40,000 (an answer may be held back for 30 seconds). */
  timeoutMs?: number
  /** Another fetch than that of the platform. */
  fetch?: typeof globalThis.fetch
}

interface AnyArguments extends CallOptions {
  params?: object
  query?: object
  headers?: object
  body?: unknown
  accept?: string
  wait?: number
}

class Caller {
  readonly #settings: ErrataSettings

  constructor(settings: ErrataSettings) {
    this.#settings = settings
  }

  /**
   * Calls an operation. Lost or busy attempts are repeated where a repetition cannot do anything twice: reading, and
   * whatever takes an Idempotency-Key (one is made where you give none).
   */
  protected async call(operation: keyof typeof OPERATIONS, given: AnyArguments): Promise<unknown> {
    const { method, path, repeatable, keyed, accept } = OPERATIONS[operation]
    const headers = this.#headers(given, accept, keyed)
    const url = this.#settings.baseUrl.replace(/\/+$/, '') + addressed(path, given.params, given.query)
    const body = given.body === undefined ? null : JSON.stringify(given.body)
    const attempts = this.#settings.attempts ?? 4
    for (let attempt = 1; ; attempt++) {
      let lost: unknown
      try {
        const response = await this.#send(url, { method, headers, body }, given.signal)
        if (response.ok) return await contentOf(response, method)
        const error = await errorOf(response)
        const passes = error.status === 429 || (repeatable && [502, 503, 504].includes(error.status))
        if (!passes || attempt === attempts) throw error
        lost = error
      } catch (error) {
        if (error instanceof ErrataError || given.signal?.aborted) throw error
        if (!repeatable || attempt === attempts) throw new NoAnswer('No answer came.', { cause: error })
        lost = error
      }
      await pause(lost instanceof ErrataError ? lost.retryAfter : null, attempt, given.signal)
    }
  }

  #headers({ headers = {}, body, requestId, wait, accept }: AnyArguments, usual: string, keyed: boolean): Headers {
    const all = new Headers()
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) all.set(name, String(value))
    all.set('accept', accept ?? usual)
    if (this.#settings.token) all.set('authorization', 'Bearer ' + this.#settings.token)
    if (body !== undefined) all.set('content-type', 'application/json')
    if (requestId !== undefined) all.set('x-request-id', requestId)
    if (wait !== undefined) all.set('prefer', 'wait=' + wait)
    if (keyed && !all.has('idempotency-key')) all.set('idempotency-key', newKey())
    return all
  }

  #send(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const timeout = AbortSignal.timeout(this.#settings.timeoutMs ?? 40_000)
    const send = this.#settings.fetch ?? globalThis.fetch
    return send(url, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
  }
}

function addressed(path: string, params: object = {}, query: object = {}): string {
  const values = params as Record<string, unknown>
  const filled = path.replace(/\{(\w+)\}/g, (_braces, name: string) => encodeURIComponent(String(values[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size > 0 ? filled + '?' + search.toString() : filled
}

async function contentOf(response: Response, method: string): Promise<unknown> {
  if (method === 'HEAD') return undefined
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('application/json')) return response.json()
  return /^(text\/|image\/svg|application\/(vc\+)?ld\+json)/.test(type) ? response.text() : response.blob()
}

async function errorOf(response: Response): Promise<ErrataError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const body: unknown = await response.json().catch(() => null)
  const isOurs = typeof body === 'object' && body !== null && 'code' in body && 'message' in body
  const known = isOurs ? (body as Refusal) : { code: 'INTERNAL_ERROR', message: 'The server answered ' + response.status + '.' }
  return new ErrataError(response.status, known, response.headers.get('x-request-id'), Number.isFinite(seconds) ? seconds : null)
}

/** What the API asks for, else longer from time to time; not all who were refused come back at the same moment. */
function pause(seconds: number | null, attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const usual = 250 * 2 ** attempt
  const milliseconds = (seconds === null ? usual : seconds * 1000) + Math.random() * usual
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, milliseconds)
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
  })
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
`.trim()
