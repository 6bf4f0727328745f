/** Where a request was sent to and where it came from. */
import { config } from '@/lib/config'

/** Scheme and host as the browser sees them: of PUBLIC_URL when that host was asked, else plain http to the asked host. */
export function originOf(request: Request): string {
  const publicUrl = new URL(config().publicUrl)
  const host = request.headers.get('host')
  return !host || host === publicUrl.host ? publicUrl.origin : `${publicUrl.protocol}//${host}`
}

/**
 * The address of the client as the outermost of our own proxies saw it: each adds one to the end of X-Forwarded-For, and
 * what stands before those the client may have written itself. null when nobody we trust saw it: without proxies, or when
 * the request did not come through all of them.
 */
export function clientAddress(request: Request, trustedProxies: number): string | null {
  if (trustedProxies === 0) return null
  const seen = request.headers.get('x-forwarded-for')?.split(',') ?? []
  return seen.at(-trustedProxies)?.trim() || null
}

/** Whether a browser says that this request comes from a page of ours. A request that does not say is not trusted. */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  // Over plain http to other hosts than localhost browsers send no Sec-Fetch-Site, but Origin on every write.
  const origin = request.headers.get('origin')
  return origin !== null && (origin === originOf(request) || origin === new URL(config().publicUrl).origin)
}
