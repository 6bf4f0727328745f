/** The use case of looking at the last calls of a source system. */
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { CallsAnswer } from './answers'
import { writeNotes } from './call-log'
import { callingClient, lastCalls } from './store-calls'

/** A client with its last calls, also those of this very second. Refusal: NOT_FOUND. */
export async function readCalls({ db, settings }: Context, clientId: string): Promise<CallsAnswer> {
  await writeNotes(db)
  const client = isUuid(clientId) ? await callingClient(db, clientId, settings.rateLimits.client) : null
  if (!client) throw new Refusal('NOT_FOUND', 'There is no such API client.')
  return { client, calls: await lastCalls(db, clientId) }
}
