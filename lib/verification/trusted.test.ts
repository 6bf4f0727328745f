/** Certificates of other issuers: genuine when an administrator trusts their key, never called valid, never asked about. */
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { packCredential, qrValue } from '@/lib/rendering/zip'
import { testIssuer } from '@/lib/testing/issuer-keys'
import { TEST_KEYS, vector, VECTORS } from '@/lib/testing/vectors'
import { trustedKeysOf, type IssuerKeys } from './issuer-keys'
import { fingerprintOf, readKeys } from './key-text'
import { codeOf } from './verdict'
import { verify, type Sources } from './verify'

type Credential = ReturnType<typeof JSON.parse>

/** As an administrator pastes it and verifiers are told it. */
function trust(keyText: string, verificationMethod: string, name = 'Elsewhere'): IssuerKeys[] {
  const read = readKeys(keyText)
  if ('problem' in read) throw new Error(read.problem)
  const issuers = read.keys.map(({ algorithm, publicKey }) => ({ name, verificationMethod, algorithm, publicKey }))
  return trustedKeysOf(JSON.parse(JSON.stringify({ issuers })))
}

/** Another issuer of the same name, which is DIVOC's default: nothing that the vectors' keys signed is ours. */
function ours(): IssuerKeys {
  const pair = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
  return { did: 'did:india', keys: [{ id: 'did:india', type: 'ED25519', bytes: new Uint8Array(pair.subarray(12)) }] }
}

function sourcesWith(keys: IssuerKeys[]): { sources: Sources; asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    sources: {
      own: { namespace: 'https://example.org/vaccination/v2', namespaceV1: 'https://example.org/vaccination/v1' },
      now: () => new Date('2026-11-21T08:35:00.000Z'),
      keys: async () => keys,
      status: async (number) => {
        asked.push(number)
        return 'unknown'
      },
    },
  }
}

const code = (text: string) => qrValue(packCredential(text))
const changed = (text: string, change: (credential: Credential) => void): string => {
  const credential = JSON.parse(text)
  change(credential)
  return JSON.stringify(credential)
}

describe.each(VECTORS)('$name', ({ signed, keyType, qrValue: scanned }) => {
  const key = TEST_KEYS[keyType].publicKey

  test('is genuine with its issuer’s key in the list, whose it is is said, and no registry is asked', async () => {
    const { sources, asked } = sourcesWith([ours(), ...trust(key, 'did:india', 'Ministry of Somewhere')])
    const verdict = await verify(scanned, sources)
    const { name } = JSON.parse(signed).credentialSubject
    expect(verdict).toMatchObject({ state: 'trusted', issuer: 'Ministry of Somewhere', facts: { name } })
    expect(codeOf(verdict)).toBe('15')
    expect(asked).toEqual([])
  })

  test('is not genuine without it, and tells nothing of the person', async () => {
    const { sources } = sourcesWith([ours()])
    expect(await verify(scanned, sources)).toEqual({ state: 'not_genuine' })
  })

  test('changed, it is not genuine either', async () => {
    const { sources } = sourcesWith([ours(), ...trust(key, 'did:india')])
    const forged = changed(signed, ({ credentialSubject }) => (credentialSubject.name += ' Kumar'))
    expect(await verify(code(forged), sources)).toEqual({ state: 'not_genuine' })
  })
})

describe('names of keys', () => {
  const { signed } = vector('ascii.lk.rsa')
  const key = TEST_KEYS.RSA.publicKey

  test('a key counts under its own name, and under that of its document', async () => {
    const named = trust(key, 'did:india#key-1')
    expect(await verify(code(signed), sourcesWith([ours(), ...named]).sources)).toMatchObject({ state: 'trusted' })
    const other = trust(key, 'did:other')
    expect(await verify(code(signed), sourcesWith([ours(), ...other]).sources)).toEqual({ state: 'not_genuine' })
  })

  test('our own key is ours, whoever else is trusted under the same name', async () => {
    const { sources, asked } = sourcesWith([testIssuer('RSA'), ...trust(key, 'did:india', 'Somebody who copied it')])
    expect(await verify(code(signed), sources)).toEqual({ state: 'could_not_check', obstacle: 'registry' })
    expect(asked).toEqual(['100000001'])
  })

  test('of several trusted issuers of one name the one that signed is named', async () => {
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
      type: 'spki',
      format: 'pem',
    })
    const list = [...trust(another as string, 'did:india', 'First'), ...trust(key, 'did:india', 'Second')]
    const verdict = await verify(code(signed), sourcesWith([ours(), ...list]).sources)
    expect(verdict).toMatchObject({ state: 'trusted', issuer: 'Second' })
  })

  test('a vocabulary that is not known here makes it uncheckable, not forged', async () => {
    const strange = changed(signed, (credential) => (credential['@context'][1] = 'https://elsewhere.example/v9'))
    const known = sourcesWith([ours(), ...trust(key, 'did:india')])
    expect(await verify(code(strange), known.sources)).toEqual({ state: 'could_not_check', obstacle: 'vocabulary' })
    expect(await verify(code(strange), sourcesWith([ours()]).sources)).toEqual({ state: 'not_genuine' })
  })
})

describe('without a connection', () => {
  const { signed } = vector('ascii.lk.rsa')

  test('kept keys of the trust list count', async () => {
    const { sources } = sourcesWith([ours(), ...trust(TEST_KEYS.RSA.publicKey, 'did:india')])
    const kept: Sources = { ...sources, keys: async (fresh) => (fresh ? null : sources.keys(false)) }
    expect(await verify(code(signed), kept)).toMatchObject({ state: 'trusted' })
  })

  test('nobody is called a forger over kept keys', async () => {
    const { sources } = sourcesWith([ours()])
    const kept: Sources = { ...sources, keys: async (fresh) => (fresh ? null : sources.keys(false)) }
    expect(await verify(code(signed), kept)).toEqual({ state: 'could_not_check', obstacle: 'kept_keys' })
    const none: Sources = { ...sources, keys: async () => null }
    expect(await verify(code(signed), none)).toEqual({ state: 'could_not_check', obstacle: 'keys' })
  })
})

test('the fingerprint of a key does not depend on how it was pasted', () => {
  const [first] = trust(TEST_KEYS.RSA.publicKey, 'did:x')
  expect(first!.keys[0]!.type).toBe('RSA')
  const read = readKeys(TEST_KEYS.RSA.publicKey.replaceAll('\n', '\\n'))
  expect('keys' in read && fingerprintOf(read.keys[0]!)).toBe(
    fingerprintOf({ algorithm: 'RSA', publicKey: TEST_KEYS.RSA.publicKey }),
  )
})
