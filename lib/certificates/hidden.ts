/** The text that stands in the place of a hidden value: recognisable, comparable, and without the value. Pure, for browsers too. */

const MARKER = /errata-hidden:([A-Za-z0-9_-]{22}):([\p{L}\p{N}]{4}|)(?![\p{L}\p{N}])/gu
/** Anything that claims to be one, well made or not. */
const CLAIM = 'errata-hidden:'
const DOTS = '••••'

/** Shorter values are dots altogether: four characters of them would be most of the value. */
const SHORTEST_WITH_TAIL = 9

/**
 * The marker for a value. `tag` (22 characters of base64url) tells equal values of one person apart from others. Of the
 * value itself only the last four letters or digits are in it; how long it is cannot be told.
 */
export function markerOf(value: string, tag: string): string {
  const characters = Array.from(value.replace(/^(tel|mailto):/i, ''))
  const tail = characters.slice(-4).join('')
  const shown = characters.length >= SHORTEST_WITH_TAIL && /^[\p{L}\p{N}]{4}$/u.test(tail)
  return `${CLAIM}${tag}:${shown ? tail : ''}`
}

/** A value as it is shown where it is hidden for good: "•••• 4501". */
export function dotsFor(value: string): string {
  return hiddenShown(markerOf(value, '-'.repeat(22)))
}

/** Whether a text is, or claims to be, such a marker, or holds one. */
export function isHidden(text: unknown): text is string {
  return typeof text === 'string' && text.includes(CLAIM)
}

/** The tag of a text that is exactly one marker; null for anything else. */
export function tagOf(text: string): string | null {
  const [whole, tag] = new RegExp(MARKER.source, 'u').exec(text) ?? []
  return whole === text ? tag! : null
}

/** A text with dots for its markers: "•••• 100V". */
export function hiddenShown(text: string): string {
  return text.replaceAll(MARKER, (_whole, _tag: string, tail: string) => (tail ? `${DOTS}\u2009${tail}` : DOTS))
}

/** A text with the values in the place of the markers that are known. */
export function withRevealed(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(MARKER, (marker) => values.get(marker) ?? marker)
}

/** The dotted path of the first text that is, or claims to be, a marker; null when there is none. */
export function pathOfHidden(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return isHidden(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOfHidden(inner, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

/** A value, whatever its shape, with dots for all markers in it. */
export function withDots<T>(value: T): T {
  if (typeof value === 'string') return hiddenShown(value) as T
  if (Array.isArray(value)) return value.map(withDots) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDots(inner)])) as T
}

/** Whether a marker stands anywhere in a value. */
export function holdsHidden(value: unknown): boolean {
  return pathOfHidden(value) !== null
}
