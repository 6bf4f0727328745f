/**
 * How large a picture says it is, from its first bytes and before anything is unpacked: 1 MB of PNG can be 30,000 by 30,000
 * dots, and a browser's memory has an end. A kind of picture that is not known here has no size.
 */

export interface PictureSize {
  width: number
  height: number
}

/** The size in dots of a PNG, JPEG, GIF, WebP, BMP, HEIC or AVIF picture; null for everything else, whatever it is called. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (starts(bytes, 0, '\u0089PNG\r\n\u001a\n')) return { width: view.getUint32(16), height: view.getUint32(20) }
    if (starts(bytes, 0, '\u00ff\u00d8')) return jpegSize(view)
    if (starts(bytes, 0, 'GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    if (starts(bytes, 0, 'BM')) return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
    if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return webpSize(bytes, view)
    if (starts(bytes, 4, 'ftyp')) return boxSize(bytes, view)
  } catch {
    // Cut short: no picture.
  }
  return null
}

/** ITU T.81, B.2.2: the frame header, behind however many other segments. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return null
}

/** RFC 9649, section 2: lossy, lossless, extended. */
function webpSize(bytes: Uint8Array, view: DataView): PictureSize | null {
  if (starts(bytes, 12, 'VP8 ')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (starts(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1
  return starts(bytes, 12, 'VP8X') ? { width: three(24), height: three(27) } : null
}

/** ISO/IEC 23008-12: the "ispe" properties; tiles have smaller ones than the picture that they make. */
function boxSize(bytes: Uint8Array, view: DataView): PictureSize | null {
  let largest: PictureSize | null = null
  for (let at = 8; at + 16 <= bytes.length; at++) {
    if (!starts(bytes, at, 'ispe')) continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

function starts(bytes: Uint8Array, at: number, letters: string): boolean {
  return [...letters].every((letter, n) => bytes[at + n] === letter.charCodeAt(0))
}
