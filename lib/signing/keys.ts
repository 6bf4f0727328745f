/** The issuer's public keys, for every process that checks or publishes. Nothing here knows a private one. */
import type { KeyObject } from 'node:crypto'
import path from 'node:path'
import type { Config } from '@/lib/config'
import { Refusal } from '@/lib/errors'
import { sandboxMethod2, verificationMethod2 } from './did-web'
import type { Signer2 } from './eddsa'
import { readPublicFile, readPublicFiles } from './key-files'
import { multikeyOf } from './multikey'
import type { Namespaces } from './names'
import { parsePublic } from './parsed-key'
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
 * while the worker has not made or published it yet. Throws an Error that names the setting when a key is malformed.
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

/** Every key that is published: the present one, that of the second form, all others; each once. */
export async function loadPublishedKeys(
  settings: KeySettings,
): Promise<{ present: PublicKey; present2: PublicKey2; others: KeyObject[] }> {
  const [present, present2] = await Promise.all([loadPublicKey(settings), loadPublicKey2(settings)])
  const others = await loadFormerPublicKeys(present, settings)
  return { present, present2, others: others.filter((key) => !isSameKey(key, present2.publicKey)) }
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
  if (given) return parsePublic(given, type, setting)
  const stored = await readPublicFile(dataDir, type)
  if (stored) return stored
  throw new Refusal('SIGNER_UNAVAILABLE', 'The worker has not made the signing key yet. Ask again in a moment.')
}
