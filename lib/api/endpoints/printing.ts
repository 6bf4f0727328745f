/** Counting copies, and the test strip. */
import { countPrint, findPrints } from '@/lib/certificates/printing'
import { testStripPdf } from '@/lib/certificates/test-strip'
import type { contract } from '../contract'
import { document, type Reply } from '../reply'
import { MEDIA } from '../representations'
import type { Input } from '../serve'

/** POST /v3/certificates/{certificateId}/prints */
export function count({ context, caller, params, body }: Input<typeof contract.countPrint>) {
  return countPrint(context, caller, { certificateId: params.certificateId, ...body })
}

/** GET /v3/certificates/{certificateId}/prints */
export function list({ context, caller, params }: Input<typeof contract.prints>) {
  return findPrints(context, caller, params.certificateId)
}

/** GET /v3/test-strip.pdf */
export async function strip({ context, query }: Input<typeof contract.testStrip>): Promise<Reply> {
  return document(MEDIA.pdf, await testStripPdf(context, query.paper ?? context.settings.paper), 'test-strip.pdf')
}
