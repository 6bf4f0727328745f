/** How many pages of certificates this process has set, as its own figures say. */
import { metrics } from '@/lib/operations/metrics'

export async function pagesSet(form: 'pdf' | 'picture' = 'pdf'): Promise<number> {
  const { values } = await metrics.pageSeconds.get()
  const count = values.find(({ metricName, labels }) => metricName?.endsWith('_count') && labels.form === form)
  return count?.value ?? 0
}
