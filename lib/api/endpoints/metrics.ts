/** The figures of this web server process, for Prometheus. */
import { Refusal } from '@/lib/errors'
import { mayReadMetrics, shownBy } from '@/lib/operations/metrics-access'
import { METRICS_TYPE, metricsText } from '@/lib/operations/metrics-text'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

/** GET /metrics */
export async function figures({ context, request }: Input<typeof contract.metrics>): Promise<Reply> {
  if (!mayReadMetrics(context.settings, shownBy(request, context.settings))) {
    throw new Refusal('UNAUTHENTICATED', 'These figures are for whoever has METRICS_TOKEN.')
  }
  // The answer says the encoding of all texts itself.
  return new Reply({ type: METRICS_TYPE.replace(/; *charset=.*$/, ''), body: await metricsText(context) })
}
