/** Pictures in which a module is little more than a pixel are read once they are enlarged; nothing else is read into a picture. */
import { expect, test } from 'vitest'
import { readBarcodes } from 'zxing-wasm/reader'
import { drawQr } from '@/lib/rendering/qr'
import { prepareReader } from '@/lib/rendering/scan'
import { certificateCode } from '@/lib/testing/qr-certificates'
import { photograph, randomFrom } from '@/lib/testing/qr-photographs'
import { vector } from '@/lib/testing/vectors'
import { readPatiently } from './read-patiently'
import { THOROUGH } from './reader-options'
import { resampled, type Picture } from './resample'
import { sharpened } from './sharpen'

const SCANNED = { rotation: 0, tilt: [0, 0] as [number, number], blur: 0.4, noise: 4, contrast: 0.9, shade: 0.05 }

async function read(picture: Picture): Promise<string[]> {
  await prepareReader()
  const found = await readBarcodes(picture as ImageData, THOROUGH)
  return found.filter(({ isValid }) => isValid).map(({ text }) => text)
}

test('a page scanned at 100 dpi is read', async () => {
  const { qrValue } = vector('ascii.lk.ed25519')
  const picture = photograph(drawQr(qrValue), { ...SCANNED, rotation: 7, pixelsPerModule: 1.34 }, randomFrom(1))
  expect(await read(picture)).toEqual([])
  expect(await readPatiently(picture, read)).toEqual([qrValue])
})

test.each(Array.from({ length: 7 }, (_, number) => number))(
  'clean scans and photographs of every size and script are read: certificate %i',
  async (number) => {
    const qr = drawQr(certificateCode(number).value)
    const random = randomFrom(number + 1)
    const turned = { rotation: random() * 360, tilt: [0, 0] as [number, number] }
    const scan = { ...SCANNED, ...turned, pixelsPerModule: 4 }
    const close = {
      ...SCANNED,
      rotation: random() * 60 - 30,
      tilt: [12, -9] as [number, number],
      pixelsPerModule: 5,
      shade: 0.3,
    }
    for (const at of [scan, close]) expect(await readPatiently(photograph(qr, at, random), read)).toEqual([qr.value])
  },
)

test('certificates of the tests are all different and go up to the largest code', () => {
  const values = Array.from({ length: 210 }, (_, number) => certificateCode(number + 1).value)
  expect(new Set(values).size).toBe(210)
  const sides = new Set(values.slice(0, 14).map((value) => drawQr(value).modules.length))
  expect(Math.max(...sides)).toBe(17 + 4 * 40)
  expect(Math.min(...sides)).toBeLessThan(17 + 4 * 35)
})

test('a sharpened picture has harder edges and the same greys elsewhere', () => {
  const row = [40, 40, 40, 40, 80, 160, 200, 200, 200, 200]
  const data = Uint8ClampedArray.from(
    Array.from({ length: 10 }, () => row.flatMap((grey) => [grey, grey, grey, 255])).flat(),
  )
  const { data: hard } = sharpened({ width: 10, height: 10, data }, 1, 2)
  const level = (column: number) => hard[4 * (50 + column)]!
  expect(level(4)).toBeLessThan(70)
  expect(level(5)).toBeGreaterThan(170)
  expect([level(0), level(9)]).toEqual([40, 200])
  expect(hard[3]).toBe(255)
})

test('one that can be read as it is, is looked at once', async () => {
  const { qrValue } = vector('ascii.lk.ed25519')
  const picture = photograph(drawQr(qrValue), { ...SCANNED, pixelsPerModule: 4 }, randomFrom(2))
  let looks = 0
  const counted = (one: Picture) => {
    looks++
    return read(one)
  }
  expect(await readPatiently(picture, counted)).toEqual([qrValue])
  expect(looks).toBe(1)
})

test('a picture without a code gives none', async () => {
  const width = 300
  const random = randomFrom(3)
  const data = Uint8ClampedArray.from({ length: width * width * 4 }, (_, at) => (at % 4 === 3 ? 255 : random() * 255))
  expect(await readPatiently({ width, height: width, data }, read)).toEqual([])
})

test('another size keeps greys and edges', () => {
  const data = new Uint8ClampedArray(4 * 4 * 4).fill(255)
  for (let row = 0; row < 4; row++) data.fill(0, row * 16, row * 16 + 8)
  const picture: Picture = { width: 4, height: 4, data }
  const large = resampled(picture, 3)
  expect([large.width, large.height]).toEqual([12, 12])
  expect([large.data[0], large.data[4 * 11]]).toEqual([0, 255])
  const small = resampled(picture, 0.5)
  expect([small.width, small.height]).toEqual([2, 2])
  expect(small.data[0]!).toBeLessThan(40)
  expect(small.data[4]!).toBeGreaterThan(215)
})
