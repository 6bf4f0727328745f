/** A correction that also moves the certificate: to another dose, or to the instant at which it really was. Pure. */
import { instantOf } from '@/lib/certificate-types/sequence'
import { isCounted, type CertificateType } from '@/lib/certificate-types/type'
import { put } from '@/components/certificate-form/values'
import { valueAt } from '@/lib/certificates/record'

/** The request item: it says where the certificate is, and in meta where it goes. */
export function movedItem(item: unknown, moveTo: number | undefined, type: CertificateType): unknown {
  if (moveTo === undefined) return item
  const meta = { ...(valueAt(item, 'meta') as object | undefined), correctedDose: placeOf(moveTo, type) }
  return { ...(item as object), meta }
}

/** The record that it becomes, for showing what changes. */
export function movedRecord(item: unknown, moveTo: number | undefined, type: CertificateType): unknown {
  if (moveTo === undefined || type.lineage.sequence === undefined) return item
  const moved = structuredClone(item) as Record<string, unknown>
  put(moved, type.lineage.sequence, placeOf(moveTo, type))
  return moved
}

function placeOf(moveTo: number, type: CertificateType): number | string {
  return isCounted(type) ? moveTo : instantOf(moveTo)
}
