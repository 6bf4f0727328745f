/** Rows of the contract. The checks of samples of certificates, for administrators. */
import { checksAnswer, checkView } from '@/lib/status-lists/answers'
import { endpoint, type Endpoint } from '../endpoint'

const checks = endpoint({
  operation: 'checks',
  method: 'GET',
  path: '/v3/checks',
  door: 'v3',
  who: 'person',
  summary: 'What the nightly checks of a sample of certificates found',
  description:
    'Every night certificates drawn at random are looked at as a verifier would: text, signatures of both forms, the state that is answered and the one in the status lists and in the revocation list, and the QR code.',
  ok: { 'application/json': checksAnswer },
  refusals: [],
})

const startCheck = endpoint({
  operation: 'startCheck',
  method: 'POST',
  path: '/v3/checks',
  door: 'v3',
  who: 'person',
  summary: 'Check a sample of certificates now',
  description: 'A worker does it; ask for the checks to follow it. While one is going on, that one is answered.',
  ok: { 'application/json': checkView },
  refusals: [],
})

export const checkRows = { checks, startCheck } satisfies Record<string, Endpoint>
