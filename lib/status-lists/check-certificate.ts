/** Looks at one stored certificate as everybody else would: texts, signatures, what the lists say, and the code on paper. */
import { createHash } from 'node:crypto'
import { verifyCertificate2 } from '@/lib/certificates/sign2'
import { STATUS_PURPOSES, STATUS_SIZE, statusEntriesOf, type StatusPurpose } from '@/lib/certificates/status-entries'
import type { Config } from '@/lib/config'
import { drawQr, packCredential, qrPng, qrValue } from '@/lib/rendering/qr'
import { scanQr } from '@/lib/rendering/scan'
import type { KeyOf } from '@/lib/signing/eddsa'
import type { PublicKey } from '@/lib/signing/keys'
import { verifyCredential } from '@/lib/signing/sign'
import { readScanned } from '@/lib/verification/scanned'
import { standingOf, type ListEntry } from '@/lib/verification/revocation-list'
import type { CheckProblem } from './answers'
import { entryAt } from './bitstring'
import { entryOf, messageOf } from './list-credential'
import type { SampleRow } from './store-sample'

type Problem = CheckProblem['problem']

/** What is published about the certificates of a sample, as of the moment at which their rows were read. */
export interface Published {
  /** The bits of a signed list whose signature holds; null when there is none. */
  bits(listId: number, purpose: StatusPurpose): Uint8Array | null
  /** What a signed page of the revocation list has at this position; null when nothing, undefined when it is not due yet. */
  listed(position: number): ListEntry | null | undefined
  /** The state that verifiers are told. */
  answered(certificateId: string): { state: string; credentialHash: string | null } | null
}

export interface CheckKeys {
  /** All that ever signed, as they are published. */
  keys: readonly PublicKey[]
  keyOf2: KeyOf
}

/** Everything that is wrong with it; nothing when all is well. */
export async function problemsOf(
  row: SampleRow,
  published: Published,
  { keys, keyOf2 }: CheckKeys,
  settings: Pick<Config, 'publicUrl'>,
  at: Date,
): Promise<Problem[]> {
  const problems: Problem[] = []
  if (createHash('sha256').update(row.credential).digest('hex') !== row.credentialHash) problems.push('text')
  if (!(await isSigned(row.credential, keys))) problems.push('signature')
  const second = parsed(row.credential2)
  if (row.credential2 !== null) {
    if (!second || !(await verifyCertificate2(second, keyOf2, settings)).verified) problems.push('form2')
    if (!namesItsPlace(second, row, settings)) problems.push('place')
  }
  if (!isStateRight(row, published, at)) problems.push('state')
  if (!isListedRight(row, published)) problems.push('status_list')
  if (!isInRevocationList(row, published, at)) problems.push('revocation_list')
  if (!(await isReadable(row.credential))) problems.push('qr')
  return problems
}

async function isSigned(text: string, keys: readonly PublicKey[]): Promise<boolean> {
  const credential = parsed(text)
  for (const key of keys) if ((await verifyCredential(credential, key)).verified) return true
  return false
}

/** A certificate of the registry names the place at which the registry will speak of it. */
function namesItsPlace(second: unknown, row: SampleRow, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  if (row.listId === null || row.index === null) return false
  const named = (second as { credentialStatus?: ({ id?: unknown } | null)[] } | null)?.credentialStatus
  const expected = statusEntriesOf({ listId: row.listId, index: row.index }, publicUrl).map(({ id }) => id)
  return Array.isArray(named) && JSON.stringify(named.map((one) => one?.id)) === JSON.stringify(expected)
}

/** What verifiers are told, what the row says, and what last happened to it are one and the same. */
function isStateRight({ certificateId, credentialHash, state, entry }: SampleRow, published: Published, at: Date) {
  const answered = published.answered(certificateId)
  const isOver = entry?.state === 'suspended' && entry.until !== null && Date.parse(entry.until) <= at.getTime()
  const happened = !entry || isOver ? 'current' : entry.state
  return answered?.state === state && answered.credentialHash === credentialHash && happened === state
}

function isListedRight({ listId, index, state, entry, unlisted }: SampleRow, published: Published): boolean {
  // On its way into the lists, or never in one: issued before there were any.
  if (unlisted || listId === null || index === null) return true
  // Over, and about to be noted.
  if (entry?.state === 'suspended' && state === 'current') return true
  const message = messageOf(state, entry?.cause ?? null)
  return STATUS_PURPOSES.every((purpose) => {
    const bits = published.bits(listId, purpose)
    return bits !== null && listedAt(bits, index, STATUS_SIZE[purpose]) === entryOf(purpose, message)
  })
}

/** Null where the list has no such place. */
function listedAt(bits: Uint8Array, index: number, size: number): number | null {
  try {
    return entryAt(bits, index, size)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function isInRevocationList({ certificateId, state, entry }: SampleRow, published: Published, at: Date): boolean {
  if (!entry || entry.position === null) return true
  const listed = published.listed(entry.position)
  if (listed === undefined) return true
  if (listed?.certificateId !== certificateId || listed.state !== entry.state) return false
  return (standingOf(listed, at)?.state ?? 'current') === state
}

/** The code as it would be printed, scanned from its picture, gives back the text. */
async function isReadable(text: string): Promise<boolean> {
  try {
    const scanned = await scanQr(qrPng(drawQr(qrValue(packCredential(text)))))
    return scanned !== null && readScanned(scanned)?.text === text
  } catch {
    // Too large for a code, say: that is what the check is for.
    return false
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
