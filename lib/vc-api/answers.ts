/** What the VC API answers and is asked, in the shapes of W3C's draft. */
import { z } from 'zod'
import { isUrl } from './values'

/** As ids of credentials are. */
const url = z.string().min(1).max(1000).refine(isUrl, 'must be one URL')

const document = z.record(z.string(), z.unknown())

/** RFC 9457, with the kinds of VC Data Model 2.0, section 7.4. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string().describe('What is wrong; it repeats no value'),
  pointer: z.string().describe('JSON Pointer into the document'),
})

export const issueRequest = z.object({
  credential: document,
  options: z.object({ credentialId: url.optional() }).loose().optional(),
})

export const issuedCredential = z.object({ verifiableCredential: document })

/** Other options (checks, for one) say what to leave out; everything is always checked. */
const verifyOptions = z
  .object({
    challenge: z.string().max(1000).optional(),
    domain: z.string().max(1000).optional(),
    expectedProofPurpose: z.string().max(1000).optional(),
  })
  .loose()
  .optional()

export const verifyCredentialRequest = z.object({ verifiableCredential: document, options: verifyOptions })
export const verifyPresentationRequest = z.object({ verifiablePresentation: document, options: verifyOptions })

export const verified = z.object({
  verified: z.literal(true),
  checks: z.array(z.string()),
  warnings: z.array(problemDetails).describe('What could not be looked at'),
  errors: z.array(problemDetails),
})

const flag = z
  .union([z.boolean(), z.enum(['0', '1', 'true', 'false'])])
  .transform((v) => [true, '1', 'true'].includes(v))

const statusEntry = z
  .object({
    type: z.literal('BitstringStatusListEntry'),
    statusPurpose: z.enum(['revocation', 'suspension']).default('revocation'),
    status: flag.optional(),
  })
  .loose()

export const statusRequest = z.object({
  credentialId: url,
  credentialStatus: z.union([statusEntry, z.array(statusEntry).min(1).max(2)]),
  status: flag.optional().describe('true = it does not count; true where it is left out'),
})

export const statusSet = z.object({
  credentialId: z.string(),
  credentialStatus: z.array(z.object({ type: z.string(), statusPurpose: z.string(), status: z.boolean() })),
})
