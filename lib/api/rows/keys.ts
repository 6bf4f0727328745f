/** Rows of the contract. The issuer's keys, and checks done on this side. */
import { z } from 'zod'
import { checkAnswer, jwksAnswer } from '@/lib/trust/answers'
import { endpoint, type Endpoint } from '../endpoint'

const jwks = endpoint({
  operation: 'jwks',
  method: 'GET',
  path: '/.well-known/jwks.json',
  door: 'v3',
  who: 'anyone',
  summary: 'The keys as a JSON Web Key Set',
  description:
    'The same keys as in did.json: those that sign now come first, then those that certificates of other times were signed with.',
  ok: { 'application/json': jwksAnswer },
  revalidates: true,
  refusals: ['SIGNER_UNAVAILABLE'],
  anyOrigin: true,
})

const verifyCredential = endpoint({
  operation: 'verifyCredential',
  method: 'POST',
  path: '/vc-certification/v1/certificate/verify',
  door: 'v3',
  who: 'anyone',
  summary: 'Is this certificate genuine, and does it still count?',
  description:
    "Takes a signed certificate, in DIVOC's form or in that of VC Data Model 2.0. Signature, contexts (pinned, nothing is fetched), the registry's hash and state are checked. 200: the signature holds, certificateStatus says whether it counts. 406: verification failed. 400: this is no signed certificate. Nothing of what is sent is stored or logged. Verifiers who want to send nothing personal check the signature themselves and ask for the status by number.",
  body: {
    schema: z.record(z.string(), z.unknown()),
    checked: false,
    example: {
      '@context': ['https://www.w3.org/2018/credentials/v1', 'https://divoc.dev/credentials/vaccination/v2'],
      type: ['VerifiableCredential', 'ProofOfVaccinationCredential'],
      credentialSubject: { type: 'Person', id: 'did:in.gov.uidai.aadhaar:11112222334', name: 'Sam' },
      evidence: [{ type: ['Vaccination'], certificateId: '448086902061' }],
      proof: { type: 'RsaSignature2018', verificationMethod: 'did:india', jws: '…' },
    },
    alsoAs: ['application/ld+json', 'application/vc+ld+json', 'application/vc'],
  },
  ok: { 'application/json': checkAnswer },
  alsoAnswers: [406],
  refusals: ['MALFORMED_CERTIFICATE', 'SIGNER_UNAVAILABLE'],
  anyOrigin: true,
})

export const keys = { jwks, verifyCredential } satisfies Record<string, Endpoint>
