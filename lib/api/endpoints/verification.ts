/** What verifiers ask. */
import { certificateStatus } from '@/lib/certificates/status'
import type { contract } from '../contract'
import { taggedJson, type Reply } from '../reply'
import type { Input } from '../serve'

/** GET /v3/certificates/{certificateId}/status. May be kept, and must be asked for again each time: a replacement holds at once. */
export async function status({ context, params }: Input<typeof contract.certificateStatus>): Promise<Reply> {
  return taggedJson(await certificateStatus(context, params.certificateId), { 'cache-control': 'public, no-cache' })
}
