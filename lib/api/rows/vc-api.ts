/** Rows of the contract. The VC API: issuing and checking credentials of VC Data Model 2.0, for clients that may. */
import {
  issuedCredential,
  issueRequest,
  statusRequest,
  statusSet,
  verified,
  verifyCredentialRequest,
  verifyPresentationRequest,
} from '@/lib/vc-api/answers'
import { endpoint, type Endpoint } from '../endpoint'

const forClients = { door: 'v3', method: 'POST', who: 'caller' } as const

const unsigned = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:web:certificates.health.example',
  credentialSubject: { id: 'did:example:holder' },
}

const issueCredential = endpoint({
  ...forClients,
  operation: 'issueCredential',
  path: '/credentials/issue',
  summary: 'Issue a credential of VC Data Model 2.0 (VC API)',
  description:
    'Checked strictly, then signed as eddsa-rdfc-2022 by this issuer, whoever is named as issuer; with entries for revocation and suspension in our status lists. Contexts are pinned, others are refused. Nothing of the content is kept. Answers 201. Only for clients whose token may do this.',
  body: { schema: issueRequest, checked: true, example: { credential: unsigned } },
  ok: { 'application/json': issuedCredential },
  alsoAnswers: [201],
  refusals: ['VALIDATION_ERROR', 'NOT_ALLOWED', 'SIGNER_UNAVAILABLE', 'REGISTRY_UNAVAILABLE'],
})

const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-11-21T10:00:00Z',
  verificationMethod: 'did:key:z6Mk…#z6Mk…',
  proofPurpose: 'assertionMethod',
  proofValue: 'z…',
}

const verifyVcCredential = endpoint({
  ...forClients,
  operation: 'verifyVcCredential',
  path: '/credentials/verify',
  summary: 'Check a credential of VC Data Model 2.0 (VC API)',
  description:
    'Form, eddsa-rdfc-2022 proof, issuer, period, and the status where the list is ours. Nothing is fetched: keys are those of did:key, of this issuer and of trusted issuers. 200 when it holds; 400 NOT_VERIFIED with verified: false and every reason when it does not. options as for presentations.',
  body: { schema: verifyCredentialRequest, checked: true, example: { verifiableCredential: { ...unsigned, proof } } },
  ok: { 'application/json': verified },
  refusals: ['VALIDATION_ERROR', 'NOT_VERIFIED', 'NOT_ALLOWED', 'REGISTRY_UNAVAILABLE'],
})

const verifyPresentation = endpoint({
  ...forClients,
  operation: 'verifyPresentation',
  path: '/presentations/verify',
  summary: 'Check a presentation and the credentials in it (VC API)',
  description:
    'options.challenge, options.domain and options.expectedProofPurpose, where given, have to be those of the proof.',
  body: {
    schema: verifyPresentationRequest,
    checked: true,
    example: {
      verifiablePresentation: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        proof: { ...proof, proofPurpose: 'authentication', challenge: 'c0ae1c8e' },
      },
      options: { challenge: 'c0ae1c8e' },
    },
  },
  ok: { 'application/json': verified },
  refusals: ['VALIDATION_ERROR', 'NOT_VERIFIED', 'NOT_ALLOWED', 'REGISTRY_UNAVAILABLE'],
})

const setCredentialStatus = endpoint({
  ...forClients,
  operation: 'setCredentialStatus',
  path: '/credentials/status',
  summary: 'Revoke, suspend or lift what was issued here (VC API)',
  description:
    'credentialId is the id of the credential; what was issued several times under one id changes together. A revocation is final. The lists say so within a second.',
  body: {
    schema: statusRequest,
    checked: true,
    example: {
      credentialId: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    },
  },
  ok: { 'application/json': statusSet },
  refusals: ['VALIDATION_ERROR', 'NOT_ALLOWED', 'NOT_FOUND', 'CERTIFICATE_REVOKED', 'REGISTRY_UNAVAILABLE'],
})

export const vcApi = {
  issueCredential,
  verifyVcCredential,
  verifyPresentation,
  setCredentialStatus,
} satisfies Record<string, Endpoint>
