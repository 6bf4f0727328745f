/** The form of VC Data Model 2.0: what it says, that no two values can change places, and that the compiled path is the library's. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { vocabularyDocument } from '@/lib/certificate-types/vocabulary'
import { signCredential2, verifyCredential2, type Signer2 } from '@/lib/signing/eddsa'
import { Shape2, type Template2 } from '@/lib/signing/fast2'
import { RULES } from '@/lib/signing/rules'
import { aRequest } from '@/lib/testing/builders'
import { keySettings } from '@/lib/testing/vectors'
import { buildCredential2, template2 } from './credential2'
import { contexts2For, signCertificate2, verifyCertificate2 } from './sign2'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const signer: Signer2 = {
  verificationMethod: 'did:web:health.example#z6Mk',
  sign: async (bytes) => sign(null, bytes, privateKey),
}
const keyOf = (name: string) => (name === signer.verificationMethod ? publicKey : null)
const publicUrl = 'https://health.example'
const at = new Date('2026-11-20T23:29:13.987Z')
const settings = {
  publicUrl,
  credential: {
    ...keySettings('ED25519').credential,
    did: 'did:india',
    issuer: 'https://divoc.dev/',
    baseUrl: 'https://divoc.dev/vaccine/',
    feedbackBaseUrl: 'https://divoc.dev/feedback?',
    infoBaseUrl: 'https://divoc.dev/info?',
    facilityCountryCode: 'LK',
    identityRejectionPattern: '^NA$|^.?$',
  },
  issuer: { name: 'Ministry of Health', logo: undefined, timeZone: 'UTC' },
}
const address = (which: string) => ({
  addressLine1: `${which} 1`,
  addressLine2: `${which} 2`,
  city: `${which} city`,
  district: `${which} district`,
  state: `${which} state`,
  pincode: `${which} 560034`,
  country: which.slice(0, 2).toUpperCase(),
})
const request = aRequest({
  preEnrollmentCode: '62',
  recipient: { name: 'Sam', dob: '1990-09-14', age: '31', address: address('home') } as object,
  vaccination: {
    name: 'covaxin',
    batch: 'AB348FS',
    date: '2021-07-12T19:21:19.646Z',
    effectiveStart: '2021-07-13',
    effectiveUntil: '2021-08-12',
    dose: 1,
    totalDoses: 2,
  },
  facility: { address: address('clinic') } as object,
})
const input = { request, certificateId: '448086902061', issuedAt: at, settings, place: { listId: 3, index: 94567 } }
const contexts = contexts2For(publicUrl)
const signed = () => signCertificate2({ ...input, type: VACCINATION }, signer)

describe('what it says', () => {
  test('every value of the record in a word of its own, its issuer, its places and where to ask', async () => {
    const credential = buildCredential2({ ...input, type: VACCINATION })
    expect(credential).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2', `${publicUrl}/contexts/vaccination-certificate/v1`],
      id: `${publicUrl}/v3/certificates/448086902061`,
      type: ['VerifiableCredential', 'VaccinationCertificateCredential'],
      issuer: { id: 'did:web:health.example', name: 'Ministry of Health' },
      validFrom: at.toISOString(),
      credentialSubject: {
        name: 'Sam',
        birthDate: '1990-09-14',
        vaccination: { batch: 'AB348FS', vaccine: 'covaxin', icd11Code: 'XM1NL1', dose: 1, totalDoses: 2 },
      },
      refreshService: { id: `${publicUrl}/v3/certificates/448086902061/status`, type: 'HolderLinkService' },
    })
    const entries = credential.credentialStatus as { statusPurpose: string; statusListCredential: string }[]
    expect(entries.map(({ statusPurpose, statusListCredential }) => [statusPurpose, statusListCredential])).toEqual(
      ['revocation', 'suspension', 'message'].map((purpose) => [purpose, `${publicUrl}/status/3/${purpose}`]),
    )
    expect(JSON.stringify(credential)).not.toContain('""')
  })

  test('a test of the sandbox says so and has no place', () => {
    const credential = buildCredential2({ ...input, type: VACCINATION, place: null })
    expect(credential.description).toMatch(/not valid/)
    expect(credential).not.toHaveProperty('credentialStatus')
  })

  test('no two words mean the same, and none means what another standard word of the data model does', () => {
    const words = Object.entries((vocabularyDocument(publicUrl) as { '@context': Record<string, unknown> })['@context'])
    const meanings = words.flatMap(([word, meaning]) =>
      word.startsWith('@') ? [] : typeof meaning === 'string' ? meaning : (meaning as { '@id': string })['@id'],
    )
    expect(meanings.length).toBeGreaterThan(30)
    expect(new Set([...meanings, 'https://schema.org/name', 'https://schema.org/description']).size).toBe(
      meanings.length + 2,
    )
  })
})

describe('values that change places', () => {
  /** Paths of all values that are no structure, those of the proof apart. */
  const leaves = (node: unknown, path: string[] = []): string[][] =>
    typeof node === 'object' && node !== null
      ? Object.entries(node).flatMap(([key, child]) => leaves(child, [...path, key]))
      : [path]
  const get = (node: unknown, path: string[]) => path.reduce((at, key) => (at as Record<string, unknown>)[key], node)
  const put = (node: unknown, path: string[], value: unknown) => {
    ;(get(node, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1)!] = value
  }
  const swapped = (document: object, a: string[], b: string[]) => {
    const copy = structuredClone(document)
    put(copy, a, get(document, b))
    put(copy, b, get(document, a))
    return copy
  }
  /** The types and the messages of an entry are sets, whose order says nothing. */
  const saysTheSame = (one: object, other: object) => {
    const inOrder = (document: object) =>
      JSON.stringify(document, (key, value) =>
        Array.isArray(value) && (key === 'type' || key === 'statusMessage')
          ? value.map((item) => JSON.stringify(item)).sort()
          : value,
      )
    return inOrder(one) === inOrder(other)
  }
  const vaccination = (name: string) => ['credentialSubject', 'vaccination', name]
  // Each pair stands for one word in the vocabulary of the QR form, where these swaps go unnoticed.
  const known: [string, string][] = [
    ['dose', 'totalDoses'],
    ['date', 'effectiveStart'],
    ['date', 'effectiveUntil'],
    ['effectiveStart', 'effectiveUntil'],
    ['batch', 'vaccine'],
    ['batch', 'manufacturer'],
    ['batch', 'icd11Code'],
    ['batch', 'certificateId'],
    ['vaccine', 'manufacturer'],
    ['vaccine', 'icd11Code'],
    ['vaccine', 'certificateId'],
    ['manufacturer', 'icd11Code'],
    ['manufacturer', 'certificateId'],
    ['icd11Code', 'certificateId'],
    ['infoUrl', 'feedbackUrl'],
  ]
  test.each(known)('%s and %s', async (a, b) => {
    const altered = swapped(await signed(), vaccination(a), vaccination(b))
    expect(get(altered, vaccination(a))).toBeDefined()
    expect(await verifyCredential2(altered, keyOf, { contexts })).toMatchObject({ verified: false })
    expect(await verifyCertificate2(altered, keyOf, settings)).toMatchObject({ verified: false })
  })

  test('every two different values of the whole credential', { timeout: 120_000 }, async () => {
    const original = await signed()
    const { proof: _proof, ...document } = original
    const paths = leaves(document)
    expect(paths.length).toBeGreaterThan(60)
    let tried = 0
    for (const [index, a] of paths.entries()) {
      for (const b of paths.slice(index + 1)) {
        const altered = swapped(original, a, b)
        if (saysTheSame(altered, original)) continue
        tried++
        const { verified } = await verifyCertificate2(altered, keyOf, settings)
        if (verified) throw new Error(`${a.join('/')} and ${b.join('/')} can change places.`)
      }
    }
    expect(tried).toBeGreaterThan(1500)
  })
})

describe('the compiled path', () => {
  const reports: unknown[] = []
  const template = template2(VACCINATION, publicUrl) as Template2
  const unsigned = () => buildCredential2({ ...input, type: VACCINATION })

  test('signs the very bytes of the library, and both check both', async () => {
    const shape = new Shape2(template, contexts, (what, error) => reports.push(what, error))
    const fast = await shape.sign(unsigned(), signer, at)
    expect(fast).toEqual(await signCredential2(unsigned(), signer, at, contexts))
    expect(await shape.verify(fast, keyOf)).toEqual({ verified: true })
    expect(reports).toEqual([])
  })

  test('is switched off when it is wrong, and says so', async () => {
    const said: string[] = []
    const wrong = new Shape2(template, contexts, (what) => said.push(what), { ...RULES, escape: () => '' })
    await expect(wrong.sign(unsigned(), signer, at)).rejects.toThrow(/not over what/)
    expect(said).toEqual([expect.stringContaining('switched off')])
    const general = await wrong.sign(unsigned(), signer, at)
    expect(await verifyCredential2(general, keyOf, { contexts })).toEqual({ verified: true })
  })
})

test('another key, another address, another vocabulary: not verified', async () => {
  const other = createPublicKey(generateKeyPairSync('ed25519').privateKey)
  expect(await verifyCertificate2(await signed(), () => other, settings)).toMatchObject({ code: 'ALTERED' })
  const elsewhere = await signCertificate2(
    { ...input, type: VACCINATION, settings: { ...settings, publicUrl: 'https://x.example' } },
    signer,
  )
  expect(await verifyCertificate2(elsewhere, keyOf, settings)).toMatchObject({ code: 'NOT_DEFINED' })
})
