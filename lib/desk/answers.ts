/** What the clerk's desk sends and answers, as zod schemas. */
import { z } from 'zod'
import { causeOfStatus, certificateSubject, change } from '@/lib/certificates/answers'
import { REPORT_OUTCOMES, type DAY_KINDS } from './kinds'

const certificateId = z.string().describe('Certificate number')
const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')

/** Longest value of a draft: longer than any field takes, so that a text that is too long is kept until it is put right. */
const LONGEST_VALUE = 2000
const value = z.string().max(LONGEST_VALUE, `must be at most ${LONGEST_VALUE} characters`)

/** What somebody typed into the form, right or not: only the fields that differ from the certificate. */
export const draftContent = z.strictObject({
  fields: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/)
        .max(100),
      z.union([value, z.array(value).max(20)]),
    )
    .refine((fields) => Object.keys(fields).length <= 100, 'must be at most 100 fields')
    .describe('Text by dotted path of the field, as the form shows it'),
  reason: z.strictObject({ requestedBy: value, cause: value, note: value }),
  moveTo: z.number().int().optional().describe('The dose that the certificate is to be moved to'),
})

export const draftToSave = draftContent.extend({
  form: z.uuid().describe('Made once for each opened form: its own writes may be repeated'),
  after: instant.nullable().describe('savedAt of the draft that is continued; null = there was none'),
})

export const draftSaved = z.object({ savedAt: instant, expiresAt: instant })

export const draftAnswer = z.object({
  draft: draftContent
    .extend({
      certificateId: certificateId.describe('The version that the draft started from'),
      savedAt: instant,
      expiresAt: instant,
    })
    .nullable(),
})

export const draftDeleted = z.object({ deleted: z.boolean().describe('false: there was none') })

export const draftsAnswer = z.object({
  drafts: z
    .array(
      z.object({
        certificateId,
        type: z.string().describe('Name of the certificate type'),
        preEnrollmentCode: z.string(),
        dose: z.number().int(),
        initials: z.string().describe('Of the person on the certificate'),
        savedAt: instant,
        expiresAt: instant,
        replaced: z.boolean().describe('A newer certificate was issued meanwhile'),
      }),
    )
    .describe('The last saved first'),
})

export const presenceAnswer = z.object({
  others: z.array(
    z.object({
      name: z.string(),
      facility: z.string().nullable().describe('null = acts for all facilities'),
      secondsAgo: z.number().int().describe('Since the correction was opened'),
    }),
  ),
  newest: certificateId.nullable().describe('The current certificate of this dose'),
})

export const sessionAnswer = z.object({
  secondsLeft: z.number().int().describe('Until the session ends if nothing is done in it'),
  longest: z.boolean().describe('It cannot be made longer: the person has to sign in again'),
  session: z.string().describe('Another one after every sign-in; says nothing about the person'),
})

/** A field that the holder marked, with what is right where the holder said so. */
export const markedField = z.object({
  path: z.string().describe('Dotted path of the field, for example recipient.name'),
  note: z.string().describe('What is right in the words of the holder, "" without them'),
})

/** Where a confirmation by the holder stands, for the operator who asked for it. */
export const confirmationView = z.object({
  confirmationId: z.uuid(),
  state: z
    .enum(['waiting', 'opened', 'right', 'wrong', 'expired'])
    .describe('waiting: the code can be opened; opened: the holder looks at the changes; expired: nobody can answer'),
  secondsLeft: z.number().int().min(0).describe('Until it expires: for opening the code, then for answering'),
  marked: z.array(markedField).describe('Only when wrong'),
})

export const confirmationAsked = confirmationView.extend({
  url: z.url().describe('For the QR code. It is told once, opens once, and on one device'),
})

/** What the holder is shown: the changes and nothing else of the record. */
export const changesToConfirm = z.object({
  secondsLeft: z.number().int().min(0),
  timeZone: z.string().describe('IANA zone of the instants on the page'),
  corrections: z.array(
    z.object({
      kind: z.string().nullable().describe('What certificate it is, where doses are not counted'),
      dose: z.number().int(),
      totalDoses: z.number().int(),
      changes: z.array(
        change.extend({
          kind: z.string().describe('How the value is written: text, date, instant, contacts ...'),
          ltr: z.boolean(),
          unit: z.string().optional().describe('Stands behind the value'),
          labels: z.record(z.string(), z.string()).optional().describe('In other languages, where the type has them'),
        }),
      ),
    }),
  ),
})

export const answerTaken = z.object({ taken: z.literal(true) })

export type MarkedField = z.infer<typeof markedField>
export type ConfirmationView = z.infer<typeof confirmationView>
export type ConfirmationAsked = z.infer<typeof confirmationAsked>
export type ChangesToConfirm = z.infer<typeof changesToConfirm>

export type DraftContent = z.infer<typeof draftContent>
export type DraftAnswer = z.infer<typeof draftAnswer>
export type OpenDraft = z.infer<typeof draftsAnswer>['drafts'][number]
export type PresenceAnswer = z.infer<typeof presenceAnswer>

/** Whose certificate an item of the list is about, and how it stands. */
const subject = certificateSubject.extend({
  current: certificateId.nullable().describe('The certificate that is current now'),
  updatesRemaining: z.number().int(),
  updatesPending: z.number().int(),
})

const actor = z.object({ kind: z.string(), name: z.string(), you: z.boolean() })
const dayItem = z.object({ id: z.string(), at: instant, subject })

export const correctionItem = dayItem.extend({
  kind: z.literal('correction'),
  state: z.enum(['pending', 'issued']),
  transactionId: z.string(),
  certificateId,
  fields: z.array(z.string()).describe('Labels of what was changed; empty while it is pending'),
  by: actor,
  channel: z.enum(['api', 'screen']),
})

export const failureItem = dayItem.extend({
  kind: z.literal('failure'),
  transactionId: z.string(),
  update: z.boolean().describe('false: the first certificate was to be made'),
  code: z.string(),
  message: z.string(),
  again: certificateId.nullable().describe('The certificate to correct once more; null where that makes no sense'),
  toDose: z.number().int().nullable().describe('It was to move to this dose; null = it was not to move'),
  by: actor,
  channel: z.enum(['api', 'screen']),
})

export const limitItem = dayItem.extend({
  kind: z.literal('limit'),
  reached: z.enum(['used', 'refused']).describe('used: the last update was taken; refused: one more was asked for'),
  by: actor,
})

/** A certificate was revoked or suspended, its suspension got another end, or it is valid again ("current"). */
export const statusItem = dayItem.extend({
  kind: z.literal('status'),
  state: z.enum(['revoked', 'suspended', 'current']),
  certificateId,
  cause: causeOfStatus.nullable().describe('null: a suspension ended by itself'),
  until: instant.nullable().describe('When a suspension ends by itself'),
  by: actor,
})

export const reportItem = dayItem.extend({
  kind: z.literal('report'),
  reportId: z.string(),
  reference: z.string(),
  about: z.enum(['wrong', 'not_requested']).describe('not_requested: the holder did not ask for the last change'),
  fields: z.array(z.object({ path: z.string(), right: z.string().describe('What is right, in the holder’s words') })),
  note: z.string(),
  certificateId: certificateId.describe('The one that the holder saw'),
  correctedSince: z.object({ certificateId, at: instant }).nullable(),
  closed: z
    .object({ at: instant, by: z.string(), answer: z.string(), outcome: z.enum(REPORT_OUTCOMES).nullable() })
    .nullable(),
})

/** One day of a facility: open reports first, then everything by time, the newest first. */
export const dayAnswer = z.object({
  day: z.iso.date().describe('YYYY-MM-DD in the time zone of the issuer'),
  today: z.iso.date(),
  counts: z.object({
    report: z.number().int(),
    failure: z.number().int(),
    status: z.number().int(),
    correction: z.number().int(),
    limit: z.number().int(),
  }),
  items: z.array(z.discriminatedUnion('kind', [reportItem, failureItem, statusItem, correctionItem, limitItem])),
  next: z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one'),
})

export const attentionAnswer = z.object({
  reports: z.number().int().describe('Holders’ reports that wait for an answer'),
  failures: z.number().int().describe('Of today, and nothing has been accepted for the same dose since'),
  oversight: z.number().int().describe('For supervisors: opened records and stopped look-ups without a word of theirs'),
})

export const reportClosed = z.object({ reportId: z.string(), closedAt: instant })

/** What a report or a failed correction says that the fields should be. */
export const adviceAnswer = z.object({
  from: z.enum(['report', 'failure']),
  reference: z.string(),
  current: certificateId.nullable().describe('The certificate to correct'),
  note: z.string(),
  values: z.record(z.string(), z.string()).describe('Text by dotted path of the field'),
})

export const recentAnswer = z.object({
  items: z
    .array(
      z.object({
        certificateId: certificateId.describe('The newest one'),
        type: z.string().describe('Name of the certificate type'),
        preEnrollmentCode: z.string(),
        dose: z.number().int(),
        initials: z.string().describe('Of the person on the certificate'),
        at: instant,
      }),
    )
    .describe('At most 10, the last opened first'),
})

export const recentForgotten = z.object({ forgotten: z.number().int() })

export type DayAnswer = z.infer<typeof dayAnswer>
export type DayItem = DayAnswer['items'][number]
export type DayKind = (typeof DAY_KINDS)[number]
export type DaySubject = z.infer<typeof subject>
export type CorrectionItem = z.infer<typeof correctionItem>
export type FailureItem = z.infer<typeof failureItem>
export type LimitItem = z.infer<typeof limitItem>
export type StatusItem = z.infer<typeof statusItem>
export type ReportItem = z.infer<typeof reportItem>
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number]
export type AdviceAnswer = z.infer<typeof adviceAnswer>
export type RecentAnswer = z.infer<typeof recentAnswer>
