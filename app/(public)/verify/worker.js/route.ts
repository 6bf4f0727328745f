/** The service worker of the verify page. */
import { verifyWorker } from '@/components/verify/verify-worker'

export function GET(): Response {
  return new Response(verifyWorker(), {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      // The page stands beside the worker's folder, not in it.
      'service-worker-allowed': '/verify',
    },
  })
}
