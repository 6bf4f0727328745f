/** Small things a browser keeps for us and cannot read or change: encrypted for one purpose, for a short time. */
import { createHash } from 'node:crypto'
import { decode, encode, type JWT } from 'next-auth/jwt'
import { cookieIn, ownCookieName, secureCookies, sessionSecret } from './session-cookie'

export interface SealedCookie {
  /** The cookie's name is its purpose: what was sealed under one name opens under no other. */
  name: string
  /** Sent to this path and below. */
  path: string
  /** Also sent when somebody comes back from another site. */
  afterOtherSites?: boolean
}

/** A Set-Cookie value that carries these claims for so many seconds. It goes to our own pages' requests alone. */
export async function sealedCookie(
  { name, path, afterOtherSites = false }: SealedCookie,
  claims: JWT,
  seconds: number,
): Promise<string> {
  const value = await encode({ token: claims, secret: sessionSecret(), salt: name, maxAge: seconds })
  const attributes = [
    `Path=${secureCookies() ? '/' : path}`,
    'HttpOnly',
    `SameSite=${afterOtherSites ? 'Lax' : 'Strict'}`,
    `Max-Age=${seconds}`,
  ]
  if (secureCookies()) attributes.push('Secure')
  return `${nameOf(name, path)}=${value}; ${attributes.join('; ')}`
}

/** The claims in a Cookie header; null when there are none, they are forged, or their time is over. */
export async function readSealedCookie({ name, path }: SealedCookie, cookieHeader: string | null): Promise<JWT | null> {
  const value = cookieIn(cookieHeader, nameOf(name, path))
  if (!value) return null
  try {
    return await decode({ token: value, secret: sessionSecret(), salt: name })
  } catch {
    // Not sealed by us for this purpose, or too old: the same as none.
    return null
  }
}

/** Over https a cookie of this host alone has to have the path "/": what it is for then stands in the name. */
function nameOf(name: string, path: string): string {
  if (!secureCookies()) return name
  return ownCookieName(`${name}-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`)
}
