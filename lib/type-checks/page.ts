/** The page of a type: set once with sample values, in a child process of its own that can be killed. */
import type { TypeVersion } from '@/lib/certificate-types/document'
import type { Setting } from '@/lib/certificates/context'
import { draftQr, REAL } from '@/lib/certificates/draft-credential'
import { pageSettings, printedQr, type Paper, type Variant } from '@/lib/certificates/page'
import { pageOf } from '@/lib/certificates/page-data'
import type { CertificateRecord } from '@/lib/certificates/record'
import { Refusal } from '@/lib/errors'
import { createPdfRenderer, type CertificatePage, type PdfRenderer } from '@/lib/rendering/pdf'
import type { QrCode } from '@/lib/rendering/qr'
import type { Findings } from './finding'
import { sampleRecord, SAMPLE_NUMBER } from './sample'

export const WATERMARK = 'SAMPLE – NOT VALID'
const DEADLINE_MS = 5000

/** Templates of drafts may hang: they get a child of their own, and certificates never wait for them. */
const place = globalThis as typeof globalThis & { errataTrialRenderer?: PdfRenderer }

/** The renderer of drafts. */
export function trialRenderer(): PdfRenderer {
  return (place.errataTrialRenderer ??= createPdfRenderer({ workers: 1, deadlineMs: DEADLINE_MS }))
}

/** Sets the page; what Typst says against it becomes an error of the template. */
export async function checkPage(context: Setting, version: TypeVersion, found: Findings): Promise<void> {
  try {
    await trialRenderer().render(await samplePage(context, version), version.template)
  } catch (error) {
    found.error(['files', version.type.page.template], sentenceOf(error))
  }
}

/** The page of a type with sample values, watermarked; without a code one of the true size, unsigned. */
export async function samplePage(
  context: Setting,
  version: TypeVersion,
  { paper, variant, qr }: { paper?: Paper; variant?: Variant; qr?: QrCode } = {},
): Promise<CertificatePage> {
  const { type } = version
  const record = sampleRecord(type) as unknown as CertificateRecord
  return pageOf({
    ...(await pageSettings(context, version)),
    type,
    record,
    certificateId: SAMPLE_NUMBER,
    issuedAt: context.now(),
    revision: 0,
    predecessorId: null,
    previousDoses: [],
    qr: printedQr(qr ?? draftQr(record, type, context, REAL)),
    paper: paper ?? context.settings.paper,
    variant,
    watermark: WATERMARK,
  })
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refusal && error.code === 'RENDERER_UNAVAILABLE') {
    return `The page was not done within ${DEADLINE_MS / 1000} seconds: the template loops, or does far too much.`
  }
  const message = error instanceof Error ? error.message : String(error)
  return `The page cannot be set. ${message.replace(/^Typst refused the certificate: /, 'Typst says: ')}`.slice(0, 600)
}
