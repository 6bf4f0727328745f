/** Rows of the contract. What a verifier may ask: nothing personal, by certificate number alone. */
import { z } from 'zod'
import { statusAnswer } from '@/lib/verification/answers'
import { endpoint, type Endpoint } from '../endpoint'

const certificateStatus = endpoint({
  operation: 'certificateStatus',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/status',
  door: 'v3',
  who: 'anyone',
  summary: 'Does this certificate still count, and what is its hash?',
  description:
    'For verifiers that checked the signature. Compare credentialHash with the sha256 of what was scanned: values that share a meaning in the vocabulary can be swapped without breaking the signature. 404: this registry never issued the number.',
  params: z.object({ certificateId: z.string().min(1).describe('Certificate number') }),
  ok: { 'application/json': statusAnswer },
  revalidates: true,
  refusals: ['NOT_FOUND'],
  anyOrigin: true,
})

export const verification = { certificateStatus } satisfies Record<string, Endpoint>
