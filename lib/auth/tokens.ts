/** Access tokens of source systems. Only their hash is stored. */
import { createHash, randomBytes } from 'node:crypto'

/** A new token: 256 random bits with a prefix by which a leaked one is recognised. */
export function makeToken(random: (bytes: number) => Uint8Array = randomBytes): string {
  return `errata_${Buffer.from(random(32)).toString('base64url')}`
}

/** sha256 of a token, hex: what ApiClient.tokenHash holds. A token has too many bits to need a slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}
