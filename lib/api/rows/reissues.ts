/** Rows of the contract. Re-issuing: issued certificates made anew under the version of their type in force, without an update. */
import { z } from 'zod'
import {
  COMMANDS,
  reissueCounts,
  reissueRows as rowsAnswer,
  reissuesAnswer,
  reissueSamples,
  reissueView,
  ROW_STATES,
  signingKeys as signingKeysAnswer,
  WHICH,
} from '@/lib/reissues/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { day } from './times'

const MOST_CODES = 2000

/** One line that can be seen, or nothing. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be letters, digits and signs that can be seen')

const choice = z.object({
  which: z.enum(WHICH).describe('other_version: issued under another version than the one in force'),
  key: line(100).nullable().default(null).describe('Thumbprint of a key, with which: key'),
  before: day.nullable().default(null).describe('Issued before this day, with which: before'),
  programId: line(300).nullable().default(null).describe('"" = certificates without a programme, null = any'),
  facilityCode: line(32).nullable().default(null).describe('null = of all facilities'),
  district: line(100).nullable().default(null).describe('Facilities of this district; null = any'),
  codes: z
    .array(line(300).min(1, 'is missing'))
    .max(MOST_CODES)
    .default([])
    .describe('Only these certificate numbers or pre-enrollment codes; none = all'),
})

const wanted = z.object({ type: line(100).min(1, 'is missing').describe('Name of the certificate type'), choice })

const example = { type: 'VaccinationCertificate', choice: { which: 'other_version', programId: 'PROG-2021' } } as const
const byReissue = z.object({ reissueId: z.string().min(1) })
const own = ['NOT_FOUND'] as const
const asked = [...own, 'VALIDATION_ERROR'] as const
const forPeople = { door: 'v3', who: 'person' } as const

const countReissue = endpoint({
  ...forPeople,
  operation: 'countReissue',
  method: 'POST',
  path: '/v3/reissues/count',
  summary: 'How many certificates a choice is at this moment, exactly',
  description:
    'A part of the registry at each call: the sum over all parts is the count. Changes nothing. The newest certificate of each record; none of the sandbox. Administrators choose among all facilities, a supervisor names one record within the own reach.',
  body: {
    schema: wanted.extend({
      after: z
        .string()
        .regex(/^\d{1,14}\.[0-9a-f-]{36}$/, 'must be the `next` of the part before')
        .nullable()
        .default(null)
        .describe('`next` of the part before; null = the first part'),
    }),
    checked: true,
    example,
  },
  ok: { 'application/json': reissueCounts },
  refusals: [...asked, 'TOO_MANY_LOOK_UPS'],
})

const sampleReissue = endpoint({
  ...forPeople,
  operation: 'sampleReissue',
  method: 'POST',
  path: '/v3/reissues/samples',
  summary: 'Three of the chosen certificates as they are and as they would be',
  description: 'Values and page only of records within the reach of who asks, hidden ones as dots.',
  body: { schema: wanted, checked: true, example },
  ok: { 'application/json': reissueSamples },
  rate: 'search',
  refusals: [...asked, 'TOO_MANY_LOOK_UPS', 'RENDERER_UNAVAILABLE'],
})

const addReissue = endpoint({
  ...forPeople,
  operation: 'addReissue',
  method: 'POST',
  path: '/v3/reissues',
  summary: 'Fix which certificates are to be issued anew',
  description:
    'A trial: which of them fit the version in force, and why others do not, is found at once. Nothing is issued before it is started.',
  body: {
    schema: wanted.extend({
      attempt: z
        .uuid()
        .describe('A new random one. It becomes the id of the re-issue: sent again, nothing happens twice'),
      reason: z
        .string()
        .trim()
        .min(1, 'is missing')
        .max(500)
        .regex(
          /^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u,
          'must be text without control characters',
        ),
      perMinute: z.number().int().min(1).max(60_000).default(600).describe('Not more than so many a minute'),
    }),
    checked: true,
    example: { ...example, attempt: '2f8a2b52-3d2f-4c39-9d0c-9a4e6c1f7b11', reason: 'New key, notice 2026/21' },
  },
  ok: { 'application/json': reissueView },
  refusals: [...asked, 'NOTHING_TO_REISSUE'],
})

const reissueList = endpoint({
  ...forPeople,
  operation: 'reissues',
  method: 'GET',
  path: '/v3/reissues',
  summary: 'Re-issues, the newest first',
  query: z.object({ after: z.string().max(100).optional().describe('`next` of the page before') }),
  ok: { 'application/json': reissuesAnswer },
  refusals: ['VALIDATION_ERROR'],
})

const signingKeys = endpoint({
  ...forPeople,
  operation: 'signingKeys',
  method: 'GET',
  path: '/v3/reissues/keys',
  summary: 'Keys that sign or signed certificates, as the audit log knows them',
  ok: { 'application/json': signingKeysAnswer },
  refusals: [],
})

const reissue = endpoint({
  ...forPeople,
  operation: 'reissue',
  method: 'GET',
  path: '/v3/reissues/{reissueId}',
  summary: 'One re-issue and how far it is',
  params: byReissue,
  ok: { 'application/json': reissueView },
  refusals: own,
})

const reissueRows = endpoint({
  ...forPeople,
  operation: 'reissueRows',
  method: 'GET',
  path: '/v3/reissues/{reissueId}/rows',
  summary: 'The certificates of a re-issue, each with what became of it',
  params: byReissue,
  query: z.object({
    state: z.enum(ROW_STATES).optional(),
    after: line(100).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': rowsAnswer },
  refusals: [...asked],
})

const reissueFile = endpoint({
  ...forPeople,
  operation: 'reissueFile',
  method: 'GET',
  path: '/v3/reissues/{reissueId}/rows.csv',
  summary: 'The same as a file for spreadsheets',
  params: byReissue,
  query: z.object({ state: z.enum(ROW_STATES).optional() }),
  ok: { 'text/csv': 'text' },
  refusals: [...asked],
})

const startReissue = endpoint({
  ...forPeople,
  operation: 'startReissue',
  method: 'POST',
  path: '/v3/reissues/{reissueId}/start',
  summary: 'Begin to issue anew',
  description:
    'In small groups, behind everything else that is to be issued. Each new certificate has the content of the one it replaces and spends no update; the old one counts as replaced.',
  params: byReissue,
  ok: { 'application/json': reissueView },
  refusals: [...own, 'REISSUE_STATE', 'NOTHING_TO_REISSUE'],
})

const steerReissue = endpoint({
  ...forPeople,
  operation: 'steerReissue',
  method: 'POST',
  path: '/v3/reissues/{reissueId}',
  summary: 'Pause a re-issue, let it go on, end it, or try again what failed or was skipped',
  description: 'What is being issued at that moment is issued. What is done stays done.',
  params: byReissue,
  body: { schema: z.object({ do: z.enum(COMMANDS) }), checked: true, example: { do: 'pause' } },
  ok: { 'application/json': reissueView },
  refusals: [...asked, 'REISSUE_STATE'],
})

export const reissues = {
  countReissue,
  sampleReissue,
  addReissue,
  reissues: reissueList,
  signingKeys,
  reissue,
  reissueRows,
  reissueFile,
  startReissue,
  steerReissue,
} satisfies Record<string, Endpoint>
