/** The pictures really scan: drawn here, read by two decoders that share nothing with the encoder. */
import { decode } from 'fast-png'
import jsqr from 'jsqr'
import { describe, expect, test } from 'vitest'
import { loadPublicKey } from '@/lib/signing/keys'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { previewCredential } from '@/lib/signing/preview'
import { signCredential, verifyCredential } from '@/lib/signing/sign'
import { keySettings, VECTORS, vector } from '@/lib/testing/vectors'
import { drawQr, packCredential, qrPng, qrValue } from './qr'
import { unpackQrValue } from './unzip'
import { scanQr } from './scan'

const AT = new Date('2022-03-01T09:30:00Z')

test.each(VECTORS)(
  '$name: what the peer puts into its QR is read back by both decoders',
  async ({ qrValue: value }) => {
    const png = qrPng(drawQr(value))
    expect(await scanQr(png)).toBe(value)
    expect(readWithJsqr(png)).toBe(value)
  },
)

test.each(VECTORS)('$name: signed, packed, drawn, scanned, unpacked, verified', async ({ unsigned, keyType }) => {
  const signed = await signCredential(JSON.parse(unsigned), await loadSigningKey(keySettings(keyType)), AT)
  const scanned = await scanQr(qrPng(drawQr(qrValue(packCredential(JSON.stringify(signed))))))
  const text = unpackQrValue(scanned ?? '')
  expect(text).toBe(JSON.stringify(signed))
  expect(await verifyCredential(JSON.parse(text), await loadPublicKey(keySettings(keyType)))).toEqual({
    verified: true,
  })
})

describe('the ladder on paper', () => {
  // Values as different as zips are: the encoder's mask and the decoder's guess of the character set vary with them.
  test.each([10, 500, 1300, 1554, 1600, 1960])('%i bytes of zip', async (length) => {
    const zip = Uint8Array.from({ length }, (_, index) => (index * 7919 + (index >> 3) * 104729) & 0xff)
    const value = qrValue(zip)
    const png = qrPng(drawQr(value), 5)
    expect(readWithJsqr(png)).toBe(value)
    expect(await scanQr(png)).toBe(value)
  })
})

test('a preview scans, and says that it is one', async () => {
  const preview = previewCredential(JSON.parse(vector('scripts.lk.rsa').unsigned), 'RSA')
  const scanned = await scanQr(qrPng(drawQr(qrValue(packCredential(JSON.stringify(preview))))))
  expect(JSON.parse(unpackQrValue(scanned ?? '')).proof.type).toBe('PreviewNotValid')
})

test('a picture without a code, or with a spoiled one, reads as nothing', async () => {
  const qr = drawQr(vector('ascii.lk.rsa').qrValue)
  const light = qr.modules.map((row) => row.map(() => false))
  expect(await scanQr(qrPng({ ...qr, modules: light }))).toBeNull()
  const spoiled = qr.modules.map((row, y) => row.map((dark, x) => (y > 40 && y < 110 ? (x + y) % 2 === 0 : dark)))
  expect(await scanQr(qrPng({ ...qr, modules: spoiled }))).toBeNull()
})

function readWithJsqr(png: Uint8Array): string | undefined {
  const { width, height, data } = decode(png)
  const bytesPerLine = Math.ceil(width / 8)
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = data[y * bytesPerLine + (x >> 3)]! & (0x80 >> (x & 7))
      if (!light) rgba.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return jsqr(rgba, width, height)?.data
}
