/** Reads JSON from bytes of others: in UTF-8, not nested without end, with keys that the database can hold. */
import { Refusal } from '@/lib/errors'

const DEEPEST = 64

/** The parsed value. Refusals: MALFORMED_JSON (with line and column where the parser tells), MALFORMED_REQUEST (nested deeper than 64 levels, or an unfit key). */
export function readJsonText(bytes: Uint8Array): unknown {
  const value = parse(decode(bytes))
  checkShape(value)
  return value
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
