/** Rotation on a real disk: whatever was signed stays known, whatever step was the last before a crash. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setEnvironment } from '@/lib/testing/api'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { keySettings, vector } from '@/lib/testing/vectors'
import { issuerKeysOf, keysNamed } from '@/lib/verification/issuer-keys'
import { didDocument } from './did-document'
import { jwksOf } from './jwks'
import { keepPublished } from './key-files'
import { loadPublicKey, loadPublicKey2, loadPublishedKeys, type KeySettings, type SigningKey } from './keys'
import { withLiveKeys } from './live-keys'
import { promoteNext, readStored } from './private-key-file'
import { listKeys, prepareKey, rotateKey, withdrawKey } from './rotation'
import { signCredential, verifyCredential } from './sign'
import { loadSigningKeys } from './signing-keys'
import { thumbprintOf } from './thumbprint'

const NONE = { privateKey: undefined, publicKey: undefined }
let dataDir: string

beforeEach(() => {
  setEnvironment('postgresql://localhost/none')
  dataDir = temporaryFolder('rotation-')
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const generated = (type: 'RSA' | 'ED25519' = 'RSA') => keySettings(type, { ...NONE, ed25519: NONE }, dataDir)

async function published(settings: KeySettings): Promise<KeyObject[]> {
  const { present, present2, others } = await loadPublishedKeys(settings)
  return [present.publicKey, present2.publicKey, ...others]
}

/** When no worker signs with the key before any more. */
const later = () => new Date(Date.now() + 60_000)

const prints = async (settings: KeySettings) => new Set((await published(settings)).map(thumbprintOf))

/** A certificate signed with the key of now; `holds` = a verifier with what is published now accepts it. */
async function certificate(key: SigningKey) {
  const signed = await signCredential(JSON.parse(vector('ascii.divocdev.rsa').unsigned), key, new Date())
  const holds = async (settings: KeySettings) => {
    const keys = await published(settings)
    const known = issuerKeysOf(JSON.parse(JSON.stringify(didDocument(await loadPublishedKeys(settings), settings))))
    // As a browser chooses keys, and as our own code checks them.
    expect(keysNamed([known], signed.proof.verificationMethod, key.type).length).toBeGreaterThan(0)
    const answers = await Promise.all(
      keys.map((publicKey) => {
        const type = publicKey.asymmetricKeyType === 'rsa' ? ('RSA' as const) : ('ED25519' as const)
        return verifyCredential(signed, { ...key, type, publicKey })
      }),
    )
    return answers.some(({ verified }) => verified)
  }
  return { signed, holds }
}

describe('rotating', () => {
  test('RSA to RSA, twice: every certificate still holds, and proofs keep their name', async () => {
    const settings = generated()
    const certificates = []
    for (let n = 0; n < 3; n++) {
      const { key } = await loadSigningKeys(settings)
      certificates.push(await certificate(key))
      if (n < 2) await rotateKey(settings, 'RSA')
    }
    expect(new Set(certificates.map(({ signed }) => signed.proof.verificationMethod))).toEqual(new Set(['did:india']))
    for (const { holds } of certificates) expect(await holds(settings)).toBe(true)
    expect((await listKeys(settings)).map(({ use }) => use).sort()).toEqual([
      'signed before',
      'signed before',
      'signs certificates',
      'signs the second form and status lists',
    ])
  })

  test('RSA to Ed25519 by the setting, then Ed25519 to Ed25519', async () => {
    const rsa = await certificate((await loadSigningKeys(generated())).key)
    const settings = generated('ED25519')
    const first = await loadSigningKeys(settings)
    const ed25519 = await certificate(first.key)
    await rotateKey(settings, 'ED25519')
    const { key, key2 } = await loadSigningKeys(settings)
    expect(key2.publicKey.equals(key.publicKey)).toBe(true)
    expect(key2.verificationMethod).not.toBe(first.key2.verificationMethod)
    for (const one of [rsa, ed25519, await certificate(key)]) expect(await one.holds(settings)).toBe(true)
    await expect(rotateKey(settings, 'RSA')).rejects.toThrow(/No RSA key is in use/)
  })

  test('a prepared key is published before it signs, and is the one that signs then', async () => {
    const settings = generated()
    const { key } = await loadSigningKeys(settings)
    const { thumbprint } = await prepareKey(settings, 'RSA')
    expect(await prepareKey(settings, 'RSA')).toEqual({ thumbprint })
    expect(await prints(settings)).toContain(thumbprint)
    expect((await loadSigningKeys(settings)).key.publicKey.equals(key.publicKey)).toBe(true)
    expect(await rotateKey(settings, 'RSA')).toEqual({ before: thumbprintOf(key.publicKey), after: thumbprint })
    expect(thumbprintOf((await loadSigningKeys(settings)).key.publicKey)).toBe(thumbprint)
    expect(
      readdirSync(path.join(dataDir, 'keys'))
        .filter((name) => name.includes('private'))
        .sort(),
    ).toEqual(['ed25519.private.pem', 'rsa.private.pem'])
  })

  test.each(['prepared', 'kept', 'promoted'])(
    'a crash after “%s” loses no key, and rotating again ends it',
    async (last) => {
      const settings = generated()
      const old = await certificate((await loadSigningKeys(settings)).key)
      await prepareKey(settings, 'RSA')
      const { present } = await readStored(dataDir, 'RSA')
      if (last !== 'prepared') await keepPublished(dataDir, createPublicKey(present!))
      if (last === 'promoted') await promoteNext(dataDir, 'RSA')
      const known = await prints(settings)
      // Whoever starts now signs with a key that is published, and its public half is the present one again.
      const { key } = await loadSigningKeys(settings)
      expect(known).toContain(thumbprintOf(key.publicKey))
      expect((await loadPublishedKeys(settings)).present.publicKey.equals(key.publicKey)).toBe(true)
      const between = await certificate(key)
      const { after } = await rotateKey(settings, 'RSA')
      expect(thumbprintOf((await loadSigningKeys(settings)).key.publicKey)).toBe(after)
      for (const one of [old, between]) expect(await one.holds(settings)).toBe(true)
    },
  )

  test('two at once end with one key that signs, and every key known', async () => {
    const settings = generated('ED25519')
    const old = await certificate((await loadSigningKeys(settings)).key)
    const ended = await Promise.allSettled([rotateKey(settings, 'ED25519'), rotateKey(settings, 'ED25519')])
    expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true)
    const { key } = await loadSigningKeys(settings)
    expect(await prints(settings)).toContain(thumbprintOf(key.publicKey))
    expect(await old.holds(settings)).toBe(true)
  })

  test('a running worker takes the new key up by itself; one that is asked in between signs with the one or the other', async () => {
    const settings = generated('ED25519')
    const stop = new AbortController()
    const worker = await withLiveKeys({ settings }, stop.signal, { lookEveryMs: 10 })
    const before = await certificate(worker.key)
    const { after } = await rotateKey(settings, 'ED25519')
    const between = await certificate(worker.key)
    await expect.poll(() => thumbprintOf(worker.key2.publicKey)).toBe(after)
    for (const one of [before, between, await certificate(worker.key)]) expect(await one.holds(settings)).toBe(true)
    stop.abort()
  })

  test('keys that settings give are changed there: the public half of the one before stays published', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const first = keySettings('RSA', {}, dataDir)
    const old = await certificate((await loadSigningKeys(first)).key)
    await expect(rotateKey(first, 'RSA')).rejects.toThrow(/comes from CERTIFICATE_PRIVATE_KEY/)
    await expect(rotateKey(first, 'ED25519')).rejects.toThrow(/comes from CERTIFICATE_ED25519_PRIVATE_KEY/)
    const privateKey = other.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const second = keySettings('RSA', { privateKey, publicKey: undefined }, dataDir)
    const { key } = await loadSigningKeys(second)
    expect(key.publicKey.equals(other.publicKey)).toBe(true)
    for (const one of [old, await certificate(key)]) expect(await one.holds(second)).toBe(true)
  })

  test('of an external signer is refused with what to do', async () => {
    const signer = { url: 'http://localhost:1', token: undefined }
    const settings = keySettings('RSA', { privateKey: undefined, ed25519: NONE, signer }, dataDir)
    await expect(rotateKey(settings, 'RSA')).rejects.toThrow(/external signer.*CERTIFICATE_PUBLIC_KEY/)
  })

  test('where no worker has ever run makes no key', async () => {
    await expect(rotateKey(generated(), 'RSA')).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' })
    expect(readdirSync(dataDir)).toEqual([])
  })
})

describe('withdrawing', () => {
  test('takes a former key out of everything; what it signed is not genuine any more, the rest is', async () => {
    const settings = generated()
    const old = await certificate((await loadSigningKeys(settings)).key)
    const { before } = await rotateKey(settings, 'RSA')
    const present = await certificate((await loadSigningKeys(settings)).key)
    await expect(withdrawKey(settings, before!.slice(0, 5), later())).rejects.toThrow(/at least 6/)
    expect(await withdrawKey(settings, before!.slice(0, 8), later())).toMatchObject({
      thumbprint: before,
      use: 'withdrawn',
    })
    expect(await prints(settings)).not.toContain(before)
    expect(await present.holds(settings)).toBe(true)
    expect(await old.holds(settings)).toBe(false)
    expect((await listKeys(settings)).filter(({ use }) => use === 'withdrawn')).toHaveLength(1)
  })

  test('is refused for a key that signs now', async () => {
    const settings = generated()
    const { key, key2 } = await loadSigningKeys(settings)
    for (const { publicKey } of [key, key2]) {
      await expect(withdrawKey(settings, thumbprintOf(publicKey), later())).rejects.toThrow(/signs now/)
    }
    await expect(withdrawKey(settings, 'abcdefgh', later())).rejects.toThrow(/no such key/)
  })

  test('of the next key destroys it; a later rotation makes another one', async () => {
    const settings = generated('ED25519')
    await loadSigningKeys(settings)
    const { thumbprint } = await prepareKey(settings, 'ED25519')
    await withdrawKey(settings, thumbprint, later())
    expect((await readStored(dataDir, 'ED25519')).next).toBeUndefined()
    expect((await rotateKey(settings, 'ED25519')).after).not.toBe(thumbprint)
  })

  test('a key that comes back by a setting does not sign', async () => {
    const given = keySettings('ED25519', {}, dataDir)
    const { key } = await loadSigningKeys(given)
    await loadSigningKeys(generated('ED25519'))
    await withdrawKey(generated('ED25519'), thumbprintOf(key.publicKey), later())
    await expect(loadSigningKeys(given)).rejects.toThrow(/was withdrawn/)
  })

  test('is refused for half a minute after the key was replaced: a worker may still be signing with it', async () => {
    const settings = generated()
    await loadSigningKeys(settings)
    const { before } = await rotateKey(settings, 'RSA')
    const soon = (seconds: number) => new Date(Date.now() + seconds * 1000)
    for (const at of [soon(0), soon(25)]) {
      await expect(withdrawKey(settings, before!, at)).rejects.toThrow(/in half a minute/)
    }
    expect(await prints(settings)).toContain(before)
    expect(await withdrawKey(settings, before!, soon(31))).toMatchObject({ use: 'withdrawn' })
  })

  test('a private key that comes back from a backup is not published again and does not sign; rotating ends it', async () => {
    const settings = generated()
    const file = path.join(dataDir, 'keys', 'rsa.private.pem')
    await loadSigningKeys(settings)
    const backup = readFileSync(file)
    const { before, after } = await rotateKey(settings, 'RSA')
    await withdrawKey(settings, before!, later())
    const known = await prints(settings)
    writeFileSync(file, backup)
    await expect(loadSigningKeys(settings)).rejects.toThrow(/was withdrawn/)
    expect(await prints(settings)).toEqual(known)
    expect(thumbprintOf((await loadPublicKey(settings)).publicKey)).toBe(after)
    const again = await rotateKey(settings, 'RSA')
    expect(thumbprintOf((await loadSigningKeys(settings)).key.publicKey)).toBe(again.after)
    expect(await prints(settings)).toEqual(new Set([...known, again.after]))
  })

  test('also with its public half: it is nobody’s present key, and what other keys signed still holds', async () => {
    const settings = generated()
    const [publicFile, privateFile] = ['rsa.public.pem', 'rsa.private.pem'].map((name) =>
      path.join(dataDir, 'keys', name),
    )
    await loadSigningKeys(settings)
    for (const file of [publicFile!, privateFile!]) copyFileSync(file, `${file}.backup`)
    const { before } = await rotateKey(settings, 'RSA')
    const between = await certificate((await loadSigningKeys(settings)).key)
    await rotateKey(settings, 'RSA')
    await withdrawKey(settings, before!, later())
    for (const file of [publicFile!, privateFile!]) copyFileSync(`${file}.backup`, file)
    await expect(loadSigningKeys(settings)).rejects.toThrow(/was withdrawn/)
    await expect(loadPublicKey(settings)).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' })
    expect(await between.holds(settings)).toBe(true)
    expect(await prints(settings)).not.toContain(before)
    expect(JSON.stringify(jwksOf(await loadPublishedKeys(settings)))).not.toContain(before)
    expect((await listKeys(settings)).map(({ use }) => use).sort()).toEqual([
      'signed before',
      'signed before',
      'signs the second form and status lists',
      'withdrawn',
    ])
    await rotateKey(settings, 'RSA')
    const present = await certificate((await loadSigningKeys(settings)).key)
    for (const one of [between, present]) expect(await one.holds(settings)).toBe(true)
  })

  test('a withdrawn key that a setting names is refused; the second form and the former keys can still be checked', async () => {
    const given = keySettings('RSA', { privateKey: undefined, ed25519: NONE }, dataDir)
    const { key } = await loadSigningKeys(keySettings('RSA', {}, dataDir))
    const { key: other, key2 } = await loadSigningKeys(generated())
    await withdrawKey(generated(), thumbprintOf(key.publicKey), later())
    await expect(loadPublicKey(given)).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE', status: 503 })
    expect((await loadPublicKey2(given)).publicKey.equals(key2.publicKey)).toBe(true)
    expect(await prints(given)).toContain(thumbprintOf(other.publicKey))
    expect(await prints(given)).not.toContain(thumbprintOf(key.publicKey))
    // Without another RSA key the second form alone is left.
    rmSync(path.join(dataDir, 'keys', 'rsa.public.pem'))
    const left = await loadPublishedKeys(given)
    expect(left.present.type).toBe('ED25519')
    expect(left.present.publicKey.equals(key2.publicKey)).toBe(true)
  })

  test('a next key that comes back from a backup is not taken into use; withdrawing it again destroys it', async () => {
    const settings = generated('ED25519')
    const file = path.join(dataDir, 'keys', 'ed25519.next.private.pem')
    await loadSigningKeys(settings)
    const { thumbprint } = await prepareKey(settings, 'ED25519')
    const backup = readFileSync(file)
    await withdrawKey(settings, thumbprint, later())
    writeFileSync(file, backup)
    await expect(rotateKey(settings, 'ED25519')).rejects.toThrow(/was withdrawn/)
    await withdrawKey(settings, thumbprint, later())
    expect((await rotateKey(settings, 'ED25519')).after).not.toBe(thumbprint)
  })
})
