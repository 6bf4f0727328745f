/** Rows of the contract. DIVOC's first generation of certify and update. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../endpoint'
import { certifyV1Example, updateV1Example } from '../examples'
import { certificationRequestV1, certify, updateCertificates } from './accepting'

const SHAPE =
  'The request of the first generation: vaccinator, recipient.gender, recipient.address and facility.address are required. What becomes of it is a certifyV2 certificate, under the first vocabulary and without date of birth, ICD-11 code and prophylaxis.'
const FORMS =
  'Both generations share their certificates: one of this generation can be updated at /v3/certificate, and the other way round. The newest request decides the form of the new certificate.'

/** POST /v1/certify */
export const certifyV1 = endpoint({
  ...certify,
  operation: 'certifyV1',
  path: '/v1/certify',
  summary: 'Certify vaccinations, first generation',
  description: `${SHAPE} ${FORMS} ${certify.description}`,
  body: { schema: z.array(certificationRequestV1).max(500), checked: false, example: certifyV1Example },
})

/** PUT /v1/certificate */
export const updateCertificatesV1 = endpoint({
  ...updateCertificates,
  operation: 'updateCertificatesV1',
  path: '/v1/certificate',
  summary: 'Update certificates, first generation',
  description: `${SHAPE} ${FORMS} ${updateCertificates.description}`,
  body: { schema: z.array(certificationRequestV1).max(500), checked: false, example: updateV1Example },
})

export const v1 = { certifyV1, updateCertificatesV1 } satisfies Record<string, Endpoint>
