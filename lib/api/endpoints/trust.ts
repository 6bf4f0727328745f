/** Other issuers whose certificates are accepted: for verifiers, and for administrators. */
import { addTrusted, changeTrusted, listTrusted, oneTrusted } from '@/lib/trust/issuers'
import { trustedIssuers } from '@/lib/trust/keys'
import type { contract } from '../contract'
import { taggedJson, type Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** GET /v3/trusted-issuers. May be kept for a minute: so long a key that was disabled may still be accepted. */
export async function published({ context }: Of<'trustedIssuers'>): Promise<Reply> {
  return taggedJson({ issuers: await trustedIssuers(context) }, { 'cache-control': 'public, max-age=60' })
}

/** /v3/trust */
export const trust = {
  list: ({ context, query }: Of<'trustList'>) => listTrusted(context, query),
  add: ({ context, caller, body }: Of<'addTrusted'>) => addTrusted(context, caller, body),
  one: ({ context, params }: Of<'trusted'>) => oneTrusted(context, params.issuerId),
  change: ({ context, caller, params, body }: Of<'changeTrusted'>) =>
    changeTrusted(context, caller, params.issuerId, body),
}
