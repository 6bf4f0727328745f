/** What a sandbox client may do with its sandbox. */
import { resetSandbox as reset } from '@/lib/certificates/sandbox'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** DELETE /v3/sandbox */
export function resetSandbox({ context, caller }: Input<typeof contract.resetSandbox>) {
  return reset(context, caller)
}
