/** Reads QR codes in pictures, in the browser. The reader (1 MB) comes with the first picture, from our own server. */
import type * as zxing from 'zxing-wasm/reader'
import { QUICK, THOROUGH } from './reader-options'
import type { Picture } from './resample'

type Reader = typeof zxing

let loading: Promise<Reader> | undefined

/** Fetches the reader ahead of the first picture. Rejects when it cannot be had; the next call tries again. */
export function loadReader(): Promise<Reader> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** What the QR codes in a picture say, none where none can be read. `thorough` takes several times as long. */
export async function readCodes(picture: Picture, thorough: boolean): Promise<string[]> {
  const { readBarcodes } = await loadReader()
  const found = await readBarcodes(picture as ImageData, thorough ? THOROUGH : QUICK)
  return found.filter(({ isValid }) => isValid).map(({ text }) => text)
}

/** Left alone the package fetches its binary from a public server. */
async function load(): Promise<Reader> {
  const reader = await import('zxing-wasm/reader')
  const binary = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href
  await reader.prepareZXingModule({ overrides: { locateFile: () => binary }, fireImmediately: true })
  return reader
}
