/** Rows of the contract. Other issuers whose certificates verifiers accept. */
import { z } from 'zod'
import { trustAdded, trustAnswer, trustedIssuersAnswer, trustedIssuerView } from '@/lib/trust/answers'
import { endpoint, type Endpoint } from '../endpoint'

const seen = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u
const name = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(120)
  .regex(seen, 'must be letters, digits and signs that can be seen')
  .describe('Who issues, as verifiers are told')
const note = z
  .string()
  .trim()
  .max(1000)
  .regex(/^[^\p{Cf}\p{Cs}\u0000-\u0009\u000b-\u001f]*$/u, 'must be letters, digits and signs that can be seen')
  .describe('For administrators: who confirmed the key, when')
const byIssuer = z.object({ issuerId: z.string().min(1) })

const administered = { door: 'v3', who: 'person' } as const

const trustedIssuers = endpoint({
  operation: 'trustedIssuers',
  method: 'GET',
  path: '/v3/trusted-issuers',
  door: 'v3',
  who: 'anyone',
  summary: 'Other issuers whose certificates are accepted',
  description:
    'An administrator decides who is in the list. The keys say that a certificate is genuine; whether it was replaced or revoked is known to its own issuer alone.',
  ok: { 'application/json': trustedIssuersAnswer },
  revalidates: true,
  refusals: [],
  anyOrigin: true,
})

const trustList = endpoint({
  ...administered,
  operation: 'trustList',
  method: 'GET',
  path: '/v3/trust',
  summary: 'The trust list, by name',
  query: z.object({
    q: z.string().max(100).optional().describe('Part of a name'),
    after: z.string().max(200).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': trustAnswer },
  refusals: [],
})

const addTrusted = endpoint({
  ...administered,
  operation: 'addTrusted',
  method: 'POST',
  path: '/v3/trust',
  summary: 'Trust the keys of another issuer',
  description: 'One entry is made for each key, all or none. Private keys are refused, and kept nowhere.',
  body: {
    schema: z.object({
      name,
      keys: z
        .string()
        .max(65_536)
        .describe('Public keys: PEM, base58, multibase, a JWK, or a DID document with any number of them'),
      verificationMethod: z
        .string()
        .trim()
        .max(500)
        .default('')
        .describe('What the certificates call the key, where the text of the key does not say so'),
      note: note.default(''),
    }),
    checked: true,
    example: {
      name: 'Ministry of Health, Elsewhere',
      keys: 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z',
      verificationMethod: 'did:elsewhere',
      note: 'Fingerprint compared on the phone with their registrar.',
    },
  },
  ok: { 'application/json': trustAdded },
  refusals: ['VALIDATION_ERROR', 'NAME_TAKEN'],
})

const trusted = endpoint({
  ...administered,
  operation: 'trusted',
  method: 'GET',
  path: '/v3/trust/{issuerId}',
  summary: 'One key of the trust list',
  params: byIssuer,
  ok: { 'application/json': trustedIssuerView },
  refusals: ['NOT_FOUND'],
})

const changeTrusted = endpoint({
  ...administered,
  operation: 'changeTrusted',
  method: 'PUT',
  path: '/v3/trust/{issuerId}',
  summary: 'Rename, annotate, disable or enable a key of the trust list',
  description:
    'What is left out stays. Verifiers hear of it within a minute; those without a connection when they have one.',
  params: byIssuer,
  body: {
    schema: z.object({ name, note, disabled: z.boolean() }).partial(),
    checked: true,
    example: { disabled: true },
  },
  ok: { 'application/json': trustedIssuerView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

export const trust = { trustedIssuers, trustList, addTrusted, trusted, changeTrusted } satisfies Record<
  string,
  Endpoint
>
