/** Signatures of messages as Standard Webhooks has them (standardwebhooks.com): symmetric, version v1. */
import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

/** A new secret: 256 random bits in base64, with the prefix that libraries of receivers know. */
export function makeSecret(random: (bytes: number) => Uint8Array): string {
  return `${PREFIX}${Buffer.from(random(32)).toString('base64')}`
}

/**
 * The headers that say who sent a message, when, and that nothing in it was changed. `secrets`: the present one, and the
 * one before it while receivers move over: one signature with each, separated by a space.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signed = `${id}.${timestamp}.${body}`
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
