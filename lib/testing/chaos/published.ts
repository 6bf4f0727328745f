/** Invariants between the tables and what anybody can read: signatures, status lists, the state of a number. */
import type { KeyObject } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { isSigned, type Signed, type Words } from './proofs'
import type { Violation } from './tables'

/** A certificate of the tables. */
export interface CertificateRow {
  certificateId: string
  state: 'current' | 'superseded' | 'revoked' | 'suspended'
  credential: string
  credential2: string | null
  listId: number | null
  index: number | null
  /** Cause of the last revocation. */
  cause: string | null
}

/** What a web server answers; parsed where it is JSON. */
export type Read = (path: string, body?: unknown) => Promise<{ status: number; body: unknown }>

export interface Published {
  certificates: CertificateRow[]
  keys: KeyObject[]
  words: Words
  read: Read
}

/** Questions on their way at a time. */
const AT_ONCE = 8

const CHECKS: [invariant: string, check: (published: Published) => Promise<unknown[]>][] = [
  ['every certificate is signed in both forms and says its own number', signatures],
  ['the status lists are signed and say what the tables say', lists],
  ['a number is answered with the state that the tables have', states],
]

/** `read` asks any web server. */
export async function checkPublished(published: Published): Promise<Violation[]> {
  const broken: Violation[] = []
  for (const [invariant, check] of CHECKS) {
    const rows = await check(published)
    if (rows.length > 0) broken.push({ invariant, rows })
  }
  return broken
}

async function signatures({ certificates, keys, words }: Published): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (const { certificateId, credential, credential2 } of certificates) {
    for (const text of [credential, credential2]) {
      if (text === null) continue
      const says = text.includes(certificateId)
      const signed = says && (await isSigned(JSON.parse(text) as Signed, keys, words))
      if (!signed) wrong.push({ certificateId, second: text === credential2, says, signed })
    }
  }
  return wrong
}

/** Bits of an entry. */
const SIZES = { revocation: 1, suspension: 1, message: 3 } as const

async function lists({ certificates, keys, words, read }: Published): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (const listId of new Set(certificates.flatMap((one) => one.listId ?? []))) {
    for (const [purpose, size] of Object.entries(SIZES)) {
      const path = `/status/${listId}/${purpose}`
      const { body } = await read(path)
      const list = body as Signed & { credentialSubject: { encodedList: string } }
      if (!(await isSigned(list, keys, words))) wrong.push({ path, signed: false })
      const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'))
      const ours = certificates.filter((one) => one.listId === listId)
      const expected = new Map(ours.map((one) => [one.index!, entryOf(one, purpose as keyof typeof SIZES)]))
      for (let index = 0; index < Math.floor((bits.length * 8) / size); index++) {
        const [says, should] = [entryAt(bits, index, size), expected.get(index) ?? 0]
        if (says !== should) wrong.push({ path, index, says, should })
      }
    }
  }
  return wrong
}

function entryOf({ state, cause }: CertificateRow, purpose: keyof typeof SIZES): number {
  if (purpose === 'suspension') return Number(state === 'suspended')
  if (purpose === 'revocation') return Number(state === 'superseded' || state === 'revoked')
  if (state === 'revoked') return cause === 'error' ? 2 : cause === 'fraud' ? 3 : 5
  return { current: 0, superseded: 1, suspended: 4 }[state]
}

/** Bitstring Status List v1.0: index 0 is at the left-most bit. */
function entryAt(bits: Buffer, index: number, size: number): number {
  let value = 0
  for (let bit = index * size; bit < (index + 1) * size; bit++) {
    value = value * 2 + ((bits[bit >> 3]! >> (7 - (bit % 8))) & 1)
  }
  return value
}

async function states({ certificates, read }: Published): Promise<unknown[]> {
  const wrong: unknown[] = []
  const left = [...certificates]
  const askOneAfterTheOther = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { certificateId, state } = one
      const { status, body } = await read(`/v3/certificates/${certificateId}/status`)
      const said = (body as { state?: string }).state
      const asked = await read('/v1/certificate/revoked', { evidence: [{ certificateId }] })
      const gone = state === 'superseded' || state === 'revoked'
      const agrees = state === 'suspended' || asked.status === (gone ? 200 : 404)
      const row = { certificateId, state, status, said, revoked: asked.status }
      if (status !== 200 || said !== state || !agrees) wrong.push(row)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askOneAfterTheOther))
  return wrong
}
