/** What tests of the status lists ask again and again: what the published lists say. */
import type { KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { STATUS_PURPOSES, STATUS_SIZE, type StatusPurpose } from '@/lib/certificates/status-entries'
import { verifyCredential2 } from '@/lib/signing/eddsa'
import { decodeList, entryAt } from '@/lib/status-lists/bitstring'
import { publishedList } from '@/lib/status-lists/store-read'

/** What the published lists say of a certificate, null where a list is missing. Every list's signature is checked. */
export async function listed(
  { db }: Context,
  certificateId: string,
  publicKey: KeyObject,
): Promise<Record<StatusPurpose, number | null>> {
  const row = await db.certificate.findUniqueOrThrow({ where: { certificateId } })
  const says = await Promise.all(
    STATUS_PURPOSES.map(async (purpose) => {
      const text = await publishedList(db, row.statusListId!, purpose)
      if (text === null) return [purpose, null] as const
      const credential = JSON.parse(text)
      const checked = await verifyCredential2(credential, () => publicKey)
      if (!checked.verified) throw new Error(`The ${purpose} list: ${checked.reason}`)
      const bits = await decodeList(credential.credentialSubject.encodedList)
      return [purpose, entryAt(bits, row.statusIndex!, STATUS_SIZE[purpose])] as const
    }),
  )
  return Object.fromEntries(says) as Record<StatusPurpose, number | null>
}
