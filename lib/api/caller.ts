/** Who is calling: a source system by its token or by one of the sign-in service, or an operator by the session. Nobody else makes a Caller for requests. */
import type { Context } from '@/lib/certificates/context'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import { Refusal } from '@/lib/errors'
import { bearerClaims, callerIdOf, isJwt } from '@/lib/auth/bearer'
import { standingOf, textsAt } from '@/lib/auth/claims'
import { clientByToken } from '@/lib/auth/clients'
import { facilitiesOf } from '@/lib/auth/facilities'
import { isSameOrigin } from '@/lib/auth/origin'
import { scopesIn, type Scope } from '@/lib/auth/scopes'
import { cookieIn, sessionCookieName, type SessionToken } from '@/lib/auth/session-cookie'
import { seeSession } from '@/lib/auth/sessions'
import { signedInBy } from '@/lib/auth/signed-in'
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
  /** Has to set up a second factor first. */
  secondFactorDue: boolean
  /** When a person last said who they are; null for a token. */
  provedAt: Date | null
  /** What the token may do; null = a person, whose role decides. */
  scopes: readonly Scope[] | null
}

/**
 * The caller of a request. Refusals: UNAUTHENTICATED (no, unknown, expired or disabled token or one of a disabled facility; no or ended session) and
 * NOT_ALLOWED (a write in a session that does not come from our own pages). Tokens are taken from the header alone: in an
 * address they would end in logs.
 */
export async function callerOf(request: Request, context: Asked): Promise<Proven> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const client = await clientOf(authorization, context)
    return { ...client, session: null, mustChangePassword: false, secondFactorDue: false, provedAt: null }
  }
  const value = cookieIn(request.headers.get('cookie'), sessionCookieName())
  const signedIn = value ? await signedInBy(context.db, value) : null
  if (!signedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in, or send an access token.')
  const { session, operator } = signedIn
  if (!['GET', 'HEAD'].includes(request.method) && !isSameOrigin(request)) {
    throw new Refusal('NOT_ALLOWED', 'A signed-in person can change something from our own pages only.')
  }
  if (!isUnattended(request)) {
    await seeSession(context.db, operator.session.id, operator.session.lastSeenAt, context.now())
  }
  const { id, name, facility, facilities, roles, mustChangePassword, secondFactorDue } = operator
  const facts = { id, name, facilityCode: facility?.code ?? null, facilities, programs: null, roles, sandbox: false }
  return {
    caller: provenCaller({ kind: 'operator', ...facts, batch: 'all', channel: 'screen' }),
    session: isUnattended(request) ? null : session,
    ratePerMinute: null,
    mustChangePassword,
    secondFactorDue,
    provedAt: operator.session.provedAt,
    scopes: null,
  }
}

/** A page that nobody has touched for a while still asks (is the certificate issued, who else is here): no reason to stay signed in. */
function isUnattended(request: Request): boolean {
  return request.headers.has(UNATTENDED)
}

type Asked = Pick<Context, 'db' | 'settings' | 'now'>
type ProvenClient = Pick<Proven, 'caller' | 'ratePerMinute' | 'scopes'>

async function clientOf(authorization: string, context: Asked): Promise<ProvenClient> {
  const token = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(authorization)?.[1]
  if (!token) throw new Refusal('UNAUTHENTICATED', 'Authorization must be: Bearer, a space, the access token.')
  const { db, settings, now } = context
  if (settings.jwt && isJwt(token)) return serviceCaller(context, settings.jwt, token)
  const client = await clientByToken(db, { tokenHash: hashToken(token), at: now() })
  if (!client || client.disabled) throw new Refusal('UNAUTHENTICATED', 'This access token is not valid.')
  if (client.isPresentToken && client.tokenExpiresAt && client.tokenExpiresAt <= now()) {
    throw new Refusal('UNAUTHENTICATED', 'This access token has expired. Ask the administrator for a new one.')
  }
  if (client.facilityDisabled) {
    throw new Refusal('UNAUTHENTICATED', 'The facility of this access token is disabled.')
  }
  const caller = provenCaller({
    kind: 'client',
    id: client.id,
    name: client.name,
    facilityCode: client.facilityCode,
    facilities: await facilitiesOf(db, client),
    programs: client.programs.length === 0 ? null : client.programs,
    batch: client.batch === 'each' ? 'each' : 'all',
    channel: 'api',
    roles: [],
    sandbox: client.sandbox,
  })
  return { caller, ratePerMinute: client.ratePerMinute, scopes: scopesIn(client.scopes) }
}

/** What DIVOC's facility staff do with a token of the sign-in service. */
const SERVICE_SCOPES: readonly Scope[] = ['certify', 'update', 'revoke', 'read']

async function serviceCaller(
  { db, settings, now }: Asked,
  jwt: NonNullable<Context['settings']['jwt']>,
  token: string,
): Promise<ProvenClient> {
  const claims = await bearerClaims(jwt, token, now())
  const standing = standingOf(claims, { ...settings.claims, auditorRoles: [], administratorRoles: [] })
  const wrong = (why: string) => new Refusal('UNAUTHENTICATED', `This access token is not valid. ${why}`)
  if (standing === 'no-role') throw wrong('None of its roles may do anything here.')
  if (standing === 'no-facility') throw wrong(`Its claim "${settings.claims.facility}" names no facility.`)
  const { facilityCode } = standing
  if (facilityCode !== null) {
    const facility = await db.facility.findUnique({ where: { code: facilityCode } })
    if (!facility) throw wrong('Its facility is not known here.')
    if (facility.disabled) throw new Refusal('UNAUTHENTICATED', 'The facility of this access token is disabled.')
  }
  const caller = provenCaller({
    kind: 'client',
    id: callerIdOf(jwt.issuer, claims.sub!),
    name:
      textsAt(claims, 'preferred_username')[0]?.slice(0, 120).toWellFormed() ??
      textsAt(claims, 'azp')[0] ??
      'Sign-in service',
    facilityCode,
    facilities: await facilitiesOf(db, standing),
    programs: null,
    // DIVOC's clients know arrays that are taken or refused as a whole.
    batch: 'all',
    channel: 'api',
    roles: [],
    sandbox: false,
  })
  return { caller, ratePerMinute: null, scopes: SERVICE_SCOPES }
}
