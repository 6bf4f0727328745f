/** The page of a certificate: its data from the registry, set as PDF or picture. */
import { readFile } from 'node:fs/promises'
import { typeVersion } from '@/lib/certificate-types/live'
import type { TypeVersion } from '@/lib/certificate-types/document'
import { Refusal } from '@/lib/errors'
import { keptPages } from '@/lib/rendering/kept-pages'
import { createPdfRenderer, type CertificatePage, type PdfRenderer } from '@/lib/rendering/pdf'
import { withPrintSettings } from '@/lib/rendering/print-settings'
import { qrSvg, type QrCode } from '@/lib/rendering/qr'
import type { Caller } from './caller'
import type { Context } from './context'
import { pageOf, type PageInput } from './page-data'
import { withDots } from './hidden'
import { maskFor } from './masks'
import { printedCode } from './qr-pictures'
import { documentOf } from './read'
import { printRunOf } from './store-print'
import { previousDoses, type CredentialRow } from './store-read'

export type Paper = CertificatePage['paper']
export type Variant = CertificatePage['variant']

/** Across the pages of what a sandbox client made. */
export const SANDBOX_WATERMARK = 'TEST – NOT VALID'

export interface PageChoice {
  /** Without it the installation's. */
  paper?: Paper
  /** Usual size without it. */
  variant?: Variant
  /** A counted print run of this certificate: its copies say who printed them, and the print window is told how many. */
  printId?: string
}

/**
 * The certificate as PDF: the same certificate and choice give the same bytes. Refusals: NOT_FOUND (also for a print run
 * of another certificate), NOT_YOUR_FACILITY, RENDERER_UNAVAILABLE.
 */
export async function certificatePdf(
  context: Context,
  caller: Caller,
  certificateId: string,
  choice: PageChoice = {},
): Promise<Uint8Array> {
  const row = await documentOf(context, caller, certificateId)
  const version = await typeVersion(context, row.type, row.typeVersion)
  const { template } = version
  if (choice.printId === undefined)
    return keptRenderer().render(await storedPage(context, row, version, choice), template)
  const run = await printRunOf(context.db, certificateId, choice.printId)
  if (!run) throw new Refusal('NOT_FOUND', 'There is no such print run of this certificate.')
  const { actorName: name, facilityName: facility, at, copies } = run
  const page = await storedPage(context, row, version, choice, { facility, name, at })
  return withPrintSettings(await keptRenderer().render(page, template), copies)
}

/**
 * The certificate's pages as SVG pictures. They stand on screens: what is hidden from a person there is dots in them, too,
 * until it is revealed. Refusals as `certificatePdf`.
 */
export async function certificatePictures(
  context: Context,
  caller: Caller,
  certificateId: string,
  choice: PageChoice = {},
): Promise<string[]> {
  const found = await documentOf(context, caller, certificateId)
  const { preEnrollmentCode } = found.record
  const mask = found.revealed
    ? null
    : maskFor(context, caller, { type: found.type, preEnrollmentCode, sandbox: found.sandbox })
  const row = mask ? { ...found, record: withDots(mask.record(found.record)) } : found
  const version = await typeVersion(context, row.type, row.typeVersion)
  return keptRenderer().pictures(await storedPage(context, row, version, choice), version.template)
}

async function storedPage(
  context: Context,
  row: CredentialRow,
  version: TypeVersion,
  { paper = context.settings.paper, variant }: PageChoice,
  printed?: PageInput['printed'],
) {
  return pageOf({
    ...(await pageSettings(context, version)),
    type: version.type,
    record: row.record,
    certificateId: row.certificateId,
    issuedAt: row.issuedAt,
    revision: row.revision,
    predecessorId: row.predecessorId,
    previousDoses: await previousDoses(context.db, row, version.type),
    qr: await printedCode(row),
    paper,
    variant,
    printed,
    ...(row.sandbox ? { watermark: SANDBOX_WATERMARK } : {}),
  })
}

/** What every page of an issuer has in common; the logo of the type comes before the installation's. */
export async function pageSettings(
  context: Pick<Context, 'settings'>,
  { type, files }: Pick<TypeVersion, 'type' | 'files'>,
): Promise<Pick<PageInput, 'issuer' | 'timeZone'>> {
  const { name, logo, timeZone } = context.settings.issuer
  const own = type.page.logo
  if (own !== undefined) return { issuer: { name, logo: logoOf(own, files.get(own)!) }, timeZone }
  return { issuer: { name, logo: logo ? logoOf(logo, await readFile(logo)) : null }, timeZone }
}

/** A QR code as the page draws it. */
export function printedQr(qr: QrCode): PageInput['qr'] {
  return { svg: qrSvg(qr), millimetres: qr.printMillimetres }
}

const kept = globalThis as typeof globalThis & {
  errataRenderer?: PdfRenderer
  errataKeptPages?: ReturnType<typeof keptPages>
}

/** The renderer of this process; its child processes start with the first page. */
export function renderer(): PdfRenderer {
  kept.errataRenderer ??= createPdfRenderer()
  return kept.errataRenderer
}

/** The same for what is issued: an unchanged certificate is set once. */
function keptRenderer(): ReturnType<typeof keptPages> {
  kept.errataKeptPages ??= keptPages(renderer())
  return kept.errataKeptPages
}

function logoOf(name: string, content: Buffer): NonNullable<CertificatePage['issuer']['logo']> {
  return { format: name.toLowerCase().endsWith('.svg') ? 'svg' : 'png', base64: content.toString('base64') }
}
