/** The bytes of a zip with one entry, certificate.json (layout: PKWARE APPNOTE 4.3). Pure: for browsers, too. */
import { ENTRY } from './unzip'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1 January 1980, the first day a zip can name: the real time would make every picture different. */
const DOS_DATE = 0x0021
const DEFLATE = 8

/** Sizes of the two headers and of what stands at the end, without the name. */
const SIZE = { local: 30, central: 46, end: 22 }

/** The zip of a content that is packed already (raw deflate) and whose checksum (CRC-32) is known. */
export function zipOf(content: Uint8Array, packed: Uint8Array, checksum: number): Uint8Array {
  const name = new TextEncoder().encode(ENTRY)
  const central = SIZE.local + name.length + packed.length
  const end = central + SIZE.central + name.length
  const zip = new Uint8Array(end + SIZE.end)
  const view = new DataView(zip.buffer)
  /** The fields that both headers share, from "version needed" to "extra length". */
  const shared = (at: number) => {
    view.setUint16(at, 20, true)
    view.setUint16(at + 4, DEFLATE, true)
    view.setUint16(at + 8, DOS_DATE, true)
    view.setUint32(at + 10, checksum, true)
    view.setUint32(at + 14, packed.length, true)
    view.setUint32(at + 18, content.length, true)
    view.setUint16(at + 22, name.length, true)
  }
  view.setUint32(0, LOCAL, true)
  shared(4)
  zip.set(name, SIZE.local)
  zip.set(packed, SIZE.local + name.length)

  view.setUint32(central, CENTRAL, true)
  view.setUint16(central + 4, 20, true)
  shared(central + 6)
  zip.set(name, central + SIZE.central)

  view.setUint32(end, END, true)
  view.setUint16(end + 8, 1, true)
  view.setUint16(end + 10, 1, true)
  view.setUint32(end + 12, end - central, true)
  view.setUint32(end + 16, central, true)
  return zip
}

/** The zip's bytes as latin-1 characters. A QR library encodes them as UTF-8: raw bytes fail in many scanners. */
export function qrValue(zip: Uint8Array): string {
  let value = ''
  for (const byte of zip) value += String.fromCharCode(byte)
  return value
}
