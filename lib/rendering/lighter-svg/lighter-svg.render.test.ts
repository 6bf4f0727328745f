/** What Typst drew and what is made of it, side by side in a browser. */
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { decode } from 'fast-png'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrowser } from '@/lib/testing/browser.mjs'
import { certificatePage, pageWith, scripts } from '@/lib/testing/certificate-page'
import { privateFamily } from '../font-names.mjs'
import { titleFont, valueFonts } from '../fonts.mjs'
import type { CertificatePage } from '../pdf'
import { loadTypst } from '../typst-engines.mjs'
import { lighterSvg } from './lighter-svg.mjs'

/** Where the edge of a letter is smoothed, two ways of drawing it differ by up to so much of 255; a letter that is missing by far more. */
const SMOOTHED = 80
const SIZE = { width: 900, height: 1273 }

const root = process.cwd()
const [values, title] = [valueFonts(root), titleFont(root)]
const families = {
  valueFamilies: values.map(({ family }) => privateFamily(family)),
  titleFamilies: [title, ...values].map(({ family }) => privateFamily(family)),
}
let typst: Awaited<ReturnType<typeof loadTypst>>
let browser: Browser

beforeAll(async () => {
  const fonts = [...values, title].flatMap(({ files }) => files)
  typst = await loadTypst({
    root,
    folder: join(root, 'lib/certificate-types/VaccinationCertificate'),
    fonts,
    engine: 'native',
  })
  browser = await chromium.launch({
    executablePath: (await findBrowser()) || undefined,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}, 60_000)
afterAll(() => browser?.close())

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 10"><rect width="90" height="10" fill="red"/></svg>'
const logo = { format: 'svg' as const, base64: Buffer.from(svg).toString('base64') }

test.each<[string, CertificatePage]>([
  ['a usual certificate', certificatePage()],
  ['names in every script', pageWith(scripts)],
  ['a name in Sinhala', pageWith({ Name: scripts.Sinhala })],
  ['a name in Arabic', pageWith({ Name: scripts.Arabic })],
  ['a preview with its watermark', certificatePage({ watermark: 'PREVIEW – NOT VALID' })],
  ['large print', certificatePage({ variant: 'large', watermark: 'TEST – NOT VALID' })],
  ['a logo', certificatePage({ issuer: { name: 'Health Office', logo } })],
])('%s looks the same and is much smaller', { timeout: 60_000 }, async (_, page) => {
  const maximumPages = page.variant === 'large' ? 10 : 4
  const logoInput = page.issuer.logo && { format: 'svg', bytes: svg }
  const input = { ...page, issuer: { ...page.issuer, logo: logoInput }, region: null, maximumPages, ...families }
  const drawn = typst.draw(JSON.stringify(input), 'certificate.typ')!
  const lighter = lighterSvg(drawn)
  expect(lighter.length).toBeLessThan(drawn.length * 0.75)
  expect(lighter.match(/<\w/g)!.length).toBeLessThan(drawn.match(/<\w/g)!.length / 4)
  expect(lighter).not.toContain('<use')
  expect(await differing(drawn, lighter)).toBe(0)
})

/** What an implementer may write and no shipped template has. */
const OTHER = `
#set page(width: 300pt, height: 424pt, margin: 20pt)
#set text(font: json(bytes(sys.inputs.page)).valueFamilies, size: 14pt)
Plain, #text(fill: gradient.linear(red, blue))[in a gradient], #text(stroke: 0.4pt + red)[with a stroke],
#text(fill: rgb(200, 0, 0, 90), tracking: -6pt, size: 30pt)[Through each other]
#rotate(30deg)[Turned] #scale(x: 180%, y: 60%)[Wide] #skew(ax: -20deg)[Leaning] #scale(x: -100%)[Mirrored]
#box(clip: true, radius: 8pt, width: 60pt, height: 20pt, fill: yellow)[Cut off at the edge of a box]
#rect(fill: gradient.radial(green, white), width: 100pt, height: 30pt)[On a gradient]
#rect(fill: tiling(size: (10pt, 10pt))[#text(size: 6pt)[ab]], width: 100pt, height: 30pt)
#link("https://e.example/")[A link] #underline[underlined] #highlight[marked] $integral_0^1 x^2 dif x$
#image(bytes(\`${svg}\`.text), width: 40pt) #table(columns: 2, stroke: (dash: "dashed"), [a], [b])
شارع ٤٥ ශ්‍රී ලංකා #text(fill: cmyk(0%, 80%, 20%, 10%))[other inks] #polygon(fill: blue, (0pt, 0pt), (20pt, 4pt), (6pt, 20pt))
`

test('a template with gradients, strokes, clips, links, tilings and what is turned looks the same', async () => {
  typst.use([['certificate.typ', Buffer.from(OTHER)]])
  try {
    const drawn = typst.draw(JSON.stringify(families), 'certificate.typ')!
    const lighter = lighterSvg(drawn)
    expect(lighter.length).toBeLessThan(drawn.length)
    for (const kept of ['Gradient', 'clip-path=', '<pattern', '<image'])
      expect([kept, lighter.split(kept).length]).toEqual([kept, drawn.split(kept).length])
    expect(await differing(drawn, lighter)).toBe(0)
  } finally {
    typst.use(null)
  }
}, 60_000)

test('one letter that is missing would be seen', async () => {
  const page = (name: string) => ({ ...pageWith({ Name: name }), region: null, maximumPages: 4, ...families })
  const picture = (name: string) => lighterSvg(typst.draw(JSON.stringify(page(name)), 'certificate.typ')!)
  expect(await differing(picture('Ana Maria'), picture('Ana Mari'))).toBeGreaterThan(100)
}, 60_000)

/** How many values of pixels differ by more than edges may. */
async function differing(one: string, other: string): Promise<number> {
  const [a, b] = [await pixels(one), await pixels(other)]
  // Nothing compared with nothing would say nothing.
  expect(a).toHaveLength(b.length)
  expect(new Set(Array.from(a)).size).toBeGreaterThan(50)
  let seen = 0
  for (let at = 0; at < a.length; at++) if (Math.abs(a[at]! - b[at]!) > SMOOTHED) seen++
  return seen
}

async function pixels(svg: string): Promise<ArrayLike<number>> {
  const page = await browser.newPage({ viewport: SIZE })
  try {
    await page.setContent('<body style="margin:0"><img decoding="sync" style="width:100vw;display:block">')
    await page.evaluate(async (svg) => {
      const image = document.querySelector('img')!
      image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
      await image.decode()
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    }, svg)
    return decode(await page.screenshot({ fullPage: true })).data
  } finally {
    await page.close()
  }
}
