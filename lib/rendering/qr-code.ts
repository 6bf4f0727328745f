/** The QR code of a value: how large it is, its modules, and the outline of its dark areas. Pure: for browsers, too. */
import { encodeQR } from 'qr'
import { Refusal } from '@/lib/errors'
import { outline } from './outline'

/** What a code is like, which follows from how much it carries. */
export interface QrSize {
  /** 1 to 40; the code has 17 + 4 x version modules a side. */
  version: number
  ecc: 'M' | 'L'
  /** Bytes the code carries (the value in UTF-8). */
  bytes: number
  /** Side of the printed picture in millimetres, quiet zone included. */
  printMillimetres: number
}

export interface QrCode extends QrSize {
  value: string
  /** Rows of modules without quiet zone, true = dark. */
  modules: boolean[][]
}

/** Bytes that versions 1 to 40 hold in byte mode (ISO/IEC 18004, table 7). */
const BYTES = {
  M: [
    ...[14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666],
    ...[
      711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
    ],
  ],
  L: [
    ...[17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858],
    ...[
      929, 1003, 1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809,
      2953,
    ],
  ],
}
const CAPACITY = { M: BYTES.M.at(-1)!, L: BYTES.L.at(-1)! }

/**
 * Bytes a draft's preview may need so that its certificate fits a QR whatever the signature turns out to be. The same
 * certificate signed 1,500 times took up to 66 bytes more than its preview: how well a signature packs, and how many
 * bytes of the zip weigh two in UTF-8, is chance.
 */
export const ROOM_FOR_DRAFT = CAPACITY.L - 120

/** Modules around the code that stay light (ISO/IEC 18004, 9.1). */
export const QUIET = 4

/** One module is four dots of a 300 dpi printer (0.339 mm): version 40 prints at 63 mm, version 35 at 57 mm. */
const MILLIMETRES_PER_MODULE = 0.34
const SMALLEST_MILLIMETRES = 35

/**
 * The smallest code that holds the value, without drawing it: at error correction M while it fits, then L.
 * Throws Refusal TOO_LARGE_FOR_QR naming both sizes when not even L holds it.
 */
export function qrSize(value: string): QrSize {
  const { bytes, ecc } = fitInQr(value)
  const version = BYTES[ecc].findIndex((most) => bytes <= most) + 1
  const side = (17 + 4 * version + 2 * QUIET) * MILLIMETRES_PER_MODULE
  return { version, ecc, bytes, printMillimetres: Math.max(SMALLEST_MILLIMETRES, Math.ceil(side)) }
}

/** Draws the code of that size. Refusals as `qrSize`. */
export function drawQr(value: string): QrCode {
  const size = qrSize(value)
  // The library refuses border 0, so the border of 1 is cut off again.
  const ecc = size.ecc === 'M' ? 'medium' : 'low'
  const bordered = encodeQR(value, 'raw', { ecc, version: size.version, encoding: 'byte', border: 1 })
  return { ...size, value, modules: bordered.slice(1, -1).map((row) => row.slice(1, -1)) }
}

/** Of codes that are drawn as more than one picture. */
const outlines = new WeakMap<QrCode, { side: number; path: string }>()

/** The path around the dark areas, in modules, and how many of those a side has, the light border included. */
export function qrOutline(qr: QrCode): { side: number; path: string } {
  const known = outlines.get(qr)
  if (known) return known
  const made = { side: qr.modules.length + 2 * QUIET, path: outline(qr.modules, QUIET) }
  outlines.set(qr, made)
  return made
}

/** How a value fits into a code, without drawing it. Throws Refusal TOO_LARGE_FOR_QR naming both sizes when it does not. */
export function fitInQr(value: string): Pick<QrCode, 'bytes' | 'ecc'> {
  const bytes = new TextEncoder().encode(value).length
  if (bytes <= CAPACITY.M) return { bytes, ecc: 'M' }
  if (bytes <= CAPACITY.L) return { bytes, ecc: 'L' }
  throw new Refusal(
    'TOO_LARGE_FOR_QR',
    `The certificate needs ${bytes} bytes, but a QR code holds ${CAPACITY.L}. Shorten the longest values.`,
  )
}
