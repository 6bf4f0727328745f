/** What a webhook keeps sealed: the secret that it signs with, and DIVOC's callback token. */
import { seal, unseal } from '@/lib/auth/seal'
import type { Context } from '@/lib/certificates/context'

type Kept = 'secret' | 'callback token'

/** Seals a text for one webhook. */
export function sealFor(context: Context, webhookId: string, kept: Kept, text: string): Uint8Array<ArrayBuffer> {
  return seal(secretOf(context), nameOf(webhookId, kept), text, context.random)
}

/** The text again; null when it was sealed with another secret of the installation. */
export function unsealFor(context: Context, webhookId: string, kept: Kept, sealed: Uint8Array): string | null {
  return unseal(secretOf(context), nameOf(webhookId, kept), sealed)
}

function nameOf(webhookId: string, kept: Kept): string[] {
  return ['errata webhook', webhookId, kept]
}

/** Throws an Error when the installation has none (npm start makes one). */
function secretOf({ settings }: Context): string {
  const { secret } = settings.webhooks
  if (!secret) throw new Error('WEBHOOKS_SECRET or NEXTAUTH_SECRET must be set (npm start makes one and keeps it).')
  return secret
}
