/** What is answered about bulk runs: their rows, what each would change, and what became of it. */
import { z } from 'zod'
import { approvalReason, change } from '@/lib/certificates/answers'
import { BULK_ROW_STATES } from './kinds'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const count = z.number().int()
const next = z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one')

export const BULK_KINDS = ['certify', 'update'] as const
export const BULK_STATES = ['checking', 'checked', 'proposed', 'running', 'stopped', 'done', 'cancelled'] as const

export const rowProblem = z.object({
  column: z.string().describe('Head of the column; "" = the row as a whole'),
  code: z.string(),
  message: z.string(),
})

const person = z.object({ name: z.string(), you: z.boolean() })

/** One change for all certificates of a session that share a value. */
export const proposal = z.object({
  certificateId: z.string().describe('The certificate at which the mistake was seen'),
  path: z.string(),
  label: z.string(),
  from: z.string().describe('What stands on all of them; of a date-time the day'),
  to: z.string(),
  facility: z.object({ code: z.string(), name: z.string() }),
  day: z.iso.date().describe('Of the session'),
})

export const bulkRun = z.object({
  runId: z.string(),
  kind: z.enum(BULK_KINDS).describe('certify: new certificates; update: corrections'),
  origin: z.enum(['upload', 'divoc', 'proposal']),
  type: z.object({ name: z.string(), title: z.string() }),
  state: z
    .enum(BULK_STATES)
    .describe('checking → checked → running ⇄ stopped → done; a proposal waits for its second person in between'),
  outcome: z.enum(['discarded', 'declined', 'withdrawn', 'expired']).nullable().describe('Why it was cancelled'),
  filename: z.string(),
  columns: z.array(z.string()).describe('Heads as in the file'),
  facility: z
    .object({ code: z.string(), name: z.string() })
    .nullable()
    .describe('Whose certificates; null = of several'),
  reason: z.string().describe('Why, in the words of who began it'),
  by: person,
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  proposal: proposal.nullable(),
  expiresAt: instant.nullable().describe('Until then a second person may approve'),
  decidedBy: person.nullable(),
  decidedAt: instant.nullable(),
  note: z.string().describe('Why it was declined or stopped'),
  counts: z.object({
    total: count,
    blank: count.describe('Rows in which nothing stood: left out, and not in total'),
    unchecked: count,
    ready: count.describe('Checked: would be done'),
    needsApproval: count.describe('Of those ready: would wait for a supervisor'),
    unchanged: count,
    waiting: count,
    done: count,
    requested: count.describe('Wait for a supervisor as requests of their own'),
    refused: count,
  }),
  may: z.object({
    start: z.boolean(),
    stop: z.boolean(),
    resume: z.boolean(),
    retry: z.boolean(),
    discard: z.boolean(),
    approve: z.boolean(),
    decline: z.boolean(),
    withdraw: z.boolean(),
    mend: z.boolean().describe('Write cells of refused rows anew'),
  }),
  cannotApprove: z.string().nullable().describe('Why whoever asks cannot be the second person'),
})

export const bulkRuns = z.object({ runs: z.array(bulkRun), next })
export const bulkWaiting = z.object({ waiting: count.describe('Proposals that whoever asks could approve') })

export const bulkRow = z.object({
  row: count.describe('As spreadsheets count: the header is row 1'),
  state: z.enum(BULK_ROW_STATES),
  cells: z.record(z.string(), z.string()),
  certificateId: z.string().nullable().describe('The certificate that is corrected'),
  preEnrollmentCode: z.string().nullable(),
  changes: z.array(change),
  approval: z.array(approvalReason).describe('Why a second person has to look at it'),
  problems: z.array(rowProblem),
  newCertificateId: z.string().nullable(),
  issue: z.enum(['pending', 'issued', 'failed']).nullable().describe('Of a done row: how far its certificate is'),
  requestId: z.string().nullable(),
})

export const bulkRows = z.object({ rows: z.array(bulkRow), next })

/** What the certificates of a session have in common with one of them. */
export const sameAnswer = z.object({
  certificateId: z.string(),
  facility: z.object({ code: z.string(), name: z.string() }),
  day: z.iso.date(),
  total: count.describe('Current certificates of this facility and day'),
  fields: z.array(
    z.object({
      path: z.string(),
      label: z.string(),
      value: z.string().describe('Of a date-time the day'),
      count: count.describe('Those of the session that say the same, this one included'),
    }),
  ),
})

/** DIVOC's CertifyUploads, under its names. */
export const divocUpload = z.object({
  ID: count,
  CreatedAt: instant,
  Filename: z.string(),
  UserID: z.string(),
  TotalRecords: count,
  TotalErrorRows: count,
  Status: z.enum(['Processing', 'Failed', 'Success']),
})

export const divocUploads = z.array(divocUpload)

export const divocUploadErrors = z.object({
  columns: z.array(z.string()),
  errorRows: z.array(z.record(z.string(), z.string())).describe('By column, and "errors"'),
})

export type BulkKind = (typeof BULK_KINDS)[number]
export type BulkState = (typeof BULK_STATES)[number]
export type BulkRowState = (typeof BULK_ROW_STATES)[number]
export type RowProblem = z.infer<typeof rowProblem>
export type Proposal = z.infer<typeof proposal>
export type BulkRun = z.infer<typeof bulkRun>
export type BulkRow = z.infer<typeof bulkRow>
export type SameAnswer = z.infer<typeof sameAnswer>
export type DivocUpload = z.infer<typeof divocUpload>
