/** The interop vectors of lib/testing/vectors and the test keys they were signed with. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { KeySettings, KeyType } from '@/lib/signing/keys'

/** From the working directory, which is the root in every test and benchmark: a bundle stands elsewhere. */
const folder = path.join(process.cwd(), 'lib', 'testing', 'vectors')

export interface Vector {
  name: string
  keyType: KeyType
  /** The text of the unsigned credential, exactly as it was given to the signer. */
  unsigned: string
  signed: string
  zip: Uint8Array
  qrValue: string
}

/** All of them: three certificates, three vocabularies, two algorithms. */
export const VECTORS: Vector[] = readdirSync(folder)
  .filter((file) => file.endsWith('.signed.json'))
  .map((file) => {
    const name = file.replace('.signed.json', '')
    return {
      name,
      keyType: name.endsWith('.rsa') ? 'RSA' : 'ED25519',
      unsigned: read(`${name}.unsigned.json`),
      signed: read(`${name}.signed.json`),
      zip: new Uint8Array(readFileSync(path.join(folder, `${name}.zip`))),
      qrValue: read(`${name}.qrstring.bin`),
    }
  })

/** The vector of that name, for example "ascii.lk.rsa". */
export function vector(name: string): Vector {
  const found = VECTORS.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`There is no vector ${name}.`)
  return found
}

const ed25519 = JSON.parse(read('ed25519.json')) as { publicKeyBase58: string; privateKeyBase58: string }

/** The keys of the vectors as their settings would be written. */
export const TEST_KEYS = {
  RSA: { privateKey: read('rsa2048.private.pem'), publicKey: read('rsa2048.public.pem') },
  ED25519: { privateKey: ed25519.privateKeyBase58, publicKey: ed25519.publicKeyBase58 },
}

/** Settings under which the vectors were signed. */
export function keySettings(
  keyType: KeyType,
  signing: Partial<KeySettings['signing']> = {},
  dataDir = '/nowhere',
): KeySettings {
  return {
    dataDir,
    publicUrl: 'https://certificates.example.org',
    signing: {
      keyType,
      ...TEST_KEYS[keyType],
      ed25519: keyType === 'RSA' ? TEST_KEYS.ED25519 : { privateKey: undefined, publicKey: undefined },
      signer: undefined,
      did: 'did:india',
      controller: 'https://divoc.dev/',
      publicKeyId: 'https://example.com/i/india',
      ...signing,
    },
    credential: {
      namespace: 'https://divoc.dev/credentials/vaccination/v2',
      namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
    },
  }
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8')
}
