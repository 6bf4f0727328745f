/** What is sent and answered about opened records, revealed values and stopped look-ups, as zod schemas. */
import { z } from 'zod'

const certificateId = z.string().describe('Certificate number')
const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')

/** Why somebody opens another facility's record. With "other" a note is needed. */
export const OPENING_REASONS = ['holder_asks', 'urgent_care', 'moved_here', 'inquiry', 'audit', 'other'] as const
/** Why somebody wants to see a hidden value. With "other" a note is needed. */
export const REVEAL_REASONS = ['identify', 'correct', 'contact', 'inquiry', 'other'] as const
export const VERDICTS = ['acknowledged', 'objected'] as const

const text = (longest: number) =>
  z
    .string()
    .min(1, 'is missing')
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be text without control characters')

/** What people write: one short paragraph without control characters. */
export const note = z
  .string()
  .trim()
  .max(500, 'must be at most 500 characters')
  .regex(/^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u, 'must be text without control characters')

export const openingToMake = z
  .object({
    preEnrollmentCode: text(300).optional().describe('All doses of this code that are not reached'),
    certificateId: text(40).optional().describe('Or one dose, by a certificate number of it'),
    reason: z.enum(OPENING_REASONS),
    note: note.default(''),
  })
  .refine((given) => (given.preEnrollmentCode === undefined) !== (given.certificateId === undefined), {
    message: 'Name either preEnrollmentCode or certificateId.',
  })

const facility = z.object({ code: z.string(), name: z.string() })

/** One dose that was opened. */
const openedRecord = z.object({
  type: z.string().describe('Name of the certificate type'),
  preEnrollmentCode: z.string(),
  dose: z.number().int(),
  certificateId: certificateId.nullable().describe('The newest one; null = none was issued'),
  facility: facility.describe('Whose record it is'),
  verdict: z.enum(VERDICTS).nullable().describe("What the owner's supervisor said"),
  answer: z.string().describe('In their words'),
})

export const openingView = z.object({
  openingId: z.string(),
  reason: z.enum(OPENING_REASONS),
  note: z.string(),
  openedAt: instant,
  until: instant.describe('When it ends by itself'),
  endedAt: instant.nullable().describe('When it was ended before'),
  active: z.boolean(),
  records: z.array(openedRecord),
})

export const openingsAnswer = z.object({ openings: z.array(openingView).describe('The last opened first') })

/** What a supervisor sees of somebody's opening: only the doses within the own reach. */
export const openingToReview = openingView.extend({
  by: z.object({ id: z.string(), name: z.string(), facility: z.string().nullable() }),
  looked: z
    .array(
      z.object({
        at: instant,
        what: z.enum(['opened', 'searched', 'read', 'downloaded', 'revealed']),
        certificateId: certificateId.nullable(),
      }),
    )
    .describe('What that person looked at while it was open, the oldest first'),
  decidedBy: z.string().nullable(),
})

export const openingsToReviewAnswer = z.object({
  openings: z.array(openingToReview).describe('Those that wait first, then what was decided within a week'),
})

export const decision = z
  .object({ verdict: z.enum(VERDICTS), answer: note.default('') })
  .refine((given) => given.verdict === 'acknowledged' || given.answer !== '', {
    path: ['answer'],
    message: 'Say why you object',
  })

export const revealToMake = z.object({ reason: z.enum(REVEAL_REASONS), note: note.default('') })

/** What the markers in the answers about a record stand for. */
export const revealed = z.object({
  until: instant,
  values: z.array(z.object({ path: z.string(), hidden: z.string().describe('The marker'), value: z.string() })),
})

export const revealsAnswer = z.object({ reveal: revealed.nullable().describe('null = nothing is revealed to you now') })

/** A person's or a source system's budget of look-ups that was used up. */
export const lookUpStop = z.object({
  stopId: z.string(),
  who: z.object({
    kind: z.enum(['operator', 'client']),
    id: z.string(),
    name: z.string(),
    facility: z.string().nullable(),
  }),
  span: z.enum(['hour', 'day']),
  budget: z.number().int().describe('Different records asked for, found or not'),
  stoppedAt: instant,
  until: instant.describe('When the next hour or day begins'),
  lifted: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

export const lookUpStopsAnswer = z.object({ stops: z.array(lookUpStop) })

export type OpeningReason = (typeof OPENING_REASONS)[number]
export type RevealReason = (typeof REVEAL_REASONS)[number]
export type Verdict = (typeof VERDICTS)[number]
export type OpeningView = z.infer<typeof openingView>
export type OpeningToReview = z.infer<typeof openingToReview>
export type Revealed = z.infer<typeof revealed>
export type LookUpStop = z.infer<typeof lookUpStop>
