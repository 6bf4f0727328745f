/** What leaves a printer: large print, counted copies, the test strip, and what a print window is told. */
import { afterAll, describe, expect, test } from 'vitest'
import { codeOf, testStripPdf } from '@/lib/certificates/test-strip'
import { readConfig } from '@/lib/config'
import { certificatePage, pageWith, qrContent, scripts } from '@/lib/testing/certificate-page'
import { readPdf, type ReadPdf } from '@/lib/testing/read-pdf'
import { isPreview } from '@/lib/signing/proof'
import { createPdfRenderer } from './pdf'
import { withPrintSettings } from './print-settings'
import { scanQr } from './scan'
import { unpackQrValue } from './unzip'

const renderer = createPdfRenderer({ workers: 1 })
afterAll(() => renderer.close())

const printed = { facility: 'MOH Gothatuwa', name: 'Asha', time: '17 Oct 2021, 13:10' }
const large = { variant: 'large' as const }
const textOf = (pdf: ReadPdf) => pdf.pages.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n')

describe('large print', () => {
  test.each(['a4', 'us-letter'] as const)(
    'on %s is tagged PDF/UA-1, with the code on the first page',
    async (paper) => {
      const bytes = await renderer.render(certificatePage({ ...large, paper }))
      const pdf = await readPdf(bytes)
      expect(pdf.tagged).toBe(true)
      expect(Buffer.from(bytes).toString('latin1')).toContain('pdfuaid:part')
      expect(pdf.pages[0]!.roles).toContain('Figure: QR code that holds the signed certificate')
      expect(pdf.pages.length).toBeLessThanOrEqual(2)
      for (const part of ['Saraswathy T K', '987456126', '771 204 558 190', '17 October 2021', 'MOH Gothatuwa']) {
        expect(textOf(pdf)).toContain(part)
      }
    },
  )

  test.each([150, 300])('scans at %i dpi, on both papers', async (dpi) => {
    for (const paper of ['a4', 'us-letter'] as const) {
      const pdf = await readPdf(await renderer.render(certificatePage({ ...large, paper })))
      expect(await scanQr(await pdf.pages[0]!.png(dpi))).toBe(qrContent)
    }
  })

  test('values are set in 16 points or more, and nothing below 12', async () => {
    const pdf = await readPdf(await renderer.render(certificatePage({ ...large, printed })))
    const sizes = pdf.pages.flatMap(({ runs }) => runs.map(({ text, size }) => ({ text, size })))
    expect(sizes.find(({ text }) => text === 'Covishield')!.size).toBeGreaterThanOrEqual(16)
    expect(sizes.filter(({ size }) => size < 12)).toEqual([])
  })

  test.each([35, 58, 63])('a code that is usually %i mm wide is at least 60 mm', async (qrMillimetres) => {
    const pdf = await readPdf(await renderer.render(certificatePage({ ...large, qrMillimetres })))
    const column = pdf.pages[0]!.runs.find(({ text }) => text === 'Pre-enrollment code')!.x
    // The facts begin a gutter of 9 mm after the code, which begins at the margin of 19 mm.
    expect((column / 72) * 25.4 - 19 - 9).toBeGreaterThanOrEqual(59.9)
  })

  test.each(Object.entries(scripts))('a name in %s is set with glyphs for all of it', async (_, name) => {
    const pdf = await readPdf(await renderer.render({ ...pageWith({ Name: name, Address: `${name}, 12` }), ...large }))
    expect(pdf.pages.length).toBeLessThanOrEqual(2)
  })

  test.each(['X', 'ක', 'م'])('values without a space, in %s, stay on the page', async (letter) => {
    const value = letter.repeat(1000)
    const pdf = await readPdf(await renderer.render({ ...pageWith({ Name: value, Identity: value }), ...large }))
    const right = Math.max(...pdf.pages.flatMap(({ runs }) => runs.map((run) => run.x + run.width)))
    expect(right).toBeLessThanOrEqual(595.28 - (19 / 25.4) * 72 + 1)
  })
})

describe('a counted copy', () => {
  test('says version, predecessor, place, person and time in its footer; others say nothing of it', async () => {
    const line = 'Version 2, replaces certificate 448 086 902 061, printed at MOH Gothatuwa by Asha, 17 Oct 2021, 13:10'
    expect(textOf(await readPdf(await renderer.render(certificatePage({ printed }))))).toContain(line)
    expect(textOf(await readPdf(await renderer.render(certificatePage())))).not.toContain('printed')
  })

  test('says so on every page, and an operator of all facilities names none', async () => {
    const pdf = await readPdf(
      await renderer.render(certificatePage({ ...large, printed: { ...printed, facility: null } })),
    )
    expect(pdf.pages.length).toBe(2)
    for (const page of pdf.pages) expect(page.text.replaceAll('\u00a0', ' ')).toMatch(/printed by Asha, 17 Oct 2021/)
  })

  test('a name from the right does not turn the time after it', async () => {
    const name = 'نيمالي بيريرا'
    const pdf = await readPdf(await renderer.render(certificatePage({ printed: { ...printed, name } })))
    const runs = pdf.pages[0]!.runs.filter(({ y }) => y < 60)
    const right = Math.max(
      ...runs.filter(({ text }) => /\p{Script=Arabic}/u.test(text)).map((run) => run.x + run.width),
    )
    expect(runs.find(({ text }) => text.includes('17 Oct 2021'))!.x).toBeGreaterThanOrEqual(right - 1)
  })
})

test('both engines draw large print and the footer alike, and each gives the same bytes again', async () => {
  const wasm = createPdfRenderer({ workers: 1, engine: 'wasm', deadlineMs: 60_000 })
  const native = createPdfRenderer({ workers: 1, engine: 'native' })
  const page = certificatePage({ ...large, printed })
  const [first, second] = [await native.render(page), await native.render(page)]
  expect(Buffer.compare(first, second)).toBe(0)
  const [one, other] = [await readPdf(first), await readPdf(await wasm.render(page))]
  expect(other.info).toEqual(one.info)
  for (const [at, { roles, png }] of one.pages.entries()) {
    expect(other.pages[at]!.roles).toEqual(roles)
    expect(Buffer.compare(await other.pages[at]!.png(100), await png(100))).toBe(0)
  }
  await Promise.all([wasm.close(), native.close()])
})

describe('the test strip', () => {
  const context = { settings: readConfig({ DATABASE_URL: 'none', PUBLIC_URL: 'https://certificates.example' }) }
  const strip = (paper: 'a4' | 'us-letter') => testStripPdf(context as Parameters<typeof testStripPdf>[0], paper)

  test.each(['a4', 'us-letter'] as const)('is one tagged page of %s that names where to scan', async (paper) => {
    const pdf = await readPdf(await strip(paper))
    expect(pdf.pages).toHaveLength(1)
    expect(pdf.tagged).toBe(true)
    expect(textOf(pdf)).toContain('https://certificates.example/verify')
    expect(pdf.pages[0]!.roles.filter((role) => role.startsWith('Figure: Test code'))).toHaveLength(5)
    const first = await strip(paper)
    // A date of its making would be another one in the next second.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(Buffer.compare(first, await strip(paper))).toBe(0)
  })

  test('its codes scan, and every one of them is a preview, not a certificate', async () => {
    const png = await (await readPdf(await strip('a4'))).pages[0]!.png(300)
    expect(isPreview(JSON.parse(unpackQrValue((await scanQr(png))!)))).toBe(true)
    for (const size of ['small', 'usual', 'dense'] as const) {
      expect(isPreview(JSON.parse(unpackQrValue(codeOf(size).value)))).toBe(true)
    }
    expect([codeOf('small').version, codeOf('usual').version, codeOf('dense').version]).toEqual([24, 36, 40])
  })

  test('its ruler is 150 mm long', async () => {
    const runs = (await readPdf(await strip('a4'))).pages[0]!.runs.filter(({ text }) => /^(0|150)$/.test(text.trim()))
    const centre = (text: string) => {
      const run = runs.filter((one) => one.text.trim() === text).sort((a, b) => a.y - b.y)[0]!
      return run.x + run.width / 2
    }
    expect(((centre('150') - centre('0')) / 72) * 25.4).toBeCloseTo(150, 0)
  })
})

describe('what the print window is told', () => {
  test.each(['native', 'wasm'] as const)(
    'is unscaled and the number of copies, in a PDF of the %s engine',
    async (engine) => {
      const own = createPdfRenderer({ workers: 1, engine, deadlineMs: 60_000 })
      const pdf = await own.render(certificatePage())
      const asked = withPrintSettings(pdf, 3)
      const read = await readPdf(asked)
      expect(read.viewerPreferences).toMatchObject({ PrintScaling: 'None', NumCopies: 3 })
      expect(read.tagged).toBe(true)
      expect(read.pages[0]!.text).toBe((await readPdf(pdf)).pages[0]!.text)
      expect((await readPdf(withPrintSettings(pdf, 1))).viewerPreferences).not.toHaveProperty('NumCopies')
      await own.close()
    },
  )

  test('is not written into anything else', () => {
    expect(() => withPrintSettings(new TextEncoder().encode('%PDF-1.7 of somebody else'), 2)).toThrow(/catalogue/)
  })
})
