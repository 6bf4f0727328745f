/** Cookies in which a browser keeps what somebody prefers. Nothing personal, no secret. */

const YEAR_SECONDS = 60 * 60 * 24 * 365

/** Keeps a preference for a year; null forgets it. In the browser. */
export function keepPreference(name: string, value: string | null): void {
  const secure = location.protocol === 'https:'
  const age = value === null ? 0 : YEAR_SECONDS
  const attributes = ['Path=/', `Max-Age=${age}`, 'SameSite=Lax', ...(secure ? ['Secure'] : [])]
  // As lib/auth/session-cookie.ts names cookies: of this host alone.
  document.cookie = `${secure ? '__Host-' : ''}${name}=${value ?? ''}; ${attributes.join('; ')}`
}
