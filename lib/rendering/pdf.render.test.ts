import { afterAll, describe, expect, test } from 'vitest'
import { certificatePage, pageWith, qrContent, scripts } from '@/lib/testing/certificate-page'
import { readPdf } from '@/lib/testing/read-pdf'
import { createPdfRenderer } from './pdf'
import { scanQr } from './scan'

const renderer = createPdfRenderer({ workers: 1 })
afterAll(() => renderer.close())

const preview = { watermark: 'PREVIEW – NOT VALID' }

test('the same page gives the same bytes, in this child and in another', async () => {
  const other = createPdfRenderer({ workers: 1 })
  const [first, second] = [await renderer.render(certificatePage()), await renderer.render(certificatePage())]
  expect(Buffer.compare(first, second)).toBe(0)
  expect(Buffer.compare(first, await other.render(certificatePage()))).toBe(0)
  await other.close()
})

test('the document is tagged PDF/UA-1 with language, title, author and the date of issue', async () => {
  const bytes = await renderer.render(certificatePage({ language: 'si-LK' }))
  const pdf = await readPdf(bytes)
  expect(pdf.tagged).toBe(true)
  expect(pdf.info).toMatchObject({
    Language: 'si-LK',
    Title: 'Certificate of vaccination',
    Author: 'Ministry of Health',
    CreationDate: 'D:20211017131000Z',
  })
  expect(Buffer.from(bytes).toString('latin1')).toContain('pdfuaid:part')
  expect(pdf.pages[0]!.roles).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD']))
  expect(pdf.pages[0]!.roles).toContain('Figure: QR code that holds the signed certificate')
})

test('a usual certificate is one page with its numbers in groups of three', async () => {
  const pdf = await readPdf(await renderer.render(certificatePage()))
  expect(pdf.pages).toHaveLength(1)
  const text = pdf.pages[0]!.text.replaceAll('\u00a0', ' ')
  for (const part of ['771 204 558 190', '448 086 902 061', '310 458 871 236', '987456126', '17 October 2021']) {
    expect(text).toContain(part)
  }
})

test.each(['a4', 'us-letter'] as const)('the printed code on %s scans back to its content', async (paper) => {
  const pdf = await readPdf(await renderer.render(certificatePage({ paper })))
  expect(await scanQr(await pdf.pages[0]!.png(200))).toBe(qrContent)
})

test.each(Object.entries(scripts))('a name in %s is set with glyphs for all of it', async (_, name) => {
  const pdf = await readPdf(await renderer.render(pageWith({ Name: name, Address: `${name}, 12` })))
  expect(pdf.pages).toHaveLength(1)
})

test('right-to-left values are read from the right, and their numbers from the left', async () => {
  const pdf = await readPdf(await renderer.render(pageWith({ Name: 'x', Address: 'شارع 4512' })))
  const runs = pdf.pages[0]!.runs
  const street = runs.find((run) => /\p{Script=Arabic}/u.test(run.text))!
  expect(runs.find((run) => run.text.includes('4512'))!.x).toBeLessThan(street.x + street.width)
  expect(street.x).toBeGreaterThan(runs.find((run) => run.text.includes('4512'))!.x)
})

test.each([
  '#eval("1")',
  '"; import "x": *',
  'back\\slash \\" \\u{41}',
  '$x^2$ *bold* _it_ `raw` // no comment',
  '<label> @ref [content] {code}',
  '{"name":"json"}',
])('%s stands on the page as it was written', async (value) => {
  const pdf = await readPdf(await renderer.render(pageWith({ Name: 'Ana', Vaccinator: value })))
  expect(pdf.pages[0]!.text).toContain(value)
})

test('a line feed in a value breaks the line and nothing else', async () => {
  const pdf = await readPdf(await renderer.render(pageWith({ Name: 'Ana', Address: 'First\nSecond' })))
  const [first, second] = ['First', 'Second'].map((text) => pdf.pages[0]!.runs.find((run) => run.text === text)!)
  expect(second!.x).toBe(first!.x)
  expect(second!.y).toBeLessThan(first!.y)
})

describe.each([
  ['a name', (value: string) => pageWith({ Name: value })],
  ['a value', (value: string) => pageWith({ Name: 'Ana', Identity: value })],
])('%s of 1,000 characters without a space', (_, page) => {
  test.each(['X', 'ක', 'م', 'ก', 'W/'])('in %s wraps beside the QR code', async (letter) => {
    const pdf = await readPdf(await renderer.render(page(letter.repeat(1000 / letter.length))))
    const label = pdf.pages[0]!.runs.find((run) => run.text === 'Pre-enrollment code')!
    const top = pdf.pages[0]!.runs.find((run) => run.text === 'Recipient')!.y
    const beside = pdf.pages[0]!.runs.filter((run) => run.y <= top && run.x < label.x && run.y > 60)
    expect(beside.length).toBeGreaterThan(5)
    expect(Math.max(...beside.map((run) => run.x + run.width))).toBeLessThan(label.x)
    if (letter !== 'م')
      expect(pdf.pages.map((read) => read.text.replaceAll(/\s/g, '')).join('')).toContain(letter.repeat(20))
  })
})

test('what does not fit flows to a second page that names the certificate', async () => {
  const doses = Array.from({ length: 30 }, (_, at) => ({ ...certificatePage().doses[0]!, dose: `${at + 1} of 30` }))
  const pdf = await readPdf(await renderer.render(certificatePage({ doses, ...preview })))
  expect(pdf.pages).toHaveLength(2)
  for (const part of ['Certificate of vaccination', 'PREVIEW – NOT VALID', '30 of 30', 'Page 2 of 2']) {
    expect(pdf.pages[1]!.text).toContain(part)
  }
})

test('more than four pages are refused', async () => {
  const doses = Array.from({ length: 300 }, () => certificatePage().doses[0]!)
  await expect(renderer.render(certificatePage({ doses }))).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
})

test('a preview says so where a screen reader hears it, and its code stays readable', async () => {
  const pdf = await readPdf(await renderer.render(certificatePage(preview)))
  expect(pdf.pages[0]!.runs.some((run) => run.text === 'PREVIEW – NOT VALID')).toBe(true)
  expect(await scanQr(await pdf.pages[0]!.png(200))).toBe(qrContent)
})

test('a character without glyph is refused by name', async () => {
  const refused = renderer.render(pageWith({ Name: 'Ana 😀' }))
  await expect(refused).rejects.toMatchObject({ code: 'UNSUPPORTED_CHARACTER', message: expect.stringContaining('😀') })
  await expect(renderer.render(pageWith({ Name: 'A\u0007' }))).rejects.toMatchObject({ code: 'UNSUPPORTED_CHARACTER' })
})

test.each([
  'ක\u0301',
  'م\u0327',
  'a\u0dcf',
  'ก\u093f',
  '\u200d',
  '\u0e33',
  'አ\u0302\u0302',
  '\u202f\ufe0f',
  'ක\u200d\u0dca',
  '',
])('letters that do not belong together (%j) are drawn or refused, never an error of ours', async (name) => {
  const answer = await renderer.render(pageWith({ Name: `${name}x`, Address: name })).catch((error) => error)
  expect(answer instanceof Uint8Array || answer.code === 'UNSUPPORTED_CHARACTER').toBe(true)
})

test('a long pre-enrollment code and an 18-digit number stay in the column of the QR code', async () => {
  const page = certificatePage({ code: 'PRE-ENROLLMENT-2021-000123-ABCDEFGH', certificateId: '771204558190123456' })
  const pdf = await readPdf(await renderer.render({ ...page, qrMillimetres: 35 }))
  const right = Math.max(...pdf.pages[0]!.runs.map((run) => run.x + run.width))
  expect(right).toBeLessThanOrEqual(595.28 - (19 / 25.4) * 72 + 1)
})

test('logos of the issuer are drawn from SVG and PNG', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"><rect width="90" height="10"/></svg>'
  const png = await (await readPdf(await renderer.render(certificatePage()))).pages[0]!.png(20)
  for (const logo of [
    { format: 'svg' as const, base64: Buffer.from(svg).toString('base64') },
    { format: 'png' as const, base64: Buffer.from(png).toString('base64') },
  ]) {
    const pdf = await readPdf(await renderer.render(certificatePage({ issuer: { name: 'Health Office', logo } })))
    expect(pdf.pages[0]!.roles).toContain('Figure: Logo of Health Office')
  }
})

// Texts of complex scripts are stored in two ways that look the same, so the picture decides.
test('both engines draw the same page, pixel by pixel and tag by tag', async () => {
  const wasm = createPdfRenderer({ workers: 1, engine: 'wasm', deadlineMs: 60_000 })
  const native = createPdfRenderer({ workers: 1, engine: 'native', deadlineMs: 60_000 })
  for (const page of [certificatePage(preview), pageWith(scripts)]) {
    const [one, other] = [await readPdf(await native.render(page)), await readPdf(await wasm.render(page))]
    expect(other.info).toEqual(one.info)
    expect(other.pages[0]!.roles).toEqual(one.pages[0]!.roles)
    expect(Buffer.compare(await other.pages[0]!.png(100), await one.pages[0]!.png(100))).toBe(0)
  }
  await Promise.all([wasm.close(), native.close()])
})

test('the picture for the screen is one SVG of all pages, drawn from outlines without any text to select or script to run', async () => {
  const renderer = createPdfRenderer({ workers: 1 })
  try {
    const [picture] = await renderer.pictures(certificatePage())
    expect(picture).toMatch(/^<svg /)
    expect(picture).not.toMatch(/<script|<text|<foreignObject/)
  } finally {
    await renderer.close()
  }
})
