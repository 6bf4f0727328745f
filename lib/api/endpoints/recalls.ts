/** Recalls: preview, proposal, second person, progress. */
import { cancelRecall, confirmRecall, resumeRecall, stopRecall } from '@/lib/recalls/decide'
import { knownBatches, previewRecall, proposeRecall } from '@/lib/recalls/propose'
import { listRecalls, readRecall, readRows, recallsWaiting, rowsAsCsv } from '@/lib/recalls/read'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/recalls */
export const recalls = {
  preview: ({ context, caller, body }: Of<'previewRecall'>) => previewRecall(context, caller, body),
  propose: ({ context, caller, body }: Of<'proposeRecall'>) => proposeRecall(context, caller, body),
  list: ({ context, caller, query }: Of<'recalls'>) => listRecalls(context, caller, query),
  waiting: ({ context, caller }: Of<'recallsWaiting'>) => recallsWaiting(context, caller),
  batches: ({ context, caller, query }: Of<'knownBatches'>) => knownBatches(context, caller, query.q),
  one: ({ context, caller, params }: Of<'recall'>) => readRecall(context, caller, params.recallId),
  rows: ({ context, caller, params, query }: Of<'recallRows'>) => readRows(context, caller, params.recallId, query),
  confirm: ({ context, caller, params, body }: Of<'confirmRecall'>) =>
    confirmRecall(context, caller, params.recallId, body),
  cancel: ({ context, caller, params, body }: Of<'cancelRecall'>) =>
    cancelRecall(context, caller, params.recallId, body),
  stop: ({ context, caller, params }: Of<'stopRecall'>) => stopRecall(context, caller, params.recallId),
  resume: ({ context, caller, params }: Of<'resumeRecall'>) => resumeRecall(context, caller, params.recallId),
}

/** GET /v3/recalls/{recallId}/rows.csv */
export async function file({ context, caller, params }: Of<'recallFile'>): Promise<Reply> {
  const body = await rowsAsCsv(context, caller, params.recallId)
  const name = `recall-${params.recallId.slice(0, 8).toLowerCase()}.csv`
  return new Reply({ type: 'text/csv', body, headers: { 'content-disposition': `attachment; filename="${name}"` } })
}
