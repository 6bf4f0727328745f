/** The audit log: pages, state, exports, published hashes, who looked. */
import { listEvents, looksAtRecord, publishedRoots, stateOfLog } from '@/lib/audit/log'
import { exportLog } from '@/lib/audit/store-export'
import { Refusal } from '@/lib/errors'
import type { contract } from '../contract'
import { json, Reply } from '../reply'
import type { Input } from '../serve'

const MEDIA = { jsonl: 'application/jsonl', csv: 'text/csv' }

/** GET /v3/audit */
export function list({ context, query }: Input<typeof contract.audit>) {
  return listEvents(context, query)
}

/** GET /v3/audit/state */
export function state({ context }: Input<typeof contract.auditLogState>) {
  return stateOfLog(context)
}

/** GET /v3/audit/export */
export async function file({ context, caller, query }: Input<typeof contract.auditExport>): Promise<Reply> {
  if (query.from > query.to) throw new Refusal('VALIDATION_ERROR', 'from must not be after to.')
  const { from, to, format } = query
  const body = await exportLog(context, caller, query)
  const filename = `audit-${from}${from === to ? '' : `-to-${to}`}.${format}`
  return new Reply({
    type: MEDIA[format],
    body,
    headers: { 'content-disposition': `attachment; filename="${filename}"` },
  })
}

/** GET /v3/audit/roots */
export async function roots({ context }: Input<typeof contract.publishedAuditRoots>): Promise<Reply> {
  return json(await publishedRoots(context), 200, { 'cache-control': 'public, max-age=300' })
}

/** GET /v3/certificates/{certificateId}/looks */
export function looks({ context, caller, params }: Input<typeof contract.looks>) {
  return looksAtRecord(context, caller, params.certificateId)
}
