/** What tests of the status lists ask again and again: a publisher, and what the published lists say. */
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { STATUS_PURPOSES, STATUS_SIZE, type StatusPurpose } from '@/lib/certificates/status-entries'
import { didWebOf } from '@/lib/signing/did-web'
import { verifyCredential2 } from '@/lib/signing/eddsa'
import { decodeList, entryAt } from '@/lib/status-lists/bitstring'
import type { Publisher } from '@/lib/status-lists/run'
import { publishedList } from '@/lib/status-lists/store-read'

/** Publishes with keys of its own; `publicKey` checks what it signed. */
export function aPublisher(
  context: Context,
  more: Partial<Publisher> = {},
): { publisher: Publisher; publicKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('ed25519')
  const signBytes = async (bytes: Uint8Array) => sign(null, bytes, privateKey)
  const key2 = { verificationMethod: `${didWebOf(context.settings.publicUrl)}#key`, sign: signBytes }
  const key = { type: 'ED25519' as const, verificationMethod: context.settings.signing.did, sign: signBytes }
  return { publisher: { ...context, key, key2, ...more }, publicKey: createPublicKey(privateKey) }
}

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
