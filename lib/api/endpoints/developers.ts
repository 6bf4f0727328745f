/** What a developer of a source system reads: the own calls. */
import { Refusal } from '@/lib/errors'
import { readCalls } from '@/lib/developers/calls'
import type { contract } from '../contract'
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
