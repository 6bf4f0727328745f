/** What anybody may download about certificates that do not count: numbers, states and times, nothing about a person. */
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
