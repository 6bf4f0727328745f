/** Bulk: files, their check, run and results; one correction for a session; DIVOC's uploads. */
import { requireCertifying } from '@/lib/bulk/access'
import { discardRun, mendRow, resumeRun, retryRun, startRun, stopRun } from '@/lib/bulk/act'
import type { BulkRun } from '@/lib/bulk/answers'
import { bulkCertify, uploadErrors, uploads } from '@/lib/bulk/divoc'
import { approveRun, cancelRun, propose } from '@/lib/bulk/propose'
import { bulkWaiting, listRuns, readRows, readRun, rowsAsCsv, runAnswer } from '@/lib/bulk/read'
import { sameInSession } from '@/lib/bulk/session'
import { template } from '@/lib/bulk/template'
import { takeFile } from '@/lib/bulk/upload'
import { TEST_TYPE, VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { Refusal } from '@/lib/errors'
import type { contract } from '../contract'
import { Reply, streamOf } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/bulk */
export const bulk = {
  list: ({ context, caller, query }: Of<'bulkRuns'>) => listRuns(context, caller, query),
  waiting: ({ context, caller }: Of<'bulkWaiting'>) => bulkWaiting(context, caller),
  same: ({ context, caller, query }: Of<'bulkSame'>) => sameInSession(context, caller, query.certificateId),
  one: ({ context, caller, params }: Of<'bulkRun'>) => readRun(context, caller, params.runId),
  rows: ({ context, caller, params, query }: Of<'bulkRows'>) => readRows(context, caller, params.runId, query),
  start: ({ context, caller, params }: Of<'startBulk'>) => startRun(context, caller, params.runId),
  stop: ({ context, caller, params }: Of<'stopBulk'>) => stopRun(context, caller, params.runId),
  resume: ({ context, caller, params }: Of<'resumeBulk'>) => resumeRun(context, caller, params.runId),
  retry: ({ context, caller, params }: Of<'retryBulk'>) => retryRun(context, caller, params.runId),
  discard: ({ context, caller, params }: Of<'discardBulk'>) => discardRun(context, caller, params.runId),
  mend: ({ context, caller, params, body }: Of<'mendBulkRow'>) =>
    mendRow(context, caller, params.runId, params.row, body.cells),
  approve: ({ context, caller, params }: Of<'approveBulk'>) => approveRun(context, caller, params.runId),
  cancel: ({ context, caller, params, body }: Of<'cancelBulk'>) => cancelRun(context, caller, params.runId, body),
}

/** POST /v3/bulk */
export async function upload({ context, caller, body }: Of<'uploadBulk'>): Promise<BulkRun> {
  const { file, fields } = body
  const { attempt, kind, type, cause, reason: note } = fields
  if (kind === 'certify') requireCertifying(caller)
  if (kind === 'update' && note === '') {
    const message = 'reason is missing.'
    throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/reason', code: 'VALIDATION_ERROR', message }])
  }
  const reason = kind === 'update' ? ({ requestedBy: 'facility', cause, note } as const) : null
  const facts = { id: attempt.toLowerCase(), kind, origin: 'upload', type, form: 'certifyV3', reason, file } as const
  return runAnswer(context, context.db, caller, await takeFile(context, caller, facts))
}

/** POST /v3/bulk/proposals */
export function proposeBulk({ context, caller, body }: Of<'proposeBulk'>): Promise<BulkRun> {
  const { reason: note, ...wanted } = body
  return propose(context, caller, {
    ...wanted,
    reason: { requestedBy: 'facility', cause: 'our typing error', note },
  })
}

/** GET /v3/bulk/template.csv */
export async function templateFile({ context, query }: Of<'bulkTemplate'>): Promise<Reply> {
  const { name, csv } = await template(context, query.type, query.kind)
  return download(name, csv)
}

/** GET /v3/bulk/{runId}/rows.csv */
export async function resultFile({ context, caller, params }: Of<'bulkFile'>): Promise<Reply> {
  const body = await rowsAsCsv(context, caller, params.runId)
  return download(`bulk-${params.runId.slice(0, 8).toLowerCase()}.csv`, streamOf(body))
}

function download(name: string, body: Reply['body']): Reply {
  return new Reply({ type: 'text/csv', body, headers: { 'content-disposition': `attachment; filename="${name}"` } })
}

/** POST /v1/bulkCertify, GET /v1/certify/uploads and /v1/certify/uploads/{uploadId}/errors */
export const divocUploads = {
  certify: ({ context, caller, body }: Of<'bulkCertify'>) =>
    bulkCertify(context, caller, { type: VACCINATION_TYPE, form: 'certifyV2', file: body.file }),
  list: ({ context, caller }: Of<'certifyUploads'>) => uploads(context, caller, VACCINATION_TYPE),
  errors: async ({ context, caller, params }: Of<'certifyUploadErrors'>) =>
    errors(await uploadErrors(context, caller, params.uploadId, VACCINATION_TYPE)),
}

/** The same below /v1/test */
export const testUploads = {
  certify: ({ context, caller, body }: Of<'bulkCertifyTests'>) =>
    bulkCertify(context, caller, { type: TEST_TYPE, form: 'certifyV3', file: body.file }),
  list: ({ context, caller }: Of<'testUploads'>) => uploads(context, caller, TEST_TYPE),
  errors: async ({ context, caller, params }: Of<'testUploadErrors'>) =>
    errors(await uploadErrors(context, caller, params.uploadId, TEST_TYPE)),
}

function errors(parts: AsyncGenerator<string>): Reply {
  return new Reply({ type: 'application/json', body: streamOf(parts) })
}
