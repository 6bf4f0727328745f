/** The QR code of a credential: a zip read as latin-1 characters, as scanners in the field expect it, drawn as SVG or PNG. */
import { blackAndWhite } from './png'
import { qrOutline, QUIET, type QrCode } from './qr-code'

export { drawQr, fitInQr, qrOutline, qrSize, ROOM_FOR_DRAFT, type QrCode, type QrSize } from './qr-code'
export { packCredential, qrValue } from './zip'

/**
 * The code as SVG: a light ground and one path around the dark areas, measured in modules. Scale it freely: where modules
 * touch there is no edge that could shine through.
 */
export function qrSvg(qr: QrCode): string {
  const { side, path } = qrOutline(qr)
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
