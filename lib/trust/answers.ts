/** What is told about other issuers whose certificates are accepted: to administrators everything, to verifiers the key. */
import { z } from 'zod'

const name = z.string().describe('Who issues, as verifiers are told')
const verificationMethod = z.string().describe('What the certificates call the key (proof.verificationMethod)')
const algorithm = z.enum(['RSA', 'ED25519'])
const publicKey = z.string().describe('RSA: PEM (SubjectPublicKeyInfo). Ed25519: base58 of the 32 bytes')

/** One key of another issuer, for verifiers. */
export const trustedKey = z.object({ name, verificationMethod, algorithm, publicKey })

export const trustedIssuersAnswer = z.object({
  issuers: z.array(trustedKey).describe('One entry for each key; an issuer may have several'),
})

/** One key of another issuer, for administrators. */
export const trustedIssuerView = trustedKey.extend({
  issuerId: z.string(),
  fingerprint: z
    .string()
    .describe('Of the key: the first 128 bits of its SHA-256, to be compared with what its issuer says'),
  note: z.string().describe('For administrators: who confirmed it, when'),
  disabled: z.boolean().describe('Its certificates are not accepted'),
  createdAt: z.iso.datetime(),
  createdByName: z.string(),
})

export const trustAnswer = z.object({
  issuers: z.array(trustedIssuerView),
  next: z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one'),
})
export const trustAdded = z.object({ issuers: z.array(trustedIssuerView) })

export type TrustedKey = z.infer<typeof trustedKey>
export type TrustedIssuersAnswer = z.infer<typeof trustedIssuersAnswer>
export type TrustedIssuerView = z.infer<typeof trustedIssuerView>

/** DIVOC's answer about a presented credential, and beside it what ours is called. */
export const checkAnswer = z.object({
  message: z.enum(['Certificate verified', 'verification failed']),
  status: z.object({
    certificateStatus: z
      .enum(['VALID', 'SUSPENDED', 'REVOKED', 'INVALID'])
      .describe(
        'REVOKED also where it was replaced; INVALID also where it expired or is not valid yet (with 200: it is genuine), or could not be checked',
      ),
    msg: z.string().describe('A sentence for people'),
    startDate: z
      .string()
      .optional()
      .describe('Since when it is revoked, replaced or suspended; from when it counts, where that is to come'),
    endDate: z.string().optional().describe('When a suspension ends, where that is known; when it expired'),
    state: z
      .enum([
        'valid',
        'trusted',
        'replaced',
        'cancelled',
        'suspended',
        'not_yet_valid',
        'expired',
        'altered',
        'not_genuine',
        'could_not_check',
        'preview',
        'sandbox',
      ])
      .describe(
        'More exactly. trusted: of another issuer, who alone knows whether it still counts. altered: signed by us, but not what was issued (values were swapped). could_not_check: neither good nor bad, see obstacle',
      ),
    cause: z
      .enum(['error', 'fraud', 'recall', 'other'])
      .optional()
      .describe('Why it was cancelled, where that is known'),
    obstacle: z
      .enum(['issuer', 'registry', 'vocabulary'])
      .optional()
      .describe(
        'Why it could not be checked. issuer: the key is not known here. registry: genuine, but the registry has no certificate of this number. vocabulary: its words are not known here',
      ),
  }),
  response: z.object({ verifyResp: z.object({ verified: z.boolean().describe('Whether the signature holds') }) }),
})

export type CheckAnswer = z.infer<typeof checkAnswer>

/** The keys as a JSON Web Key Set (RFC 7517). */
export const jwksAnswer = z.object({
  keys: z.array(
    z.object({
      kty: z.enum(['RSA', 'OKP']),
      use: z.literal('sig'),
      alg: z.enum(['PS256', 'EdDSA']),
      kid: z.string().describe('The thumbprint of the key (RFC 7638)'),
      n: z.string().optional(),
      e: z.string().optional(),
      crv: z.literal('Ed25519').optional(),
      x: z.string().optional(),
    }),
  ),
})
