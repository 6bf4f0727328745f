/** The sign-in service as next-auth knows it: discovery, code flow with PKCE, state and nonce; and signing out there. */
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { Config } from '@/lib/config'
import { isJwt } from './bearer'

type OidcSettings = NonNullable<Config['oidc']>
type Claims = Record<string, unknown> & { sub: string }

export const SERVICE_ID = 'oidc'

/** Asymmetric ones alone: a service's public key is never a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']
const PATIENCE = 5000

/**
 * Its ID token is checked by openid-client: signature, issuer, audience, expiry, nonce. Keycloak tells roles in the access
 * token alone, others at the userinfo endpoint: both are asked, and the ID token has the last word.
 */
export function serviceProvider({
  issuer,
  clientId,
  clientSecret,
  name,
  scope,
  prompt,
  acrValues,
}: OidcSettings): OAuthConfig<Claims> {
  return {
    id: SERVICE_ID,
    name,
    type: 'oauth',
    wellKnown: discoveryOf(issuer),
    issuer,
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: PATIENCE },
    authorization: {
      params: {
        scope,
        ...(prompt === 'none' ? {} : { prompt }),
        ...(acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') }),
      },
    },
    userinfo: {
      async request({ tokens, client }) {
        // What stands at the address of the settings has to be the service of the settings (OpenID Connect Discovery, 4.3).
        if (client.issuer.metadata.issuer !== issuer)
          throw new Error('The sign-in service calls itself something else.')
        const { access_token: access } = tokens
        const { userinfo_endpoint: told, jwks_uri: keys } = client.issuer.metadata
        const [fromAccess, fromUserinfo] = await Promise.all([
          access && keys && isJwt(access) ? accessClaims(access, keys, issuer, clientId) : {},
          access && told ? client.userinfo(access) : {},
        ])
        const idToken = (tokens as unknown as { claims(): Claims }).claims()
        // openid-client compares the subject of an ID token with that of userinfo only when it is given the whole set.
        const same = (claims: object) => !('sub' in claims) || claims.sub === idToken.sub
        if (!same(fromUserinfo) || !same(fromAccess))
          throw new Error('The answers of the service are about two people.')
        return { ...fromAccess, ...fromUserinfo, ...idToken } as never
      },
    },
    profile: ({ sub }) => ({ id: sub }),
  }
}

/** Where somebody signs out at the service and comes back from; null when it has no such place or does not answer. */
export async function signOutAddress(
  { issuer, clientId }: OidcSettings,
  idToken: string,
  backTo: string,
): Promise<string | null> {
  try {
    const answer = await fetch(discoveryOf(issuer), { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' })
    const { end_session_endpoint: end } = (await answer.json()) as { end_session_endpoint?: unknown }
    if (typeof end !== 'string' || !/^https?:$/.test(new URL(end).protocol)) return null
    const address = new URL(end)
    for (const [name, value] of Object.entries({
      id_token_hint: idToken,
      post_logout_redirect_uri: backTo,
      client_id: clientId,
    }))
      address.searchParams.set(name, value)
    return address.href
  } catch {
    // Here the session is over in any case.
    return null
  }
}

function discoveryOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** What an access token in the form of a JWT says; nothing when it is not one that the service gave this client. */
async function accessClaims(token: string, keys: string, issuer: string, clientId: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys), { timeoutDuration: PATIENCE }), {
      issuer,
      algorithms: ALGORITHMS,
    })
    return payload.azp === undefined || payload.azp === clientId ? payload : {}
  } catch {
    // An access token is opaque to its client: what cannot be read says nothing.
    return {}
  }
}
