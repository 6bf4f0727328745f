/** Which characters a certificate can be printed with: the union of what the fonts of its values cover. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { valueFonts } from './fonts.mjs'

const LAST_CODE_POINT = 0x10ffff

/** White space that breaks a line or a word and needs no glyph. */
const whiteSpace = new Set(['\t', '\n', '\r'])

/** Unicode's Default_Ignorable_Code_Point characters that text of shipped scripts uses: joiners, marks of direction, variation selectors. */
const invisible = /^[\u00ad\u034f\u061c\u17b4\u17b5\u200b-\u200f\u2060\ufe00-\ufe0f]$/u

/** A font may cover it, but PDF/UA allows it in no text; all it does, as a mark of byte order, is none of a value's. */
const BYTE_ORDER_MARK = 0xfeff

let covered: Uint8Array | undefined

/**
 * The characters of `text` that cannot stand on a certificate, each once, in order of appearance: no font of the values
 * draws them, or PDF/UA forbids them. Lone surrogates and control characters count as such; tab, line feed and carriage
 * return do not. Reads the fonts on first use (some milliseconds).
 */
export function unsupportedCharacters(text: string): string[] {
  const bits = (covered ??= readCoverage())
  const missing = new Set<string>()
  for (const character of text) {
    const code = character.codePointAt(0)!
    const drawn = ((bits[code >> 3] ?? 0) >> (code & 7)) & 1
    if (!drawn && !whiteSpace.has(character) && !invisible.test(character)) missing.add(character)
  }
  return [...missing]
}

/** A character as a person can find it in a text or a table: itself where it can be seen, and its code point. */
export function nameOfCharacter(character: string): string {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `“${character}” (${code})` : code
}

function readCoverage(): Uint8Array {
  const bits = new Uint8Array((LAST_CODE_POINT >> 3) + 1)
  for (const font of valueFonts(join(/* turbopackIgnore: true */ process.cwd()))) {
    for (const code of codePointsOf(readFileSync(font.files[0]!))) bits[code >> 3]! |= 1 << (code & 7)
  }
  bits[BYTE_ORDER_MARK >> 3]! &= ~(1 << (BYTE_ORDER_MARK & 7))
  for (let control = 0; control < 0xa0; control += control === 0x1f ? 0x60 : 1) {
    bits[control >> 3]! &= ~(1 << (control & 7))
  }
  return bits
}

/** Code points with a glyph, from the `cmap` table of a TrueType font (OpenType specification, subtables of format 4 and 12). */
export function* codePointsOf(file: Uint8Array): Generator<number> {
  const font = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const cmap = tableOffset(font, 'cmap')
  for (let at = 0; at < font.getUint16(cmap + 2); at++) {
    const record = cmap + 4 + at * 8
    const [platform, encoding] = [font.getUint16(record), font.getUint16(record + 2)]
    if (platform !== 0 && !(platform === 3 && (encoding === 1 || encoding === 10))) continue
    const subtable = cmap + font.getUint32(record + 4)
    const format = font.getUint16(subtable)
    if (format === 4) yield* segmentCodePoints(font, subtable)
    if (format === 12) yield* groupCodePoints(font, subtable)
  }
}

function tableOffset(font: DataView, wanted: string): number {
  for (let at = 0; at < font.getUint16(4); at++) {
    const record = 12 + at * 16
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((letter) => font.getUint8(record + letter)))
    if (tag === wanted) return font.getUint32(record + 8)
  }
  throw new Error(`font without ${wanted} table`)
}

/** Format 4: segments of the basic plane; a segment maps by difference or through an array of glyph numbers. */
function* segmentCodePoints(font: DataView, subtable: number): Generator<number> {
  const bytes = font.getUint16(subtable + 6)
  const [ends, starts] = [subtable + 14, subtable + 16 + bytes]
  const [deltas, ranges] = [starts + bytes, starts + 2 * bytes]
  for (let segment = 0; segment < bytes; segment += 2) {
    const [start, end] = [font.getUint16(starts + segment), font.getUint16(ends + segment)]
    const [delta, range] = [font.getUint16(deltas + segment), font.getUint16(ranges + segment)]
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const stored = range === 0 ? code : font.getUint16(ranges + segment + range + 2 * (code - start))
      const glyph = range !== 0 && stored === 0 ? 0 : (stored + delta) & 0xffff
      if (glyph !== 0) yield code
    }
  }
}

/** Format 12: groups of consecutive code points in all planes. */
function* groupCodePoints(font: DataView, subtable: number): Generator<number> {
  for (let group = 0; group < font.getUint32(subtable + 12); group++) {
    const at = subtable + 16 + group * 12
    const [start, end, glyph] = [font.getUint32(at), font.getUint32(at + 4), font.getUint32(at + 8)]
    for (let code = start; code <= end; code++) if (glyph + code - start !== 0) yield code
  }
}
