/** The same zip as zip.ts makes, packed by what runs in browsers: the same text in it, some bytes more or less. */
import { deflateSync } from 'fflate'
import { crc32 } from './unzip'
import { zipOf } from './zip-layout'

/** Packs the credential's text. Same text, same bytes. */
export function packInBrowser(text: string): Uint8Array {
  const content = new TextEncoder().encode(text)
  return zipOf(content, deflateSync(content, { level: 9, mem: 4 }), crc32(content))
}
