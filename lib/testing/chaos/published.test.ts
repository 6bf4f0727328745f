/** The checks of what is published hold on what the product signs, and fail on defects that are planted. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { signCredential2 } from '@/lib/signing/eddsa'
import { CREDENTIALS_V2, pinnedContext, STANDARD_CONTEXTS } from '@/lib/signing/contexts2'
import { checkPublished, type CertificateRow } from './published'

const pair = generateKeyPairSync('ed25519')
const signer = {
  verificationMethod: 'did:example:issuer#1',
  sign: async (bytes: Uint8Array) => sign(null, bytes, pair.privateKey),
}
const keys = [createPublicKey(pair.privateKey)]
const words = async (url: string) => pinnedContext(url, STANDARD_CONTEXTS)
const at = new Date('2026-05-12T10:30:00Z')
const SIZE = { revocation: 1, suspension: 1, message: 3 } as const

let certificates: CertificateRow[]

beforeAll(async () => {
  const states = ['current', 'superseded', 'revoked', 'suspended'] as const
  certificates = await Promise.all(
    states.map(async (state, index) => {
      const certificateId = String(100 + index)
      const credential = JSON.stringify(await signedDocument(certificateId))
      return {
        certificateId,
        state,
        credential,
        credential2: null,
        listId: 1,
        index,
        cause: state === 'revoked' ? 'fraud' : null,
      }
    }),
  )
})

const signedDocument = (id: string) =>
  signCredential2(
    {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiableCredential'],
      id: `urn:certificate:${id}`,
      issuer: 'did:example:issuer',
      credentialSubject: { id: `urn:certificate:${id}` },
    },
    signer,
    at,
  )

/** Entries as the tables above have them. */
const ENTRIES = { revocation: [0, 1, 1, 0], suspension: [0, 0, 0, 1], message: [0, 1, 3, 4] }

async function listOf(purpose: keyof typeof SIZE, entries: number[]) {
  const bits = entries
    .map((value) => value.toString(2).padStart(SIZE[purpose], '0'))
    .join('')
    .padEnd(16, '0')
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
  const encodedList = `u${gzipSync(bytes).toString('base64url')}`
  return signCredential2(
    {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:example:issuer',
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: purpose, encodedList },
    },
    signer,
    at,
  )
}

interface Planted {
  entries?: typeof ENTRIES
  /** Changes a list after it was signed. */
  altered?: boolean
  /** State that is answered for every number. */
  says?: string
  rows?: (rows: CertificateRow[]) => CertificateRow[]
}

async function broken({ entries = ENTRIES, altered, says, rows = (all) => all }: Planted = {}) {
  const read = async (path: string, body?: unknown) => {
    const [, , listId, purpose] = path.split('/')
    if (path.startsWith('/status/')) {
      const list = await listOf(purpose as keyof typeof SIZE, entries[purpose as keyof typeof SIZE])
      return { status: 200, body: altered ? { ...list, issuer: 'did:example:other' } : list }
    }
    const id = body
      ? (body as { evidence: { certificateId: string }[] }).evidence[0]!.certificateId
      : path.split('/')[3]
    const { state } = certificates.find(({ certificateId }) => certificateId === id)!
    if (!body) return { status: 200, body: { state: says ?? state } }
    return { status: ['superseded', 'revoked'].includes(state) ? 200 : 404, body: listId }
  }
  return (await checkPublished({ certificates: rows(certificates), keys, words, read })).map(
    ({ invariant }) => invariant,
  )
}

const SIGNED = 'every certificate is signed in both forms and says its own number'
const LISTED = 'the status lists are signed and say what the tables say'
const ANSWERED = 'a number is answered with the state that the tables have'
const first = (change: Partial<CertificateRow>) => (all: CertificateRow[]) => [
  { ...all[0]!, ...change },
  ...all.slice(1),
]

test('nothing is broken where everything says the same', async () => {
  expect(
    gunzipSync(Buffer.from((await listOf('message', [1])).credentialSubject.encodedList.slice(1), 'base64url'))[0],
  ).toBe(32)
  expect(await broken()).toEqual([])
})

test('found: a certificate that was altered, of another number, or signed by nobody we know', async () => {
  const text = certificates[0]!.credential
  expect(
    await broken({ rows: first({ credential: text.replace('did:example:issuer"', 'did:example:other"') }) }),
  ).toEqual([SIGNED])
  expect(await broken({ rows: first({ credential: certificates[1]!.credential }) })).toEqual([SIGNED])
  expect(await broken({ rows: first({ credential2: certificates[1]!.credential }) })).toEqual([SIGNED])
})

test('found: a list that leaves out a change, says one that never was, or is altered', async () => {
  expect(await broken({ entries: { ...ENTRIES, revocation: [0, 0, 1, 0] } })).toEqual([LISTED])
  expect(await broken({ entries: { ...ENTRIES, suspension: [1, 0, 0, 1] } })).toEqual([LISTED])
  expect(await broken({ entries: { ...ENTRIES, message: [0, 1, 2, 4] } })).toEqual([LISTED])
  expect(await broken({ altered: true })).toEqual([LISTED])
})

test('found: a number that is answered otherwise than the tables say', async () => {
  expect(await broken({ says: 'current' })).toEqual([ANSWERED])
})
