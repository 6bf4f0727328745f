/**
 * A signer outside this program (an HSM's gateway, say), asked over HTTP: POST SIGNER_URL with
 * `{"key": <RFC 7638 thumbprint>, "algorithm": "PS256" | "EdDSA", "bytes": <base64url>}` and `Authorization: Bearer
 * <SIGNER_TOKEN>`; it answers 200 with `{"signature": <base64url>}`.
 */
import type { KeyObject } from 'node:crypto'
import type { KeyType } from './keys'
import { verifyBytes } from './raw-signature'
import { thumbprintOf } from './thumbprint'

/** Less than the lease of a claim, so that a signer that hangs costs the claim its turn and nothing else. */
const PATIENCE_MS = 5000

const ALGORITHM = { RSA: 'PS256', ED25519: 'EdDSA' } as const

/** The service is what failed: people who watch the queue are told by this name. */
export class SignerError extends Error {
  override readonly name = 'SignerError'
}

/**
 * Signs with the private half that the service keeps. Every signature is checked here before anybody gets it. Throws a
 * SignerError when the service does not answer in 5 seconds, refuses, or answers with something else: the request waits and is
 * tried again later, as after every error of ours. The sentence holds the status and nothing of what was answered.
 */
export function externalSigner(
  { url, token }: { url: string; token?: string },
  type: KeyType,
  publicKey: KeyObject,
): (bytes: Uint8Array) => Promise<Uint8Array> {
  const key = thumbprintOf(publicKey)
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  return async (bytes) => {
    const body = JSON.stringify({ key, algorithm: ALGORITHM[type], bytes: Buffer.from(bytes).toString('base64url') })
    // Followed, a redirect would carry what is to be signed to an address that nobody has set.
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(away)
    const text = await answer.text().catch(away)
    if (answer.status !== 200) throw new SignerError(`The external signer answered ${answer.status}.`)
    const signature = signatureIn(text)
    if (!signature || !(await verifyBytes(type, publicKey, bytes, signature))) {
      throw new SignerError(
        'The external signer answered with something that is not a signature by the configured key.',
      )
    }
    return signature
  }
}

function away(cause: unknown): never {
  const why = cause instanceof Error ? cause.name : 'unknown'
  throw new SignerError(`The external signer did not answer (${why}).`, { cause })
}

function signatureIn(text: string): Uint8Array | null {
  try {
    const { signature } = JSON.parse(text) as { signature?: unknown }
    return typeof signature === 'string' ? Buffer.from(signature, 'base64url') : null
  } catch {
    return null
  }
}
