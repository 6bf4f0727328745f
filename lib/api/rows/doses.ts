/** Rows of the contract. Corrections that reach beyond one dose. */
import { z } from 'zod'
import { dosesAnswer } from '@/lib/certificates/answers'
import { endpoint, type Endpoint } from '../endpoint'

const personDoses = endpoint({
  operation: 'personDoses',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/doses',
  door: 'v3',
  who: 'caller',
  summary: 'All doses of the same person and programme',
  description:
    'To correct the same mistake on several doses in one array, and to know which dose numbers are free to move a certificate to.',
  params: z.object({ certificateId: z.string().min(1).describe('Certificate number, of any dose and version') }),
  ok: { 'application/json': dosesAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

export const doses = { personDoses } satisfies Record<string, Endpoint>
