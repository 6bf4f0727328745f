/** The QR code of a credential: a zip read as latin-1 characters, as scanners in the field expect it, drawn as SVG or PNG. */
import { encodeQR } from 'qr'
import { Refusal } from '@/lib/errors'
import { blackAndWhite } from './png'

export { packCredential, qrValue } from './zip'

export interface QrCode {
  value: string
  /** 1 to 40; the code has 17 + 4 x version modules a side. */
  version: number
  ecc: 'M' | 'L'
  /** Bytes the code carries (the value in UTF-8). */
  bytes: number
  /** Rows of modules without quiet zone, true = dark. */
  modules: boolean[][]
  /** Side of the printed picture in millimetres, quiet zone included. */
  printMillimetres: number
}

/** Bytes that version 40 holds in byte mode (ISO/IEC 18004, table 7). */
const CAPACITY = { M: 2331, L: 2953 } as const

/**
 * Bytes a draft's preview may need so that its certificate fits a QR whatever the signature turns out to be. The same
 * certificate signed 1,500 times took up to 66 bytes more than its preview: how well a signature packs, and how many
 * bytes of the zip weigh two in UTF-8, is chance.
 */
export const ROOM_FOR_DRAFT = CAPACITY.L - 120

/** Modules around the code that stay light (ISO/IEC 18004, 9.1). */
const QUIET = 4

/** One module is four dots of a 300 dpi printer (0.339 mm): version 40 prints at 63 mm, version 35 at 57 mm. */
const MILLIMETRES_PER_MODULE = 0.34
const SMALLEST_MILLIMETRES = 35

/**
 * Draws the smallest code that holds the value: at error correction M while it fits, then L.
 * Throws Refusal TOO_LARGE_FOR_QR naming both sizes when not even L holds it.
 */
export function drawQr(value: string): QrCode {
  const { bytes, ecc } = fitInQr(value)
  // The library refuses border 0, so the border of 1 is cut off again.
  const bordered = encodeQR(value, 'raw', { ecc: ecc === 'M' ? 'medium' : 'low', encoding: 'byte', border: 1 })
  const modules = bordered.slice(1, -1).map((row) => row.slice(1, -1))
  const side = (modules.length + 2 * QUIET) * MILLIMETRES_PER_MODULE
  const printMillimetres = Math.max(SMALLEST_MILLIMETRES, Math.ceil(side))
  return { value, version: (modules.length - 17) / 4, ecc, bytes, modules, printMillimetres }
}

/** The code as SVG: a light ground and one path with a run per row, measured in modules. Scale it freely. */
export function qrSvg(qr: QrCode): string {
  const side = qr.modules.length + 2 * QUIET
  let path = ''
  qr.modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      const length = x + 1 - start
      path += `M${start + QUIET} ${y + QUIET}h${length}v1h-${length}z`
    }
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  )
}

/** The code as a black and white PNG. Fewer than 4 pixels per module do not scan from a screen: 4 is the least. */
export function qrPng(qr: QrCode, pixelsPerModule = 4): Uint8Array {
  if (!Number.isInteger(pixelsPerModule) || pixelsPerModule < 4) {
    throw new RangeError('A QR picture needs a whole number of at least 4 pixels per module.')
  }
  const side = (qr.modules.length + 2 * QUIET) * pixelsPerModule
  const picture = blackAndWhite(side)
  qr.modules.forEach((row, y) => {
    const line = (y + QUIET) * pixelsPerModule
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      picture.dark(line, (start + QUIET) * pixelsPerModule, (x + 1 - start) * pixelsPerModule)
    }
    for (let copy = 1; copy < pixelsPerModule; copy++) picture.copyLine(line, line + copy)
  })
  return picture.png()
}

/** How a value fits into a code, without drawing it. Throws Refusal TOO_LARGE_FOR_QR naming both sizes when it does not. */
export function fitInQr(value: string): Pick<QrCode, 'bytes' | 'ecc'> {
  const bytes = Buffer.byteLength(value, 'utf8')
  if (bytes <= CAPACITY.M) return { bytes, ecc: 'M' }
  if (bytes <= CAPACITY.L) return { bytes, ecc: 'L' }
  throw new Refusal(
    'TOO_LARGE_FOR_QR',
    `The certificate needs ${bytes} bytes, but a QR code holds ${CAPACITY.L}. Shorten the longest values.`,
  )
}
