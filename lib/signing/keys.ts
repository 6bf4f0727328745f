/** The issuer's public keys, for every process that checks or publishes. Nothing here signs. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import path from 'node:path'
import type { Config } from '@/lib/config'
import { Refusal } from '@/lib/errors'
import { sandboxMethod2, verificationMethod2 } from './did-web'
import type { Signer2 } from './eddsa'
import { isWithdrawn, readPublicFile, readPublicFiles } from './key-files'
import { multikeyOf } from './multikey'
import type { Namespaces } from './names'
import { parsePrivate, parsePublic } from './parsed-key'
import { isSandboxKeyName, sandboxKeyName } from './sandbox'
import { isSameKey } from './thumbprint'

export type KeyType = 'RSA' | 'ED25519'

/** What it takes to check a signature. The vocabularies are those that are resolvable besides the known ones. */
export interface PublicKey extends Namespaces {
  type: KeyType
  publicKey: KeyObject
  /** CERTIFICATE_DID: what `proof.verificationMethod` says. */
  verificationMethod: string
  /** CERTIFICATE_CONTROLLER_ID. */
  controller: string
}

/** What it takes to sign, wherever the private half is kept. */
export interface SigningKey extends PublicKey {
  /** The signature over the bytes: PS256 with a salt of 32 bytes (256 bytes) for RSA, Ed25519 (64 bytes). */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** The key of the form of VC Data Model 2.0 and of the status lists: always Ed25519. */
export interface PublicKey2 {
  /** `did:web:…#z6Mk…` */
  verificationMethod: string
  publicKey: KeyObject
}

export interface SigningKey2 extends PublicKey2, Signer2 {}

/** The part of the settings that keys need; the whole `config()` fits. */
export type KeySettings = Pick<Config, 'dataDir' | 'publicUrl' | 'signing'> & { credential: Namespaces }

/**
 * The present key: CERTIFICATE_PUBLIC_KEY, else what the worker has left in DATA_DIR/keys. Refuses (SIGNER_UNAVAILABLE)
 * while the worker has not made or published it yet, and when it was withdrawn. Throws an Error that names the setting when a
 * key is malformed.
 */
export async function loadPublicKey(settings: KeySettings): Promise<PublicKey> {
  const { keyType, publicKey } = settings.signing
  return describe(settings, await publicOf(settings.dataDir, keyType, publicKey, 'CERTIFICATE_PUBLIC_KEY'))
}

/** The present key of the second form, from CERTIFICATE_ED25519_PUBLIC_KEY or DATA_DIR/keys; as `loadPublicKey`. */
export async function loadPublicKey2(settings: KeySettings): Promise<PublicKey2> {
  const { keyType, publicKey, ed25519 } = settings.signing
  const [given, setting] =
    keyType === 'ED25519'
      ? [publicKey, 'CERTIFICATE_PUBLIC_KEY']
      : [ed25519.publicKey, 'CERTIFICATE_ED25519_PUBLIC_KEY']
  return describe2(settings, await publicOf(settings.dataDir, 'ED25519', given, setting))
}

/**
 * The settings under which keys are loaded that sign for sandbox clients: of the same type, in DATA_DIR/sandbox/keys,
 * always generated, under a name of their own. The real keys' folder never holds them.
 */
export function sandboxSettings<Settings extends KeySettings>(settings: Settings): Settings {
  const { dataDir, signing } = settings
  const none = { privateKey: undefined, publicKey: undefined }
  const own = { ...none, ed25519: none, signer: undefined, did: sandboxKeyName(signing.did) }
  return { ...settings, dataDir: path.join(dataDir, 'sandbox'), signing: { ...signing, ...own } }
}

/**
 * The other public keys in DATA_DIR/keys: certificates of other times are checked with them. SIGNING_KEY_TYPE or own keys
 * may have changed since; one may be about to become the present key.
 */
export async function loadFormerPublicKeys(
  present: Pick<PublicKey, 'publicKey'>,
  settings: Pick<KeySettings, 'dataDir'>,
): Promise<KeyObject[]> {
  const others: KeyObject[] = []
  for (const { key } of await readPublicFiles(settings.dataDir)) {
    if (![present.publicKey, ...others].some((known) => isSameKey(known, key))) others.push(key)
  }
  return others
}

/**
 * Every key that is published: the present one, that of the second form, all others; each once. Where a withdrawn key has
 * come back by a setting or a backup, nothing signs, but what others signed can still be checked: one of those stands in its
 * place. Refuses as `loadPublicKey` where there is none.
 */
export async function loadPublishedKeys(
  settings: KeySettings,
): Promise<{ present: PublicKey; present2: PublicKey2; others: KeyObject[] }> {
  const published = (await readPublicFiles(settings.dataDir)).map(({ key }) => key)
  const ofType = (type: KeyType) => published.find((key) => typeOf(key) === type)
  const [signs, signs2] = await loadKeysThatSign(settings)
  const other2 = ofType('ED25519')
  const present2 = signs2 ?? (other2 && describe2(settings, other2))
  if (!present2) throw new WithdrawnKey()
  const other = ofType(settings.signing.keyType) ?? present2.publicKey
  const present = signs ?? { ...describe(settings, other), type: typeOf(other) }
  const others = await loadFormerPublicKeys(present, settings)
  return { present, present2, others: others.filter((key) => !isSameKey(key, present2.publicKey)) }
}

/** The present key and that of the second form; null for one that was withdrawn. Refuses and throws else as `loadPublicKey`. */
export function loadKeysThatSign(settings: KeySettings): Promise<[PublicKey | null, PublicKey2 | null]> {
  return Promise.all([unlessWithdrawn(loadPublicKey(settings)), unlessWithdrawn(loadPublicKey2(settings))])
}

/** The public halves of the keys that settings give. Throws an Error that names the setting when one is malformed. */
export function givenKeys({ signing }: Pick<KeySettings, 'signing'>): KeyObject[] {
  const { keyType, privateKey, publicKey, ed25519 } = signing
  return [
    ...(publicKey ? [parsePublic(publicKey, keyType, 'CERTIFICATE_PUBLIC_KEY')] : []),
    ...(privateKey ? [createPublicKey(parsePrivate(privateKey, keyType, 'CERTIFICATE_PRIVATE_KEY'))] : []),
    ...(ed25519.publicKey ? [parsePublic(ed25519.publicKey, 'ED25519', 'CERTIFICATE_ED25519_PUBLIC_KEY')] : []),
    ...(ed25519.privateKey
      ? [createPublicKey(parsePrivate(ed25519.privateKey, 'ED25519', 'CERTIFICATE_ED25519_PRIVATE_KEY'))]
      : []),
  ]
}

/** Of a key that certificates are signed with. */
export function typeOf(key: KeyObject): KeyType {
  return key.asymmetricKeyType === 'rsa' ? 'RSA' : 'ED25519'
}

/** A key under the names that these settings give it. */
export function describe({ signing, credential }: KeySettings, publicKey: KeyObject): PublicKey {
  return {
    type: signing.keyType,
    publicKey,
    verificationMethod: signing.did,
    controller: signing.controller,
    namespace: credential.namespace,
    namespaceV1: credential.namespaceV1,
  }
}

/** An Ed25519 key under the name that the second form gives it. */
export function describe2({ signing, publicUrl }: KeySettings, publicKey: KeyObject): PublicKey2 {
  const verificationMethod = isSandboxKeyName(signing.did)
    ? sandboxMethod2(publicUrl)
    : verificationMethod2(publicUrl, multikeyOf(publicKey))
  return { verificationMethod, publicKey }
}

async function publicOf(dataDir: string, type: KeyType, given: string | undefined, setting: string) {
  const key = given ? parsePublic(given, type, setting) : await readPublicFile(dataDir, type)
  if (!key)
    throw new Refusal('SIGNER_UNAVAILABLE', 'The worker has not made the signing key yet. Ask again in a moment.')
  if (await isWithdrawn(dataDir, key)) throw new WithdrawnKey()
  return key
}

class WithdrawnKey extends Refusal {
  constructor() {
    super('SIGNER_UNAVAILABLE', 'The signing key was withdrawn. Nothing is signed until another one is taken into use.')
  }
}

async function unlessWithdrawn<Key>(key: Promise<Key>): Promise<Key | null> {
  try {
    return await key
  } catch (error) {
    if (error instanceof WithdrawnKey) return null
    throw error
  }
}
