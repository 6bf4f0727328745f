/** DIVOC's addresses for the newest certificate of a code. */
import { latestCertificateId } from '@/lib/certificates/read'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'
import { pdf, qrPicture } from './certificate'

/** GET certificatePDF/{preEnrollmentCode}. */
export async function latestPdf({ context, caller, params, query }: Input<typeof contract.latestPdf>): Promise<Reply> {
  return pdf(context, caller, await latestCertificateId(context, caller, params.preEnrollmentCode), query)
}

/** HEAD of the same: is there one? Nothing is drawn for it. */
export async function latestPdfHead({ context, caller, params }: Input<typeof contract.latestPdfHead>): Promise<Reply> {
  await latestCertificateId(context, caller, params.preEnrollmentCode)
  return new Reply({ type: 'application/pdf', body: null })
}

/** GET certificateQRCode/{preEnrollmentCode}. */
export async function latestQr({ context, caller, params }: Input<typeof contract.latestQr>): Promise<Reply> {
  return qrPicture(context, caller, await latestCertificateId(context, caller, params.preEnrollmentCode))
}
