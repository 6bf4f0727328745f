/** What a QR code and a page cost, and how many pages a second Chromium makes of the same certificate on the same cores. */
import { chromiumPages } from '@/lib/testing/chromium-pages'
import { credential, measuredPage } from '@/lib/testing/measured-page'
import { printTable, row, timesOf } from '@/lib/testing/measure'
import { coresForUs } from './cores'
import { createPdfRenderer, type CertificatePage } from './pdf'
import { drawQr, packCredential, qrPng, qrSvg, qrValue } from './qr'
import { scanQr } from './scan'

const SECONDS = 8

const qr = drawQr(qrValue(packCredential(credential)))
const png = qrPng(qr)
const renderer = createPdfRenderer()
printTable(
  ['step', 'median ms', 'p95 ms', 'per second'],
  [
    row('pack and draw the QR code', await timesOf(() => drawQr(qrValue(packCredential(credential))))),
    row('QR code as SVG', await timesOf(() => qrSvg(qr))),
    row('QR code as PNG', await timesOf(() => qrPng(qr))),
    row('QR picture from the credential', await timesOf(() => qrPng(drawQr(qrValue(packCredential(credential)))))),
    row('scan the PNG', await timesOf(() => scanQr(png))),
    row('PDF page, warm', await timesOf(() => renderer.render(measuredPage()), SECONDS, 40)),
  ],
)

const cores = coresForUs()
const chromium = await chromiumPages(cores)
// In turns: what else the machine does meets both.
const rates = { typst: [] as number[], chromium: [] as number[], one: [] as number[] }
for (let turn = 0; turn < 3; turn++) {
  rates.typst.push(await perSecond(cores, (page) => renderer.render(page)))
  rates.chromium.push(await perSecond(cores, (page, at) => chromium.render(page, at)))
  rates.one.push(await perSecond(1, (page, at) => chromium.render(page, at)))
}
await chromium.close()
await renderer.close()
const typst = median(rates.typst)
const best = Math.max(median(rates.chromium), median(rates.one))
console.log('')
printTable(
  [`pages on ${cores} cores`, 'per second', "times Chromium's best"],
  [
    [`Typst, ${cores} processes, tagged PDF/UA-1`, typst.toFixed(1), (typst / best).toFixed(1)],
    [`Chromium ${chromium.version}, ${cores} tabs kept open`, median(rates.chromium).toFixed(1), ''],
    [`Chromium ${chromium.version}, one tab kept open`, median(rates.one).toFixed(1), ''],
  ],
)

/** So many at work, each with its next page as soon as it has one. */
async function perSecond(atOnce: number, set: (page: CertificatePage, at: number) => Promise<Uint8Array>) {
  await Promise.all(Array.from({ length: atOnce }, (_, at) => set(measuredPage(), at)))
  const began = performance.now()
  let pages = 0
  await Promise.all(
    Array.from({ length: atOnce }, async (_, at) => {
      while (performance.now() - began < SECONDS * 500) {
        await set(measuredPage(), at)
        pages++
      }
    }),
  )
  return (pages * 1000) / (performance.now() - began)
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!
}
