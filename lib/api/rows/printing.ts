/** Rows of the contract. Printed pages, slips and test strips, and how many copies there are. */
import { z } from 'zod'
import { printRun, printsAnswer } from '@/lib/certificates/answers'
import { endpoint, type Endpoint } from '../endpoint'

const paper = z.enum(['a4', 'us-letter'])
const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })

const countPrint = endpoint({
  operation: 'countPrint',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/prints',
  door: 'v3',
  who: 'caller',
  summary: 'Counts copies that are about to be printed',
  description:
    'The answer’s printId, given as ?print= to the certificate’s PDF, makes its copies say who printed them, where and when.',
  params: byCertificate,
  body: {
    schema: z.object({
      kind: z.enum(['page', 'large', 'slip']),
      paper,
      copies: z.number().int().min(1).max(20),
    }),
    checked: true,
    example: { kind: 'page', paper: 'a4', copies: 2 },
  },
  ok: { 'application/json': printRun },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'RENDERER_UNAVAILABLE'],
})

const prints = endpoint({
  operation: 'prints',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/prints',
  door: 'v3',
  who: 'caller',
  summary: 'What was printed of a certificate and of the other versions of its dose',
  params: byCertificate,
  ok: { 'application/json': printsAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const testStrip = endpoint({
  operation: 'testStrip',
  method: 'GET',
  path: '/v3/test-strip.pdf',
  door: 'v3',
  who: 'caller',
  summary: 'A page that shows whether a printer prints codes that scan',
  description: 'Its codes are previews in the sizes that certificates have, beside greys, lines and a ruler.',
  query: z.object({ paper: paper.optional().describe("The installation's without it") }),
  ok: { 'application/pdf': 'binary' },
  revalidates: true,
  refusals: ['RENDERER_UNAVAILABLE'],
})

export const printing = { countPrint, prints, testStrip } satisfies Record<string, Endpoint>
