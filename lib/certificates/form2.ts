/** A certificate as VC Data Model 2.0: as it was signed when it was issued, or signed now where it is older than this form. */
import { typeVersion } from '@/lib/certificate-types/live'
import { Refusal } from '@/lib/errors'
import { signThrough } from '@/lib/queue/signing-jobs'
import type { Signer2 } from '@/lib/signing/eddsa'
import type { Caller } from './caller'
import type { Context } from './context'
import { certificateText } from './read'
import { signCertificate2 } from './sign2'
import { credential2Of, unsigned2, writeCredential2 } from './store-form2'
import { allocatePlaces } from './store-places'

/** The name of this work among signing jobs. */
export const SIGN_OLDER = 'credential2'

const PATIENCE_MS = 10_000

/**
 * The signed text. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, SIGNER_UNAVAILABLE, NOT_ACCEPTABLE where it was issued before
 * this form existed and counts no longer: nobody signs it anew then.
 */
export async function certificateText2(context: Context, caller: Caller, certificateId: string): Promise<string> {
  await certificateText(context, caller, certificateId)
  const stored = await credential2Of(context.db, certificateId, context.now())
  if (stored?.credential2) return stored.credential2
  if (stored?.state !== 'current') throw countsNoLonger()
  return signThrough(context, SIGN_OLDER, { certificateId }, PATIENCE_MS)
}

/**
 * The worker's part: signs an older certificate that counts, gives it its place and keeps the text. Asked twice it answers
 * the same text. Refusal NOT_ACCEPTABLE when it counts no longer: no list would ever say so.
 */
export async function signOlder(
  signer: Pick<Context, 'db' | 'settings' | 'random' | 'now'> & { key2: Signer2; sandboxKey2: Signer2 },
  { certificateId }: { certificateId: string },
): Promise<string> {
  const { db, settings } = signer
  const row = await unsigned2(db, certificateId, signer.now())
  if (!row) throw countsNoLonger()
  if (row.credential2) return row.credential2
  const { record: request, issuedAt, sandbox } = row
  const { type } = await typeVersion(signer, row.type, row.typeVersion)
  if (type.credential2 === undefined) throw hasNone()
  const [place] = sandbox ? [null] : await allocatePlaces(db, 1, signer.random)
  const signed = await signCertificate2(
    { type, request, certificateId, issuedAt, settings, place: place ?? null },
    sandbox ? signer.sandboxKey2 : signer.key2,
    signer.now(),
  )
  const credential2 = JSON.stringify(signed)
  const kept = await writeCredential2(db, certificateId, { credential2, place: place ?? null }, signer.now())
  if (kept === null) throw countsNoLonger()
  return kept
}

function hasNone(): Refusal {
  return new Refusal('NOT_ACCEPTABLE', 'Certificates of this type have no such form.')
}

function countsNoLonger(): Refusal {
  return new Refusal('NOT_ACCEPTABLE', 'This certificate is older than this form and does not count any more.')
}
