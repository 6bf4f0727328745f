/** What a QR code and a page cost. */
import { pageOf } from '@/lib/certificates/page-data'
import type { CertificateRecord } from '@/lib/certificates/record'
import { requestSchema } from '@/lib/certificates/schema'
import { VACCINATION } from '@/lib/certificate-types/type'
import { aRequest } from '@/lib/testing/builders'
import { printTable, quantile, row, timesOf } from '@/lib/testing/measure'
import { vector } from '@/lib/testing/vectors'
import { createPdfRenderer } from './pdf'
import { drawQr, packCredential, qrPng, qrSvg, qrValue } from './qr'
import { scanQr } from './scan'

const text = vector('scripts.divocdev.rsa').signed
const qr = drawQr(qrValue(packCredential(text)))
const png = qrPng(qr)
const record: CertificateRecord = requestSchema(VACCINATION, { now: () => new Date(), timeZone: 'UTC' }).parse(
  aRequest({ recipient: { name: 'නිමල් පෙරේරා' } }),
)
let pages = 0
/** Another person every time: Typst remembers what it has set before. */
const page = () =>
  pageOf({
    type: VACCINATION,
    record: { ...record, recipient: { ...record.recipient, name: `නිමල් පෙරේරා ${++pages}` } },
    certificateId: String(448086902061 + pages),
    issuedAt: new Date(),
    revision: 1,
    predecessorId: '731204558190',
    previousDoses: [],
    issuer: { name: 'Ministry of Health', logo: null },
    timeZone: 'UTC',
    qr: { svg: qrSvg(qr), millimetres: qr.printMillimetres },
    paper: 'a4',
  })
const renderer = createPdfRenderer({ workers: 2 })
const rows = [
  row('pack and draw the QR code', await timesOf(() => drawQr(qrValue(packCredential(text))))),
  row('QR code as SVG', await timesOf(() => qrSvg(qr))),
  row('QR code as PNG', await timesOf(() => qrPng(qr))),
  row('scan the PNG', await timesOf(() => scanQr(png))),
  row('PDF page, warm', await timesOf(() => renderer.render(page()), 5, 20)),
]
const pairs = await timesOf(() => Promise.all(Array.from({ length: 8 }, () => renderer.render(page()))), 5, 2)
rows.push(['PDF pages, 2 children', '', '', (8000 / quantile(pairs, 0.5)).toFixed(0)])
await renderer.close()
printTable(['step', 'median ms', 'p95 ms', 'per second'], rows)
