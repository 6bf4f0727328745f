/** How the QR reader is set. The benchmark of the decode rate reads with the same. */
import type { ReaderOptions } from 'zxing-wasm/reader'

const EITHER = {
  formats: ['QRCode'],
  // The characters as they are: certificates carry a zip, which the reader would otherwise spell out.
  textMode: 'Plain',
  // A page may carry other codes beside the certificate's.
  maxNumberOfSymbols: 4,
} satisfies ReaderOptions

/** For pictures of a running camera: the next one comes at once, and codes are printed dark on light. */
export const QUICK: ReaderOptions = { ...EITHER, tryHarder: false, tryInvert: false, tryDownscale: false }

/** For a picture that is all there is. */
export const THOROUGH: ReaderOptions = {
  ...EITHER,
  tryHarder: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: true,
}
