/** Pages in two languages: the second below the first, in every shipped script, whatever the length of a label. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createPdfRenderer, type CertificatePage } from '@/lib/rendering/pdf'
import { drawQr, qrSvg } from '@/lib/rendering/qr'
import { scanQr } from '@/lib/rendering/scan'
import { aRequest } from '@/lib/testing/builders'
import { qrContent } from '@/lib/testing/certificate-page'
import { readPdf } from '@/lib/testing/read-pdf'
import { inTwoLanguages, SECOND_LANGUAGES } from '@/lib/testing/second-languages'
import { pageOf } from './page-data'
import type { CertificateRecord } from './record'

const renderer = createPdfRenderer({ workers: 1 })
afterAll(() => renderer.close())
const qr = drawQr(qrContent)
const POINTS_PER_MM = 72 / 25.4
const MARGIN = 19 * POINTS_PER_MM

function pageIn(language: (typeof SECOND_LANGUAGES)[number], variant: CertificatePage['variant'] = 'normal') {
  return pageOf({
    type: inTwoLanguages(language),
    record: aRequest() as unknown as CertificateRecord,
    certificateId: '448086902061',
    issuedAt: new Date('2026-05-12T10:30:00.000Z'),
    revision: 1,
    predecessorId: '731204558190',
    previousDoses: [],
    issuer: { name: 'Ministry of Health', logo: null },
    timeZone: 'UTC',
    qr: { svg: qrSvg(qr), millimetres: qr.printMillimetres },
    paper: 'a4',
    variant,
  })
}

test.each(SECOND_LANGUAGES.flatMap((language) => [[language, 'normal'] as const, [language, 'large'] as const]))(
  'labels in %s stand below the English ones and beside no value, %s',
  async (language, variant) => {
    const page = pageIn(language, variant)
    const pdf = await readPdf(await renderer.render(page))
    expect(pdf.pages).toHaveLength(variant === 'large' ? 2 : 1)
    const picture = await pdf.pages[0]!.png(200)
    // To look at: PICTURES=folder.
    if (process.env.PICTURES) {
      mkdirSync(process.env.PICTURES, { recursive: true })
      writeFileSync(join(process.env.PICTURES, `${language}-${variant}.png`), picture)
    }
    expect(await scanQr(picture)).toBe(qrContent)
    for (const { runs } of pdf.pages) {
      expect(Math.max(...runs.map(({ x, width }) => x + width))).toBeLessThanOrEqual(595.3 - MARGIN + 0.5)
      // A label ends before the column of the values begins.
      const column = MARGIN + (variant === 'large' ? 52 : 31) * POINTS_PER_MM
      const labels = runs.filter(({ text, x }) => x < column && SCRIPT[language].test(text) && x > MARGIN - 1)
      const long = labels.filter(({ size }) => size < (variant === 'large' ? 15 : 8.5))
      for (const { x, width } of long) expect(x + width).toBeLessThanOrEqual(column + 0.5)
    }
    const text = pdf.pages.map((one) => one.text).join('')
    expect(text).toMatch(SCRIPT[language])
    expect(text).toContain('Manufacturer')
  },
)

const SCRIPT = {
  hi: /\p{Script=Devanagari}/u,
  si: /\p{Script=Sinhala}/u,
  ta: /\p{Script=Tamil}/u,
  ar: /\p{Script=Arabic}/u,
}
