/** Rows of the contract. What a source system's developer sees of the own calls, and the typed client. */
import { z } from 'zod'
import { callsAnswer } from '@/lib/developers/answers'
import { endpoint, type Endpoint } from '../endpoint'

const calls = endpoint({
  operation: 'calls',
  method: 'GET',
  path: '/v3/calls',
  door: 'v3',
  who: 'caller',
  summary: 'Your last 50 calls, with the reasons of what was refused',
  description:
    'For access tokens only. Kept are address template, status, reasons, request id and time; nothing of what was sent. Questions for this list are not in it. A server that is killed loses the calls of its last second.',
  ok: { 'application/json': callsAnswer },
  refusals: ['NOT_ALLOWED'],
  unlisted: true,
})

const clientCalls = endpoint({
  operation: 'clientCalls',
  method: 'GET',
  path: '/v3/clients/{clientId}/calls',
  door: 'v3',
  who: 'person',
  summary: 'The last 50 calls of an API client',
  params: z.object({ clientId: z.string().min(1) }),
  ok: { 'application/json': callsAnswer },
  refusals: ['NOT_FOUND'],
})

const typedClient = endpoint({
  operation: 'typedClient',
  method: 'GET',
  path: '/docs/client.ts',
  door: 'v3',
  who: 'anyone',
  summary: 'A client for TypeScript and JavaScript, made from this description',
  description: 'One file without dependencies, for Node 20 and later, Deno, Bun and browsers.',
  ok: { 'text/plain': 'text' },
  rate: 'free',
  refusals: [],
})

export const developers = { calls, clientCalls, typedClient } satisfies Record<string, Endpoint>
