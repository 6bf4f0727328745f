/** Checks what was imported as a verifier in the field does: what the QR code of each certificate holds, with the keys and states that are published. */
import type { Context } from '@/lib/certificates/context'
import { stateOf } from '@/lib/certificates/store-read'
import { packCredential, qrValue } from '@/lib/rendering/qr'
import { check } from '@/lib/trust/check'
import { readScanned } from '@/lib/verification/scanned'
import type { Account } from './account'
import { storedTexts } from './store'

export interface Verified {
  certificates: number
  revocations: number
  /** What verifiers would not say as it should be: number and verdict. */
  wrong: { certificateId: string; verdict: string }[]
}

const GENUINE = ['valid', 'replaced', 'cancelled', 'suspended', 'not_yet_valid', 'expired']
const AT_ONCE = 50

/** Every imported row again: certificates are genuine and unaltered, revoked ones count no more. */
export async function verifyImported(
  context: Context,
  { lines }: Account,
  onProgress: (done: number, of: number) => void,
): Promise<Verified> {
  const rows = lines.filter(({ outcome }) => outcome !== 'not_imported')
  const verified: Verified = { certificates: 0, revocations: 0, wrong: [] }
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const group = rows.slice(at, at + AT_ONCE)
    const numbers = group.flatMap(({ kind, certificateId }) => (kind === 'certificate' ? certificateId! : []))
    const texts = await storedTexts(context.db, numbers)
    await Promise.all(
      group.map(async ({ kind, certificateId }) => {
        const id = certificateId!
        const verdict = kind === 'certificate' ? await verdictOf(context, texts.get(id)) : await endOf(context, id)
        verified[kind === 'certificate' ? 'certificates' : 'revocations'] += 1
        if (verdict !== null) verified.wrong.push({ certificateId: id, verdict })
      }),
    )
    onProgress(Math.min(rows.length, at + AT_ONCE), rows.length)
  }
  return verified
}

/** Null for what is as it should be. */
async function verdictOf(context: Context, text: string | undefined): Promise<string | null> {
  if (text === undefined) return 'missing'
  const scanned = readScanned(qrValue(packCredential(text)))
  if (!scanned || scanned.text !== text) return 'unreadable'
  const { state } = await check(context, scanned.credential)
  return GENUINE.includes(state) ? null : state
}

async function endOf(context: Context, certificateId: string): Promise<string | null> {
  const state = await stateOf(context.db, certificateId, context.now())
  return state === null || state === 'current' ? (state ?? 'unknown') : null
}
