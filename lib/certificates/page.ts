/** The page of a certificate: its data from the registry, set as PDF or picture. */
import { readFile } from 'node:fs/promises'
import { VACCINATION } from '@/lib/certificate-types/type'
import { createPdfRenderer, type CertificatePage, type PdfRenderer } from '@/lib/rendering/pdf'
import { drawQr, packCredential, qrSvg, qrValue, type QrCode } from '@/lib/rendering/qr'
import type { Caller } from './caller'
import type { Context } from './context'
import { pageOf, type PageInput } from './page-data'
import { ownCredential } from './read'
import { previousDoses } from './store-read'

export type Paper = CertificatePage['paper']

/** Across the pages of what a sandbox client made. */
export const SANDBOX_WATERMARK = 'TEST – NOT VALID'

/** The certificate as PDF: the same certificate gives the same bytes. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, RENDERER_UNAVAILABLE. */
export async function certificatePdf(
  context: Context,
  caller: Caller,
  certificateId: string,
  { paper = 'a4' }: { paper?: Paper } = {},
): Promise<Uint8Array> {
  return renderer().render(await storedPage(context, caller, certificateId, paper))
}

/** The certificate's pages as SVG pictures. Refusals as `certificatePdf`. */
export async function certificatePictures(
  context: Context,
  caller: Caller,
  certificateId: string,
  { paper = 'a4' }: { paper?: Paper } = {},
): Promise<string[]> {
  return renderer().pictures(await storedPage(context, caller, certificateId, paper))
}

async function storedPage(context: Context, caller: Caller, certificateId: string, paper: Paper) {
  const row = await ownCredential(context, caller, certificateId)
  const qr = drawQr(qrValue(packCredential(row.credential)))
  return pageOf({
    ...(await pageSettings(context)),
    type: VACCINATION,
    record: row.record,
    certificateId,
    issuedAt: row.issuedAt,
    revision: row.revision,
    predecessorId: row.predecessorId,
    previousDoses: await previousDoses(context.db, row),
    qr: printedQr(qr),
    paper,
    ...(row.sandbox ? { watermark: SANDBOX_WATERMARK } : {}),
  })
}

/** What every page of an issuer has in common. */
export async function pageSettings(context: Context): Promise<Pick<PageInput, 'issuer' | 'timeZone'>> {
  const { name, logo, timeZone } = context.settings.issuer
  return { issuer: { name, logo: logo ? await readLogo(logo) : null }, timeZone }
}

/** A QR code as the page draws it. */
export function printedQr(qr: QrCode): PageInput['qr'] {
  return { svg: qrSvg(qr), millimetres: qr.printMillimetres }
}

const kept = globalThis as typeof globalThis & { errataRenderer?: PdfRenderer }

/** The renderer of this process; its child processes start with the first page. */
export function renderer(): PdfRenderer {
  kept.errataRenderer ??= createPdfRenderer()
  return kept.errataRenderer
}

async function readLogo(path: string): Promise<NonNullable<CertificatePage['issuer']['logo']>> {
  const format = path.toLowerCase().endsWith('.svg') ? 'svg' : 'png'
  return { format, base64: (await readFile(path)).toString('base64') }
}
