/** What operators are told about recalls: what one would cover, who proposed and confirmed it, how far it is. */
import { z } from 'zod'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const count = z.number().int()
const next = z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one')
const recallId = z.string()

export const RECALL_ACTIONS = ['revoke', 'suspend', 'lift'] as const
export const RECALL_STATES = ['proposed', 'running', 'stopped', 'done', 'cancelled'] as const
export const ROW_STATES = ['proposed', 'waiting', 'done', 'refused'] as const

const action = z
  .enum(RECALL_ACTIONS)
  .describe('revoke: for ever; suspend: for a while; lift: end the suspensions of an earlier recall')

/** Which certificates. Vaccine, batch and manufacturer are compared without regard to capitals and spaces. */
export const recallCriteria = z.object({
  vaccine: z.string(),
  batch: z.string(),
  manufacturer: z.string().nullable().describe('null = any'),
  facilityCode: z.string().nullable().describe('null = all that the operator acts for'),
  from: z.iso.date().nullable().describe('First day of vaccination, null = from the beginning'),
  to: z.iso.date().nullable().describe('Last day of vaccination, null = to this day'),
})

/** How many certificates a recall covers at one moment, and which it leaves alone. */
export const recallCounts = z.object({
  covered: count,
  current: count.describe('Of those covered: valid now'),
  suspended: count.describe('Of those covered: suspended now'),
  untouched: z.object({
    replaced: count.describe('Replaced ones of this batch. They do not count any more in any case'),
    revoked: count,
    suspended: count.describe('Suspended for another reason, or for as long already'),
    valid: count.describe('Only of a lift: made valid again meanwhile'),
  }),
  facilities: z.array(z.object({ code: z.string(), name: z.string(), count })).describe('Of those covered, most first'),
  doses: z.array(z.object({ dose: z.number().int(), count })).describe('Of those covered'),
  spellings: z
    .array(z.object({ vaccine: z.string(), batch: z.string(), manufacturer: z.string(), count }))
    .describe('How vaccine, batch and manufacturer are written on those covered, most first'),
  seconds: count.describe('About how long it will take'),
})

const rowSubject = {
  certificateId: z.string(),
  preEnrollmentCode: z.string(),
  dose: z.number().int(),
  initials: z.string().describe('Of the person on the certificate'),
  facility: z.object({ code: z.string(), name: z.string() }),
}

export const recallPreview = z.object({
  action,
  criteria: recallCriteria,
  until: instant.nullable().describe('When the suspensions would end by themselves'),
  counts: recallCounts,
  rows: z
    .array(z.object({ ...rowSubject, state: z.enum(['current', 'suspended']) }))
    .describe('The first of those covered'),
  elsewhere: z
    .array(z.object({ vaccine: z.string(), manufacturer: z.string(), count }))
    .describe('Certificates of the same batch number with another vaccine or manufacturer: not covered'),
  open: z.array(recallId).describe('Recalls of the same batch that wait or run already'),
})

const person = z.object({ name: z.string(), you: z.boolean() })

export const recallView = z.object({
  recallId,
  action,
  state: z.enum(RECALL_STATES).describe('proposed → running ⇄ stopped → done, or cancelled'),
  outcome: z.enum(['declined', 'withdrawn', 'expired']).nullable().describe('Why it was cancelled'),
  criteria: recallCriteria,
  facility: z.object({ code: z.string(), name: z.string() }).nullable().describe('Whose certificates; null = of all'),
  until: instant.nullable(),
  reason: z.string().describe('Why, in the words of the first person. For operators alone'),
  note: z.string().describe('Why it was declined or withdrawn'),
  requestedBy: person,
  requestedAt: instant,
  expiresAt: instant.describe('Until then a second person may confirm'),
  decidedBy: person.nullable().describe('Who confirmed, declined or withdrew it'),
  decidedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  ofRecallId: recallId.nullable().describe('Of a lift: the recall whose suspensions it ends'),
  progress: z.object({ total: count, done: count, refused: count, waiting: count }),
  may: z
    .object({ confirm: z.boolean(), cancel: z.boolean(), stop: z.boolean(), resume: z.boolean(), lift: z.boolean() })
    .describe('What whoever asks may do with it now'),
})

/** One recall with what was seen when it was proposed and what is different now. */
export const recallAnswer = recallView.extend({
  proposed: recallCounts.describe('What the first person saw'),
  now: recallCounts.nullable().describe('While it waits for a second person: what it would cover now'),
  since: z
    .object({ added: count, gone: count })
    .describe(
      'added: certificates that fit and are not among its rows; gone: rows that do not fit any more (while it waits)',
    ),
  cannotConfirm: z.string().nullable().describe('Why whoever asks cannot be the second person'),
  liftedBy: recallId.nullable().describe('The lift of it that waits, runs or is done'),
})

export const recallsAnswer = z.object({ recalls: z.array(recallView), next })

export const recallsWaiting = z.object({ waiting: count.describe('Recalls that whoever asks could confirm') })

export const recallRow = z.object({
  ...rowSubject,
  state: z.enum(ROW_STATES).describe('proposed: seen by the first person; waiting: confirmed'),
  followedId: z.string().nullable().describe('The certificate that had replaced it and was changed in its place'),
  code: z.string().nullable().describe('Why it was refused'),
  message: z.string().nullable(),
  at: instant.nullable(),
})

export const recallRows = z.object({ rows: z.array(recallRow), next })

/** Batches that certificates name. */
export const knownBatches = z.object({
  batches: z.array(z.object({ batch: z.string(), vaccine: z.string(), manufacturer: z.string() })),
})

export type RecallAction = (typeof RECALL_ACTIONS)[number]
export type RecallState = (typeof RECALL_STATES)[number]
export type RowState = (typeof ROW_STATES)[number]
export type RecallCriteria = z.infer<typeof recallCriteria>
export type RecallCounts = z.infer<typeof recallCounts>
export type RecallPreview = z.infer<typeof recallPreview>
export type RecallView = z.infer<typeof recallView>
export type RecallAnswer = z.infer<typeof recallAnswer>
export type RecallRow = z.infer<typeof recallRow>
export type KnownBatches = z.infer<typeof knownBatches>
