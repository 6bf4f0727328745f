/** Rows of the contract. Bulk: files of new certificates or corrections, one correction for a whole session, and DIVOC's uploads. */
import { z } from 'zod'
import {
  BULK_KINDS,
  bulkRows as rowsAnswer,
  bulkRun as runAnswer,
  bulkRuns as runsAnswer,
  bulkWaiting as waitingAnswer,
  divocUpload,
  divocUploadErrors,
  divocUploads,
  sameAnswer,
} from '@/lib/bulk/answers'
import { BULK_ROW_STATES } from '@/lib/bulk/kinds'
import { atDivoc, endpoint, type Endpoint } from '../endpoint'

/** 100,000 rows of 28 columns, well filled. */
const LARGEST_FILE = 64 * 1024 * 1024

const visible = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be letters, digits and signs that can be seen')
const note = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u, 'must be text without control characters')
const attempt = z.uuid().describe('A new random one. It becomes the id of the run: sent again, nothing happens twice')
const why = note.min(1, 'is missing').describe('Kept with every correction')
const typeName = z.string().regex(/^[A-Z][A-Za-z0-9]{0,59}$/)
const byRun = z.object({ runId: z.string().min(1) })
const own = ['NOT_FOUND', 'NOT_YOUR_FACILITY'] as const
const people = { door: 'v3', who: 'person' } as const

const bulkTemplate = endpoint({
  ...people,
  operation: 'bulkTemplate',
  method: 'GET',
  path: '/v3/bulk/template.csv',
  summary: 'The empty file of a type: the heads of its columns and an example',
  query: z.object({ type: typeName.default('VaccinationCertificate'), kind: z.enum(BULK_KINDS).default('update') }),
  ok: { 'text/csv': 'text' },
  refusals: ['NOT_FOUND'],
})

const uploadBulk = endpoint({
  ...people,
  operation: 'uploadBulk',
  method: 'POST',
  path: '/v3/bulk',
  summary: 'Upload a file: it is checked, and nothing is done before somebody begins it',
  description:
    'CSV with the heads of the template (UTF-8, or UTF-16 with its mark; comma, semicolon or tab), or JSON lines with the same names. In a correction an empty cell changes nothing, and (empty) makes a value empty.',
  upload: {
    largest: LARGEST_FILE,
    fields: z.object({
      attempt,
      kind: z.enum(BULK_KINDS).describe('certify: new certificates, for supervisors; update: corrections'),
      type: typeName.default('VaccinationCertificate'),
      cause: z
        .enum(['our typing error', 'holder gave wrong information', 'missing information', 'other'])
        .default('our typing error'),
      reason: note.default('').describe('Of corrections, and needed for them: why'),
    }),
    example: { attempt: '2f8a2b52-3d2f-4c39-9d0c-9a4e6c1f7b11', kind: 'update', reason: 'Batch misread on the box' },
    exampleFile: 'certificateId,vaccinationBatch\n123456789012,4121MCO42\n',
  },
  ok: { 'application/json': runAnswer },
  refusals: ['NOT_FOUND', 'INVALID_TEMPLATE', 'TOO_MANY_ITEMS'],
})

const bulkRuns = endpoint({
  ...people,
  operation: 'bulkRuns',
  method: 'GET',
  path: '/v3/bulk',
  summary: 'Bulk runs: the own ones, and for supervisors those of their facilities; newest first',
  query: z.object({ after: z.string().max(100).optional().describe('`next` of the page before') }),
  ok: { 'application/json': runsAnswer },
  refusals: [],
})

const bulkWaiting = endpoint({
  ...people,
  operation: 'bulkWaiting',
  method: 'GET',
  path: '/v3/bulk/waiting',
  summary: 'How many proposed corrections wait for the supervisor as second person',
  ok: { 'application/json': waitingAnswer },
  refusals: [],
})

const bulkSame = endpoint({
  ...people,
  operation: 'bulkSame',
  method: 'GET',
  path: '/v3/bulk/same',
  summary: 'How many certificates of the same facility and day say the same as this one, field by field',
  description: 'Fields of the person and hidden ones are left out.',
  query: z.object({ certificateId: z.string().min(1).max(40) }),
  ok: { 'application/json': sameAnswer },
  rate: 'search',
  refusals: [...own, 'NO_SESSION'],
})

const proposeBulk = endpoint({
  ...people,
  operation: 'proposeBulk',
  method: 'POST',
  path: '/v3/bulk/proposals',
  summary: 'Propose one correction for all certificates of a session that say the same',
  description: 'Nothing is changed before a supervisor who is somebody else approves it, within 7 days.',
  body: {
    schema: z.object({
      attempt,
      certificateId: z.string().min(1).max(40),
      path: z.string().min(1).max(200).describe('Dotted path of the field'),
      from: visible.max(300).describe('What stands there, as it was shown; of a date-time the day'),
      to: visible.min(1, 'is missing').max(300).describe('What is to stand there; of a date-time the day'),
      reason: why,
    }),
    checked: true,
    example: {
      attempt: '2f8a2b52-3d2f-4c39-9d0c-9a4e6c1f7b11',
      certificateId: '123456789012',
      path: 'vaccination.batch',
      from: '4121MCO41',
      to: '4121MCO42',
      reason: 'Batch misread on the box',
    },
  },
  ok: { 'application/json': runAnswer },
  refusals: [...own, 'VALIDATION_ERROR', 'STALE_VERSION', 'BULK_STATE', 'NO_SESSION'],
})

const bulkRun = endpoint({
  ...people,
  operation: 'bulkRun',
  method: 'GET',
  path: '/v3/bulk/{runId}',
  summary: 'One bulk run: what it is about, how far it is, what can be done with it',
  params: byRun,
  ok: { 'application/json': runAnswer },
  refusals: own,
})

const bulkRows = endpoint({
  ...people,
  operation: 'bulkRows',
  method: 'GET',
  path: '/v3/bulk/{runId}/rows',
  summary: 'Its rows, each with what it would change or what became of it',
  params: byRun,
  query: z.object({
    state: z.enum(BULK_ROW_STATES).optional(),
    after: z.coerce.number().int().min(0).max(1_000_000).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': rowsAnswer },
  refusals: own,
})

const bulkFile = endpoint({
  ...people,
  operation: 'bulkFile',
  method: 'GET',
  path: '/v3/bulk/{runId}/rows.csv',
  summary: 'All rows with their results as a file for spreadsheets',
  params: byRun,
  ok: { 'text/csv': 'text' },
  refusals: own,
})

const act = (operation: string, step: string, summary: string) =>
  ({
    ...people,
    operation,
    method: 'POST',
    path: `/v3/bulk/{runId}/${step}`,
    summary,
    params: byRun,
    ok: { 'application/json': runAnswer },
    refusals: [...own, 'BULK_STATE'],
  }) as const

const startBulk = endpoint(act('startBulk', 'start', 'Begin what was checked'))
const stopBulk = endpoint(act('stopBulk', 'stop', 'Stop after the group at hand: what is done stays done'))
const resumeBulk = endpoint(act('resumeBulk', 'resume', 'Let a stopped run go on where it was'))
const retryBulk = endpoint(act('retryBulk', 'retry', 'Check refused rows once more'))
const discardBulk = endpoint(act('discardBulk', 'discard', 'Discard a file before anything of it is done'))

const mendBulkRow = endpoint({
  ...people,
  operation: 'mendBulkRow',
  method: 'PUT',
  path: '/v3/bulk/{runId}/rows/{row}',
  summary: 'Write the cells of a refused row anew; it is checked at once',
  params: byRun.extend({ row: z.coerce.number().int().min(1).max(1_000_000) }),
  body: {
    schema: z.object({
      cells: z
        .record(z.string().max(100), visible.max(2000))
        .describe('By head of the column; hidden values as they were shown'),
    }),
    checked: true,
    example: { cells: { certificateId: '123456789012', vaccinationBatch: '4121MCO42' } },
  },
  ok: { 'application/json': runAnswer },
  refusals: [...own, 'BULK_STATE', 'VALIDATION_ERROR'],
})

const approveBulk = endpoint({
  ...act('approveBulk', 'approve', 'Approve a proposed correction as the second person: it begins at once'),
  refusals: [...own, 'BULK_STATE', 'SECOND_PERSON_NEEDED'],
})

const cancelBulk = endpoint({
  ...act('cancelBulk', 'cancel', 'Withdraw the own proposal, or decline somebody else’s'),
  body: { schema: z.object({ note: note.default('') }), checked: true, example: { note: 'The box says otherwise.' } },
  refusals: [...own, 'BULK_STATE', 'VALIDATION_ERROR'],
})

const HEADS =
  'preEnrollmentCode,recipientName,recipientMobileNumber,recipientDOB,recipientGender,recipientNationality,recipientIdentity,recipientAddressLine1,recipientDistrict,recipientState,recipientPincode,vaccinationBatch,vaccinationDate,vaccinationDose,vaccinationTotalDoses,vaccinationEffectiveStart,vaccinationEffectiveEnd,vaccinationManufacturer,vaccinationName,vaccinatorName,facilityName,facilityAddressLine1,facilityDistrict,facilityState,facilityPincode'
const ROW =
  '"4711","Sam","1111111313","1990-09-14","Male","India","did:in.gov.uidai.aadhaar:11112222334","1 Road","South","Bihar","560033","AB348FS","2021-07-12T19:21:19.646Z","2","2","2021-07-12","2021-08-12","Bharat Biotech","covaxin","Sooraj Singh","ABCD Medical Center","1 Road","South","Karnataka","560033"'

const bulkCertify = endpoint({
  operation: 'bulkCertify',
  method: 'POST',
  path: '/v1/bulkCertify',
  door: 'v3',
  who: 'caller',
  summary: 'Certify the rows of a CSV file',
  description:
    'The file is kept as a whole or refused as a whole; its rows are certified from then on, each once, those that are wrong are left out and named by GET /v1/certify/uploads/{uploadId}/errors. What becomes of them are certificates of the first generation. While the database is away the answer is 503 with Retry-After (DIVOC: 400 DATABASE_ERROR): nothing of the file was kept, and the same file can be sent again.',
  upload: { largest: LARGEST_FILE, fields: z.object({}), example: {}, exampleFile: `${HEADS}\n${ROW}\n` },
  // DIVOC's 400 DATABASE_ERROR would say that the file is wrong: its clients show that to whoever made the file, and no
  // client or proxy sends a 400 again. The fault is ours and passes, which is what 503 and Retry-After are for, here as at
  // every other address. The body has the same two members, code and message.
  ok: { 'application/json': divocUpload },
  refusals: ['NOT_FOUND', 'INVALID_TEMPLATE', 'TOO_MANY_ITEMS'],
})

const certifyUploads = endpoint({
  operation: 'certifyUploads',
  method: 'GET',
  path: '/v1/certify/uploads',
  door: 'v3',
  who: 'caller',
  summary: 'The own files of POST /v1/bulkCertify, newest first',
  ok: { 'application/json': divocUploads },
  refusals: [],
})

const certifyUploadErrors = endpoint({
  operation: 'certifyUploadErrors',
  method: 'GET',
  path: '/v1/certify/uploads/{uploadId}/errors',
  door: 'v3',
  who: 'caller',
  summary: 'The rows of an own file that could not be certified, each with why',
  params: z.object({
    uploadId: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
  ok: { 'application/json': divocUploadErrors },
  refusals: ['NOT_FOUND'],
})

/** DIVOC's request for test results has no file of its own in its documentation: the heads are those of the type. */
const TEST_FILE =
  'preEnrollmentCode,recipient.name,recipient.gender,recipient.dob,recipient.identity,recipient.contact,testDetails.testType,testDetails.disease,testDetails.sampleCollectionTimestamp,testDetails.resultTimestamp,testDetails.result,facility.name\n4711,Sam,Male,1990-09-14,did:in.gov.uidai.aadhaar:11112222334,1111111313,RT-PCR,COVID-19,2021-07-12T19:21:19.646Z,2021-07-13T08:00:00.000Z,Negative,ABCD Medical Center\n'

const bulkCertifyTests = endpoint({
  ...bulkCertify,
  operation: 'bulkCertifyTests',
  path: '/v1/test/bulkCertify',
  summary: 'Certify the test results of a CSV file',
  description: 'As POST /v1/bulkCertify; the heads are those of the type TestCertificate.',
  upload: { ...bulkCertify.upload, exampleFile: TEST_FILE },
})
const testUploads = endpoint({
  ...certifyUploads,
  operation: 'testUploads',
  path: '/v1/test/certify/uploads',
  summary: 'The own files of POST /v1/test/bulkCertify, newest first',
})
const testUploadErrors = endpoint({
  ...certifyUploadErrors,
  operation: 'testUploadErrors',
  path: '/v1/test/certify/uploads/{uploadId}/errors',
})

export const bulk = {
  bulkTemplate,
  uploadBulk,
  bulkRuns,
  bulkWaiting,
  bulkSame,
  proposeBulk,
  bulkRun,
  bulkRows,
  bulkFile,
  startBulk,
  stopBulk,
  resumeBulk,
  retryBulk,
  discardBulk,
  mendBulkRow,
  approveBulk,
  cancelBulk,
  bulkCertify,
  certifyUploads,
  certifyUploadErrors,
  bulkCertifyTests,
  testUploads,
  testUploadErrors,
  divocBulkCertifyTests: atDivoc(bulkCertifyTests),
  divocTestUploads: atDivoc(testUploads),
  divocTestUploadErrors: atDivoc(testUploadErrors),
  divocBulkCertify: atDivoc(bulkCertify),
  divocCertifyUploads: atDivoc(certifyUploads),
  divocCertifyUploadErrors: atDivoc(certifyUploadErrors),
} satisfies Record<string, Endpoint>
