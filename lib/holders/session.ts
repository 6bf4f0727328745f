/** The sealed cookie of a holder who answered the questions: good for one link, its API alone, and a quarter of an hour. */
import { readSealedCookie, sealedCookie, type SealedCookie } from '@/lib/auth/sealed-cookie'

export const SESSION_SECONDS = 15 * 60

export interface HolderSession {
  /** HolderLink.id */
  linkId: string
  secondsLeft: number
}

/** A Set-Cookie value that lets the holder read what this link leads to. */
export function holderCookie(token: string, linkId: string): Promise<string> {
  return sealedCookie(cookieFor(token), { sub: linkId }, SESSION_SECONDS)
}

/** A Set-Cookie value that takes the session away. */
export function endedHolderCookie(token: string): Promise<string> {
  return sealedCookie(cookieFor(token), {}, 0)
}

/** The session of a request to this link's API; null when there is none or its time is over. */
export async function readHolderSession(token: string, request: Request): Promise<HolderSession | null> {
  const claims = await readSealedCookie(cookieFor(token), request.headers.get('cookie'))
  if (typeof claims?.sub !== 'string' || typeof claims.exp !== 'number') return null
  const secondsLeft = claims.exp - Math.floor(Date.now() / 1000)
  return secondsLeft > 0 ? { linkId: claims.sub, secondsLeft } : null
}

function cookieFor(token: string): SealedCookie {
  return { name: 'errata-holder', path: `/v3/holder/${encodeURIComponent(token)}` }
}
