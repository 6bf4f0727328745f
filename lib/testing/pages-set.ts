/** How many pages of certificates, or QR codes of them, this process has made, as its own figures say. */
import { metrics } from '@/lib/operations/metrics'

export async function pagesSet(form: 'pdf' | 'picture' | 'qr_svg' | 'qr_png' = 'pdf'): Promise<number> {
  const { values } = await metrics.pageSeconds.get()
  const count = values.find(({ metricName, labels }) => metricName?.endsWith('_count') && labels.form === form)
  return count?.value ?? 0
}
