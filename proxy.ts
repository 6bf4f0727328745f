/** Before every page: signed-out people are sent to sign in, and each page gets its own content security policy. */
import { NextResponse, type NextRequest } from 'next/server'
import { acceptedLanguage, LANGUAGE_COOKIE, LANGUAGE_HEADER, languageOf, type Language } from '@/components/language'
import { config as settings } from '@/lib/config'
import { ownCookieName, readSessionCookie, renewedSessionCookie } from '@/lib/auth/session-cookie'

/** Pages that need nobody to be signed in. */
const PUBLIC = /^\/(sign-in|verify|c|docs)(\/|$)/
const IN_THE_READERS_LANGUAGE = /^\/(verify|c)(\/|$)/

/** Whether the person still works here is asked by each page and each call; this only saves a walk to a page that refuses. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const session = await readSessionCookie(request.headers.get('cookie'))
  const { pathname, search } = request.nextUrl
  if (!session && !PUBLIC.test(pathname)) {
    const signIn = new URL('/sign-in', request.url)
    if (pathname !== '/') signIn.searchParams.set('next', `${pathname}${search}`)
    return withHeaders(NextResponse.redirect(signIn), policy(''))
  }
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const headers = new Headers(request.headers)
  // Next reads the nonce from here and puts it on the scripts it writes into the page.
  headers.set('content-security-policy', policy(nonce))
  headers.set('x-nonce', nonce)
  headers.set(LANGUAGE_HEADER, languageFor(request))
  const response = withHeaders(NextResponse.next({ request: { headers } }), policy(nonce))
  const renewed = session && (await renewedSessionCookie(session))
  if (renewed) response.headers.append('set-cookie', renewed)
  return response
}

/** The language of a public page; the operators' pages speak English. */
function languageFor(request: NextRequest): Language {
  if (!IN_THE_READERS_LANGUAGE.test(request.nextUrl.pathname)) return 'en'
  const chosen = languageOf(request.cookies.get(ownCookieName(LANGUAGE_COOKIE))?.value)
  return chosen ?? acceptedLanguage(request.headers.get('accept-language'))
}

function withHeaders(response: NextResponse, contentSecurityPolicy: string): NextResponse {
  response.headers.set('content-security-policy', contentSecurityPolicy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=()')
  response.headers.set('cache-control', 'no-store')
  return response
}

/**
 * Scripts: ours, and what they load. Style elements: ours. Style attributes are free: positions of dialogs and menus are
 * written there, and an attribute styles its own element alone.
 */
function policy(nonce: string): string {
  // React explains errors with eval while developing, and only then; styles are exchanged in the page.
  const { development: isDevelopment } = settings()
  const development = isDevelopment ? ` 'unsafe-eval'` : ''
  return [
    `default-src 'self'`,
    nonce
      ? `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development}`
      : `script-src 'none'`,
    isDevelopment ? `style-src 'self' 'unsafe-inline'` : `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `frame-src 'self' blob:`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    // Scripts send what is typed. A form that is sent before they run would write its fields into the address.
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/**
 * Everything but the API, files and Next's own. The API sets its headers itself; and where this runs, Next keeps a copy of
 * the request's body in memory.
 */
export const config = {
  matcher: [
    '/((?!_next/|parts/|v1/|v3/|v4/|status/|credentials/|presentations/|divoc/|vc-certification/|vc-management/|certificate/api/|api/|contexts/|sandbox/|\\.well-known/|openapi\\.json$|healthz$|readyz$|metrics$|favicon\\.ico$|icon|apple-icon|.*\\.(?:png|svg|ico|woff2|txt|webmanifest|wasm)$).*)',
  ],
}
