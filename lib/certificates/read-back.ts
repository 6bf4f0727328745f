/** Before anything counts as issued it is read again: the new certificate verifies as valid, the old one as replaced. */
import { createHash, hash } from 'node:crypto'
import type { Config } from '@/lib/config'
import type { Statements } from '@/lib/db'
import { ownTurn } from '@/lib/own-turn'
import type { KeyOf } from '@/lib/signing/eddsa'
import type { PublicKey } from '@/lib/signing/keys'
import { verifyCredential, type SignedCredential } from '@/lib/signing/sign'
import { shippedDataOf } from '@/lib/verification/verify-data'
import { verifyCertificate2 } from './sign2'
import { writtenCertificates, type ReadBackRow } from './store-read-back'

/** What was not as it should be. Fixed words: they may stand in logs. */
export type ReadBackProblem = 'missing' | 'text' | 'signature' | 'text2' | 'signature2' | 'state' | 'predecessor'

/** The stored rows are not what was issued. The transaction has to be rolled back. */
export class ReadBackError extends Error {
  override name = 'ReadBackError'

  constructor(
    readonly problem: ReadBackProblem,
    readonly transactionId: string,
  ) {
    super(`What was stored does not verify: ${problem}.`)
  }
}

/** A certificate as it was meant to be written. */
export interface Written {
  transactionId: string
  predecessorId: string | null
  credential: string
  credentialHash: string
  credential2: string | null
}

/** What checks the two forms. */
export interface ReadBackKeys {
  key: PublicKey
  keyOf2: KeyOf
}

/**
 * Reads everything that this transaction wrote in one statement and checks it as a verifier would: text and hash,
 * signatures over the stored texts, the state of the new certificate and of the one it replaces. Throws a ReadBackError.
 */
export async function readBack(
  db: Statements,
  written: readonly Written[],
  keysFor: (transactionId: string) => ReadBackKeys,
  settings: Pick<Config, 'publicUrl'>,
  at: Date,
): Promise<void> {
  const ids = written.map(({ transactionId }) => transactionId)
  const rows = new Map((await writtenCertificates(db, ids, at)).map((row) => [row.transactionId, row]))
  for (const one of written) {
    const problem = await problemOf(one, rows.get(one.transactionId), keysFor(one.transactionId), settings)
    if (problem) throw new ReadBackError(problem, one.transactionId)
    await ownTurn()
  }
}

async function problemOf(
  written: Written,
  row: ReadBackRow | undefined,
  { key, keyOf2 }: ReadBackKeys,
  settings: Pick<Config, 'publicUrl'>,
): Promise<ReadBackProblem | null> {
  if (!row) return 'missing'
  const hash = createHash('sha256').update(row.credential).digest('hex')
  if (hash !== row.credentialHash || hash !== written.credentialHash) return 'text'
  if (!(await verifies(JSON.parse(row.credential), key))) return 'signature'
  if (row.credential2 !== written.credential2) return 'text2'
  if (row.credential2 !== null && !(await verifyCertificate2(JSON.parse(row.credential2), keyOf2, settings)).verified)
    return 'signature2'
  if (row.state !== 'current' || !row.isHead) return 'state'
  return isReplaced(written, row) ? null : 'predecessor'
}

/** Here, by the words of now, and along the shapes that verifiers came with: they do not ask for words that they know. */
async function verifies(signed: SignedCredential, key: PublicKey): Promise<boolean> {
  const { proof, ...document } = signed
  const { jws: _signature, ...options } = proof
  const shipped = shippedDataOf(document, options, key.type, key, sha256)
  return (await verifyCredential(signed, key, shipped)).verified
}

/** What browsers compute with a program of their own. */
function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

function isReplaced({ predecessorId }: Written, row: ReadBackRow): boolean {
  if (predecessorId === null) return row.predecessorId === null
  return (
    row.predecessorId === predecessorId &&
    row.predecessorState === 'superseded' &&
    row.predecessorEntry?.state === 'superseded' &&
    row.predecessorEntry.successorId === row.certificateId
  )
}
