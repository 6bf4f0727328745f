/** What is said about certificates of DIVOC's own signer, ours, changed ones and nonsense. Every attack must change the verdict. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { packCredential, qrValue } from '@/lib/rendering/zip'
import { didDocument } from '@/lib/signing/did-document'
import { loadPublicKey, loadPublicKey2 } from '@/lib/signing/keys'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { previewCredential } from '@/lib/signing/preview'
import { sandboxKeyName } from '@/lib/signing/sandbox'
import { signCredential, verifyCredential } from '@/lib/signing/sign'
import { keySettings, vector, VECTORS } from '@/lib/testing/vectors'
import type { StatusAnswer } from './answers'
import { issuerKeysOf, type IssuerKeys } from './issuer-keys'
import { codeOf } from './verdict'
import { verify, type Sources } from './verify'

const OWN = {
  namespace: 'https://divoc.dev/credentials/vaccination/v2',
  namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
}
const SINCE = '2026-11-21T08:35:00.000Z'

type Credential = ReturnType<typeof JSON.parse>

async function publishedKeys(keyType: 'RSA' | 'ED25519'): Promise<IssuerKeys> {
  const settings = keySettings(keyType)
  const [present, present2] = [await loadPublicKey(settings), await loadPublicKey2(settings)]
  return issuerKeysOf(JSON.parse(JSON.stringify(didDocument({ present, present2, others: [] }, settings))))
}

/** Sources as a page has them: both keys published, and a registry that issued the given text. */
async function sourcesFor(issued: string, status: Partial<StatusAnswer> = {}, more: Partial<Sources> = {}) {
  const asked: string[] = []
  const rsa = await publishedKeys('RSA')
  const { keys } = await publishedKeys('ED25519')
  const certificateId = numberOf(issued)
  const sources: Sources = {
    own: OWN,
    keys: async () => [{ ...rsa, keys: [...rsa.keys, ...keys] }],
    now: () => new Date(SINCE),
    status: async (number) => {
      asked.push(number)
      if (number !== certificateId) return 'unknown'
      const credentialHash = createHash('sha256').update(issued).digest('hex')
      return { certificateId, state: 'current', since: SINCE, until: null, cause: null, credentialHash, ...status }
    },
    ...more,
  }
  return { sources, asked }
}

const numberOf = (text: string): string => JSON.parse(text).evidence[0].certificateId
const code = (text: string) => qrValue(packCredential(text))
const changed = (text: string, change: (credential: Credential) => void): string => {
  const credential = JSON.parse(text)
  change(credential)
  return JSON.stringify(credential)
}

describe.each(VECTORS)('$name', ({ signed, unsigned, keyType, qrValue: scanned }) => {
  test('a certificate of DIVOC’s own signer is valid, from its own zip', async () => {
    const { sources, asked } = await sourcesFor(signed)
    const verdict = await verify(scanned, sources)
    const { name } = JSON.parse(signed).credentialSubject
    expect(verdict).toMatchObject({ state: 'valid', facts: { name, certificateId: numberOf(signed) } })
    expect(asked).toEqual([numberOf(signed)])
  })

  test('so is one of ours', async () => {
    const key = await loadSigningKey(keySettings(keyType))
    const ours = JSON.stringify(await signCredential(JSON.parse(unsigned), key, new Date(SINCE)))
    const { sources } = await sourcesFor(ours)
    expect(await verify(code(ours), sources)).toMatchObject({ state: 'valid' })
  })

  test('a changed name is not genuine, and says nothing of the person', async () => {
    const forged = changed(signed, ({ credentialSubject }) => (credentialSubject.name += ' Kumar'))
    const { sources, asked } = await sourcesFor(signed)
    expect(await verify(code(forged), sources)).toEqual({ state: 'not_genuine' })
    expect(asked).toEqual([])
  })
})

describe('what the vocabulary cannot tell apart', () => {
  // Distinct values everywhere, so that every swap changes something.
  const unsigned = changed(vector('ascii.lk.rsa').unsigned, ({ evidence: [event] }) => {
    Object.assign(event, { dose: 1, totalDoses: 2, feedbackUrl: 'https://divoc.dev/feedback?100000001' })
  })
  const groups = [
    ['dose', 'totalDoses'],
    ['date', 'effectiveStart', 'effectiveUntil'],
    ['batch', 'vaccine', 'manufacturer', 'icd11Code', 'certificateId'],
    ['infoUrl', 'feedbackUrl'],
  ]
  const swaps = groups.flatMap((group) =>
    group.flatMap((a, index) => group.slice(index + 1).map((b): [string, string] => [a, b])),
  )

  test.each(swaps)('%s swapped with %s verifies everywhere, and is told as altered', async (a, b) => {
    const signed = JSON.stringify(
      await signCredential(JSON.parse(unsigned), await loadSigningKey(keySettings('RSA')), new Date(SINCE)),
    )
    const swapped = changed(signed, ({ evidence: [event] }) => ([event[a], event[b]] = [event[b], event[a]]))
    expect(swapped).not.toBe(signed)
    const bySignature = await verifyCredential(JSON.parse(swapped), await loadPublicKey(keySettings('RSA')))
    expect(bySignature).toEqual({ verified: true })
    const { sources } = await sourcesFor(signed)
    expect(await verify(code(swapped), sources)).toEqual({ state: 'altered' })
    const gone = await sourcesFor(signed, { state: 'superseded' })
    expect(await verify(code(swapped), gone.sources)).toEqual({ state: 'altered' })
  })

  test('a value left out because another says the same', async () => {
    const signed = vector('ascii.lk.rsa').signed
    const shortened = changed(signed, ({ evidence: [event] }) => delete event.totalDoses)
    expect(await verifyCredential(JSON.parse(shortened), await loadPublicKey(keySettings('RSA')))).toEqual({
      verified: true,
    })
    const { sources } = await sourcesFor(signed)
    expect(await verify(code(shortened), sources)).toEqual({ state: 'altered' })
  })
})

describe('what the registry says', () => {
  const { signed } = vector('ascii.lk.ed25519')

  test.each([
    [{ state: 'superseded' as const }, { state: 'replaced', since: SINCE }, '02'],
    [{ state: 'revoked' as const }, { state: 'cancelled', since: SINCE }, '03'],
    [{ state: 'suspended' as const, until: '2027-01-01T00:00:00.000Z' }, { state: 'suspended', since: SINCE }, '04'],
  ])('%o', async (status, expected, reason) => {
    const { sources } = await sourcesFor(signed, status)
    const verdict = await verify(code(signed), sources)
    expect(verdict).toMatchObject({ ...expected, facts: { name: 'Bhaya Mitra', dob: '1994-11-30' } })
    expect(codeOf(verdict)).toBe(reason)
  })

  test('a registry that cannot be asked makes it neither valid nor invalid', async () => {
    const { sources } = await sourcesFor(signed, {}, { status: async () => null })
    const verdict = await verify(code(signed), sources)
    expect(verdict).toMatchObject({ state: 'could_not_check', obstacle: 'status', facts: { name: 'Bhaya Mitra' } })
    expect(codeOf(verdict)).toBe('07')
  })

  test('a genuine signature over a number that was never issued is shown to nobody as a certificate', async () => {
    const { sources } = await sourcesFor(signed, {}, { status: async () => 'unknown' })
    expect(await verify(code(signed), sources)).toEqual({ state: 'could_not_check', obstacle: 'registry' })
  })
})

describe('keys', () => {
  const { signed } = vector('ascii.lk.rsa')

  test('another issuer’s name: it could not be checked', async () => {
    const other = changed(signed, ({ proof }) => (proof.verificationMethod = 'did:elsewhere'))
    const { sources } = await sourcesFor(signed)
    expect(await verify(code(other), sources)).toEqual({ state: 'could_not_check', obstacle: 'issuer' })
  })

  test('our name over another key: not genuine', async () => {
    const { sources } = await sourcesFor(signed, {}, { keys: async () => [await publishedKeys('ED25519')] })
    expect(await verify(code(signed), sources)).toEqual({ state: 'not_genuine' })
    const [wrong] = [await publishedKeys('RSA')]
    const bytes = wrong.keys[0]!.bytes.slice()
    bytes[60]! ^= 1
    const another = { ...wrong, keys: [{ ...wrong.keys[0]!, bytes }] }
    expect(await verify(code(signed), { ...sources, keys: async () => [another] })).toEqual({ state: 'not_genuine' })
  })

  test('a former key still counts, a new one is asked for before anybody is called a forger', async () => {
    const present = await publishedKeys('ED25519')
    const former = (await publishedKeys('RSA')).keys.map((key) => ({ ...key, id: 'did:india#former' }))
    const fresh = { ...present, keys: [...present.keys, ...former] }
    const asked: boolean[] = []
    const { sources } = await sourcesFor(
      signed,
      {},
      {
        keys: async (mustBeFresh) => {
          asked.push(mustBeFresh)
          return [mustBeFresh ? fresh : present]
        },
      },
    )
    expect(await verify(code(signed), sources)).toMatchObject({ state: 'valid' })
    expect(asked).toEqual([false, true])
  })

  test('a test key published beside the others signs no real certificate', async () => {
    const own = await publishedKeys('RSA')
    const test = sandboxKeyName('did:india')
    const published = { ...own, keys: own.keys.map((key) => ({ ...key, id: test })) }
    const { sources } = await sourcesFor(signed, {}, { keys: async () => [published] })
    expect(await verify(code(signed), sources)).toEqual({ state: 'not_genuine' })
    const named = changed(signed, ({ proof }) => (proof.verificationMethod = test))
    expect(await verify(code(named), sources)).toEqual({ state: 'sandbox' })
  })

  test('no keys: could not check', async () => {
    const { sources } = await sourcesFor(signed, {}, { keys: async () => null })
    expect(await verify(code(signed), sources)).toEqual({ state: 'could_not_check', obstacle: 'keys' })
  })
})

describe('outside the compiled shape', () => {
  test.each(['ascii.divocdev.rsa', 'scripts.lk.ed25519'])('%s in other clothes still verifies', async (name) => {
    // Lists of one value say the same as the value; no compiled shape has them.
    const { signed } = vector(name)
    const dressed = changed(signed, ({ credentialSubject }) => (credentialSubject.name = [credentialSubject.name]))
    const { sources } = await sourcesFor(dressed)
    expect(await verify(code(dressed), sources)).toMatchObject({ state: 'valid' })
    // As something else than what was issued it is altered.
    expect(await verify(code(dressed), (await sourcesFor(signed)).sources)).toEqual({ state: 'altered' })
  })

  test.each<[string, (credential: Credential) => void]>([
    ['a word that no context defines', ({ credentialSubject }) => (credentialSubject.diplomat = 'yes')],
    ['a context of its own', ({ evidence: [event] }) => (event['@context'] = { dose: 'https://schema.org/batch' })],
    ['another context', (credential) => (credential['@context'][1] = 'https://elsewhere.example/')],
    ['a third context', (credential) => credential['@context'].push('https://elsewhere.example/')],
    ['two proofs', (credential) => (credential.proof = [credential.proof, credential.proof])],
    ['another purpose', ({ proof }) => (proof.proofPurpose = 'authentication')],
    ['a payload in the signature', ({ proof }) => (proof.jws = proof.jws.replace('..', '.e30.'))],
    ['a signature that is none', ({ proof }) => (proof.jws = `${proof.jws.split('..')[0]}..!!`)],
    ['an unsigned header', ({ proof }) => (proof.jws = `eyJhbGciOiJub25lIn0..${proof.jws.split('..')[1]}`)],
    ['no proof to speak of', (credential) => (credential.proof = null)],
  ])('%s is not genuine', async (_what, change) => {
    for (const name of ['ascii.divocdev.rsa', 'ascii.divocdev.ed25519']) {
      const { signed } = vector(name)
      const { sources, asked } = await sourcesFor(signed)
      expect(await verify(code(changed(signed, change)), sources)).toEqual({ state: 'not_genuine' })
      expect(asked).toEqual([])
    }
  })
})

describe('other things that are scanned', () => {
  const { signed, unsigned } = vector('ascii.lk.rsa')

  test('a preview is known as one', async () => {
    const { sources } = await sourcesFor(signed)
    const preview = JSON.stringify(previewCredential(JSON.parse(unsigned), 'RSA'))
    expect(await verify(code(preview), sources)).toEqual({ state: 'preview' })
  })

  test('the credential itself may be pasted, also laid out anew', async () => {
    const { sources } = await sourcesFor(signed)
    const laidOut = JSON.stringify(JSON.parse(signed), null, 2)
    for (const text of [signed, laidOut, `\n ${laidOut}\n`]) {
      expect(await verify(text, sources)).toMatchObject({ state: 'valid' })
    }
  })

  test.each([
    '',
    ' ',
    'https://example.com/',
    '{}',
    '{"credentialSubject":{}}',
    '[]',
    'null',
    '{"credentialSubject"',
    code('{}'),
    code('not json'),
    code('[1]'),
    'PK\u0003\u0004',
    'නිමල්',
  ])('%j is no certificate', async (value) => {
    const { sources } = await sourcesFor(signed)
    expect(await verify(value, sources)).toEqual({ state: 'not_a_certificate' })
  })

  test('whatever a certificate holds, it is answered and nothing is thrown', async () => {
    const { sources } = await sourcesFor(signed)
    const deep = `{"credentialSubject":${'['.repeat(20_000)}${']'.repeat(20_000)},"evidence":1,"proof":${JSON.stringify(JSON.parse(signed).proof)}}`
    expect(await verify(code(deep), sources)).toEqual({ state: 'not_genuine' })
    expect(await verify(deep, sources)).toEqual({ state: 'not_a_certificate' })
    const empty = '{"credentialSubject":null,"evidence":null,"proof":{}}'
    expect(await verify(empty, sources)).toEqual({ state: 'not_genuine' })
  })
})
