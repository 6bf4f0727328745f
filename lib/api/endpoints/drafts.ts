/** Drafts of the signed-in operator. */
import { dropDrafts, openDrafts, readDraft, saveDraft } from '@/lib/desk/draft'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** PUT /v3/drafts/{certificateId} */
export function save({ context, caller, params, body }: Input<typeof contract.saveDraft>) {
  return saveDraft(context, caller, params.certificateId, body)
}

/** GET /v3/drafts/{certificateId} */
export function read({ context, caller, params }: Input<typeof contract.draft>) {
  return readDraft(context, caller, params.certificateId)
}

/** DELETE /v3/drafts/{certificateId} */
export async function drop({ context, caller, params }: Input<typeof contract.dropDraft>) {
  return { deleted: await dropDrafts(context, caller, [params.certificateId]) }
}

/** GET /v3/drafts */
export function list({ context, caller }: Input<typeof contract.drafts>) {
  return openDrafts(context, caller)
}
