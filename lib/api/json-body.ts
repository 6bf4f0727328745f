/** Reads the JSON body of a request: at most 1 MiB, never more than that in memory, in UTF-8, not nested without end. */
import { Refusal } from '@/lib/errors'

export const LARGEST_BODY = 1024 * 1024
const DEEPEST = 64

/**
 * The parsed body. Refusals: UNSUPPORTED_MEDIA_TYPE, TOO_LARGE (as soon as it is known), MALFORMED_JSON (with line and
 * column where the parser tells), MALFORMED_REQUEST (nested deeper than 64 levels, or an unfit key).
 */
export async function readJson(request: Request, alsoAs: readonly string[] = []): Promise<unknown> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const isUtf8 = !charset || /^charset="?utf-?8"?$/.test(charset)
  if (!['application/json', ...alsoAs].includes(type.trim()) || !isUtf8) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json, in UTF-8.')
  }
  const value = parse(decode(await readBytes(request)))
  checkShape(value)
  return value
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > LARGEST_BODY) {
      // Not awaited: what the sender still has on the way must not hold up the answer.
      void reader.cancel().catch(() => {})
      throw tooLarge()
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): Refusal {
  return new Refusal('TOO_LARGE', 'The body is larger than 1 MiB. Send fewer items at once.')
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('MALFORMED_JSON', 'The body is not valid UTF-8.')
  }
}

/** The parser's own sentence repeats a piece of the body, so only the place is taken from it. */
function parse(text: string): unknown {
  if (text.trim() === '') throw new Refusal('MALFORMED_JSON', 'The body is empty.')
  try {
    return JSON.parse(text)
  } catch (error) {
    const sentence = (error as Error).message
    const given = /position (\d+)/.exec(sentence)?.[1]
    const position = /end of JSON input|Unterminated string/i.test(sentence) ? text.length : given && Number(given)
    throw new Refusal('MALFORMED_JSON', `The body is not valid JSON${position ? placeOf(text, position) : ''}.`)
  }
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n')
  return `, at line ${before.length}, column ${before.at(-1)!.length + 1}`
}

/** Walks without recursion: a body of nothing but brackets must not overflow the stack, here or in what follows. */
function checkShape(root: unknown): void {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) {
      throw new Refusal('MALFORMED_REQUEST', `The body is nested deeper than ${DEEPEST} levels.`)
    }
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      if (!Object.keys(value).every(isFitKey)) {
        throw new Refusal('MALFORMED_REQUEST', 'A key holds NUL or half a character, or is "__proto__".')
      }
      for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) next.push(inner)
    }
    level = next
  }
}

/** Keys go into warnings and into `meta`, and from there into the database, which takes neither. */
function isFitKey(key: string): boolean {
  return key !== '__proto__' && key.isWellFormed() && !key.includes('\u0000')
}
