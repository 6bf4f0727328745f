/** The keys that sign: from the settings, from an external signer, or generated once into DATA_DIR/keys. For the worker alone. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { externalSigner } from './external-signer'
import { publishKey } from './key-files'
import { describe, describe2, sandboxSettings, type KeySettings, type KeyType } from './keys'
import type { SigningKey, SigningKey2 } from './keys'
import { parsePrivate, parsePublic } from './parsed-key'
import { readOrCreateKey } from './private-key-file'
import { signBytes } from './raw-signature'
import { isSameKey } from './thumbprint'

export interface SigningKeys {
  /** Signs certificates in DIVOC's form. */
  key: SigningKey
  /** Signs the form of VC Data Model 2.0 and the status lists. */
  key2: SigningKey2
  /** The same for what sandbox clients try out. */
  sandboxKey: SigningKey
  sandboxKey2: SigningKey2
}

/**
 * All four, their public halves published in DATA_DIR/keys before anything is signed with them. Throws an Error that names
 * the setting or the file when a key is malformed, of another type, not the other's half, or was withdrawn.
 */
export async function loadSigningKeys(settings: KeySettings): Promise<SigningKeys> {
  const [real, test] = await Promise.all([settings, sandboxSettings(settings)].map(loadPair))
  return { key: real!.key, key2: real!.key2, sandboxKey: test!.key, sandboxKey2: test!.key2 }
}

/** The key of SIGNING_KEY_TYPE alone. Published only where it was generated. */
export async function loadSigningKey(settings: KeySettings): Promise<SigningKey> {
  const { publicKey, sign } = await sourceOf(settings, settings.signing.keyType, FIRST)
  return { ...describe(settings, publicKey), sign }
}

/** Where a key comes from. */
interface Source {
  publicKey: KeyObject
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** The settings that a key can be given by. */
interface Names {
  privateName: string
  publicName: string
  given(signing: KeySettings['signing']): { privateKey: string | undefined; publicKey: string | undefined }
}

const FIRST: Names = {
  privateName: 'CERTIFICATE_PRIVATE_KEY',
  publicName: 'CERTIFICATE_PUBLIC_KEY',
  given: ({ privateKey, publicKey }) => ({ privateKey, publicKey }),
}

const SECOND: Names = {
  privateName: 'CERTIFICATE_ED25519_PRIVATE_KEY',
  publicName: 'CERTIFICATE_ED25519_PUBLIC_KEY',
  given: ({ ed25519 }) => ed25519,
}

async function loadPair(settings: KeySettings): Promise<{ key: SigningKey; key2: SigningKey2 }> {
  const { keyType, signer, publicKey } = settings.signing
  if (signer && !publicKey) throw new Error('SIGNER_URL is set: CERTIFICATE_PUBLIC_KEY has to say which key it keeps.')
  const first = await sourceOf(settings, keyType, FIRST)
  const second = keyType === 'ED25519' ? first : await sourceOf(settings, 'ED25519', SECOND)
  await publishKey(settings.dataDir, keyType, first.publicKey)
  if (second !== first) await publishKey(settings.dataDir, 'ED25519', second.publicKey)
  return {
    key: { ...describe(settings, first.publicKey), sign: first.sign },
    key2: { ...describe2(settings, second.publicKey), sign: second.sign },
  }
}

async function sourceOf({ dataDir, signing }: KeySettings, type: KeyType, names: Names): Promise<Source> {
  const { privateKey: given, publicKey: alsoGiven } = names.given(signing)
  if (alsoGiven && !given) {
    const publicKey = parsePublic(alsoGiven, type, names.publicName)
    if (signing.signer) return { publicKey, sign: externalSigner(signing.signer, type, publicKey) }
    throw new Error(`${names.publicName} is set but ${names.privateName} is not.`)
  }
  const privateKey = given ? parsePrivate(given, type, names.privateName) : await readOrCreateKey(dataDir, type)
  const publicKey = createPublicKey(privateKey)
  if (alsoGiven && !isSameKey(parsePublic(alsoGiven, type, names.publicName), publicKey)) {
    throw new Error(`${names.publicName} is not the public half of ${names.privateName}.`)
  }
  return { publicKey, sign: (bytes) => signBytes(type, privateKey, bytes) }
}
