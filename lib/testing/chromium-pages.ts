/**
 * The same page set by Chromium from HTML, as other systems make their certificates, at its best: a browser that runs already, one
 * tab for each core, each with one document in which only what differs is exchanged, and a PDF without tags.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { titleFont, valueFonts } from '@/lib/rendering/fonts.mjs'
import type { CertificatePage } from '@/lib/rendering/pdf'
import { findBrowser } from './browser.mjs'

export interface ChromiumPages {
  /** PDF of the page, set in the tab with this number. */
  render(page: CertificatePage, tab: number): Promise<Uint8Array>
  version: string
  close(): Promise<void>
}

export async function chromiumPages(tabs: number): Promise<ChromiumPages> {
  const folder = mkdtempSync(join(tmpdir(), 'errata-chromium-'))
  const file = join(folder, 'certificate.html')
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><style>${style()}</style><main></main>`)
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) || undefined,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const open = await Promise.all(
    Array.from({ length: tabs }, async () => {
      const tab = await browser.newPage()
      await tab.goto(pathToFileURL(file).href)
      return tab
    }),
  )
  return {
    async render(page, at) {
      const tab = open[at]!
      await tab.evaluate(async (html) => {
        document.querySelector('main')!.innerHTML = html
        await document.fonts.ready
      }, htmlOf(page))
      return tab.pdf({ format: 'A4', printBackground: true })
    },
    version: browser.version(),
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The fonts of our own pages. */
function style(): string {
  const fonts = [...valueFonts(process.cwd()), titleFont(process.cwd())]
  const faces = fonts.flatMap(({ family, files }) =>
    files.map(
      (path, at) =>
        `@font-face { font-family: "${family}"; font-weight: ${at === 0 ? 400 : 600}; src: url("${pathToFileURL(path).href}") }`,
    ),
  )
  const values = fonts.map(({ family }) => `"${family}"`).join(', ')
  return `${faces.join('\n')}
    @page { margin: 19mm }
    body { margin: 0; font: 9.5pt ${values}; color: #1b2430 }
    header { display: flex; align-items: center; gap: 4mm; border-bottom: 0.6pt solid #e4dfd4; padding-bottom: 4mm }
    header svg { height: 12mm; width: 12mm }
    h1 { font: 600 22pt "Source Serif 4", ${values} }
    h2 { font-size: 10pt; color: #1d4f6e; border-bottom: 0.6pt solid #e4dfd4 }
    .body { display: grid; grid-template-columns: 1fr 62mm; gap: 8mm }
    dl { display: grid; grid-template-columns: 31mm 1fr; gap: 3.2mm 4mm }
    dt { font-size: 8pt; color: #4d5867 } dd { margin: 0 }
    .qr svg { width: 100% }`
}

function htmlOf(page: CertificatePage): string {
  const logo = readFileSync(join(process.cwd(), 'lib/certificate-types/VaccinationCertificate/logo.svg'), 'utf8')
  const rows = (pairs: [string, string][]) =>
    `<dl>${pairs.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`
  const sections = page.sections.map(
    ({ title, rows: values }) => `<h2>${escaped(title)}</h2>${rows(values.map(({ label, value }) => [label, value]))}`,
  )
  const facts: [string, string][] = [
    ['Certificate number', page.certificateId],
    ['Date of issue', page.issuedAt],
    ['Version', String(page.version)],
    ['Replaces certificate', page.replaces ?? ''],
    [page.codeLabel, page.code],
  ]
  return `<header>${logo.slice(logo.indexOf('<svg'))}${escaped(page.issuer.name)}</header><h1>${escaped(page.title)}</h1>
    <div class="body"><div>${sections.join('')}</div><div class="qr">${page.qrSvg}${rows(facts)}</div></div>`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one]!)
}
