/** Is it up, is it ready. */
import type { contract } from '../contract'
import { readiness } from '../readiness'
import { json, Reply, RETRY_AFTER_SECONDS } from '../reply'
import type { Input } from '../serve'

/** GET /healthz: the process answers. */
export function health(_input: Input<typeof contract.health>) {
  return { status: 'up' as const }
}

/** GET /readyz: 200 when every check passes, 503 otherwise, with the checks in both. */
export async function ready({ context }: Input<typeof contract.ready>): Promise<Reply> {
  const answer = await readiness(context)
  return answer.ready ? json(answer) : json(answer, 503, { 'retry-after': String(RETRY_AFTER_SECONDS) })
}

/** GET /v1/ping */
export function ping(_input: Input<typeof contract.ping | typeof contract.divocPing>): Reply {
  return new Reply({ type: 'text/plain', body: 'pong' })
}
