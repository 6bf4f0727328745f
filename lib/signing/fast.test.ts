/** What the compiled path covers, what it leaves to the reference library, and that it notices when it is wrong. */
import { describe, expect, test } from 'vitest'
import { keySettings, vector, VECTORS } from '@/lib/testing/vectors'
import { canonicalForm } from './canonical'
import { compileShape, type Reference } from './compile'
import { canonize } from './eddsa'
import { credentialTemplate, FastPath } from './fast'
import { referenceFor, signGenerically, verifyGenerically } from './generic'
import { loadPublicKey } from './keys'
import { loadSigningKey } from './signing-keys'
import { CREDENTIALS_V1 } from './names'
import type { SignedCredential } from './proof'
import { RULES } from './rules'
import { verifyCredential } from './sign'

const AT = new Date('2026-11-20T23:29:13.987Z')
const NAMESPACE = 'https://divoc.dev/credentials/vaccination/v2'
const own = keySettings('ED25519').credential
const unsigned = () => JSON.parse(vector('scripts.divocdev.ed25519').unsigned)
const unheard = (what: string) => {
  throw new Error(what)
}
/** Shared where what it has seen before does not matter: compiling takes its time. */
const fast = new FastPath(unheard)
const key = () => loadSigningKey(keySettings('ED25519'))

describe.each(VECTORS)('$name', ({ keyType, unsigned, signed }) => {
  test('is signed and checked along the compiled shape', async () => {
    const publicKey = await loadPublicKey(keySettings(keyType))
    expect(await fast.verify(JSON.parse(signed), publicKey)).toEqual({ verified: true })
    const { created } = JSON.parse(signed).proof
    const ours = await fast.sign(JSON.parse(unsigned), await loadSigningKey(keySettings(keyType)), new Date(created))
    expect(await verifyGenerically(ours!, publicKey)).toEqual({ verified: true })
    if (keyType === 'ED25519') expect(JSON.stringify(ours)).toBe(signed)
  })
})

test('both paths give every altered certificate the same answer', async () => {
  const publicKey = await loadPublicKey(keySettings('ED25519'))
  const signed: SignedCredential = JSON.parse(vector('ascii.divocdev.ed25519').signed)
  const { jws } = signed.proof
  for (const other of [
    '',
    '..',
    `${jws}A`,
    jws.slice(0, -4),
    `${jws.split('..')[0]}..AA`,
    jws.replace('..', '.e30.'),
  ]) {
    const altered = { ...signed, proof: { ...signed.proof, jws: other } }
    expect(await fast.verify(altered, publicKey)).toEqual(await verifyGenerically(altered, publicKey))
    expect(await verifyCredential(altered, publicKey)).toMatchObject({ verified: false })
  }
  for (const change of [{ nonTransferable: 'false' }, { issuanceDate: '' }, { issuer: 'did:other' }]) {
    const altered = { ...signed, ...change }
    expect(await verifyCredential(altered, publicKey)).toEqual(await verifyGenerically(altered, publicKey))
  }
})

test('a signed copy shares nothing with what was given', async () => {
  const document = unsigned()
  const signed = await fast.sign(document, await key(), AT)
  document.credentialSubject.name = document.evidence[0].facility.address.city = 'changed'
  document.type.push('changed')
  expect(JSON.stringify(signed)).not.toContain('changed')
})

describe('left to the general path', () => {
  const odd: [string, (document: ReturnType<typeof unsigned>) => unknown][] = [
    ['a word of another version', (d) => (d.credentialSubject.uhid = 'x')],
    ['a value that is not text', (d) => (d.credentialSubject.name = true)],
    ['no value', (d) => (d.credentialSubject.name = null)],
    ['a list instead of a value', (d) => (d.credentialSubject.name = ['a', 'b'])],
    ['a relative id', (d) => (d.credentialSubject.id = '872550100V')],
    ['an id with a space', (d) => (d.credentialSubject.id = 'did:a b')],
    ['an id that a context shortens', (d) => (d.evidence[0].id = 'schema:name')],
    ['an id in small brackets', (d) => (d.evidence[0].id = 'urn:<x>')],
    ['a blank id', (d) => (d.evidence[0].id = '_:b0')],
    ['no id', (d) => delete d.evidence[0].id],
    ['one id twice', (d) => (d.evidence[0].id = d.credentialSubject.id)],
    ['a context further down', (d) => (d.evidence[0].verifier['@context'] = {})],
    ['two doses in one certificate', (d) => d.evidence.push(d.evidence[0])],
    ['types in another order', (d) => d.type.reverse()],
    ['half a character', (d) => (d.credentialSubject.name = 'a\ud800')],
    ['a number that reads like another', (d) => (d.evidence[0].dose = 1e-7)],
    ['a date that is a number', (d) => (d.issuanceDate = 5)],
    ['a member named __proto__', (d) => Object.defineProperty(d, '__proto__', { value: 'x', enumerable: true })],
  ]
  test.each(odd)('%s', async (_what, change) => {
    const document = unsigned()
    change(document)
    expect(await fast.sign(document, await key(), AT)).toBeNull()
  })

  test('what the template leaves open is covered: absent, empty, the same twice, a number', async () => {
    const document = unsigned()
    delete document.credentialSubject.dob
    delete document.evidence[0].facility
    Object.assign(document.evidence[0], { batch: 'x', vaccine: 'x', manufacturer: '', dose: 1.5 })
    const signed = await fast.sign(document, await key(), AT)
    expect(await verifyGenerically(signed!, await key())).toEqual({ verified: true })
  })
})

describe('when a compiled form is wrong', () => {
  const wrong = { ...RULES, isSame: () => true }

  test('the first signature is noticed, reported, and nothing is signed that way again', async () => {
    const reports: string[] = []
    const fast = new FastPath((what) => reports.push(what), wrong)
    await expect(fast.sign(unsigned(), await key(), AT)).rejects.toThrow(/does not verify/)
    expect(await fast.sign(unsigned(), await key(), AT)).toBeNull()
    expect(reports).toEqual([expect.stringContaining('switched off')])
  })

  test('the library has the last word about a verification', async () => {
    const reports: string[] = []
    const fast = new FastPath((what) => reports.push(what), wrong)
    const signed = await signGenerically(unsigned(), await key(), AT)
    expect(await fast.verify(signed, await key())).toEqual({ verified: true })
    expect(await fast.verify(signed, await key())).toBeNull()
    expect(reports).toEqual([expect.stringContaining('switched off')])
  })
})

describe('a shape is not compiled', () => {
  const contexts = [CREDENTIALS_V1, NAMESPACE]
  const compile = (template: object, reference: Reference = referenceFor(contexts, own)) =>
    compileShape(
      { '@context': contexts, type: ['VerifiableCredential'], issuer: { setting: 'issuer' }, ...template },
      reference,
    )

  test('with a word that its contexts do not define', async () => {
    await expect(compile({ extra: { from: 'x' } })).rejects.toThrow()
  })
  test('with a graph inside', async () => {
    await expect(compile({ proof: { type: 'RsaSignature2018', created: { from: 'x' } } })).rejects.toThrow()
  })
  test('with a list that mixes values and objects', async () => {
    await expect(compile({ evidence: ['urn:x', { type: 'Vaccination', batch: { from: 'x' } }] })).rejects.toThrow(
      /mixes/,
    )
  })
  test('with one meaning for a value and an object', async () => {
    const words = 'https://words.example/'
    const known = new Map([[words, { '@context': { batch: 'urn:same', of: 'urn:same', name: 'urn:name' } }]])
    const template = { '@context': words, batch: { from: 'x' }, of: { name: { from: 'y' } } }
    const reference = {
      canonize: (document: object) => canonize(document, known),
      words: new Set(['batch', 'of', 'name']),
    }
    await expect(compileShape(template, reference)).rejects.toThrow(/one meaning/)
  })
  test('when the library writes something else than the program', async () => {
    const { canonize, words } = referenceFor(contexts, own)
    const other = async (document: object) => (await canonize(document)).replace('"value of issuanceDate"', '"another"')
    await expect(compile({ issuanceDate: { from: 'x' } }, { canonize: other, words })).rejects.toThrow(/does not write/)
  })
})

test('nodes that say the same are left to the library', async () => {
  const contexts = [CREDENTIALS_V1, NAMESPACE]
  const evidence = { type: ['Vaccination'], batch: { from: 'batch' } }
  const template = { '@context': contexts, type: ['VerifiableCredential'], evidence: [evidence, evidence] }
  const program = await compileShape(template, referenceFor(contexts, own))
  const document = (batches: string[]) => ({
    ...template,
    evidence: batches.map((batch) => ({ type: ['Vaccination'], batch })),
  })
  expect(canonicalForm(program, document(['a', 'b']), RULES)).not.toBeNull()
  expect(canonicalForm(program, document(['a', 'a']), RULES)).toBeNull()
})

test('every namespace has a program of its own', async () => {
  const reference = referenceFor([CREDENTIALS_V1, NAMESPACE], own)
  const program = await compileShape(credentialTemplate(NAMESPACE), reference)
  expect(canonicalForm(program, unsigned(), RULES)).not.toBeNull()
  expect(canonicalForm(program, JSON.parse(vector('scripts.lk.ed25519').unsigned), RULES)).toBeNull()
})
