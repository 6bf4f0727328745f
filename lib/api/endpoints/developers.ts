/** What a developer of a source system reads: the own calls and the typed client. */
import { Refusal } from '@/lib/errors'
import { readCalls } from '@/lib/developers/calls'
import { clientSource } from '@/lib/developers/client-source'
import type { contract } from '../contract'
import { describedApi } from '../described'
import { Reply } from '../reply'
import type { Input } from '../serve'

/** GET /v3/calls */
export function ownCalls({ context, caller }: Input<typeof contract.calls>) {
  if (caller.kind !== 'client') throw new Refusal('NOT_ALLOWED', 'This is for access tokens, not for people.')
  return readCalls(context, caller.id)
}

/** GET /v3/clients/{clientId}/calls */
export function callsOfClient({ context, params }: Input<typeof contract.clientCalls>) {
  return readCalls(context, params.clientId)
}

/** GET /docs/client.ts */
export async function typedClient(_input: Input<typeof contract.typedClient>): Promise<Reply> {
  return new Reply({
    type: 'text/plain',
    body: clientSource(await describedApi()),
    headers: {
      'cache-control': 'public, max-age=300',
      'content-disposition': 'attachment; filename="errata-client.ts"',
    },
  })
}
