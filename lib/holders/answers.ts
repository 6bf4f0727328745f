/** What holders and those who make links for them send and get, as zod schemas. */
import { z } from 'zod'
import { causeOfStatus, change } from '@/lib/certificates/answers'
import { OPENING_REASONS } from '@/lib/openings/answers'

const instant = z.iso.datetime()
const certificateId = z.string().describe('Certificate number')

/** Longest texts of a report. */
const LONGEST_NOTE = 1000
const LONGEST_RIGHT = 300

export const linkRequest = z.object({
  days: z.number().int().min(1).max(365).optional().describe('How long the link works; HOLDER_LINK_DAYS without it'),
})

/** A link that was just made: the only time that its address is told. */
export const madeLink = z.object({
  linkId: z.uuid(),
  url: z.url().describe('Told this once: only a hash of it is kept'),
  expiresAt: instant,
})

export const holderLink = z.object({
  linkId: z.uuid(),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: instant,
  by: z.object({ kind: z.string(), name: z.string() }),
  expiresAt: instant,
  revokedAt: instant.nullable(),
  openedAt: instant.nullable().describe('When the holder last answered the questions rightly'),
})

export const holderLinks = z.object({ links: z.array(holderLink).describe('Newest first') })

export const revokedLink = z.object({ linkId: z.uuid(), revokedAt: instant })

/** What the page asks a holder. */
export const holderAnswer = z.union([
  z.object({ dateOfBirth: z.iso.date() }),
  z.object({
    yearOfBirth: z.number().int().min(1800).max(2200),
    identityEnd: z.string().min(1).max(40).describe('The last 4 letters or digits of the identity'),
  }),
])

/** One detail of the certificate as recorded; "" where nothing is recorded. */
const detail = z.object({
  path: z.string().describe('Dotted path of the field'),
  label: z.string().describe('In English'),
  labels: z.record(z.string(), z.string()).optional().describe('In other languages, where the type has them'),
  unit: z.string().optional().describe('Stands behind the value'),
  kind: z.string().describe('How the value is written: text, date, instant, contacts …'),
  value: z.string(),
  masked: z.boolean().describe('To be shown only when asked for'),
  hidden: z.literal(true).optional().describe('Dots, and the last characters at most: the value is not told here'),
  ltr: z.boolean().describe('Written left to right in every language'),
})

const holderVersion = z.object({
  version: z.number().int().describe('1 = as first issued'),
  certificateId,
  state: z.enum(['current', 'superseded', 'revoked', 'suspended']),
  issuedAt: instant,
  endedAt: instant.nullable(),
  reissued: z.boolean().describe('Issued anew by the issuer; what it says stayed the same'),
  changes: z.array(change),
  requestedBy: z.string().nullable().describe('Who asked for the correction: holder, guardian, facility or other'),
  cause: z.string().nullable().describe('Why it was corrected'),
  facility: z.string().describe('Who made it'),
})

/** Who looked on one day; never the name of a person. */
const holderLook = z.object({
  at: instant.describe('The last time on that day'),
  by: z.enum(['operator', 'client', 'holder']).describe('client: a computer system; holder: with a link like this one'),
  facility: z.string().describe('For whom they looked; by a holder: for whom the link was made'),
  took: z.boolean().describe('A copy was printed or downloaded'),
  opened: z
    .enum(OPENING_REASONS)
    .nullable()
    .describe('Why somebody of another facility than the owning one opened it; null = they did not'),
  revealed: z.boolean().describe('Identity number and contacts were shown'),
  linkBy: z
    .enum(['operator', 'client'])
    .nullable()
    .describe('By a holder: who made the link that was used, for `facility`; null = not said'),
})

export const holderReport = z.object({
  reference: z.string(),
  kind: z.enum(['wrong', 'not_requested']),
  fields: z.array(z.object({ path: z.string(), label: z.string(), right: z.string() })),
  note: z.string(),
  state: z.enum(['open', 'closed']),
  createdAt: instant,
  answerBy: instant.describe('Until when the facility means to answer'),
  closedAt: instant.nullable(),
  answer: z.string().nullable(),
})

/** All that a holder sees of the own certificate. */
export const holderView = z.object({
  state: z.enum(['current', 'revoked', 'suspended']),
  since: instant.describe('Since when it is in this state'),
  until: instant.nullable().describe('When a suspension ends, if that is known'),
  cause: causeOfStatus.nullable().describe('Why it is revoked or suspended'),
  pending: z.boolean().describe('A correction is being signed'),
  issuer: z.string(),
  facility: z.string(),
  timeZone: z.string().describe('IANA zone in which days and times are meant'),
  title: z.string().describe('What kind of certificate it is, in English'),
  titles: detail.shape.labels,
  alsoIn: z.string().nullable().describe('The second language of this type of certificate (BCP 47): `labels` in it'),
  certificateId,
  version: z.number().int(),
  opened: z
    .object({ certificateId, replacedAt: instant.nullable() })
    .nullable()
    .describe('The older version for which the link was made'),
  sections: z.array(
    z.object({ id: z.string(), title: z.string(), titles: detail.shape.labels, details: z.array(detail) }),
  ),
  versions: z.array(holderVersion).describe('Newest first'),
  looks: z.array(holderLook).describe('Who looked at the record, newest first'),
  reports: z.array(holderReport).describe('Newest first'),
  qr: z.string().nullable().describe('The QR code as SVG; null while the certificate is not valid'),
  secondsLeft: z.number().int().describe('Until the questions are asked again'),
  linkExpiresAt: instant,
})

export const reportRequest = z.object({
  certificateId: z.string().min(1).max(100).describe('The certificate the holder looked at'),
  kind: z.enum(['wrong', 'not_requested']),
  fields: z
    .array(z.object({ path: z.string().max(100), right: z.string().max(LONGEST_RIGHT) }))
    .max(60)
    .default([]),
  note: z.string().max(LONGEST_NOTE).default(''),
  attempt: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('The same for every try to send one report: it is stored once'),
})

export const holderClosed = z.object({ closed: z.literal(true) })

export type LinkRequest = z.infer<typeof linkRequest>
export type MadeLink = z.infer<typeof madeLink>
export type HolderLink = z.infer<typeof holderLink>
export type HolderView = z.infer<typeof holderView>
export type HolderDetail = z.infer<typeof detail>
export type HolderLook = z.infer<typeof holderLook>
export type HolderVersion = z.infer<typeof holderVersion>
export type HolderReport = z.infer<typeof holderReport>
export type ReportRequest = z.infer<typeof reportRequest>
