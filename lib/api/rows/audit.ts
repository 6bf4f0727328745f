/** Rows of the contract. The audit log: for administrators, its published hashes for everybody, who looked for operators. */
import { z } from 'zod'
import { auditEvents, auditRoots, auditState, looksAnswer } from '@/lib/audit/answers'
import { endpoint } from '../endpoint'
import { day } from './times'

const administered = { door: 'v3', who: 'person' } as const

const audit = endpoint({
  ...administered,
  operation: 'audit',
  recordIn: ['about'],
  method: 'GET',
  path: '/v3/audit',
  summary: 'The audit log',
  description: 'Who did, read or was refused what. Nothing in it can be changed or removed unnoticed.',
  query: z.object({
    from: day.optional().describe("Day in the issuer's time zone"),
    to: day.optional(),
    who: z.string().max(100).optional().describe('Part of a name, or an id'),
    action: z
      .string()
      .max(200)
      .regex(/^[a-z_.]+(,[a-z_.]+)*$/, 'must be names of actions with commas between them')
      .optional()
      .describe('Actions with commas between them; one with a point at its end means all that begin so'),
    about: z.string().max(200).optional().describe('A certificate number or a pre-enrollment code'),
    after: z.string().max(60).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': auditEvents },
  refusals: [],
})

const auditLogState = endpoint({
  ...administered,
  operation: 'auditLogState',
  method: 'GET',
  path: '/v3/audit/state',
  summary: 'How far the audit log is sealed',
  ok: { 'application/json': auditState },
  refusals: [],
})

const auditExport = endpoint({
  ...administered,
  operation: 'auditExport',
  method: 'GET',
  path: '/v3/audit/export',
  summary: 'The audit log of some days as a file',
  description:
    'What was sealed on these days (UTC). JSON lines can be verified alone: the sha256 of a row’s line is covered by the seal behind it, that of a seal’s line is named by the next seal, and the last one of a day is its published hash. `npm run audit:verify -- --file` does it.',
  query: z.object({ from: day, to: day, format: z.enum(['jsonl', 'csv']).default('jsonl') }),
  ok: { 'application/jsonl': 'text', 'text/csv': 'text' },
  refusals: [],
})

const publishedAuditRoots = endpoint({
  operation: 'publishedAuditRoots',
  method: 'GET',
  path: '/v3/audit/roots',
  door: 'v3',
  who: 'anyone',
  summary: 'The last hash of the audit log of each day',
  description:
    'Of the last 90 days that are over. Whoever keeps one can prove later whether anything up to that day was changed. Nothing personal is in it.',
  ok: { 'application/json': auditRoots },
  refusals: [],
  anyOrigin: true,
})

const looks = endpoint({
  operation: 'looks',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/looks',
  door: 'v3',
  who: 'person',
  summary: 'Who looked at the record of a certificate',
  params: z.object({ certificateId: z.string().min(1).describe('Certificate number') }),
  ok: { 'application/json': looksAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

export const audits = { audit, auditLogState, auditExport, publishedAuditRoots, looks }
