/** What a verifier may hear about a certificate: its state and the hash of its text, and nothing about a person. */
import { z } from 'zod'

/** A certificate's state by its number. */
export const statusAnswer = z.object({
  certificateId: z.string().describe('Certificate number'),
  state: z
    .enum(['current', 'superseded', 'revoked', 'suspended'])
    .describe('superseded: a newer certificate replaced it'),
  since: z.iso.datetime().describe('When it came into this state; of a current certificate, when it was issued'),
  until: z.iso.datetime().nullable().describe('When a suspension ends, where that is known'),
  cause: z
    .enum(['error', 'fraud', 'recall', 'other'])
    .nullable()
    .describe('Why it was revoked or suspended; null in every other state'),
  credentialHash: z
    .string()
    .nullable()
    .describe(
      'sha256 of the credential exactly as signed, hex: what was scanned must have the same. null for a certificate of a registry that was taken over without it',
    ),
})

export type StatusAnswer = z.infer<typeof statusAnswer>
