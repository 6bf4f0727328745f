/** Rows of the contract. The sandbox: certificates that a client makes to try things out, apart from the real ones. */
import { z } from 'zod'
import { sandboxReset } from '@/lib/certificates/answers'
import { endpoint, type Endpoint } from '../endpoint'

const sandboxDidDocument = endpoint({
  operation: 'sandboxDidDocument',
  method: 'GET',
  path: '/sandbox/did.json',
  door: 'v3',
  who: 'anyone',
  summary: 'The public half of the test key',
  description:
    'It signs what sandbox clients make, and nothing else. Its name ends with "sandbox"; no real certificate names it, and /.well-known/did.json does not list it.',
  ok: { 'application/json': z.record(z.string(), z.unknown()) },
  refusals: ['SIGNER_UNAVAILABLE'],
  anyOrigin: true,
})

const resetSandbox = endpoint({
  operation: 'resetSandbox',
  method: 'DELETE',
  path: '/v3/sandbox',
  door: 'v3',
  who: 'caller',
  summary: 'Remove everything that this sandbox client made',
  description:
    'For the tokens of sandbox clients only. Certificates, requests that wait and kept answers (Idempotency-Key) go; the codes can be certified anew.',
  ok: { 'application/json': sandboxReset },
  refusals: ['NOT_ALLOWED'],
})

export const sandbox = { sandboxDidDocument, resetSandbox } satisfies Record<string, Endpoint>
