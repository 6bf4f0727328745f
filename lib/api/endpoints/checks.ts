/** The checks of samples of certificates. */
import { checks, startCheck } from '@/lib/status-lists/checks'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** GET /v3/checks */
export function list({ context }: Input<typeof contract.checks>) {
  return checks(context)
}

/** POST /v3/checks */
export function start({ context, caller }: Input<typeof contract.startCheck>) {
  return startCheck(context, caller)
}
