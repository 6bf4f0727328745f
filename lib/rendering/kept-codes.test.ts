import { beforeEach, expect, test, vi } from 'vitest'
import { metrics } from '@/lib/operations/metrics'
import { pagesSet } from '@/lib/testing/pages-set'
import { vector } from '@/lib/testing/vectors'
import { keptCodes } from './kept-codes'
import { drawQr, packCredential, qrPng, qrSvg, qrValue } from './qr'

vi.mock(import('./qr'), async (importOriginal) => {
  const real = await importOriginal()
  return { ...real, drawQr: vi.fn(real.drawQr) }
})

const { signed } = vector('ascii.lk.rsa')
beforeEach(() => {
  metrics.pageSeconds.reset()
  vi.mocked(drawQr).mockClear()
})

test('a code is drawn once in each form, whether it is asked for again or by several at once', async () => {
  const codes = keptCodes()
  const [svg, sameSvg] = await Promise.all([codes.svg(signed), codes.svg(signed)])
  const [png, samePng] = await Promise.all([codes.png(signed), codes.png(signed)])
  expect(sameSvg).toBe(svg)
  expect(samePng).toBe(png)
  expect(await codes.svg(signed)).toBe(svg)
  expect(await codes.png(signed)).toBe(png)
  expect([await pagesSet('qr_svg'), await pagesSet('qr_png')]).toEqual([1, 1])
})

test('both pictures are made of one code', async () => {
  const codes = keptCodes()
  await Promise.all([codes.svg(signed), codes.png(signed)])
  expect(drawQr).toHaveBeenCalledTimes(1)
})

test('what is kept is the code of this credential', async () => {
  const qr = drawQr(qrValue(packCredential(signed)))
  const codes = keptCodes()
  for (const _again of [1, 2]) {
    expect(await codes.svg(signed)).toEqual({ svg: qrSvg(qr), millimetres: qr.printMillimetres })
    expect(await codes.png(signed)).toEqual(qrPng(qr))
  }
})

test('a credential that differs in one letter is drawn anew', async () => {
  const codes = keptCodes()
  const other = signed.replace('a', 'b')
  const [{ svg }, before] = [await codes.svg(signed), await codes.png(signed)]
  expect((await codes.svg(other)).svg).not.toBe(svg)
  expect(await codes.png(other)).not.toEqual(before)
  expect([await pagesSet('qr_svg'), await pagesSet('qr_png')]).toEqual([2, 2])
})

test('what is too large is refused each time', async () => {
  const codes = keptCodes()
  const large = Array.from({ length: 3000 }, (_, at) => (at * 7919).toString(36)).join('')
  for (const _again of [1, 2]) {
    await expect(codes.svg(large)).rejects.toMatchObject({ code: 'TOO_LARGE_FOR_QR' })
    await expect(codes.png(large)).rejects.toMatchObject({ code: 'TOO_LARGE_FOR_QR' })
  }
  expect([await pagesSet('qr_svg'), await pagesSet('qr_png')]).toEqual([0, 0])
})
