/** A schema with its context as clients of DIVOC 3.0 send them: certificates of training. */

export const TRAINING_CONTEXT = {
  '@context': {
    '@version': 1.1,
    '@protected': true,
    id: '@id',
    type: '@type',
    schema: 'https://schema.org/',
    training: 'https://training.example/words#',
    ProofOfTraining: {
      '@id': 'training:ProofOfTraining',
      '@context': {
        '@version': 1.1,
        '@protected': true,
        id: '@id',
        type: '@type',
        nonTransferable: 'training:nonTransferable',
      },
    },
    Person: {
      '@id': 'https://schema.org/Person',
      '@context': {
        '@version': 1.1,
        '@protected': true,
        id: '@id',
        type: '@type',
        name: 'https://schema.org/Text',
        email: 'https://schema.org/email',
      },
    },
    TrainingCertificate: {
      '@id': 'training:TrainingCertificate',
      '@context': {
        '@version': 1.1,
        '@protected': true,
        id: '@id',
        type: '@type',
        training: 'https://training.example/words#',
        organisation: 'training:organisation',
        courseName: 'training:courseName',
        courseEnd: 'training:courseEnd',
        level: 'training:level',
        hours: 'training:hours',
        certificateId: 'training:certificateId',
      },
    },
  },
}

/** The schema; `contextUrl` is what POST /vc-management/v1/context answered. */
export function trainingSchema(contextUrl: string, name = 'TrainingCertificate') {
  return {
    $schema: 'http://json-schema.org/draft-07/schema',
    type: 'object',
    properties: { [name]: { $ref: `#/definitions/${name}` } },
    required: [name],
    title: name,
    definitions: {
      [name]: {
        type: 'object',
        title: 'Certificate of training',
        required: ['name', 'registration', 'courseName', 'courseEnd', 'issuer', 'issuanceDate'],
        properties: {
          name: { type: 'string', title: 'Full name' },
          registration: { type: 'string' },
          email: { type: 'string', format: 'email' },
          organisation: { type: 'string', maxLength: 120 },
          courseName: { type: 'string' },
          courseEnd: { type: 'string', format: 'date' },
          level: { type: 'string', enum: ['basic', 'advanced'] },
          hours: { type: 'integer', minimum: 1, maximum: 500 },
          issuer: { type: 'string' },
          issuanceDate: { type: 'string', format: 'date-time' },
        },
      },
    },
    _osConfig: {
      uniqueIndexFields: ['registration'],
      ownershipAttributes: [],
      roles: [],
      inviteRoles: ['anonymous'],
      enableLogin: false,
      credentialTemplate: {
        '@context': ['https://www.w3.org/2018/credentials/v1', contextUrl],
        type: ['VerifiableCredential', 'ProofOfTraining'],
        credentialSubject: { type: 'Person', name: '{{name}}', email: '{{email}}' },
        issuer: '{{{issuer}}}',
        issuanceDate: '{{issuanceDate}}',
        evidence: {
          type: name,
          organisation: '{{organisation}}',
          courseName: '{{courseName}}',
          courseEnd: '{{courseEnd}}',
          level: '{{level}}',
          hours: '{{hours}}',
        },
        nonTransferable: 'true',
      },
      certificateTemplates: { html: 'minio://Tenant/templates/training.html' },
    },
  }
}
