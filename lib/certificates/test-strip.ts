/** The test strip: codes of the sizes that certificates have, whose content every verifier of ours knows as a preview. */
import { createHash } from 'node:crypto'
import type { TestStrip } from '@/lib/rendering/pdf'
import { drawQr, packCredential, qrSvg, qrValue, type QrCode } from '@/lib/rendering/qr'
import { previewCredential } from '@/lib/signing/preview'
import type { Context } from './context'
import { renderer, type Paper } from './page'

/** Characters of filler that make codes of about version 18, 34 and 40. */
const FILLER = { small: 0, usual: 890, dense: 1250 }
/** Harder than any certificate is printed. */
const SMALL_MODULE = 0.25
/** As in large print. */
const LARGE_MODULE = 0.45

/** The strip as PDF; the same installation gives the same bytes. Refusal RENDERER_UNAVAILABLE. */
export function testStripPdf(context: Context, paper: Paper): Promise<Uint8Array> {
  const { issuer, publicUrl } = context.settings
  const [small, usual, dense] = [codeOf('small'), codeOf('usual'), codeOf('dense')]
  const drawn = (letter: string, of: TestStrip['codes'][number]['of'], qr: QrCode, module?: number) => ({
    letter,
    of,
    svg: qrSvg(qr),
    version: qr.version,
    millimetres: module === undefined ? qr.printMillimetres : Math.round((qr.modules.length + 8) * module),
  })
  return renderer().testStrip({
    issuer: issuer.name,
    verifyAddress: new URL('/verify', publicUrl).href,
    codes: [
      drawn('A', 'small', small),
      drawn('B', 'usual', usual),
      drawn('C', 'dense', dense),
      drawn('D', 'fine', usual, SMALL_MODULE),
      drawn('E', 'large', usual, LARGE_MODULE),
    ],
    paper,
  })
}

/** A preview of the wanted weight: its filler does not compress. */
export function codeOf(size: keyof typeof FILLER): QrCode {
  const unsigned = { type: ['VerifiableCredential'], issuanceDate: '2000-01-01T00:00:00Z', note: filler(FILLER[size]) }
  return drawQr(qrValue(packCredential(JSON.stringify(previewCredential(unsigned, 'RSA')))))
}

function filler(length: number): string {
  let text = ''
  for (let block = 0; text.length < length; block++) {
    text += createHash('sha256').update(`test strip ${block}`).digest('base64url')
  }
  return text.slice(0, length)
}
