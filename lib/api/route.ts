/** The exports of a route file: what it serves, and a proper 405 for all other methods. */
import { Refusal } from '@/lib/errors'
import { refused } from './reply'
import { requestIdOf } from './request-id'
import { securityHeaders } from './security-headers'
import type { Handler } from './serve'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Served = (typeof METHODS)[number]
type Handlers = Record<Served | 'OPTIONS', Handler>

/** Handlers for every method. HEAD is GET without a body unless it is given. `anyOrigin`: answers preflights of other origins. */
export function route(served: Partial<Record<Served, Handler>>, { anyOrigin = false } = {}): Handlers {
  const known = { ...served, ...(served.GET && !served.HEAD ? { HEAD: headOf(served.GET) } : {}) }
  const allow = [...METHODS.filter((method) => known[method]), 'OPTIONS'].join(', ')
  const refuse: Handler = async (request) => {
    const requestId = requestIdOf(request)
    const refusal = new Refusal('METHOD_NOT_ALLOWED', `Here only: ${allow}.`)
    const { body, status, type, headers } = refused(refusal, requestId)
    return new Response(body as string, {
      status,
      headers: {
        ...securityHeaders(type, anyOrigin),
        ...headers,
        'content-type': type!,
        'x-request-id': requestId,
        allow,
        'cache-control': 'no-store',
      },
    })
  }
  const options: Handler = async (request) => {
    const cors = {
      'access-control-allow-methods': allow,
      'access-control-allow-headers': 'content-type, x-request-id',
      'access-control-max-age': '86400',
    }
    return new Response(null, {
      status: 204,
      headers: {
        ...securityHeaders(null, anyOrigin),
        ...(anyOrigin ? cors : {}),
        'x-request-id': requestIdOf(request),
        allow,
      },
    })
  }
  const handlers = Object.fromEntries(METHODS.map((method) => [method, known[method] ?? refuse]))
  return { ...handlers, OPTIONS: options } as Handlers
}

function headOf(get: Handler): Handler {
  return async (request) => {
    const { status, headers } = await get(request)
    return new Response(null, { status, headers })
  }
}
