/** Where to sign in again. */

/** The sign-in page that comes back to this one. */
export function signInAddress(): string {
  return `/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`
}
