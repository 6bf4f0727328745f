/** Signs the last hash of each day with the issuer's key: whoever keeps one can prove where it comes from. */
import type { Context } from '@/lib/certificates/context'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { signCompactJws } from '@/lib/signing/compact-jws'
import { loadPublishedKeys, type SigningKey } from '@/lib/signing/keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { ROOT_DAYS } from './log'
import { ROOT_TYPE } from './signed-root.mjs'
import { rootsBefore, unsignedDays, writeSignature } from './store-roots'

export interface RootSigner extends Context {
  /** The present key, under the name that certificates carry. */
  key: SigningKey
}

const LOOK_EVERY_MS = 60_000
/** A seal of before midnight may be stored a moment later, and clocks differ. */
const SETTLED_MS = 5 * 60_000

/** Signs until `signal` aborts. Every worker may run it. An error is logged without its sentence, and the next look tries again. */
export async function runRootSigning(signer: RootSigner, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await signRoots(signer).catch((error) => log().error(traceOf(error), 'signing the hashes of the audit log paused'))
    await pause(LOOK_EVERY_MS, signal)
  }
}

/**
 * Signs the hash of every published day that has no signature by a published key: days that ended, and after a key was
 * withdrawn those that it signed. Returns how many.
 */
export async function signRoots(signer: RootSigner): Promise<number> {
  // The key of now, whatever is rotated meanwhile.
  const { db, settings, now, key } = signer
  const today = new Date(now().getTime() - SETTLED_MS).toISOString().slice(0, 10)
  const roots = await rootsBefore(db, today, ROOT_DAYS)
  const { present, present2, others } = await loadPublishedKeys(settings)
  const published = [present.publicKey, present2.publicKey, ...others].map(thumbprintOf)
  const days = await unsignedDays(
    db,
    roots.map(({ day }) => day),
    published,
  )
  for (const { day, seal, hash } of roots.filter((root) => days.includes(root.day))) {
    const at = now()
    const facts = { iss: settings.signing.did, day, seal, hash, signedAt: at.toISOString() }
    const signed = await signCompactJws(JSON.stringify(facts), ROOT_TYPE, key)
    await writeSignature(db, { day, signedBy: thumbprintOf(key.publicKey), signed, at })
  }
  return days.length
}
