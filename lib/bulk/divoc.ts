/** Bulk certifying as DIVOC's clients know it: a file, the list of one's files, the rows that went wrong. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import type { DivocUpload } from './answers'
import { divocRuns, runByUploadId, type CountedRun } from './store'
import { failedRows } from './store-rows'
import { MOST_ROWS, takeFile, type Upload } from './upload'

const MOST_UPLOADS = 500

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

/** The rows that went wrong, each with why. Refusals: NOT_FOUND, NOT_ALLOWED (somebody else's file). */
export async function uploadErrors(context: Context, caller: Caller, uploadId: number, type: string) {
  const run = await runByUploadId(context.db, uploadId, context.now())
  if (!run || run.type !== type) throw new Refusal('NOT_FOUND', 'There is no such upload.')
  if (run.byId !== caller.id || run.byKind !== caller.kind) {
    throw new Refusal('NOT_ALLOWED', 'Only who uploaded a file reads its errors.')
  }
  const rows = await failedRows(context.db, run.id, MOST_ROWS)
  return {
    columns: [...run.columns, 'errors'],
    errorRows: rows.map(({ row, cells, problems, failure }) => ({
      ...cells,
      errors: [
        ...problems.map(({ column, message }) => [`row ${row}`, column, message].filter(Boolean).join(', ')),
        failure ?? [],
      ]
        .flat()
        .join('; '),
    })),
  }
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
