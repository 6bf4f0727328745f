/** Tokens that a sign-in service (Keycloak) gives to source systems: RS256 by its published keys or by one key of the settings. */
import { createHash, createPublicKey } from 'node:crypto'
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { Config } from '@/lib/config'
import { Refusal } from '@/lib/errors'

type JwtSettings = NonNullable<Config['jwt']>

/** RSA with SHA-256 alone: a key is never read as the secret of an HMAC, and "none" is no algorithm. */
const ALGORITHMS = ['RS256']
/** Seconds by which the clocks of the service and ours may differ. */
const DRIFT = 30
/** Keys are asked for anew after this; for a token with an unknown key at once, but not oftener than every 30 seconds. */
const KEYS_MAX_AGE = 10 * 60_000
const COOLDOWN = 30_000
const PATIENCE = 3000

/** Whether a bearer token has the form of a JWT (RFC 7519): three parts, the first of them a JSON object. */
export function isJwt(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(token)
}

/**
 * The claims of a token that the service of the settings gave for us. Checked: signature, iss, aud or azp, exp (has to be
 * there), nbf, and that it is no ID or refresh token. Refusals: UNAUTHENTICATED with what is wrong, REGISTRY_UNAVAILABLE
 * when the service's keys cannot be had.
 */
export async function bearerClaims(settings: JwtSettings, token: string, now: Date): Promise<JWTPayload> {
  let claims: JWTPayload
  let type: string | undefined
  try {
    const verified = await jwtVerify(token, keysOf(settings), {
      algorithms: ALGORITHMS,
      issuer: settings.issuer,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: DRIFT,
      currentDate: now,
    })
    claims = verified.payload
    type = verified.protectedHeader.typ
  } catch (error) {
    throw refusalOf(error)
  }
  // jose asks that it is there, not what it is; it becomes the caller's id.
  if (typeof claims.sub !== 'string' || claims.sub === '') throw invalid('Its claim "sub" is missing or wrong.')
  if (!isAccessToken(claims, type)) throw invalid('It is not an access token.')
  const audiences = [claims.aud ?? [], claims.azp ?? []].flat()
  if (!audiences.some((one) => typeof one === 'string' && settings.audiences.includes(one))) {
    throw invalid('It was given for another service.')
  }
  return claims
}

/**
 * Keycloak writes what kind a token is into its claims, others into its header (RFC 9068). Where neither says, what only
 * ID tokens have gives one away (OpenID Connect Core, sections 2 and 3.1.3.6).
 */
function isAccessToken(claims: JWTPayload, type: string | undefined): boolean {
  if (claims.typ !== undefined) return claims.typ === 'Bearer'
  if (type !== undefined && /^(application\/)?at\+jwt$/i.test(type)) return true
  return !['nonce', 'at_hash', 'c_hash', 'events'].some((name) => name in claims)
}

/** An id for whoever the service knows by this subject: always the same one, in the form of our other ids. */
export function callerIdOf(issuer: string, subject: string): string {
  const hex = createHash('sha256').update(`errata caller\n${issuer}\n${subject}`).digest('hex')
  // Version 8 of RFC 9562: a UUID made by a rule of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const remembered = new Map<string, JWTVerifyGetKey>()

/** The keys of the settings; nothing that a token says leads to an address. */
function keysOf({ jwksUrl, publicKey }: JwtSettings): JWTVerifyGetKey {
  const name = jwksUrl ?? publicKey ?? ''
  const known = remembered.get(name)
  if (known) return known
  const keys = jwksUrl ? keysAt(jwksUrl) : theKey(publicKey ?? '')
  remembered.set(name, keys)
  return keys
}

function keysAt(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: KEYS_MAX_AGE,
    cooldownDuration: COOLDOWN,
    timeoutDuration: PATIENCE,
  })
}

/** PEM, or the bare base64 that Keycloak shows at /realms/{realm} as public_key. */
function theKey(text: string): JWTVerifyGetKey {
  const pem = text.replaceAll('\\n', '\n').trim()
  const key = pem.startsWith('-----')
    ? createPublicKey(pem)
    : createPublicKey({ key: Buffer.from(pem, 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'rsa') throw new Error('JWT_PUBLIC_KEY must be an RSA key.')
  return async () => key
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return invalid('It has expired.')
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim } = error
    if (claim === 'iss') return invalid('It is of another sign-in service.')
    if (claim === 'nbf') return invalid('It is not valid yet.')
    return invalid(`Its claim "${claim}" is missing or wrong.`)
  }
  // What jose throws when the keys cannot be fetched or read is our trouble, not the caller's.
  const unreachable = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid
  if (unreachable || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') {
    return new Refusal('REGISTRY_UNAVAILABLE', 'The keys of the sign-in service cannot be had. Try again soon.', [], 10)
  }
  return invalid('Its signature cannot be accepted.')
}

function invalid(why: string): Refusal {
  return new Refusal('UNAUTHENTICATED', `This access token is not valid. ${why}`)
}
