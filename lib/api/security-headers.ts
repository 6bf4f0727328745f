/** Headers that every answer of the API carries. */

const ALWAYS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin',
}

/** A page, and a picture opened by itself: they may show what they hold and nothing else. */
const DOCUMENT =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
const OTHER = "default-src 'none'; frame-ancestors 'none'"
/** Browsers show a PDF with a viewer of their own, which a stricter policy would stop. */
const PDF = "frame-ancestors 'self'"

/** The headers for a media type. `anyOrigin`: pages of other origins may read the answer. */
export function securityHeaders(type: string | null, anyOrigin: boolean): Record<string, string> {
  const policy = type === 'image/svg+xml' || type === 'text/html' ? DOCUMENT : type === 'application/pdf' ? PDF : OTHER
  return {
    ...ALWAYS,
    'content-security-policy': policy,
    'cross-origin-resource-policy': anyOrigin ? 'cross-origin' : 'same-origin',
    ...(anyOrigin
      ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-request-id, retry-after' }
      : {}),
  }
}
