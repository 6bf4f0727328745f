/** Reads a QR code back from its picture with a decoder that shares nothing with the code that drew it. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

let prepared: Promise<unknown> | undefined

/** What the QR code in a PNG says (latin-1 characters of the zip), null when no code can be read in it. */
export async function scanQr(png: Uint8Array): Promise<string | null> {
  await prepareReader()
  const [found] = await readBarcodes(png, { formats: ['QRCode'], textMode: 'Plain', maxNumberOfSymbols: 1 })
  return found?.isValid ? found.text : null
}

/** Left alone the package fetches its binary from a public server; it gets the file that is installed with it. */
export function prepareReader(): Promise<unknown> {
  prepared ??= prepare()
  return prepared
}

async function prepare(): Promise<unknown> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(file)).buffer
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
