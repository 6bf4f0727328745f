/** Signatures against those of DIVOC's own signer: both directions, both algorithms. */
import { describe, expect, test } from 'vitest'
import { keySettings, vector, VECTORS } from '@/lib/testing/vectors'
import { verifyGenerically } from './generic'
import { loadPublicKey, type KeyType } from './keys'
import { loadSigningKey } from './signing-keys'
import { signCredential, verifyCredential } from './sign'

const AT = new Date('2026-11-20T23:29:13.987Z')
const signingKey = (type: KeyType) => loadSigningKey(keySettings(type))
const publicKey = (type: KeyType) => loadPublicKey(keySettings(type))

describe.each(VECTORS)('$name', ({ keyType, unsigned, signed }) => {
  test('the signature of the peer verifies with our verifier', async () => {
    expect(await verifyCredential(JSON.parse(signed), await publicKey(keyType))).toEqual({ verified: true })
  })

  if (keyType === 'ED25519') {
    test('we sign the same bytes as the peer', async () => {
      const { created } = JSON.parse(signed).proof
      const ours = await signCredential(JSON.parse(unsigned), await signingKey('ED25519'), new Date(created))
      expect(JSON.stringify(ours)).toBe(signed)
    })
  } else {
    test('our signature verifies, and differs from the peer only where salt does', async () => {
      const { created } = JSON.parse(signed).proof
      const ours = await signCredential(JSON.parse(unsigned), await signingKey('RSA'), new Date(created))
      expect(await verifyCredential(ours, await publicKey('RSA'))).toEqual({ verified: true })
      const withoutSalted = (text: string) => text.replace(/\.\.[\w-]{342}"/, '.."')
      expect(withoutSalted(JSON.stringify(ours))).toBe(withoutSalted(signed))
    })
  }
})

test.each(['ascii.lk.rsa', 'ascii.lk.ed25519'])(
  '%s: a changed name, dose, date or subject is noticed',
  async (name) => {
    const { signed, keyType } = vector(name)
    const key = await publicKey(keyType)
    const invalid = { verified: false, reason: 'The signature does not match what is written.' }
    for (const [from, to] of [
      ['Bhaya Mitra', 'Maya Bhitra'],
      ['"dose":2', '"dose":3'],
      ['2022-03-01T09:30:00.000Z', '2022-03-02T09:30:00.000Z'],
      ['2342343334', '2342343335'],
      ['"created":"2026', '"created":"2027'],
    ] as const) {
      expect(signed).toContain(from)
      expect(await verifyCredential(JSON.parse(signed.replace(from, to)), key)).toEqual(invalid)
    }
  },
)

test('a value added under a word that no context defines is noticed', async () => {
  const signed = JSON.parse(vector('ascii.lk.rsa').signed)
  signed.credentialSubject.diplomat = 'yes'
  expect(await verifyCredential(signed, await publicKey('RSA'))).toMatchObject({ verified: false })
})

test('the other key type, another issuer, a second proof and a context of its own are refused', async () => {
  const signed = () => JSON.parse(vector('ascii.lk.rsa').signed)
  const key = await publicKey('RSA')
  const refused = async (change: (document: ReturnType<typeof JSON.parse>) => void) => {
    const document = signed()
    change(document)
    return (await verifyCredential(document, key)) as { verified: boolean; reason?: string }
  }
  expect(await verifyCredential(signed(), await publicKey('ED25519'))).toMatchObject({ verified: false })
  expect((await refused((d) => (d.proof.verificationMethod = 'did:other'))).reason).toBe('It names another issuer key.')
  expect((await refused((d) => (d.proof = [d.proof, d.proof]))).reason).toBe('It carries no single proof.')
  expect((await refused((d) => (d.evidence[0]['@context'] = { x: 'schema:id' }))).reason).toBe(
    'It redefines its own words.',
  )
  expect((await refused((d) => d['@context'].push('https://elsewhere.example/'))).reason).toContain('context')
  expect(await refused((d) => (d.proof.jws = d.proof.jws.replace('..', '.e30.')))).toMatchObject({ verified: false })
  expect(await refused((d) => (d.proof.jws = 'not base64 !..x'))).toMatchObject({ verified: false })
  expect(await refused((d) => delete d.proof)).toMatchObject({ verified: false })
})

test('an unsigned algorithm, or another one, in the header is refused', async () => {
  const document = JSON.parse(vector('ascii.lk.ed25519').signed)
  const signature = document.proof.jws.split('..')[1]
  const key = await publicKey('ED25519')
  for (const header of [
    { alg: 'none', b64: false, crit: ['b64'] },
    { alg: 'PS256', b64: false, crit: ['b64'] },
    { alg: 'EdDSA' },
  ]) {
    document.proof.jws = `${Buffer.from(JSON.stringify(header)).toString('base64url')}..${signature}`
    expect(await verifyCredential(document, key)).toMatchObject({ verified: false })
  }
})

test('whatever is given to the verifier, it answers and does not throw', async () => {
  const key = await publicKey('RSA')
  let deep: unknown = 'x'
  for (let depth = 0; depth < 20_000; depth++) deep = { evidence: deep }
  const document = { ...JSON.parse(vector('ascii.lk.rsa').signed), evidence: deep }
  for (const nonsense of [
    null,
    undefined,
    1,
    '',
    'x',
    [],
    [null],
    {},
    { proof: null },
    { '@context': 1, proof: {} },
    document,
  ]) {
    expect(await verifyCredential(nonsense, key)).toMatchObject({ verified: false, reason: expect.any(String) })
  }
})

describe('signing', () => {
  const unsigned = () => JSON.parse(vector('ascii.divocdev.rsa').unsigned)

  test('an unknown context is an error', async () => {
    const document = unsigned()
    document['@context'][1] = 'https://elsewhere.example/context'
    await expect(signCredential(document, await signingKey('RSA'), AT)).rejects.toThrow(/not pinned/)
  })

  test('a relative subject id is an error: it would leave the subject unsigned', async () => {
    const document = unsigned()
    document.credentialSubject.id = '872550100V'
    await expect(signCredential(document, await signingKey('RSA'), AT)).rejects.toThrow()
  })

  test('a term that no context defines is an error', async () => {
    await expect(signCredential({ ...unsigned(), extra: 'x' }, await signingKey('RSA'), AT)).rejects.toThrow()
  })

  test('the input is left alone and the proof comes last, in whole seconds', async () => {
    const document = unsigned()
    const signed = await signCredential(document, await signingKey('ED25519'), AT)
    expect(document).toEqual(unsigned())
    expect(Object.keys(signed).at(-1)).toBe('proof')
    expect(signed.proof.created).toBe('2026-11-20T23:29:13Z')
    await expect(signCredential(signed, await signingKey('ED25519'), AT)).rejects.toThrow(/already/)
  })

  test.each(['a\tb', 'a\bb', 'a\fb', 'a\u007fb', 'a\u0000b', 'a\ud800b'])('%j is refused', async (name) => {
    const document = unsigned()
    document.credentialSubject.name = name
    const refused = expect.objectContaining({ code: 'UNSUPPORTED_CHARACTER' })
    await expect(signCredential(document, await signingKey('RSA'), AT)).rejects.toThrow(refused)
  })

  test('words of other scripts, quotes and JSON in a value are signed as they are', async () => {
    const document = unsigned()
    document.evidence[0].verifier.name = 'x"}, "dose": 3, "certificateId":"111111111", "z": {"a":"\\'
    document.credentialSubject.name = 'නිමල් – O’Brien \\ "Bob" \u200d 👩‍⚕️'
    const signed = await signCredential(document, await signingKey('ED25519'), AT)
    expect(JSON.parse(JSON.stringify(signed)).evidence).toEqual(document.evidence)
    expect(await verifyCredential(JSON.parse(JSON.stringify(signed)), await publicKey('ED25519'))).toEqual({
      verified: true,
    })
  })
})

describe('the first generation', () => {
  const unsigned = () => JSON.parse(vector('scripts.first.ed25519').unsigned)

  test('words that came later are not in its vocabulary: a certificate with one is not signed, and one added does not verify', async () => {
    const key = await signingKey('ED25519')
    for (const later of ['dob', 'icd11Code', 'prophylaxis']) {
      const document = unsigned()
      const place = later === 'dob' ? document.credentialSubject : document.evidence[0]
      place[later] = 'x'
      await expect(signCredential(document, key, AT)).rejects.toThrow()
      const signed = await signCredential(unsigned(), key, AT)
      expect(await verifyCredential({ ...signed, ...document }, key)).toMatchObject({ verified: false })
    }
  })

  test('under a namespace of both generations it is signed and verified too', async () => {
    const namespace = 'https://health.example/vaccination'
    const key = { ...(await signingKey('ED25519')), namespace, namespaceV1: namespace }
    const document = unsigned()
    document['@context'][1] = namespace
    const signed = await signCredential(document, key, AT)
    expect(await verifyCredential(JSON.parse(JSON.stringify(signed)), key)).toEqual({ verified: true })
    expect(await verifyGenerically(signed, key)).toEqual({ verified: true })
  })
})
