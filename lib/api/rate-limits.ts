/** Which limit a request counts against, and what its answer says about it. */
import { createHmac } from 'node:crypto'
import { clientAddress } from '@/lib/auth/origin'
import { sessionSecret } from '@/lib/auth/session-cookie'
import type { Context } from '@/lib/certificates/context'
import { countRequest, type RateState } from '@/lib/developers/rate-budget'
import { Refusal } from '@/lib/errors'
import type { Proven } from './caller'
import type { Endpoint } from './endpoint'

/**
 * Counts a request: of a source system by its client, of an operator only the searches, of anybody else by address, where
 * a proxy of ours vouches for it; and whatever comes from a facility once more for all of the facility together. null where
 * nothing is limited.
 */
export async function countedRequest(
  context: Context,
  endpoint: Endpoint,
  request: Request,
  proven: Proven | null,
): Promise<RateState | null> {
  const limited = limitFor(context, endpoint, request, proven)
  const own = limited && limited.limit > 0 ? await countRequest(context, limited) : null
  if (own && !own.allowed) return own
  const shared = facilityLimit(context, endpoint, proven)
  const state = shared && shared.limit > 0 ? await countRequest(context, shared) : null
  return state && !state.allowed ? state : own
}

/** However many clients and people a facility has, it leaves room for the others. */
function facilityLimit({ settings }: Context, { rate }: Endpoint, proven: Proven | null) {
  const code = proven?.caller.facilityCode
  if (rate === 'free' || !code) return null
  return { policy: 'facility', key: code, limit: settings.rateLimits.facility }
}

/** The Refusal for a request that came too many. */
export function tooMany({ policy, resetSeconds }: RateState): Refusal {
  const what = policy === 'searches' ? 'searches' : policy === 'facility' ? 'requests from this facility' : 'requests'
  const wait = resetSeconds === 1 ? '1 second' : `${resetSeconds} seconds`
  return new Refusal('TOO_MANY_REQUESTS', `Too many ${what}. Wait ${wait}.`, [], resetSeconds)
}

/**
 * RateLimit and RateLimit-Policy as structured fields (draft-ietf-httpapi-ratelimit-headers-11), and the three fields of
 * that draft's versions up to 06, which is what most programs read today.
 */
export function rateHeaders({ policy, limit, remaining, resetSeconds }: RateState): Record<string, string> {
  return {
    'ratelimit-policy': `"${policy}";q=${limit};w=60`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  }
}

function limitFor({ settings }: Context, endpoint: Endpoint, request: Request, proven: Proven | null) {
  const { client, searches, address } = settings.rateLimits
  if (endpoint.rate === 'free') return null
  if (proven?.caller.kind === 'client') {
    return { policy: 'client', key: proven.caller.id, limit: proven.ratePerMinute ?? client }
  }
  if (proven) return endpoint.rate === 'search' ? { policy: 'searches', key: proven.caller.id, limit: searches } : null
  const from = clientAddress(request, settings.trustedProxies)
  return from === null ? null : { policy: 'address', key: hashed(from), limit: address }
}

/** Addresses of people are not kept: only what tells two of them apart. */
function hashed(address: string): string {
  return createHmac('sha256', sessionSecret()).update(`rate\n${address}`).digest('base64url')
}
