/** The credential that a record would become: for previews, and to know at the door whether it fits a QR code. */
import { formOf, type CertificateType, type Form } from '@/lib/certificate-types/type'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import { drawQr, packCredential, qrValue, ROOM_FOR_DRAFT, type QrCode } from '@/lib/rendering/qr'
import { sandboxKeyName } from '@/lib/signing/sandbox'
import type { Setting } from './context'
import { draftText as textOfDraft, type DraftMeans } from './draft-text'
import { valueAt, type CertificateRecord } from './record'
import { pointer } from './schema'

/** No deflated text grows beyond this when its zip is written as UTF-8, so shorter ones need no try. */
const SURELY_FITS = 1250

/** Which credential a record is to become. */
export interface CredentialKind {
  form: Form
  /** Signed with the test key, whose name is longer. */
  sandbox: boolean
}

/** What a request on the screens and of /v3 becomes. */
export const REAL: CredentialKind = { form: 'certifyV3', sandbox: false }

/** The QR code of a draft: of its true size, never signed, recognised as a preview by the verify page. */
export function draftQr(
  record: CertificateRecord,
  type: CertificateType,
  context: Setting,
  kind: CredentialKind,
): QrCode {
  return drawQr(qrValue(packCredential(draftText(record, type, context, kind))))
}

/** Bytes that the QR code of a draft carries. */
export function draftBytes(
  record: CertificateRecord,
  type: CertificateType,
  context: Setting,
  kind: CredentialKind,
): number {
  return Buffer.byteLength(qrValue(packCredential(draftText(record, type, context, kind))))
}

/** An issue for a record whose credential cannot fit a QR code, with the sizes of its longest values. */
export function checkFitsQr(
  record: CertificateRecord,
  type: CertificateType,
  context: Setting,
  kind: CredentialKind,
): Omit<RefusalDetail, 'index'>[] {
  const text = draftText(record, type, context, kind)
  if (Buffer.byteLength(text) <= SURELY_FITS) return []
  const bytes = Buffer.byteLength(qrValue(packCredential(text)))
  if (bytes <= ROOM_FOR_DRAFT) return []
  const longest = type.sections
    .flatMap((section) => section.fields)
    .map((field) => ({ field, size: Buffer.byteLength(String(valueAt(record, field.path) ?? '')) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 3)
  const sizes = longest.map(({ field, size }) => `${field.label} ${size} bytes`).join(', ')
  return [
    {
      path: pointer(longest[0]!.field.path.split('.')),
      code: 'TOO_LARGE_FOR_QR',
      message: `The certificate needs ${bytes} bytes, but a QR code has room for ${ROOM_FOR_DRAFT}. Longest: ${sizes}.`,
    },
  ]
}

function draftText(record: CertificateRecord, type: CertificateType, context: Setting, kind: CredentialKind): string {
  return textOfDraft(record, type, draftMeans(type, context, kind), context.now())
}

/** What the credential of a draft is made with. */
export function draftMeans(
  type: CertificateType,
  { settings: { credential, signing, certificateIdDigits } }: Pick<Setting, 'settings'>,
  { form, sandbox }: CredentialKind,
): DraftMeans {
  return {
    template: formOf(type, form).credential,
    settings: credential,
    keyType: signing.keyType,
    keyName: sandbox ? sandboxKeyName(credential.did) : credential.did,
    certificateIdDigits,
  }
}

/** Refuses a draft that cannot be drawn, naming the field. */
export function refuseUnfit(issues: Omit<RefusalDetail, 'index'>[]): void {
  const first = issues[0]
  if (first)
    throw new Refusal(
      first.code,
      first.message,
      issues.map((issue) => ({ index: 0, ...issue })),
    )
}
