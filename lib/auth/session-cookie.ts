/** The session cookie: an encrypted token that ends after 15 idle minutes and, whatever happens, 12 hours after signing in. */
import { decode, encode, type JWT } from 'next-auth/jwt'
import { config } from '@/lib/config'

export const IDLE_SECONDS = 15 * 60
export const LONGEST_SECONDS = 12 * 60 * 60
/** A cookie younger than this is not written again. */
const RENEW_AFTER_SECONDS = 60

export interface SessionToken extends JWT {
  /** Operator.id */
  sub: string
  /** OperatorSession.id */
  sid: string
  /** Unix seconds. */
  signedInAt: number
  /** Changes with the password, so that a changed password ends the sessions. */
  passwordMark: string
  iat: number
}

/** Cookies go over https only when people come over https. */
export function secureCookies(): boolean {
  return config().publicUrl.startsWith('https://')
}

/** The secret of cookies and of hashed attempts. Throws an Error when NEXTAUTH_SECRET is not set (npm start makes one). */
export function sessionSecret(): string {
  const { secret } = config().auth
  if (!secret) throw new Error('NEXTAUTH_SECRET must be set (npm start makes one and keeps it).')
  return secret
}

/** The name of a cookie of ours. Over https it is of this host alone: no neighbour of the domain can set one (RFC 6265bis, 4.1.3.2). */
export function ownCookieName(name: string): string {
  return secureCookies() ? `__Host-${name}` : name
}

export function sessionCookieName(): string {
  return ownCookieName('next-auth.session-token')
}

/** The token in a Cookie header; null when there is none, it is forged, or its time is over. */
export async function readSessionCookie(cookieHeader: string | null): Promise<SessionToken | null> {
  const value = cookieIn(cookieHeader, sessionCookieName())
  return value ? decodeSession(value) : null
}

/** The content of a session cookie; null when it is forged or its time is over. */
export async function decodeSession(value: string): Promise<SessionToken | null> {
  let token: JWT | null
  try {
    token = await decode({ token: value, secret: sessionSecret() })
  } catch {
    // Not encrypted with our secret, or idle for too long: the same as not signed in.
    return null
  }
  if (!token || typeof token.sub !== 'string' || typeof token.signedInAt !== 'number') return null
  if (typeof token.sid !== 'string') return null
  const now = Date.now() / 1000
  return now < token.signedInAt + LONGEST_SECONDS ? (token as SessionToken) : null
}

/**
 * The Set-Cookie value that keeps a session alive after something was done in it; null while the cookie is fresh.
 * It never reaches beyond the longest session.
 */
export async function renewedSessionCookie(token: SessionToken): Promise<string | null> {
  const now = Math.floor(Date.now() / 1000)
  if (now - token.iat < RENEW_AFTER_SECONDS) return null
  return (await extendedSession(token)).cookie
}

/**
 * The session as it is when it is renewed now: the seconds it has left, whether it cannot get more, the Set-Cookie value,
 * and a mark by which the windows of a browser know that it is still the same one.
 */
export async function extendedSession(
  token: SessionToken,
): Promise<{ seconds: number; longest: boolean; cookie: string; mark: string }> {
  const left = token.signedInAt + LONGEST_SECONDS - Math.floor(Date.now() / 1000)
  const seconds = Math.min(IDLE_SECONDS, left)
  const mark = await digest(`${sessionSecret()}\n${token.sub}\n${token.signedInAt}`)
  return { seconds, longest: left <= IDLE_SECONDS, cookie: await sessionCookie(token, seconds), mark }
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes).subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A Set-Cookie value that carries this token for so many seconds. */
export async function sessionCookie(token: JWT, seconds: number): Promise<string> {
  const { iat: _iat, exp: _exp, jti: _jti, ...claims } = token
  const value = await encode({ token: claims, secret: sessionSecret(), maxAge: seconds })
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${seconds}`]
  if (secureCookies()) attributes.push('Secure')
  return `${sessionCookieName()}=${value}; ${attributes.join('; ')}`
}

/** A Set-Cookie value that takes the session cookie away. */
export function endedSessionCookie(): string {
  const secure = secureCookies() ? '; Secure' : ''
  return `${sessionCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure}`
}

/** The value of a cookie in a Cookie header, null without one. */
export function cookieIn(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}
