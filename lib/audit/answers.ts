/** What the audit log answers, as zod schemas. */
import { z } from 'zod'

const instant = z.iso.datetime()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One line of the log. */
export const auditEvent = z.object({
  id: z.string(),
  at: instant,
  action: z.string().describe('What was done, for example record.read'),
  by: z.object({
    kind: z.string().describe('operator, client, holder, system or unknown'),
    id: z.string(),
    name: z.string(),
  }),
  certificateId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).describe('Codes, numbers and names of fields; no values of records'),
  sealed: z.boolean().describe('Covered by a seal: it cannot be changed unnoticed'),
})

export const auditEvents = z.object({
  events: z.array(auditEvent).describe('Newest first'),
  next: z.string().nullable().describe('For `after`: there are older ones'),
})

/** The last hash of a day: whoever keeps it can tell later whether anything up to then was changed. */
export const auditRoot = z.object({
  day: z.iso.date().describe('In UTC'),
  seal: z.string().describe('Number of the last seal of the day'),
  hash,
  signed: z
    .string()
    .nullable()
    .describe(
      'The same, signed by the issuer: a compact JWS (typ audit-root+jwt) by a key of /.well-known/jwks.json. null in the first minutes after midnight',
    ),
})

export const auditRoots = z.object({ roots: z.array(auditRoot).describe('Of days that are over, newest first') })

export const auditState = z.object({
  seal: z.object({ n: z.string(), at: instant, hash }).nullable().describe('The last one'),
  unsealed: z.number().int().describe('Events that wait for their seal'),
  oldestUnsealed: instant.nullable(),
  roots: z.array(auditRoot),
})

/** Who looked at the record of a certificate. */
export const looksAnswer = z.object({
  looks: z
    .array(
      z.object({
        at: instant,
        what: z.enum(['searched', 'read', 'downloaded', 'printed', 'opened', 'revealed']),
        certificateId: z.string().nullable(),
        by: z.object({
          kind: z.string(),
          name: z.string(),
          facility: z.string().nullable().describe('null = all facilities'),
        }),
      }),
    )
    .describe('The last 50, newest first. Somebody who looks again within 15 minutes is there once'),
})

export type AuditEvent = z.infer<typeof auditEvent>
export type AuditState = z.infer<typeof auditState>
export type AuditRoot = z.infer<typeof auditRoot>
export type Looks = z.infer<typeof looksAnswer>['looks']
