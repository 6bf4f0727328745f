/** Reads QR codes with a decoder that is not the product's. */
import { expect } from '@playwright/test'
import { decode } from 'fast-png'
import jsQR from 'jsqr'
import { unpackQrValue } from '../lib/rendering/unzip'

/** The credential in a picture of a QR code. */
export function scanned(png: Buffer): string {
  const { width, height, channels, depth, data } = decode(png)
  const dots = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let dot = 0; dot < width * height; dot++) {
    const light = depth === 1 ? bitAt(data, width, dot) : Number(data[dot * channels]) > 127
    if (!light) dots.fill(0, dot * 4, dot * 4 + 3)
  }
  const found = jsQR(dots, width, height)
  expect(found, 'a QR code in the picture').not.toBeNull()
  return unpackQrValue(Buffer.from(found!.binaryData).toString('utf8'))
}

/** In a picture of one bit a dot, eight share a byte and every row begins with a new one. */
function bitAt(data: ArrayLike<number>, width: number, dot: number): boolean {
  const [x, y] = [dot % width, Math.floor(dot / width)]
  return ((data[y * Math.ceil(width / 8) + (x >> 3)]! >> (7 - (x & 7))) & 1) === 1
}
