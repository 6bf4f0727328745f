/** What anybody may download about certificates that do not count, and what administrators read about checks: nothing about a person. */
import { z } from 'zod'

/** The unpaged index of the revocation list. */
export const revocationIndex = z.object({
  serial: z.number().int().describe('Counts the publications'),
  publishedAt: z.iso.datetime(),
  nextUpdate: z.iso.datetime().describe('There is a newer one by then'),
  entries: z.number().int().describe('Of all pages together'),
  pageSize: z.number().int().describe('Entries of every page but the last'),
  pages: z.array(
    z.object({ page: z.number().int(), entries: z.number().int(), serial: z.number().int(), url: z.url() }),
  ),
})

/** [certificateId, state, since, until, cause] */
const entry = z.tuple([
  z.string(),
  z.enum(['current', 'superseded', 'revoked', 'suspended']).describe('current: a suspension is over'),
  z.iso.datetime(),
  z.iso.datetime().nullable().describe('When a suspension ends'),
  z.string().nullable().describe('error, fraud, recall or other'),
])

/** What a page says, as signed. */
export const revocationPage = z.object({
  iss: z.string(),
  serial: z.number().int(),
  page: z.number().int(),
  publishedAt: z.iso.datetime(),
  nextUpdate: z.iso.datetime(),
  entries: z.array(entry).describe('A later entry of the same number counts'),
})

export type RevocationIndex = z.infer<typeof revocationIndex>

/** What a check found wrong with a certificate. */
export const PROBLEMS = [
  'text',
  'signature',
  'form2',
  'place',
  'state',
  'status_list',
  'revocation_list',
  'qr',
] as const

const problem = z.object({
  certificateId: z.string(),
  problem: z
    .enum(PROBLEMS)
    .describe(
      'text: not what was issued. signature, form2: a form does not verify. place: it names another place in the lists than the registry. state, status_list, revocation_list: it is not said to be what it is. qr: its code cannot be read',
    ),
})

/** One check of a sample. */
export const checkView = z.object({
  checkId: z.string(),
  night: z.iso.date().nullable().describe('null: an administrator asked for it'),
  requestedByName: z.string().nullable(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable().describe('null: it is going on'),
  size: z.number().int().describe('How many certificates are to be looked at'),
  checked: z.number().int(),
  problems: z.array(problem).describe('At most 100'),
})

export const checksAnswer = z.object({
  checks: z.array(checkView).describe('The last 30, newest first'),
  hour: z.number().int().describe('Hour of the day, where the issuer is, after which the nightly check begins'),
  size: z.number().int().describe('Certificates of a nightly check; 0 = there is none'),
})

export type CheckProblem = z.infer<typeof problem>
export type CheckView = z.infer<typeof checkView>
export type ChecksAnswer = z.infer<typeof checksAnswer>
