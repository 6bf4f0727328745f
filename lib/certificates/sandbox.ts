/** The use case behind DELETE /v3/sandbox: a developer begins anew. */
import { Refusal } from '@/lib/errors'
import type { SandboxReset } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { removeSandbox } from './store-sandbox'
import { inTurn } from './writing'

/**
 * Removes the certificates that this client certified in the sandbox, also those that somebody else of the sandbox
 * updated since, with everything that hangs on them; the audit lines stay. Refusal: NOT_ALLOWED for everybody else.
 */
export async function resetSandbox(context: Context, caller: Caller): Promise<SandboxReset> {
  if (!caller.sandbox) throw new Refusal('NOT_ALLOWED', 'This is for sandbox clients: real certificates stay.')
  const { db, settings, now } = context
  const removed = await inTurn(db, settings.database.poolSize, (statements) => removeSandbox(statements, caller, now()))
  return { removed }
}
