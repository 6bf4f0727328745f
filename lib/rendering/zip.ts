/** A zip with one entry, certificate.json, whose bytes depend on the text alone. */
import { crc32, deflateRawSync } from 'node:zlib'
import { ENTRY } from './unzip'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1 January 1980, the first day a zip can name: the real time would make every picture different. */
const DOS_DATE = 0x0021
const DEFLATE = 8

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

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
