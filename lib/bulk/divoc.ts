/** Bulk certifying as DIVOC's clients know it: a file, the list of one's files, the rows that went wrong. */
import { publishedType } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { hiddenShown } from '@/lib/certificates/hidden'
import { Refusal } from '@/lib/errors'
import type { DivocUpload } from './answers'
import type { Cells } from './rows'
import { divocRuns, runByUploadId, type CountedRun } from './store'
import { shownCells } from './read'
import { failedRows, type RowRecord } from './store-rows'
import { takeFile, type Upload } from './upload'

const MOST_UPLOADS = 500
const AT_ONCE = 1000

/** Keeps the file; its rows are certified from this moment on. Refusals as of `takeFile`. */
export async function bulkCertify(
  context: Context,
  caller: Caller,
  upload: Pick<Upload, 'type' | 'form' | 'file'>,
): Promise<DivocUpload> {
  const facts = { id: context.uuid(), kind: 'certify', origin: 'divoc', reason: null } as const
  return uploadOf(await takeFile(context, caller, { ...facts, ...upload }))
}

/** The caller's files, newest first. */
export async function uploads(context: Context, caller: Caller, type: string): Promise<DivocUpload[]> {
  const runs = await divocRuns(context.db, caller, type, context.now(), MOST_UPLOADS)
  return runs.map(uploadOf)
}

/**
 * The rows that went wrong, each with why, as the parts of a JSON document {columns, errorRows}: a large file is never held
 * whole. People see hidden fields hidden. Refusals, before the first part: NOT_FOUND, NOT_ALLOWED (somebody else's file).
 */
export async function uploadErrors(
  context: Context,
  caller: Caller,
  uploadId: number,
  type: string,
): Promise<AsyncGenerator<string>> {
  const run = await runByUploadId(context.db, uploadId, context.now())
  if (!run || run.type !== type) throw new Refusal('NOT_FOUND', 'There is no such upload.')
  if (run.byId !== caller.id || run.byKind !== caller.kind) {
    throw new Refusal('NOT_ALLOWED', 'Only who uploaded a file reads its errors.')
  }
  return errorParts(context, caller, run, await publishedType(context, type))
}

async function* errorParts(
  context: Context,
  caller: Caller,
  { id, columns }: CountedRun,
  type: CertificateType,
): AsyncGenerator<string> {
  yield `{"columns":${JSON.stringify([...columns, 'errors'])},"errorRows":[`
  for (let after = 0; ;) {
    const rows = await failedRows(context.db, id, { after, limit: AT_ONCE })
    const separator = after === 0 ? '' : ','
    const shown = rows.map((row) => JSON.stringify(errorRow(row, shownCells(context, caller, type, row))))
    if (shown.length > 0) yield separator + shown.join(',')
    if (rows.length < AT_ONCE) break
    after = rows.at(-1)!.row
  }
  yield ']}'
}

function errorRow({ row, problems, failure }: Pick<RowRecord, 'row' | 'problems' | 'failure'>, cells: Cells) {
  const named = problems.map(({ column, message }) => [`row ${row}`, column, message].filter(Boolean).join(', '))
  const values = Object.entries(cells).map(([head, cell]) => [head, hiddenShown(cell)])
  return { ...Object.fromEntries(values), errors: [...named, ...(failure === null ? [] : [failure])].join('; ') }
}

function uploadOf(run: CountedRun): DivocUpload {
  return {
    ID: run.uploadId,
    CreatedAt: run.createdAt.toISOString(),
    Filename: run.filename,
    UserID: run.byName,
    TotalRecords: run.total,
    TotalErrorRows: run.refused + run.failed,
    Status: statusOf(run),
  }
}

/** As DIVOC puts it: as long as one is under way, that; else whether one failed. */
function statusOf({ state, refused, failed }: CountedRun): DivocUpload['Status'] {
  if (state === 'running' || state === 'stopped' || state === 'checking') return 'Processing'
  return refused + failed > 0 ? 'Failed' : 'Success'
}
