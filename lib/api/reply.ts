/** Answers that are more than JSON with status 200. */
import { createHash } from 'node:crypto'
import type { Refusal } from '@/lib/errors'

interface Parts {
  status?: number
  type: string | null
  body: string | Uint8Array | ReadableStream<Uint8Array> | null
  headers?: Record<string, string>
  /** Hash of content that this address will always give (as long as the caller may see it). */
  etag?: string
}

/** An answer with its status, media type and headers. */
export class Reply {
  readonly status: number
  readonly type: string | null
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null
  readonly headers: Record<string, string>
  readonly etag: string | undefined

  constructor({ status = 200, type, body, headers = {}, etag }: Parts) {
    this.status = status
    this.type = type
    this.body = body
    this.headers = headers
    this.etag = etag
  }
}

/** JSON with another status or media type. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return new Reply({ status, type: 'application/json', body: JSON.stringify(value), headers })
}

/** A body that is made while it is sent, part after part. */
export function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

/** JSON that may be asked for again. */
export function taggedJson(value: unknown, headers: Record<string, string> = {}): Reply {
  const body = JSON.stringify(value)
  return new Reply({ type: 'application/json', body, etag: tagOf(body), headers })
}

/** Bytes or text that may be asked for again. */
export function document(type: string, body: string | Uint8Array, filename: string): Reply {
  const headers = { 'content-disposition': `inline; filename="${filename}"` }
  return new Reply({ type, body, etag: tagOf(body), headers })
}

/** The tag of content: a hash of it. */
function tagOf(body: string | Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

/** Seconds after which asking again makes sense where nobody knows better. */
export const RETRY_AFTER_SECONDS = 5

/** The body of a refusal with its headers. `reference` is the request's id. */
export function refused(refusal: Refusal, reference: string): Reply {
  const headers: Record<string, string> = {}
  const retryAfter = refusal.retryAfter ?? (refusal.status === 503 ? RETRY_AFTER_SECONDS : undefined)
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter)
  if (refusal.code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="errata"'
  return json({ ...refusal.toBody(), reference }, refusal.status, headers)
}

/** Whether If-None-Match (RFC 9110, 13.1.2) names this tag. */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return known.includes('*') || known.includes(etag)
}
