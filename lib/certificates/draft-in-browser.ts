/** The QR code of what is being typed, drawn in the browser by the same modules that the registry reads and draws with. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { Refusal } from '@/lib/errors'
import { drawQr, qrOutline } from '@/lib/rendering/qr-code'
import { packInBrowser } from '@/lib/rendering/zip-in-browser'
import { qrValue } from '@/lib/rendering/zip-layout'
import type { PreviewAnswer } from './answers'
import type { CredentialSettings } from './credential'
import { draftText } from './draft-text'
import { withDots } from './hidden'
import { withKept } from './kept-parts'
import { normalForm } from './normal-form'
import type { CertificateRecord } from './record'
import { requestSchema } from './schema'

/** What the registry says once about the certificate that drafts are to replace. */
export type DrawingMeans = NonNullable<PreviewAnswer['means']>

/** A code as a page shows it. */
export interface DraftCode {
  /** What the code carries. */
  value: string
  /** Modules of one side, the light border included. */
  side: number
  /** Path of an SVG around the dark areas, in modules. */
  path: string
}

/**
 * Draws drafts of one type that are to replace one certificate. Null for what cannot be read or is too large: why, the
 * registry says.
 */
export function drawingOf(
  type: CertificateType,
  replaced: unknown,
  { form, timeZone, settings, ...rest }: DrawingMeans,
  now = () => new Date(),
): (item: unknown) => DraftCode | null {
  const schema = requestSchema(type, { now, timeZone }, form)
  const means = { ...rest, settings: settings as CredentialSettings }
  return (item) => {
    const read = normalForm(item, type, schema)
    if ('issues' in read) return null
    const record = withDots(withKept(read.record, replaced as CertificateRecord))
    try {
      const qr = drawQr(qrValue(packInBrowser(draftText(record, type, means, now()))))
      return { value: qr.value, ...qrOutline(qr) }
    } catch (error) {
      if (error instanceof Refusal) return null
      throw error
    }
  }
}
