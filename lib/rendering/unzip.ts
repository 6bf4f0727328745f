/** The JSON text inside a scanned value: the way back from zip.ts, in any browser, for zips of any writer. */
import { Inflate } from 'fflate'
import { Refusal } from '@/lib/errors'

export const ENTRY = 'certificate.json'
/** Scanned codes come from anybody: a credential that fits a QR is far smaller than this. */
const LARGEST_TEXT = 256 * 1024
/** A QR code holds 2,953 bytes, and what was copied from one is no longer. */
const LARGEST_ZIP = 16 * 1024
/** One byte unpacks to at most 1,032: so much at a time, what a bomb may fill stays bounded. */
const PORTION = 512

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const STORED = 0
const DEFLATE = 8

/**
 * The JSON text inside a scanned value (a zip's bytes as latin-1 characters), from our own or from another zip writer.
 * Throws Refusal MALFORMED_CERTIFICATE when the value is anything else.
 */
export function unpackQrValue(value: string): string {
  if (value.length > LARGEST_ZIP || /[^\u0000-\u00ff]/.test(value)) throw malformed()
  try {
    return readEntry(Uint8Array.from(value, (character) => character.charCodeAt(0)))
  } catch {
    // Cut short, damaged, too large or not UTF-8: for whoever scanned it these are the same.
    throw malformed()
  }
}

/** Reads by the central directory: other writers leave sizes out of the local header (layout: PKWARE APPNOTE 4.3). */
function readEntry(zip: Uint8Array): string {
  const view = new DataView(zip.buffer)
  let end = zip.length - 22
  while (view.getUint32(end, true) !== END) end--
  let at = view.getUint32(end + 16, true)
  for (let entry = view.getUint16(end + 10, true); entry > 0; entry--) {
    if (view.getUint32(at, true) !== CENTRAL) throw malformed()
    const nameLength = view.getUint16(at + 28, true)
    const name = String.fromCharCode(...zip.subarray(at + 46, at + 46 + nameLength))
    if (name === ENTRY) return contentOf(zip, view, at)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  throw malformed()
}

function contentOf(zip: Uint8Array, view: DataView, central: number): string {
  const local = view.getUint32(central + 42, true)
  if (view.getUint32(local, true) !== LOCAL) throw malformed()
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const packed = zip.subarray(start, start + view.getUint32(central + 20, true))
  const method = view.getUint16(central + 10, true)
  if (method !== DEFLATE && method !== STORED) throw malformed()
  const content = method === DEFLATE ? inflated(packed) : packed
  if (crc32(content) !== view.getUint32(central + 16, true)) throw malformed()
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
}

function inflated(packed: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let length = 0
  const inflate = new Inflate((part) => {
    length += part.length
    if (length > LARGEST_TEXT) throw malformed()
    parts.push(part)
  })
  for (let at = 0; at < packed.length; at += PORTION) {
    inflate.push(packed.subarray(at, at + PORTION), at + PORTION >= packed.length)
  }
  const content = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    content.set(part, at)
    at += part.length
  }
  return content
}

/** The checksum of zip files (ISO 3309, reflected polynomial 0xEDB88320). */
export function crc32(bytes: Uint8Array): number {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}

function malformed(): Refusal {
  return new Refusal('MALFORMED_CERTIFICATE', 'This is not the code of a certificate.')
}
