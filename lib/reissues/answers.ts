/** What administrators are told about re-issuing: which certificates, what would change, how far it is, what was left alone. */
import { z } from 'zod'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const count = z.number().int()
const next = z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one')

export const REISSUE_STATES = ['checking', 'ready', 'running', 'paused', 'stopped', 'done'] as const
export const ROW_STATES = ['unchecked', 'waiting', 'accepted', 'done', 'skipped', 'failed'] as const

/** Why a certificate is left as it is. */
export const SKIP_CODES = ['REPLACED', 'REVOKED', 'SUSPENDED', 'UPDATE_PENDING', 'APPROVAL_OPEN', 'UNFIT'] as const

export const WHICH = ['other_version', 'key', 'before', 'all'] as const

/** Which certificates, among those that are the newest of their record. Those of the sandbox never. */
export const reissueChoice = z.object({
  which: z
    .enum(WHICH)
    .describe(
      'other_version: issued under another version than the one in force; key: signed with a key; before: issued before a day',
    ),
  key: z.string().nullable().describe('Thumbprint of a key, for `key`'),
  before: z.iso.date().nullable().describe('YYYY-MM-DD in the issuer’s time zone, for `before`'),
  programId: z.string().nullable().describe('"" = certificates without a programme, null = any'),
  facilityCode: z.string().nullable(),
  district: z.string().nullable(),
  codes: z
    .array(z.string())
    .describe('Certificate numbers or pre-enrollment codes; none = whatever else is said decides'),
})

const skipped = z
  .array(z.object({ code: z.string().describe(SKIP_CODES.join(', ')), count }))
  .describe('Left as they are, by reason')

const facility = z.object({ code: z.string(), name: z.string() })

/** How many certificates a choice is at this moment, of one part of the registry: the sum of all parts is the count. */
export const reissueCounts = z.object({
  type: z.string(),
  version: count.describe('The version in force: what they would be issued under'),
  chosen: count,
  skipped: skipped.describe(
    'Of those chosen what would be left as it is, as far as one need not look into the records for it: whether they fit the version is found when the run is made',
  ),
  versions: z
    .array(
      z.object({
        version: count,
        count,
        some: z
          .array(z.string())
          .nullable()
          .describe('Three of them at most that nothing stands in the way of; null = there is none'),
      }),
    )
    .describe('Under which versions they were issued'),
  facilities: z.array(facility.extend({ count })).describe('Whose they are, most first'),
  keyUnknown: count.describe('Only for `key`: certificates of which it is not known which key signed them. Not chosen'),
  share: z.number().describe('How much of the registry was looked through with this part, from 0 to 1'),
  next: z.string().nullable().describe('Send it as `after` to count the next part; null = this was the last one'),
})

const difference = z.object({
  form: z.enum(['qr', 'vc2']).describe('qr: the credential in the QR code; vc2: VC Data Model 2.0'),
  path: z.string().describe('Dotted path in the credential'),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
const qrSize = z.object({ version: z.number(), bytes: count, printMillimetres: z.number() })

/** One of the chosen certificates as it is and as it would be. */
export const reissueSample = z.object({
  certificateId: z.string(),
  facility,
  typeVersion: count.describe('Issued under'),
  fits: z.boolean(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })).describe('Why it does not fit'),
  shown: z
    .boolean()
    .describe('false: the record is beyond the reach of who asks, who is told what differs, and no value and no page'),
  differences: z.array(difference),
  qr: z.object({ before: qrSize, after: qrSize.nullable() }),
  picture: z.string().nullable().describe('First page as it would be, SVG'),
})

export const reissueSamples = z.object({ samples: z.array(reissueSample) })

export const reissueProgress = z.object({
  share: z.number().describe('While it is chosen: how much of the registry was looked through; then 1'),
  total: count,
  unchecked: count,
  waiting: count.describe('Fit, and not begun yet'),
  accepted: count.describe('Being issued at this moment'),
  done: count,
  skipped: count,
  failed: count,
})

const person = z.object({ name: z.string(), you: z.boolean() })

export const reissueView = z.object({
  reissueId: z.string(),
  type: z.string(),
  title: z.string().describe('Of the type'),
  version: count.describe('Pinned when it was made'),
  inForce: z.boolean().describe('Whether that is the version in force'),
  choice: reissueChoice.extend({ codes: z.array(z.string()).describe('The first ten of the list'), given: count }),
  reason: z.string(),
  state: z
    .enum(REISSUE_STATES)
    .describe('checking (which they are, and whether each fits) → ready → running ⇄ paused → done, or stopped'),
  pausedWhy: z.enum(['version']).nullable().describe('version: by itself, as another version came into force'),
  perMinute: count.describe('Not more than so many a minute; ordinary requests come first in any case'),
  requestedBy: person,
  requestedAt: instant,
  startedBy: person.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  progress: reissueProgress,
  skipped,
  secondsLeft: count.nullable().describe('About; null where it does not run'),
  may: z
    .object({ start: z.boolean(), pause: z.boolean(), resume: z.boolean(), stop: z.boolean(), retry: z.boolean() })
    .describe('What whoever asks may do with it now'),
})

export const reissuesAnswer = z.object({ reissues: z.array(reissueView), next })

/** One certificate of a run. Nothing of the person. */
export const reissueRow = z.object({
  certificateId: z.string(),
  facility,
  state: z.enum(ROW_STATES),
  code: z.string().nullable().describe('Why it was skipped, or failed'),
  problems: z.array(z.object({ path: z.string(), message: z.string() })).describe('What does not fit the version'),
  newCertificateId: z.string().nullable(),
  at: instant.nullable(),
})

export const reissueRows = z.object({ rows: z.array(reissueRow), next })

/** Keys that certificates were signed with, for whoever chooses by key. */
export const signingKeys = z.object({
  keys: z.array(
    z.object({
      key: z.string().describe('Thumbprint'),
      type: z.string(),
      use: z.enum(['signs', 'next', 'former', 'withdrawn']),
      since: instant,
    }),
  ),
})

export const COMMANDS = ['pause', 'resume', 'stop', 'retry'] as const

export type ReissueState = (typeof REISSUE_STATES)[number]
export type RowState = (typeof ROW_STATES)[number]
export type SkipCode = (typeof SKIP_CODES)[number]
export type Command = (typeof COMMANDS)[number]
export type ReissueChoice = z.infer<typeof reissueChoice>
export type ReissueCounts = z.infer<typeof reissueCounts>
export type ReissueSample = z.infer<typeof reissueSample>
export type ReissueView = z.infer<typeof reissueView>
export type ReissueRow = z.infer<typeof reissueRow>
export type Problem = ReissueSample['problems'][number]
export type SigningKeyFacts = z.infer<typeof signingKeys>['keys'][number]
