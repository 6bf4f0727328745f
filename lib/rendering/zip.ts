/** A zip with one entry, certificate.json, whose bytes depend on the text alone. */
import { crc32, deflateRawSync } from 'node:zlib'
import { zipOf } from './zip-layout'

export { qrValue } from './zip-layout'

/** Packs the credential's text. Same text, same bytes. */
export function packCredential(text: string): Uint8Array {
  const content = Buffer.from(text, 'utf8')
  return zipOf(content, deflateRawSync(content, { level: 9 }), crc32(content))
}
