/** What verifiers ask. */
import { createHash } from 'node:crypto'
import { certificateStatus } from '@/lib/certificates/status'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

/** GET /v3/certificates/{certificateId}/status. May be kept, and must be asked for again each time: a replacement holds at once. */
export async function status({ context, params }: Input<typeof contract.certificateStatus>): Promise<Reply> {
  const body = JSON.stringify(await certificateStatus(context, params.certificateId))
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  return new Reply({ type: 'application/json', body, etag, headers: { 'cache-control': 'public, no-cache' } })
}
