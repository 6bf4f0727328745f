/** The figures of this web server process, for Prometheus. */
import { Refusal } from '@/lib/errors'
import { FROM_HERE } from '@/lib/operations/from-here.mjs'
import { mayReadMetrics } from '@/lib/operations/metrics-access'
import { METRICS_TYPE, metricsText } from '@/lib/operations/metrics-text'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]'])

/** GET /metrics. Where people come in by another name a proxy may stand on this machine, and only METRICS_TOKEN tells who asks. */
export async function figures({ context, request }: Input<typeof contract.metrics>): Promise<Reply> {
  const isHere = request.headers.get(FROM_HERE) === 'yes' && LOCAL.has(new URL(context.settings.publicUrl).hostname)
  if (!mayReadMetrics(context.settings, { authorization: request.headers.get('authorization'), isHere })) {
    throw new Refusal('UNAUTHENTICATED', 'These figures are for whoever has METRICS_TOKEN.')
  }
  return new Reply({ type: METRICS_TYPE.replace(/; *charset=.*$/, ''), body: await metricsText(context) })
}
