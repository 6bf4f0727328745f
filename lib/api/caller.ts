/** Who is calling: a source system by its token, or an operator by the session. Nobody else makes a Caller for requests. */
import type { Context } from '@/lib/certificates/context'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import { Refusal } from '@/lib/errors'
import { operatorOf } from '@/lib/auth/operator'
import { isSameOrigin } from '@/lib/auth/origin'
import { readSessionCookie, type SessionToken } from '@/lib/auth/session-cookie'
import { hashToken } from '@/lib/auth/tokens'

/** The header with which our pages mark such requests (lib/api/call.ts). */
const UNATTENDED = 'x-unattended'

export interface Proven {
  caller: Caller
  /** The session that proved it and that this request keeps alive; null for a token, and for what a page asks by itself. */
  session: SessionToken | null
  /** How many requests a minute this client may make; null = as the setting says. */
  ratePerMinute: number | null
  /** Signed in with a one-time password. */
  mustChangePassword: boolean
}

/**
 * The caller of a request. Refusals: UNAUTHENTICATED (no, unknown or disabled token or one of a disabled facility; no or ended session) and
 * NOT_ALLOWED (a write in a session that does not come from our own pages). Tokens are taken from the header alone: in an
 * address they would end in logs.
 */
export async function callerOf(request: Request, context: Pick<Context, 'db'>): Promise<Proven> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    return { ...(await clientOf(authorization, context)), session: null, mustChangePassword: false }
  }
  const session = await readSessionCookie(request.headers.get('cookie'))
  const operator = session && (await operatorOf(context.db, session))
  if (!session || !operator) throw new Refusal('UNAUTHENTICATED', 'Sign in, or send an access token.')
  if (!['GET', 'HEAD'].includes(request.method) && !isSameOrigin(request)) {
    throw new Refusal('NOT_ALLOWED', 'A signed-in person can change something from our own pages only.')
  }
  const { id, name, facility, administrator, mustChangePassword } = operator
  const facts = { id, name, facilityCode: facility?.code ?? null, administrator, sandbox: false }
  return {
    caller: provenCaller({ kind: 'operator', ...facts, batch: 'all', channel: 'screen' }),
    session: isUnattended(request) ? null : session,
    ratePerMinute: null,
    mustChangePassword,
  }
}

/** A page that nobody has touched for a while still asks (is the certificate issued, who else is here): no reason to stay signed in. */
function isUnattended(request: Request): boolean {
  return request.headers.has(UNATTENDED)
}

async function clientOf(
  authorization: string,
  { db }: Pick<Context, 'db'>,
): Promise<Pick<Proven, 'caller' | 'ratePerMinute'>> {
  const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1]
  if (!token) throw new Refusal('UNAUTHENTICATED', 'Authorization must be: Bearer, a space, the access token.')
  const client = await db.apiClient.findUnique({ where: { tokenHash: hashToken(token) }, include: { facility: true } })
  if (!client || client.disabled) throw new Refusal('UNAUTHENTICATED', 'This access token is not valid.')
  if (client.facility?.disabled) {
    throw new Refusal('UNAUTHENTICATED', 'The facility of this access token is disabled.')
  }
  const caller = provenCaller({
    kind: 'client',
    id: client.id,
    name: client.name,
    facilityCode: client.facilityCode,
    batch: client.batch === 'each' ? 'each' : 'all',
    channel: 'api',
    administrator: false,
    sandbox: client.sandbox,
  })
  return { caller, ratePerMinute: client.ratePerMinute }
}
