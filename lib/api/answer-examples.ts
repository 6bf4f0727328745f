/** Answers as they look, for the documentation. A test compares each with the schema of its endpoint. */

const accepted = {
  index: 0,
  status: 'accepted',
  transactionId: '0f6a4d3e-5a0c-4a55-9f0e-6f1d6b1f3c2a',
  preEnrollmentCode: '987456126',
  programId: '',
  dose: 1,
  certificateId: '448086902061',
  previousCertificateId: null,
  updatesUsed: 0,
  updatesLimit: 5,
  updatesRemaining: 5,
  warnings: [],
}

const updated = {
  ...accepted,
  transactionId: 'b1a5c6de-8f42-4a7e-9b35-2c1d0e9f8a77',
  certificateId: '731204558190',
  previousCertificateId: '448086902061',
  updatesUsed: 1,
  updatesRemaining: 4,
  changes: [{ path: 'recipient.name', label: 'Full name', before: 'Jon Doe', after: 'John Doe' }],
}

const transaction = {
  transactionId: updated.transactionId,
  type: 'VaccinationCertificate',
  kind: 'update',
  state: 'issued',
  preEnrollmentCode: '987456126',
  programId: '',
  dose: 1,
  correctedDose: null,
  certificateId: updated.certificateId,
  acceptedAt: '2026-05-12T10:30:00.000Z',
  finishedAt: '2026-05-12T10:30:00.120Z',
  attempts: 1,
  stuck: false,
  failure: null,
  checks: { signatureVerified: true, qrScanned: false, previousState: 'superseded' },
}

/** By operation; those that answer alike at DIVOC's addresses are not repeated. */
export const ANSWER_EXAMPLES: Record<string, unknown> = {
  certify: { results: [accepted] },
  certifyV1: { results: [accepted] },
  certifyOfType: { results: [accepted] },
  certifyTest: { results: [accepted] },
  updateOfType: { results: [updated] },
  updateCertificates: { results: [updated] },
  updateCertificatesV1: { results: [updated] },
  transaction,
  revoked: { revoked: true },
  certificateStatus: {
    certificateId: '448086902061',
    state: 'superseded',
    since: '2026-05-12T10:30:00.120Z',
    until: null,
    cause: null,
    credentialHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  calls: {
    client: {
      clientId: '6dd40903-6559-4918-8b66-73f0300f3e63',
      name: 'Hospital system',
      sandbox: true,
      facilityCode: null,
      batch: 'all',
      ratePerMinute: 6000,
    },
    calls: [
      {
        requestId: '01f1a1c7-5c1b-4e0a-8a55-6f2c8f6d7c10',
        at: '2026-05-12T10:30:00.000Z',
        method: 'PUT',
        route: '/v3/certificate',
        status: 400,
        code: 'VALIDATION_ERROR',
        message: 'Date of birth must be a day since 1900 written YYYY-MM-DD',
        details: [
          {
            index: 0,
            path: '/recipient/dob',
            code: 'VALIDATION_ERROR',
            message: 'Date of birth must be a day since 1900 written YYYY-MM-DD',
          },
        ],
        ms: 12,
      },
    ],
  },
}
