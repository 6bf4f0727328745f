/** What DIVOC's VC API answers, as zod schemas. */
import { z } from 'zod'
import { approvalReason, statusChange, warning } from '@/lib/certificates/answers'

export const certifyAnswer = z.object({
  transactionId: z.string().nullable().describe('null only with approval: nothing is accepted before it is given'),
  warnings: z.array(warning).optional().describe('What was ignored, or is odd, each with a pointer into the payload'),
  approval: z
    .object({ requestId: z.string().nullable(), reasons: z.array(approvalReason) })
    .optional()
    .describe('The type says that a supervisor has to look at this correction first'),
})

export const TRANSACTION_STATUSES = ['PENDING', 'SUCCESSFUL', 'UNSUCCESSFUL'] as const

/** What is told of a transaction, to who asks and to who is called back. */
export const transactionRecord = z.object({
  transactionId: z.string(),
  certificateId: z.string().nullable().describe('Of the new certificate; null when there will be none'),
  entityType: z.string(),
  status: z.enum(TRANSACTION_STATUSES),
  failure: z.object({ code: z.string(), message: z.string() }).optional().describe('Only when UNSUCCESSFUL'),
})

/** Besides its own members the payload that the certificate was made of. */
export const entityAnswer = z.looseObject({
  certificateId: z.string(),
  state: z.enum(['current', 'superseded', 'revoked', 'suspended']),
  _osSignedData: z.string().describe('The credential exactly as signed, as text'),
})

export const revokeAnswer = z.object({
  message: z.literal('Certificate Revoked'),
  certificateRevokeResponse: statusChange.describe('What became of the certificate'),
})

export const unsuspendAnswer = z.object({
  message: z.literal('Delete revoked certificate request sent successfully'),
})

export type EntityAnswer = z.infer<typeof entityAnswer>
export type CertifyAnswer = z.infer<typeof certifyAnswer>
export type TransactionRecord = z.infer<typeof transactionRecord>
export type RevokeAnswer = z.infer<typeof revokeAnswer>
export type UnsuspendAnswer = z.infer<typeof unsuspendAnswer>
