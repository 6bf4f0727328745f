/** What the use cases answer, as zod schemas: the API sends these, OpenAPI documents them, the screens read them. */
import { z } from 'zod'

const certificateId = z.string().describe('Certificate number')
const dose = z
  .number()
  .int()
  .describe(
    'What tells the certificates of one code apart. Vaccinations and other types that are counted: the number of the dose. Types told apart by an instant (the taking of a sample): its minute, counted from 1970-01-01T00:00Z; the instant itself is in the record. Types with one certificate for each code: 1',
  )
const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')

export const warning = z.object({
  path: z.string().describe('JSON Pointer inside the item'),
  message: z.string(),
})

/** One field that differs between two versions of a record. `before` or `after` is null where the value is absent. */
export const change = z.object({
  path: z.string().describe('Dotted path of the field, for example recipient.name'),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** How much of the update allowance of a lineage is used. */
export const allowance = z.object({
  updatesUsed: z.number().int().describe('Updates issued plus pending'),
  updatesIssued: z.number().int(),
  updatesPending: z.number().int(),
  updatesLimit: z.number().int(),
  updatesRemaining: z.number().int().describe('Never negative'),
})

const failure = z.object({ code: z.string(), message: z.string() })

export const causeOfStatus = z
  .enum(['error', 'fraud', 'recall', 'other'])
  .describe('error: it should not have been issued so; recall: the vaccine or batch was called back')

/** Why a certificate is revoked, suspended, or valid again. The note is for operators and source systems alone. */
export const statusReason = z.object({ cause: causeOfStatus, note: z.string().optional() })

/** What became of a request to revoke, suspend or lift. */
export const statusChange = z.object({
  certificateId,
  status: z.enum(['changed', 'unchanged']).describe('unchanged: it was so already, as after a retry'),
  state: z.enum(['current', 'revoked', 'suspended']),
  since: instant.describe('When it came into this state'),
  until: instant.nullable().describe('When a suspension ends by itself'),
  reason: statusReason.nullable(),
  endedTransactions: z.array(z.string()).describe('Updates that were waiting and failed by this'),
})

export const APPROVAL_REASONS = [
  'name_and_birth_date',
  'large_name_change',
  'last_update',
  'other_facility',
  'no_updates_left',
] as const

/** Why a correction needs a second person. */
export const approvalReason = z
  .enum(APPROVAL_REASONS)
  .describe(
    'name_and_birth_date: both differ, at once or since the last version that somebody answered for; large_name_change: more than a third of the letters; no_updates_left: an update beyond the limit is asked for',
  )

export const OPEN_REQUEST_STATES = ['queued', 'in-review', 'waiting-for-information'] as const

/** The answer for one accepted item of POST /v3/certify or PUT /v3/certificate. */
export const itemResult = z.object({
  index: z.number().int(),
  status: z
    .enum(['accepted', 'awaiting_approval', 'already_certified', 'unchanged', 'refused'])
    .describe('awaiting_approval: nothing is accepted and no update is spent before a supervisor approves it'),
  transactionId: z.string().nullable(),
  preEnrollmentCode: z.string(),
  programId: z.string(),
  dose,
  correctedDose: z.number().int().optional().describe('Only for a move: the dose that the certificate goes to'),
  certificateId: certificateId.nullable().describe('Final from acceptance on; null in a dry run and when refused'),
  previousCertificateId: certificateId.nullable(),
  updatesUsed: z.number().int(),
  updatesLimit: z.number().int(),
  updatesRemaining: z.number().int(),
  warnings: z.array(warning),
  approval: z
    .object({
      requestId: z.string().nullable().describe('null in a dry run'),
      reasons: z.array(approvalReason),
    })
    .optional()
    .describe('Only with awaiting_approval'),
  changes: z.array(change).optional().describe('Updates only: what differs from the newest accepted version'),
  differs: z
    .array(z.string())
    .optional()
    .describe('Only on /divoc/api: fields in which an already certified item differs'),
  refusal: z
    .object({ path: z.string(), code: z.string(), message: z.string() })
    .optional()
    .describe('Only for clients with batch "each"'),
  state: z
    .enum(['pending', 'issued', 'failed'])
    .optional()
    .describe('Only with Prefer: wait: what became of the transaction; pending = the time was over first'),
  failure: failure.optional().describe('Only with Prefer: wait, when it failed'),
})

export const acceptAnswer = z.object({
  dryRun: z.boolean().optional(),
  results: z.array(itemResult),
})

export const transactionView = z.object({
  transactionId: z.string(),
  type: z.string().describe('Name of the certificate type'),
  kind: z
    .enum(['certify', 'update', 'reissue'])
    .describe('reissue: the same content issued anew under another version of its type, by an administrator'),
  state: z.enum(['pending', 'issued', 'failed']),
  preEnrollmentCode: z.string(),
  programId: z.string(),
  dose: z.number().int().describe('Where the certificate is now'),
  correctedDose: z
    .number()
    .int()
    .nullable()
    .describe('The dose that a move takes the certificate to; null for everything else'),
  certificateId,
  acceptedAt: instant,
  finishedAt: instant.nullable(),
  attempts: z.number().int(),
  stuck: z.boolean().describe('Pending, and the last attempt ended in an error of ours'),
  failure: failure.nullable(),
  checks: z
    .object({
      signatureVerified: z.boolean(),
      qrScanned: z.boolean().describe('The QR picture was read back by an independent decoder'),
      previousState: z.enum(['superseded']).nullable().describe('State of the replaced certificate'),
    })
    .nullable()
    .describe('What really happened when it was issued'),
})

const actor = z.object({ kind: z.string(), name: z.string() })

/** That a certificate was revoked or suspended, that its suspension got another end, or that it is valid again ("current"). */
export const statusEntry = z.object({
  state: z.enum(['current', 'revoked', 'suspended']),
  at: instant,
  until: instant.nullable().describe('When the suspension ends by itself'),
  reason: statusReason.nullable(),
  by: actor,
})

/** One issued certificate in the history of a lineage. */
export const version = z.object({
  version: z.number().int().describe('1 = as first issued'),
  certificateId,
  previousCertificateId: certificateId.nullable(),
  state: z.enum(['current', 'superseded', 'revoked', 'suspended']),
  issuedAt: instant,
  endedAt: instant.nullable().describe('When it stopped being current'),
  since: instant.describe('When it came into its state'),
  until: instant.nullable().describe('When a suspension ends by itself'),
  statuses: z.array(statusEntry).describe('What became of it besides being replaced, the oldest first'),
  reissue: z
    .object({ typeVersion: z.number().int() })
    .nullable()
    .describe('Issued anew with the same content, under this version of its type; null = first issued, or corrected'),
  changes: z.array(change),
  reason: z.record(z.string(), z.unknown()).nullable(),
  by: actor,
  channel: z.enum(['api', 'screen']),
  imported: z
    .object({ findings: z.array(z.object({ code: z.string(), about: z.array(z.string()) })) })
    .nullable()
    .describe('Taken over from a registry of DIVOC, and what was odd about it there; null = issued here'),
})

/** One lineage: all certificates of one code, programme and dose. */
export const lineageView = allowance.extend({
  type: z.string(),
  preEnrollmentCode: z.string(),
  programId: z.string(),
  dose,
  totalDoses: z.number().int(),
  facility: z.object({ code: z.string(), name: z.string() }).describe('The owner, who may correct'),
  state: z.enum(['being_issued', 'current', 'revoked', 'suspended', 'failed']),
  holderName: z.string(),
  vaccine: z.string(),
  updatesExtra: z.number().int().describe('Of the limit: granted by supervisors beyond the general one'),
  approval: z
    .object({
      requestId: z.string(),
      state: z.enum(OPEN_REQUEST_STATES),
      reasons: z.array(approvalReason),
      requestedAt: instant,
      by: actor,
    })
    .nullable()
    .describe('A correction that waits for a supervisor; there is one at most'),
  current: z.object({ certificateId, version: z.number().int(), issuedAt: instant }).nullable(),
  transactions: z.array(transactionView).describe('Pending and failed ones, newest first'),
  history: z.array(version).describe('Newest first'),
})

/** One dose of a person, and whether it can be corrected by who asks. */
export const personDose = z.object({
  dose: z.number().int(),
  taken: z.boolean().describe('Nothing else can be certified or moved here'),
  blocked: z
    .enum(['other_facility', 'revoked', 'suspended', 'not_issued', 'being_issued', 'no_updates_left'])
    .nullable()
    .describe('Why it cannot be corrected now; null = it can'),
  certificate: allowance
    .extend({ certificateId, version: z.number().int(), record: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe('The newest issued certificate; null where there is none, and for those of other facilities'),
})

/** The doses of the person whom a certificate belongs to, under one programme. */
export const dosesAnswer = z.object({
  preEnrollmentCode: z.string(),
  programId: z.string(),
  dose: z.number().int().describe('The dose that the certificate asked for belongs to'),
  doses: z.array(personDose).describe('By number'),
  kept: z.array(z.number().int()).describe('Numbers that are kept for a certificate on its way there'),
})

export const lineagesAnswer = z.object({ lineages: z.array(lineageView) })

/** The registry's view of one certificate. */
export const certificateView = z.object({
  certificateId,
  type: z.string(),
  typeVersion: z.number().int().describe('Of the type: what it was issued under'),
  state: z.enum(['current', 'superseded', 'revoked', 'suspended']),
  version: z.number().int(),
  issuedAt: instant,
  previousCertificateId: certificateId.nullable(),
  supersededBy: certificateId.nullable(),
  supersededAt: instant.nullable(),
  record: z
    .record(z.string(), z.unknown())
    .describe(
      'The request in its normal form. For people a marker, "errata-hidden:…", stands in the place of identity number and contacts',
    ),
  credentialHash: z.string().describe('sha256 of the credential exactly as signed, hex'),
  credential: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('null for people: it holds what is hidden from them. As a file when they reveal that'),
  qr: z.object({ version: z.number(), ecc: z.enum(['M', 'L']), bytes: z.number(), printMillimetres: z.number() }),
  lineage: lineageView,
  opening: z
    .object({ openingId: z.string(), reason: z.string(), openedAt: instant, until: instant })
    .nullable()
    .describe('Not null: the record of another facility, opened by this person to be read, until then'),
})

export const previewAnswer = z.object({
  qr: z.object({
    value: z.string().describe('What the QR code carries (never signed, recognised as a preview)'),
    side: z.number().int().describe('Modules of one side, the light border included'),
    path: z.string().describe('Path of an SVG around the dark areas, in modules'),
    version: z.number().int(),
    ecc: z.enum(['M', 'L']),
    bytes: z.number().int(),
    printMillimetres: z.number(),
  }),
  pdf: z.string().describe('The watermarked page as PDF, base64').nullable(),
  pictures: z.array(z.string()).describe('The watermarked pages as SVG'),
  changes: z.array(change),
  approval: z.array(approvalReason).describe('Why a supervisor would be asked; empty = nobody would be'),
  warnings: z.array(warning),
  means: z
    .object({
      template: z.unknown().describe('"credential" of the type’s form'),
      settings: z.record(z.string(), z.string()).describe('What templates read of the installation'),
      keyType: z.enum(['RSA', 'ED25519']),
      keyName: z.string(),
      certificateIdDigits: z.number().int(),
      form: z.enum(['certifyV3', 'certifyV2']),
      timeZone: z.string(),
    })
    .optional()
    .describe('Only where wanted: what a client draws the QR codes of further drafts with'),
})

/** What a reset of a sandbox removed. */
export const sandboxReset = z.object({
  removed: z.object({ certificates: z.number().int(), transactions: z.number().int() }),
})

/** One time something was printed. */
export const printRun = z.object({
  printId: z.string(),
  certificateId,
  kind: z.enum(['page', 'large', 'slip']).describe('large: the page in large print; slip: the holder’s link'),
  paper: z.enum(['a4', 'us-letter']),
  copies: z.number().int(),
  at: instant,
  by: actor,
})

export const printsAnswer = z.object({
  prints: z.array(printRun).describe('Of all versions of the dose, newest first'),
})

export type ApprovalReason = z.infer<typeof approvalReason>
export type StatusEntry = z.infer<typeof statusEntry>
export type StatusReason = z.infer<typeof statusReason>
export type StatusChange = z.infer<typeof statusChange>
export type PrintRun = z.infer<typeof printRun>
export type Warning = z.infer<typeof warning>
export type Change = z.infer<typeof change>
export type Allowance = z.infer<typeof allowance>
export type ItemResult = z.infer<typeof itemResult>
export type AcceptAnswer = z.infer<typeof acceptAnswer>
export type TransactionView = z.infer<typeof transactionView>
export type Version = z.infer<typeof version>
export type PersonDose = z.infer<typeof personDose>
export type DosesAnswer = z.infer<typeof dosesAnswer>
export type LineageView = z.infer<typeof lineageView>
export type CertificateView = z.infer<typeof certificateView>
export type PreviewAnswer = z.infer<typeof previewAnswer>
export type SandboxReset = z.infer<typeof sandboxReset>

/** Whose certificate something is about, in as few words as it takes to find it. */
export const certificateSubject = z.object({
  type: z.string().describe('Name of the certificate type'),
  preEnrollmentCode: z.string(),
  programId: z.string(),
  dose,
  totalDoses: z.number().int(),
  initials: z.string().describe('Of the person on the certificate'),
  facility: z.object({ code: z.string(), name: z.string() }),
})
