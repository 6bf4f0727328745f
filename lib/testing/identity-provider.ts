/** A real OpenID Connect server for tests (oidc-provider): people with claims as in DIVOC's realm, and some whose ID tokens are wrong. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, decodeJwt, type CryptoKey } from 'jose'
import Provider from 'oidc-provider'
import { CLIENT } from './service-client'

export interface IdentityProvider {
  issuer: string
  /** Who can sign in there, by what is typed as login: the claims. Add people as you like. */
  people: Map<string, Record<string, unknown>>
  /** Changes the claims of ID tokens on their way out, signed with the right key all the same. */
  forge: ((claims: Record<string, unknown>) => Record<string, unknown>) | null
  close(): Promise<void>
}

/** Claims as DIVOC's Keycloak gives them. */
export function claimsOf(sub: string, role: string | null, facility: string | null): Record<string, unknown> {
  return {
    name: `Person ${sub}`,
    preferred_username: sub,
    // A name that the facility did not choose for them means nothing here.
    email: 'asha@example.org',
    ...(role === null ? {} : { resource_access: { 'facility-admin-portal': { roles: [role] } } }),
    ...(facility === null ? {} : { facility_code: facility }),
  }
}

/** Starts one on this port (0 = a free one) for products at these origins. */
export async function startIdentityProvider(origins: string[], port = 0): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'tests', alg: 'RS256', use: 'sig' }
  void publicKey
  const server = await listen(port)
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const started: IdentityProvider = {
    issuer,
    people: new Map(),
    forge: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const provider = providerFor(started, origins, key)
  provider.use(async (context, next) => {
    await next()
    if (context.path === '/token' && started.forge) await forgeIn(context, started.forge, privateKey)
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  return started
}

function providerFor({ issuer, people }: IdentityProvider, origins: string[], key: object): Provider {
  const names = ['sub', 'name', 'preferred_username', 'email', 'facility_code', 'resource_access', 'realm_access']
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: origins.map((origin) => `${origin}/api/auth/callback/oidc`),
        post_logout_redirect_uris: origins.map((origin) => `${origin}/sign-in`),
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of the tests'] },
    claims: { openid: names, profile: [] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { rpInitiatedLogout: { enabled: true }, devInteractions: { enabled: true } },
    findAccount: (_context: unknown, id: string) =>
      people.has(id) ? { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) } : undefined,
    // Nobody is asked for consent.
    async loadExistingGrant(context: { oidc: { client: { clientId: string }; session: { accountId: string } } }) {
      const { client, session } = context.oidc
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  return provider
}

async function forgeIn(
  context: { body?: unknown },
  forge: NonNullable<IdentityProvider['forge']>,
  key: CryptoKey,
): Promise<void> {
  const body = context.body as { id_token?: string } | undefined
  if (!body?.id_token) return
  const claims = forge(decodeJwt(body.id_token))
  body.id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'tests' }).sign(key)
}

function listen(port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}
