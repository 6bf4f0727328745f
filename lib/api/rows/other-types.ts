/** Rows of the contract. Certify and update certificates of any type, by its name; and DIVOC's address for test results. */
import { z } from 'zod'
import { testExample, testUpdateExample } from '../examples'
import { endpoint, type Endpoint } from '../endpoint'
import { certify, updateCertificates } from './accepting'

const byType = z.object({
  entityType: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'must be the name of a certificate type')
    .describe('Name of the certificate type, or another one of it, for example TestCertificate'),
})
/** What an item holds says the type: the use case reads it with that. */
const items = z.array(z.record(z.string(), z.unknown())).max(500)

/** One test result. OpenAPI is made from the type in force, as that of vaccinations is. */
export const testRequest = z.record(z.string(), z.unknown())

const SHAPE =
  'What an item holds is described under components/schemas, as <name of the type>Request. It has a preEnrollmentCode (or, where the type has a field that holds the code, that field alone), the sections of the type, and programId, meta and reason as everywhere. Unknown names are refused with SCHEMA_NOT_FOUND.'

/** POST /v4/{entityType}/certify */
const certifyOfType = endpoint({
  ...certify,
  operation: 'certifyOfType',
  path: '/v4/{entityType}/certify',
  summary: 'Certify something of any type',
  description: `${SHAPE} ${certify.description}`,
  params: byType,
  body: { schema: items, checked: false, example: testExample },
  refusals: [...certify.refusals, 'SCHEMA_NOT_FOUND'],
})

/** PUT /v4/{entityType}/certificate */
const updateOfType = endpoint({
  ...updateCertificates,
  operation: 'updateOfType',
  path: '/v4/{entityType}/certificate',
  summary: 'Update certificates of any type',
  description: `${SHAPE} ${updateCertificates.description}`,
  params: byType,
  body: { schema: items, checked: false, example: testUpdateExample },
  refusals: [...updateCertificates.refusals, 'SCHEMA_NOT_FOUND'],
})

/** POST /v1/test/certify */
const certifyTest = endpoint({
  ...certify,
  operation: 'certifyTest',
  path: '/v1/test/certify',
  summary: 'Certify test results',
  description: `DIVOC’s request for test certificates. Results of one code are told apart by testDetails.sampleCollectionTimestamp, to the minute. They are corrected at PUT /v4/TestCertificate/certificate. ${certify.description}`,
  body: { schema: z.array(testRequest).max(500), checked: false, example: testExample },
  refusals: [...certify.refusals, 'SCHEMA_NOT_FOUND'],
})

export const otherTypes = { certifyOfType, updateOfType, certifyTest } satisfies Record<string, Endpoint>
