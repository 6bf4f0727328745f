/** What a caller would like, if it can be had: the header Prefer (RFC 7240). */

/** Longer than this nobody waits for an answer. */
export const LONGEST_WAIT_SECONDS = 30

/**
 * The seconds of `Prefer: wait=N`, at most 30; null when there is no such preference. Other preferences and what cannot be
 * read are passed over, as the RFC asks; of several `wait` the first one counts.
 */
export function preferredWait(prefer: string | null): number | null {
  for (const preference of partsOf(prefer ?? '', ',')) {
    const [first = ''] = partsOf(preference, ';')
    const wait = /^wait[ \t]*=[ \t]*(?:(\d{1,9})|"(\d{1,9})")$/i.exec(first)
    if (wait) return Math.min(Number(wait[1] ?? wait[2]), LONGEST_WAIT_SECONDS)
    if (/^wait([ \t]*=|$)/i.test(first)) return null
  }
  return null
}

/** The parts of a list, trimmed; what stands in double quotes is not cut. */
function partsOf(text: string, separator: ',' | ';'): string[] {
  const parts = ['']
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[^]/g) ?? []) {
    if (token === separator) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.map((part) => part.trim())
}
