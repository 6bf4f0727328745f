/** A correction that also moves the certificate to another dose. Pure. */
import { valueAt } from '@/lib/certificates/record'

/** The request item: it says where the certificate is, and in meta where it goes. */
export function movedItem(item: unknown, moveTo: number | undefined): unknown {
  if (moveTo === undefined) return item
  return { ...(item as object), meta: { ...(valueAt(item, 'meta') as object | undefined), correctedDose: moveTo } }
}

/** The record that it becomes, for showing what changes. */
export function movedRecord(item: unknown, moveTo: number | undefined): unknown {
  if (moveTo === undefined) return item
  return { ...(item as object), vaccination: { ...(valueAt(item, 'vaccination') as object), dose: moveTo } }
}
