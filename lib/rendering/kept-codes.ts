/** The QR codes of credentials as pictures: each is drawn once, as long as there is room to keep what came out. */
import { metrics } from '@/lib/operations/metrics'
import { inTurn } from './in-turn'
import { keptByContent } from './kept'
import { drawQr, packCredential, qrPng, qrSvg, qrValue, type QrCode } from './qr'

/** Of SVGs, which have about 60 kB: a thousand of those that were asked for last. PNGs have a tenth of it. */
const MOST_BYTES = 64e6
/** Of codes that were drawn just now, to be had as SVG by one and as PNG by another: some dozens. */
const MOST_BYTES_OF_CODES = 8e6
const BYTES_OF_A_MODULE = 8

/** A code as pages draw it. */
export interface PrintedCode {
  svg: string
  /** Side of the printed picture, quiet zone included. */
  millimetres: number
}

export interface KeptCodes {
  /** Refusal TOO_LARGE_FOR_QR. */
  svg(credential: string): Promise<PrintedCode>
  /** Refusal TOO_LARGE_FOR_QR. */
  png(credential: string): Promise<Uint8Array>
}

/** For credentials that are issued, whose text does not change. The text is all that decides how the code looks. */
export function keptCodes(): KeptCodes {
  const svgs = keptByContent<PrintedCode>(MOST_BYTES, ({ svg }) => svg.length)
  const pngs = keptByContent<Uint8Array>(MOST_BYTES / 10, ({ length }) => length)
  const codes = keptByContent<QrCode>(MOST_BYTES_OF_CODES, ({ modules }) => BYTES_OF_A_MODULE * modules.length ** 2)

  /** The code and its picture, each a piece of work of its own. */
  async function drawn<T>(form: 'qr_svg' | 'qr_png', credential: string, draw: (qr: QrCode) => T): Promise<T> {
    const done = metrics.pageSeconds.startTimer({ form })
    const qr = await codes.of([credential], () => inTurn(() => drawQr(qrValue(packCredential(credential)))))
    const result = await inTurn(() => draw(qr))
    done()
    return result
  }

  const printed = (qr: QrCode) => ({ svg: qrSvg(qr), millimetres: qr.printMillimetres })
  return {
    svg: (credential) => svgs.of([credential], () => drawn('qr_svg', credential, printed)),
    png: (credential) => pngs.of([credential], () => drawn('qr_png', credential, (qr) => qrPng(qr))),
  }
}
