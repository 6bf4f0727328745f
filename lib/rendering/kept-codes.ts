/** The QR codes of credentials as pictures: each is drawn once, as long as there is room to keep what came out. */
import { metrics } from '@/lib/operations/metrics'
import { inTurn } from './in-turn'
import { keptByContent } from './kept'
import { drawQr, packCredential, qrPng, qrSvg, qrValue } from './qr'

/** Of SVGs, which have about 60 kB: a thousand of those that were asked for last. PNGs have a tenth of it. */
const MOST_BYTES = 64e6

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
  return {
    svg: (credential) =>
      svgs.of([credential], () =>
        drawn('qr_svg', () => {
          const qr = codeOf(credential)
          return { svg: qrSvg(qr), millimetres: qr.printMillimetres }
        }),
      ),
    png: (credential) => pngs.of([credential], () => drawn('qr_png', () => qrPng(codeOf(credential)))),
  }
}

function codeOf(credential: string) {
  return drawQr(qrValue(packCredential(credential)))
}

async function drawn<T>(form: 'qr_svg' | 'qr_png', draw: () => T): Promise<T> {
  const done = metrics.pageSeconds.startTimer({ form })
  const result = await inTurn(draw)
  done()
  return result
}
