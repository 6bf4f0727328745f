/** The preview of a correction: what QR code and page would become of a draft. Nothing is signed, nothing is written. */
import { publishedVersion } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import type { CertificatePage } from '@/lib/rendering/pdf'
import type { PreviewAnswer } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { withKept } from './kept-parts'
import { changesBetween } from './diff'
import { draftMeans, draftQr, REAL, refuseUnfit, type CredentialKind } from './draft-credential'
import { pageSettings, printedQr, renderer, type Paper } from './page'
import { pageOf } from './page-data'
import { personOf } from './person'
import { qrOutline } from '@/lib/rendering/qr'
import { withDots } from './hidden'
import { maskFor } from './masks'
import { readableCredential } from './read'
import { readItem } from './read-items'
import { reasonsAhead } from './requests'
import { previousDoses } from './store-read'
import { wholeDraft } from './whole-draft'

const WATERMARK = 'PREVIEW – NOT VALID'

export interface PreviewRequest {
  /** The draft, as it would be sent to PUT /v3/certificate. */
  item: unknown
  /** The certificate that the draft is to replace. */
  certificateId?: string
  /** Name of the certificate type of a draft that replaces nothing. */
  type?: string
  paper?: Paper
  /** Which forms of the page are wanted; both without it. With none of them only the QR code is made, which is soon there. */
  want?: ('pdf' | 'pictures' | 'means')[]
}

/**
 * QR code, page and differences of a draft. What is hidden from the person stays hidden in them: only the size of the QR code
 * is that of the whole. Throws a Refusal that names the field when the draft cannot become a certificate. Once `gone` says
 * that nobody waits for the answer any more, no page is set.
 */
export async function preview(
  context: Context,
  caller: Caller,
  request: PreviewRequest,
  gone?: AbortSignal,
): Promise<PreviewAnswer> {
  const replaced = request.certificateId ? await readableCredential(context, caller, request.certificateId) : null
  const inForce = await publishedVersion(context, replaced?.type ?? request.type)
  const { type, template } = inForce
  const read = readItem(request.item, type, context)
  if ('issues' in read) {
    refuseUnfit(read.issues)
    throw new Error('An item that cannot be read has at least one issue.')
  }
  const whole = replaced ? wholeDraft(context, caller, read, replaced.record, type) : read
  const given = replaced ? withKept(read.record, replaced.record) : read.record
  const record = withDots(given)
  const mask = replaced && maskFor(context, caller, { ...replaced.record, type: type.name, sandbox: replaced.sandbox })
  const found = replaced ? changesBetween(replaced.record, withKept(whole.record, replaced.record), type) : []
  const changes = mask ? mask.changes(found) : found
  const kind = { form: replaced?.form ?? REAL.form, sandbox: caller.sandbox }
  const qr = draftQr(record, type, context, kind)
  const size =
    replaced && whole.record !== read.record
      ? draftQr(withKept(whole.record, replaced.record), type, context, kind)
      : qr
  const want = new Set(request.want ?? ['pdf', 'pictures'])
  const pageWith = async () => {
    const [ofIssuer, doses] = await Promise.all([
      pageSettings(context, inForce),
      replaced ? previousDoses(context.db, { ...replaced, record, issuedAt: context.now() }, type) : [],
    ])
    return pageOf({
      ...ofIssuer,
      type,
      record,
      certificateId: 'PREVIEW',
      issuedAt: context.now(),
      revision: replaced ? replaced.revision + 1 : 0,
      predecessorId: replaced?.certificateId ?? null,
      previousDoses: doses,
      qr: printedQr(qr),
      paper: request.paper ?? context.settings.paper,
      changed: new Set(changes.map((change) => change.path)),
      watermark: WATERMARK,
    })
  }
  const set = async <T>(form: 'pdf' | 'pictures', draw: (page: CertificatePage) => Promise<T>, none: T): Promise<T> => {
    if (!want.has(form)) return none
    const page = await pageWith()
    return gone?.aborted ? none : draw(page)
  }
  const [pdf, pictures, approval] = await Promise.all([
    set<Uint8Array | null>('pdf', (page) => renderer().render(page, template), null),
    set<string[]>('pictures', (page) => renderer().pictures(page, template), []),
    replaced ? reasonsAhead(context, caller, type, replaced.certificateId, personOf(record, type)) : [],
  ])
  const { version, ecc, bytes, printMillimetres } = size
  return {
    qr: { value: qr.value, ...qrOutline(qr), version, ecc, bytes, printMillimetres },
    pdf: pdf && Buffer.from(pdf).toString('base64'),
    pictures,
    changes,
    approval,
    warnings: whole.warnings,
    ...(want.has('means') ? { means: meansFor(type, context, kind) } : {}),
  }
}

/** What a browser draws the QR codes of further drafts with. */
function meansFor(type: CertificateType, context: Context, kind: CredentialKind): PreviewAnswer['means'] {
  return { ...draftMeans(type, context, kind), form: kind.form, timeZone: context.settings.issuer.timeZone }
}
