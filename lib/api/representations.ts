/** The forms in which one certificate can be had, by media type and by the ending of its address. */

export const MEDIA = {
  json: 'application/json',
  jsonld: 'application/vc+ld+json',
  'vc.json': 'application/vc',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  'page.svg': 'image/svg+xml',
} as const

export type Form = keyof typeof MEDIA

/** What Accept can choose from, the default first. A page's picture has an address only. */
export const NEGOTIABLE = ['json', 'jsonld', 'vc.json', 'pdf', 'png', 'svg'] as const satisfies readonly Form[]

/** "448086902.page.svg" -> number and form; form null when the ending is unknown, undefined when there is none. */
export function splitEnding(segment: string): { certificateId: string; form: Form | null | undefined } {
  const at = segment.indexOf('.')
  if (at < 0) return { certificateId: segment, form: undefined }
  const ending = segment.slice(at + 1).toLowerCase()
  return { certificateId: segment.slice(0, at), form: Object.hasOwn(MEDIA, ending) ? (ending as Form) : null }
}

/**
 * The form that an Accept header (RFC 9110, 12.5.1) likes best, null when it accepts none. Without a header, or where it
 * likes several equally, the first one.
 */
export function negotiate(accept: string | null): Form | null {
  const media = preferredMedia(
    accept,
    NEGOTIABLE.map((form) => MEDIA[form]),
  )
  return NEGOTIABLE.find((form) => MEDIA[form] === media) ?? null
}

/** The same for any offer of media types. */
export function preferredMedia<Media extends string>(accept: string | null, offered: readonly Media[]): Media | null {
  if (!accept?.trim()) return offered[0] ?? null
  const ranges = accept.split(',').map(readRange)
  let best: { media: Media; quality: number } | null = null
  for (const media of offered) {
    const quality = qualityOf(media, ranges)
    if (quality > 0 && (!best || quality > best.quality)) best = { media, quality }
  }
  return best?.media ?? null
}

interface Range {
  type: string
  quality: number
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = given === undefined ? 1 : Number(given)
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The most specific range that covers a media type decides. */
function qualityOf(media: string, ranges: Range[]): number {
  const wildcard = `${media.split('/')[0]}/*`
  for (const type of [media, wildcard, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === type)
    if (range) return range.quality
  }
  return 0
}
