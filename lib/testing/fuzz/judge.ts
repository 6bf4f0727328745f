/** What every answer owes, whatever was asked. */
import type { Endpoint } from '@/lib/api/endpoint'
import { conform, handlerOf } from '../api'
import type { Sent } from './shot'

/** Milliseconds after which an answer counts as a hang. */
const DEADLINE = 15_000

/** What would tell an attacker about our insides. */
const INSIDES =
  /\bprisma\b|\bat .+:\d+:\d+|node_modules|\bselect .+ from\b|insert into|relation "|invocation|TypeError|stack/i

export interface Judged {
  status: number
  body: unknown
}

/** Sends it to the handler of the endpoint. Throws an Error that says what the answer owes. */
export async function judged(row: Endpoint, sent: Sent): Promise<Judged> {
  const handler = await handlerOf(row, sent.method)
  const request = new Request(sent.url, {
    method: sent.method,
    headers: sent.headers,
    body: sent.body,
    ...(sent.body === undefined ? {} : { duplex: 'half' }),
  } as RequestInit)
  const response = await inTime(handler(request))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { status, headers } = response
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const text = new TextDecoder().decode(bytes)
  if (status >= 500 && !row.alsoAnswers?.includes(status)) throw new Error(`answered ${status}: ${text.slice(0, 500)}`)
  const body: unknown = /json$/.test(type) && bytes.length > 0 ? JSON.parse(text) : null
  if (!headers.get('x-request-id')) throw new Error('has no X-Request-Id')
  if (headers.get('x-content-type-options') !== 'nosniff') throw new Error('may be sniffed')
  if (!headers.get('content-security-policy')) throw new Error('has no Content-Security-Policy')
  if (sent.method === row.method) {
    try {
      conform(row, status, type, body)
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${text.slice(0, 300)}`, { cause: error })
    }
    if (status === 429 && !headers.get('retry-after')) throw new Error('is 429 without Retry-After')
    if (!headers.get('cache-control')) throw new Error('does not say whether it may be kept')
  } else if (status === 405 && !headers.get('allow')) throw new Error('is 405 without Allow')
  if (status >= 400 && INSIDES.test(withoutEcho(body))) throw new Error(`tells of our insides: ${text.slice(0, 500)}`)
  return { status, body }
}

/** Our sentences may quote what was sent; what was sent is not our insides. */
function withoutEcho(body: unknown): string {
  return String((body as { message?: unknown } | null)?.message ?? '').replace(/"[^"]*"|“[^”]*”/g, '')
}

async function inTime(answer: Promise<Response>): Promise<Response> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`gave no answer in ${DEADLINE} ms`)), DEADLINE)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
