/** The text of an uploaded file: UTF-8, or UTF-16 that says so. Anything else is refused by name, with the row it begins in. */
import { Refusal } from '@/lib/errors'

/**
 * The file as text, piece by piece, without its byte order mark. Refusal INVALID_TEMPLATE: a workbook, another encoding, or a
 * byte that is none.
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let encoding: Encoding = 'utf-8'
  let row = 1
  let begin: Uint8Array = new Uint8Array()
  for await (const some of bytes) {
    let chunk = some
    if (!decoder) {
      // Four bytes tell what it is.
      begin = begin.length === 0 ? some : Buffer.concat([begin, some])
      if (begin.length < 4) continue
      encoding = encodingOf(begin)
      decoder = new TextDecoder(encoding, { fatal: true })
      chunk = begin
    }
    const text = decoded(decoder, chunk, encoding, row, true)
    row += lines(text)
    yield text
  }
  decoder ??= new TextDecoder(encodingOf(begin), { fatal: true })
  yield decoded(decoder, row === 1 && begin.length < 4 ? begin : new Uint8Array(), encoding, row, false)
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf(bytes: Uint8Array): Encoding {
  const starts = (...wanted: number[]) => wanted.every((byte, at) => bytes[at] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable(`This is a workbook. ${SAVE_AS}`)
  }
  if (starts(0xff, 0xfe)) return 'utf-16le'
  if (starts(0xfe, 0xff)) return 'utf-16be'
  const look = bytes.subarray(0, 2000)
  const zeros = look.filter((byte) => byte === 0).length
  if (zeros > look.length / 4) throw unreadable(`This file is UTF-16 without saying so. ${SAVE_AS}`)
  return 'utf-8'
}

function decoded(decoder: TextDecoder, chunk: Uint8Array, encoding: Encoding, row: number, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream })
  } catch {
    if (encoding !== 'utf-8') throw unreadable(`The file ends in the middle of a character. ${SAVE_AS}`)
    const loose = new TextDecoder(encoding).decode(chunk)
    const at = loose.indexOf('\ufffd')
    const where = row + lines(at < 0 ? loose : loose.slice(0, at))
    throw unreadable(
      `The file is not UTF-8: line ${where} holds a byte that means something else there, as files in Windows-1252 do. ${SAVE_AS}`,
    )
  }
}

const SAVE_AS = 'Save it as “CSV UTF-8 (comma delimited)” and upload that file.'

function lines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** A file that is no such file at all. */
export function unreadable(message: string): Refusal {
  return new Refusal('INVALID_TEMPLATE', message)
}
