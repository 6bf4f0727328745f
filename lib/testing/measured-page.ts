/** The page that benchmarks set: a usual certificate in two scripts with its QR code, of another person every time. */
import { pageOf } from '@/lib/certificates/page-data'
import type { CertificateRecord } from '@/lib/certificates/record'
import { requestSchema } from '@/lib/certificates/schema'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import type { CertificatePage } from '@/lib/rendering/pdf'
import { drawQr, packCredential, qrSvg, qrValue } from '@/lib/rendering/qr'
import { aRequest } from './builders'
import { vector } from './vectors'

export const credential = vector('scripts.divocdev.rsa').signed
const qr = drawQr(qrValue(packCredential(credential)))
const record: CertificateRecord = requestSchema(VACCINATION, { now: () => new Date(), timeZone: 'UTC' }).parse(
  aRequest({ recipient: { name: 'නිමල් පෙරේරා' } }),
)
let pages = 0

/** Another person every time: Typst remembers what it has set before. */
export function measuredPage(): CertificatePage {
  return pageOf({
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
}
