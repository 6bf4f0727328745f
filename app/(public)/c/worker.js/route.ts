/** The service worker of kept copies, for those who chose to keep one. */
import { copyWorker } from '@/components/holder/copy-worker'

export function GET(): Response {
  return new Response(copyWorker(), { headers: { 'content-type': 'text/javascript; charset=utf-8' } })
}
