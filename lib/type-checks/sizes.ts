/** What a QR code of a type holds: with usual values, and with every value as long as it may be. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Setting } from '@/lib/certificates/context'
import { draftBytes, REAL } from '@/lib/certificates/draft-credential'
import { valueAt, type CertificateRecord } from '@/lib/certificates/record'
import { ROOM_FOR_DRAFT } from '@/lib/rendering/qr'
import type { Findings } from './finding'
import { sampleRecord } from './sample'

/** In bytes. */
export interface Sizes {
  usual: number
  longest: number
  room: number
}

/** Measures both; a warning says which values make it too large. A usual certificate that does not fit is an error. */
export function sizesOf(type: CertificateType, context: Setting, found: Findings): Sizes {
  const measured = (longest: boolean) =>
    draftBytes(sampleRecord(type, { longest }) as unknown as CertificateRecord, type, context, REAL)
  const sizes = { usual: measured(false), longest: measured(true), room: ROOM_FOR_DRAFT }
  const { usual, longest, room } = sizes
  if (usual > room) {
    found.error(
      '/forms/certifyV3/credential',
      `A usual certificate needs ${usual} bytes, but a QR code has room for ${room}.`,
    )
  } else if (longest > room) {
    const record = sampleRecord(type, { longest: true })
    const largest = fieldsOf(type)
      .map((field) => ({ field, size: Buffer.byteLength(String(valueAt(record, field.path) ?? '')) }))
      .sort((a, b) => b.size - a.size)
      .slice(0, 5)
      .map(({ field, size }) => `${field.label} ${size}`)
    found.warn(
      '/sections',
      `With every value as long as it may be a certificate needs ${longest} bytes, but a QR code has room for ${room}: such a request is refused. Usual values need ${usual}. Longest: ${largest.join(', ')}. A maxLength makes them shorter.`,
    )
  }
  return sizes
}
