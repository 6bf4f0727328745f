/** Re-issuing: how many, how they would look, the run and its progress. */
import { addReissue, startReissue, steerReissue } from '@/lib/reissues/decide'
import { countReissue, listReissues, readReissue, readRows, rowsAsCsv, signingKeys } from '@/lib/reissues/read'
import { sampleReissue } from '@/lib/reissues/samples'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/reissues */
export const reissues = {
  count: ({ context, caller, body }: Of<'countReissue'>) => countReissue(context, caller, body),
  samples: ({ context, caller, body }: Of<'sampleReissue'>) => sampleReissue(context, caller, body),
  add: ({ context, caller, body }: Of<'addReissue'>) => addReissue(context, caller, body),
  list: ({ context, caller, query }: Of<'reissues'>) => listReissues(context, caller, query),
  keys: ({ context }: Of<'signingKeys'>) => signingKeys(context),
  one: ({ context, caller, params }: Of<'reissue'>) => readReissue(context, caller, params.reissueId),
  rows: ({ context, caller, params, query }: Of<'reissueRows'>) => readRows(context, caller, params.reissueId, query),
  start: ({ context, caller, params }: Of<'startReissue'>) => startReissue(context, caller, params.reissueId),
  steer: ({ context, caller, params, body }: Of<'steerReissue'>) =>
    steerReissue(context, caller, params.reissueId, body.do),
}

/** GET /v3/reissues/{reissueId}/rows.csv */
export async function file({ context, caller, params, query }: Of<'reissueFile'>): Promise<Reply> {
  const body = await rowsAsCsv(context, caller, params.reissueId, query.state ?? null)
  const name = `re-issue-${params.reissueId.slice(0, 8).toLowerCase()}.csv`
  return new Reply({ type: 'text/csv', body, headers: { 'content-disposition': `attachment; filename="${name}"` } })
}
