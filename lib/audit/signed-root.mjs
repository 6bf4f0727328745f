/**
 * Reads the signed hash of a day of the audit log. Needs nothing but Node, as chain.mjs. It is a compact JWS (RFC 7515) whose
 * header says `typ` "audit-root+jwt" and `alg` PS256 or EdDSA, and whose payload is `{iss, day, seal, hash, signedAt}`.
 */
import { constants, verify } from 'node:crypto'

export const ROOT_TYPE = 'audit-root+jwt'

/**
 * @typedef {object} SignedRoot
 * @property {string} day UTC, as 2026-11-21
 * @property {string} seal number of the last seal of the day
 * @property {string} hash hex
 * @property {string} signedAt
 */

/**
 * What one of these keys signed; null when it is none of theirs, or not such a hash.
 * @param {string} jws
 * @param {import('node:crypto').KeyObject[]} keys
 * @returns {SignedRoot | null}
 */
export function readSignedRoot(jws, keys) {
  const [header, payload, signature, ...more] = jws.split('.')
  if (!header || !payload || !signature || more.length > 0) return null
  const { alg, typ } = parsed(header) ?? {}
  if (typ !== ROOT_TYPE) return null
  const input = Buffer.from(`${header}.${payload}`, 'ascii')
  const bytes = Buffer.from(signature, 'base64url')
  if (!keys.some((key) => isSigned(alg, key, input, bytes))) return null
  const facts = parsed(payload)
  const isWhole = ['day', 'seal', 'hash', 'signedAt'].every((name) => typeof facts?.[name] === 'string')
  return isWhole ? facts : null
}

// The algorithm follows from the key; what the header says has to fit, and decides nothing.
function isSigned(alg, key, input, signature) {
  if (key.asymmetricKeyType === 'rsa') {
    const padding = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    return alg === 'PS256' && verify('sha256', input, padding, signature)
  }
  return alg === 'EdDSA' && key.asymmetricKeyType === 'ed25519' && verify(null, input, key, signature)
}

function parsed(part) {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
