/** The QR code of a certificate as a picture: drawn once for all who ask this process for it, in whatever page it stands. */
import { keptCodes, type KeptCodes, type PrintedCode } from '@/lib/rendering/kept-codes'
import type { Caller } from './caller'
import type { Context } from './context'
import { documentOf, type ReadableRow } from './read'

/** As SVG. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, REVEAL_REQUIRED. */
export async function certificateQrSvg(context: Context, caller: Caller, certificateId: string): Promise<string> {
  const row = await documentOf(context, caller, certificateId)
  return (await printedCode(row)).svg
}

/** As PNG. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, REVEAL_REQUIRED. */
export async function certificateQrPng(context: Context, caller: Caller, certificateId: string): Promise<Uint8Array> {
  const { credential } = await documentOf(context, caller, certificateId)
  return codes().png(credential)
}

/** As the page of the certificate draws it. */
export function printedCode({ credential }: Pick<ReadableRow, 'credential'>): Promise<PrintedCode> {
  return codes().svg(credential)
}

const kept = globalThis as typeof globalThis & { errataKeptCodes?: KeptCodes }

/** One for the process: bundles of pages and routes have their own copies of this file. */
function codes(): KeptCodes {
  kept.errataKeptCodes ??= keptCodes()
  return kept.errataKeptCodes
}
