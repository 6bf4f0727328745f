/** A zip with one entry, certificate.json, whose bytes depend on the text alone; and the way back. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { Refusal } from '@/lib/errors'

const ENTRY = 'certificate.json'
/** Scanned codes come from anybody: a credential that fits a QR is far smaller than this. */
const LARGEST_TEXT = 256 * 1024

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1 January 1980, the first day a zip can name: the real time would make every picture different. */
const DOS_DATE = 0x0021
const DEFLATE = 8
const STORED = 0

/** Packs the credential's text (layout: PKWARE APPNOTE 4.3). Same text, same bytes. */
export function packCredential(text: string): Uint8Array {
  const content = Buffer.from(text, 'utf8')
  const packed = deflateRawSync(content, { level: 9 })
  const name = Buffer.from(ENTRY, 'ascii')

  // The fields that both headers share, from "version needed" to "extra length".
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(20, 0)
  shared.writeUInt16LE(DEFLATE, 4)
  shared.writeUInt16LE(DOS_DATE, 8)
  shared.writeUInt32LE(crc32(content), 10)
  shared.writeUInt32LE(packed.length, 14)
  shared.writeUInt32LE(content.length, 18)
  shared.writeUInt16LE(name.length, 22)

  const local = Buffer.concat([uint32(LOCAL), shared, name, packed])
  const madeBy = Buffer.from([20, 0])
  const attributesAndOffset = Buffer.alloc(14)
  const central = Buffer.concat([uint32(CENTRAL), madeBy, shared, attributesAndOffset, name])

  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return new Uint8Array(Buffer.concat([local, central, end]))
}

/** The zip's bytes as latin-1 characters. A QR library encodes them as UTF-8: raw bytes fail in many scanners. */
export function qrValue(zip: Uint8Array): string {
  return Buffer.from(zip).toString('latin1')
}

/**
 * The JSON text inside a scanned value, from our own or from another zip writer.
 * Throws Refusal MALFORMED_CERTIFICATE when the value is anything else.
 */
export function unpackQrValue(value: string): string {
  if (/[^\u0000-\u00ff]/.test(value)) throw malformed()
  const zip = Buffer.from(value, 'latin1')
  try {
    return readEntry(zip)
  } catch {
    // Cut short, damaged, too large or not UTF-8: for whoever scanned it these are the same.
    throw malformed()
  }
}

/** Reads by the central directory: other writers leave sizes out of the local header. */
function readEntry(zip: Buffer): string {
  const end = zip.lastIndexOf(uint32(END))
  let at = zip.readUInt32LE(end + 16)
  for (let entry = zip.readUInt16LE(end + 10); entry > 0; entry--) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw malformed()
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (name === ENTRY) return contentOf(zip, at)
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  throw malformed()
}

function contentOf(zip: Buffer, central: number): string {
  const local = zip.readUInt32LE(central + 42)
  if (zip.readUInt32LE(local) !== LOCAL) throw malformed()
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(start, start + zip.readUInt32LE(central + 20))
  const method = zip.readUInt16LE(central + 10)
  if (method !== DEFLATE && method !== STORED) throw malformed()
  const content = method === DEFLATE ? inflateRawSync(packed, { maxOutputLength: LARGEST_TEXT }) : packed
  if (crc32(content) !== zip.readUInt32LE(central + 16)) throw malformed()
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function malformed(): Refusal {
  return new Refusal('MALFORMED_CERTIFICATE', 'This is not the code of a certificate.')
}
