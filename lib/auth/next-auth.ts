/** Carries a web Request to next-auth and its answer back, with a limit on the body and our headers on the answer. */
import NextAuth from 'next-auth'
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { CONNECTING } from './connecting'
import { knownBrowser, rememberedIn } from './known-browser'
import { operatorOf } from './operator'
import { authOptions, type AuthRequest } from './options'
import { clientAddress, originOf } from './origin'
import { readSealedCookie } from './sealed-cookie'
import { readSessionCookie } from './session-cookie'

/** A form with two fields and a token never comes near this. */
const LARGEST_BODY = 16 * 1024

/** Answers /api/auth/...; next-auth decides what. */
export async function answerAuth(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const text = request.method === 'POST' ? await textOf(request) : ''
  if (text === null)
    return Response.json({ code: 'TOO_LARGE', message: 'This is too large for a sign-in.' }, { status: 413 })
  let signedIn: string | null = null
  const onSignIn = (username: string) => (signedIn = username)
  const options = authOptions({ ...(await aboutRequest(request)), onSignIn })
  const answer = new AuthAnswer()
  const asked = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: cookiesOf(request),
    query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) },
    body: request.method === 'POST' ? fieldsOf(text, request.headers.get('content-type') ?? '') : undefined,
  }
  // next-auth's types know the request and response of Next's pages only; these are the members it uses.
  await (NextAuth as unknown as (...args: unknown[]) => Promise<unknown>)(asked, answer, options)
  const response = answer.toResponse()
  if (signedIn !== null)
    response.headers.append('set-cookie', await rememberedIn(request.headers.get('cookie'), signedIn))
  return response
}

async function aboutRequest(request: Request): Promise<Omit<AuthRequest, 'onSignIn'>> {
  const cookies = request.headers.get('cookie')
  const session = await readSessionCookie(cookies)
  const present = session && (await operatorOf(database(), session)) ? session : null
  const connecting = present && (await readSealedCookie(CONNECTING, cookies))
  return {
    origin: originOf(request),
    address: clientAddress(request, config().trustedProxies),
    userAgent: request.headers.get('user-agent'),
    present: present && { operatorId: present.sub, sessionId: present.sid },
    connecting: connecting !== null && connecting.sid === present?.sid,
    browser: await knownBrowser(cookies),
  }
}

/** The part of Next's pages response that next-auth writes to. */
class AuthAnswer {
  private code = 200
  private body: string | null = null
  private readonly headers = new Map<string, string | string[]>()

  status(code: number): this {
    this.code = code
    return this
  }

  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase())
  }

  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value)
    return this
  }

  json(value: unknown): void {
    this.setHeader('content-type', 'application/json')
    this.body = JSON.stringify(value)
  }

  send(value: unknown): void {
    if (typeof value === 'string' || value === undefined) this.body = value ?? null
    else this.json(value)
  }

  end(): void {}

  toResponse(): Response {
    const headers = new Headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
    for (const [name, value] of this.headers) {
      if (Array.isArray(value)) for (const one of value) headers.append(name, one)
      else headers.set(name, value)
    }
    return new Response(this.body, { status: this.code, headers })
  }
}

function cookiesOf(request: Request): Record<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((part) => part.trim())
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=')
      return at > 0 ? [[pair.slice(0, at), decoded(pair.slice(at + 1))]] : []
    }),
  )
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** The body, null when it is larger than any form of ours. */
async function textOf(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > LARGEST_BODY) return null
    chunks.push(value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function fieldsOf(text: string, type: string): Record<string, unknown> {
  if (!type.includes('application/json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}
