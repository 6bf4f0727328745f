/** Signed texts as compact JWS (RFC 7515): the revocation list as a file. */
import type { KeyType } from './keys'

/** What it takes: a key that signs as its type does in JWS (PS256 with SHA-256, EdDSA). */
export interface JwsSigner {
  type: KeyType
  verificationMethod: string
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const ALGORITHM = { RSA: 'PS256', ED25519: 'EdDSA' } as const

/** The JWS over a text. `typ` says what the text is (RFC 7515, 4.1.9); `kid` is the name of the key in did.json. */
export async function signCompactJws(payload: string, typ: string, key: JwsSigner): Promise<string> {
  const header = JSON.stringify({ alg: ALGORITHM[key.type], kid: key.verificationMethod, typ })
  const input = `${base64url(header)}.${base64url(payload)}`
  const signature = await key.sign(Buffer.from(input, 'ascii'))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

/** The text of a JWS whose signature somebody else checks. */
export function payloadOf(jws: string): string {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url')
}
