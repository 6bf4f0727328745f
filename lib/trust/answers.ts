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
