/** Packing and drawing, as far as it needs no picture: pictures are read back in qr.render.test.ts. */
import fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { encodeQR } from 'qr'
import { describe, expect, test } from 'vitest'
import { Refusal } from '@/lib/errors'
import { VECTORS, vector } from '@/lib/testing/vectors'
import { filled } from '@/lib/testing/filled-path'
import { drawQr, packCredential, qrPng, qrSize, qrSvg, qrValue } from './qr'
import { unpackQrValue } from './unzip'

describe.each(VECTORS)('$name', ({ signed, zip, qrValue: value }) => {
  test("the peer's QR value and zip hold its signed credential", () => {
    expect(unpackQrValue(value)).toBe(signed)
    expect(unpackQrValue(qrValue(zip))).toBe(signed)
    expect(qrValue(zip)).toBe(value)
  })

  test('our zip holds the same text and is at most 3 % larger than the peer’s', () => {
    const ours = packCredential(signed)
    expect(unpackQrValue(qrValue(ours))).toBe(signed)
    expect(ours.length).toBeLessThanOrEqual(zip.length * 1.03)
  })
})

test('the same text gives the same bytes, dated 1 January 1980', () => {
  const zip = Buffer.from(packCredential('{"a":1}'))
  expect(zip.equals(packCredential('{"a":1}'))).toBe(true)
  expect(zip.subarray(0, 30).toString('hex')).toMatch(/^504b030414000000080000002100/)
})

test('any text survives the way into the QR value and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expect(unpackQrValue(qrValue(packCredential(text)))).toBe(text)
    }),
  )
})

describe('what is no certificate is refused as such', () => {
  const good = Buffer.from(packCredential('{"a":1}'))
  const patched = (change: (zip: Buffer) => void) => {
    const zip = Buffer.from(good)
    change(zip)
    return zip.toString('latin1')
  }
  test.each([
    ['nothing', ''],
    ['a link', 'https://example.com/'],
    ['characters above latin-1', `${good.toString('latin1')}නි`],
    ['a zip cut short', good.subarray(0, 60).toString('latin1')],
    ['another checksum', patched((zip) => zip.writeUInt32LE(1, zip.indexOf('PK\x01\x02') + 16))],
    ['another entry', good.toString('latin1').replaceAll('certificate.json', 'certificate.html')],
    ['an encrypted or exotic method', patched((zip) => zip.writeUInt16LE(12, zip.indexOf('PK\x01\x02') + 10))],
    ['a directory that points nowhere', patched((zip) => zip.writeUInt32LE(0xfffffff0, zip.length - 6))],
    ['a text that unpacks to megabytes', bomb()],
  ])('%s', (_what, value) => {
    expect(() => unpackQrValue(value)).toThrow(expect.objectContaining({ code: 'MALFORMED_CERTIFICATE' }))
  })

  function bomb(): string {
    const packed = deflateRawSync(Buffer.alloc(4 * 1024 * 1024))
    const zip = Buffer.from(packCredential('x'.repeat(10)))
    const central = Buffer.from(zip.subarray(zip.indexOf('PK\x01\x02')))
    central.writeUInt32LE(packed.length, 20)
    const local = Buffer.concat([zip.subarray(0, 46), packed])
    central.writeUInt32LE(local.length, central.length - 6)
    return Buffer.concat([local, central]).toString('latin1')
  }
})

describe('the ladder', () => {
  test.each([
    [2331, 'M', 40],
    [2332, 'L', 36],
    [2953, 'L', 40],
  ] as const)('%i bytes: %s, version %i', (bytes, ecc, version) => {
    expect(drawQr('x'.repeat(bytes))).toMatchObject({ bytes, ecc, version })
  })

  test('2,954 bytes are refused with both sizes', () => {
    const refused = (() => {
      try {
        return drawQr('x'.repeat(2954))
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code: 'TOO_LARGE_FOR_QR', message: expect.stringMatching(/2954.*2953/) })
  })

  test('bytes are counted as the code carries them: a latin-1 character above 127 weighs two', () => {
    expect(drawQr('é'.repeat(1165))).toMatchObject({ bytes: 2330, ecc: 'M' })
    expect(drawQr('é'.repeat(1166))).toMatchObject({ bytes: 2332, ecc: 'L' })
  })
})

test.each([
  ['x', 1, 35],
  [vector('ascii.lk.rsa').qrValue, 35, 57],
  ['x'.repeat(2331), 40, 63],
])('the printed size follows the modules and never falls below 35 mm', (value, version, millimetres) => {
  expect(drawQr(value)).toMatchObject({ version, printMillimetres: millimetres })
})

test('the size that is told without drawing is that of the code', () => {
  for (const ecc of ['M', 'L'] as const) {
    let before = 0
    for (let version = 1; version <= 40; version++) {
      const most = mostBytes(version, ecc)
      if (ecc === 'L' && most <= 2331) continue // M holds it
      for (const bytes of [Math.max(before + 1, ecc === 'L' ? 2332 : 1), most]) {
        const value = 'x'.repeat(bytes)
        const { version: told, modules, ecc: by } = drawQr(value)
        expect(qrSize(value)).toMatchObject({ version: told, ecc: by, bytes })
        expect(modules.length).toBe(17 + 4 * version)
        expect(
          encodeQR(value, 'raw', { ecc: ecc === 'M' ? 'medium' : 'low', encoding: 'byte', border: 1 }),
        ).toHaveLength(modules.length + 2)
      }
      before = most
    }
  }
})

/** Bytes that the code of a version holds, as the library that draws them finds out. */
function mostBytes(version: number, ecc: 'M' | 'L'): number {
  const holds = (bytes: number) => {
    try {
      encodeQR('x'.repeat(bytes), 'raw', { ecc: ecc === 'M' ? 'medium' : 'low', version, encoding: 'byte' })
      return true
    } catch {
      return false
    }
  }
  let [low, high] = [0, 3000]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

test('the SVG is one path around exactly the dark modules, with four light ones around', () => {
  const qr = drawQr(vector('ascii.lk.ed25519').qrValue)
  const svg = qrSvg(qr)
  expect(svg.match(/<path /g)).toHaveLength(1)
  const side = qr.modules.length + 8
  expect(svg).toContain(`viewBox="0 0 ${side} ${side}"`)
  const painted = filled(/ d="([^"]+)"/.exec(svg)![1]!, side)
  expect(painted.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(qr.modules)
  expect(painted.flat().filter(Boolean)).toHaveLength(qr.modules.flat().filter(Boolean).length)
})

test.each([3, 0, 4.5, NaN])('%f pixels per module are refused', (pixels) => {
  expect(() => qrPng(drawQr('x'), pixels)).toThrow(RangeError)
})
