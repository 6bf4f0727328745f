/** What is sent and answered about certificate types, as zod schemas. */
import { z } from 'zod'

/** Bytes of one file of a type. */
export const LARGEST_FILE = 400 * 1024

const instant = z.iso.datetime()
/** A line that a database holds: no control characters, no half characters. */
const note = z
  .string()
  .max(500)
  .regex(/^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u)
const name = z.string().regex(/^[A-Z][A-Za-z0-9]{0,59}$/)
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

export const byName = z.object({ name: name.describe('Name of the type, for example VaccinationCertificate') })
export const byVersion = byName.extend({ version: z.coerce.number().int().min(1).max(1_000_000) })

export const draftRequest = z.object({
  document: z.string().max(500_000).describe('type.json as text: the order of its members is that of the credential'),
  files: z.record(fileName, z.base64()).describe('The other files: name to base64'),
  note: note.optional().describe('What is new in it'),
  checksum: z
    .string()
    .max(100)
    .optional()
    .describe('Of the draft that was read; without it a draft is not overwritten'),
})

export const publishRequest = z.object({ checksum: z.string().max(100).describe('Of the version that was looked at') })
export const previewVersionRequest = z.object({ paper: z.enum(['a4', 'us-letter']).optional() })

const finding = z.object({
  path: z.string().describe('JSON Pointer into type.json, or /files/<name>'),
  message: z.string(),
})

export const checkAnswer = z.object({
  errors: z.array(finding).describe('It cannot be published before these are mended'),
  warnings: z.array(finding),
  sizes: z
    .object({ usual: z.number().int(), longest: z.number().int(), room: z.number().int() })
    .nullable()
    .describe('Bytes in the QR code: with usual values, with the longest ones, and at most'),
})

export const versionHeading = z.object({
  name: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'retired']),
  checksum: z.string(),
  note: z.string(),
  createdAt: instant,
  createdByName: z.string(),
  changedAt: instant.nullable().describe('When a draft was written anew'),
  changedByName: z.string().nullable(),
  publishedAt: instant.nullable(),
  publishedByName: z.string().nullable(),
})

export const versionsAnswer = z.object({ versions: z.array(versionHeading).describe('Newest first') })
export const versionView = versionHeading.extend({ document: z.string(), files: z.record(z.string(), z.string()) })
export const publishedVersionAnswer = versionHeading.extend({ warnings: z.array(finding) })
export const deletedDraft = z.object({ deleted: z.literal(true) })

export const typePreview = z.object({
  record: z.record(z.string(), z.unknown()).describe('The sample values'),
  credential: z.string().describe('The certificate as JSON, signed with the test key: a scan says that it is a test'),
  qr: z.object({
    value: z.string(),
    version: z.number().int(),
    ecc: z.enum(['M', 'L']),
    bytes: z.number().int(),
    printMillimetres: z.number(),
  }),
  pdf: z.string().describe('Base64'),
  pictures: z.array(z.string()).describe('SVG'),
})

export const typeOverviewAnswer = z.object({
  types: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      inForce: versionHeading.nullable().describe('null: never published'),
      drafts: z.number().int(),
      versions: z.number().int(),
    }),
  ),
})

export const typeUseAnswer = z.object({
  vocabulary: z.number().int().describe('Highest number of the words that were ever in force; 0: none'),
  versions: z
    .array(z.object({ version: z.number().int(), current: z.number().int() }))
    .describe('Certificates of this part that were not replaced, by the version they were issued under'),
  share: z.number().describe('How much of the registry was looked through with this part, from 0 to 1'),
  next: z.string().nullable().describe('Send it as `after` to count the next part; null = this was the last one'),
})

export const typesAnswer = z.object({
  types: z.array(z.object({ name: z.string(), version: z.number().int(), title: z.string() })),
})

export type DraftRequest = z.infer<typeof draftRequest>
export type CheckAnswer = z.infer<typeof checkAnswer>
export type VersionHeading = z.infer<typeof versionHeading>
export type VersionView = z.infer<typeof versionView>
export type TypeOverview = z.infer<typeof typeOverviewAnswer>['types'][number]
export type TypeUse = z.infer<typeof typeUseAnswer>
export type TypePreview = z.infer<typeof typePreview>
