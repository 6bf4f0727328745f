/** How each endpoint is asked about one record: for the matrix of who may do what (lib/api/matrix.db.test.ts). */
import { randomUUID } from 'node:crypto'
import type { Asking } from './api'
import { aRequest, aV1Request } from './builders'

/**
 * A certificate of facility A, with a report of its holder, a link, a failed update, a request for a
 * second person, a recall and a bulk correction that somebody proposed, and an opening that is over. */
export interface ARecord {
  code: string
  certificateId: string
  transactionId: string
  failedId: string
  linkId: string
  reportId: string
  recallId: string
  runId: string
  openingId: string
  requestId: string
  batch: string
}

type Request = Pick<Asking, 'params' | 'query' | 'body'>
type About = (record: ARecord) => Request

const byCertificate: About = ({ certificateId }) => ({ params: { certificateId } })
const byCode: About = ({ code }) => ({ params: { preEnrollmentCode: code } })
const byRecall: About = ({ recallId }) => ({ params: { recallId } })
const byRun: About = ({ runId }) => ({ params: { runId } })
const byReport: About = ({ reportId }) => ({ params: { reportId } })
const byRequest: About = ({ requestId }) => ({ params: { requestId } })
const change: About = (record) => ({ ...byCertificate(record), body: { reason: { cause: 'other', note: 'A look' } } })
const item = ({ code, batch }: ARecord, name: string) =>
  aRequest({ preEnrollmentCode: code, recipient: { name }, vaccination: { name: 'Covaxin', batch } })
const criteria = ({ batch }: ARecord) => ({
  action: 'suspend',
  criteria: { vaccine: 'Covaxin', batch, facilityCode: 'A' },
})

const OF_ITS_TYPE = { entityType: 'VaccinationCertificate' }
const ENTITY = { entityName: 'VaccinationCertificate' }
const ofEntity = { params: ENTITY }
const entityOf = ({ certificateId }: ARecord) => ({ ...ENTITY, certificateId })
/** What DIVOC's VC API wants to know besides. */
const ISSUED = { issuer: 'https://health.example', issuanceDate: '2021-10-17T13:10:00Z' }
const correctionOf = (record: ARecord) => ({
  ...item(record, 'Saraswathy T K'),
  ...ISSUED,
  certificateId: record.certificateId,
})

/** Of every endpoint that is about a record: the request. At DIVOC's address it is the same. */
export const ABOUT_A_RECORD: Record<string, About> = {
  certify: (record) => ({ body: [item(record, 'Saraswathy T K')] }),
  certifyV1: ({ code }) => ({ body: [aV1Request({ preEnrollmentCode: code })] }),
  certifyOfType: (record) => ({ params: OF_ITS_TYPE, body: [item(record, 'Saraswathy T K')] }),
  updateOfType: (record) => ({ params: OF_ITS_TYPE, body: [item(record, 'Saraswathy T K')] }),
  updateCertificates: (record) => ({ body: [item(record, 'Saraswathy T K')] }),
  updateCertificatesV1: ({ code }) => ({ body: [aV1Request({ preEnrollmentCode: code })] }),
  preview: (record) => ({ body: { item: item(record, 'Saraswathy T K'), certificateId: record.certificateId } }),
  transaction: ({ transactionId }) => ({ params: { transactionId } }),
  lineages: ({ code }) => ({ query: { preEnrollmentCode: code } }),
  personDoses: byCertificate,
  certificate: byCertificate,
  certificateFile: ({ certificateId }) => ({ params: { certificateId, extension: 'json' } }),
  registryRow: byCertificate,
  latestPdf: byCode,
  latestPdfHead: byCode,
  latestQr: byCode,
  looks: byCertificate,
  revokeCertificate: change,
  suspendCertificate: change,
  liftSuspension: change,
  revokeDoses: ({ code }) => ({ params: { certificateId: code }, query: { doses: '1' } }),
  certifyEntity: (record) => ({ ...ofEntity, body: { ...item(record, 'Saraswathy T K'), ...ISSUED } }),
  updateEntity: (record) => ({ ...ofEntity, body: correctionOf(record) }),
  replaceEntity: (record) => ({ params: entityOf(record), body: correctionOf(record) }),
  entityCertificate: (record) => ({ params: entityOf(record) }),
  revokeEntity: (record) => ({ body: entityOf(record) }),
  removeEntity: (record) => ({ params: entityOf(record) }),
  unsuspendEntity: (record) => ({ params: entityOf(record) }),
  entityTransaction: ({ transactionId }) => ({ params: { transactionId } }),

  countPrint: (record) => ({ ...byCertificate(record), body: { kind: 'page', paper: 'a4', copies: 1 } }),
  prints: byCertificate,
  makeHolderLink: (record) => ({ ...byCertificate(record), body: {} }),
  listHolderLinks: byCertificate,
  revokeHolderLink: ({ linkId }) => ({ params: { linkId } }),
  askHolder: (record) => ({
    body: { corrections: [{ certificateId: record.certificateId, item: item(record, 'Saraswathy') }] },
  }),
  saveDraft: (record) => ({
    ...byCertificate(record),
    body: {
      fields: { 'recipient.name': 'Saraswathy T K' },
      reason: { requestedBy: 'holder', cause: '', note: '' },
      form: randomUUID(),
      after: null,
    },
  }),
  draft: byCertificate,
  bePresent: byCertificate,
  presence: byCertificate,
  leavePresence: byCertificate,
  dayList: ({ code }) => ({ query: { q: code } }),
  closeReport: (record) => ({ ...byReport(record), body: { answer: 'As in your papers.', outcome: 'nothing_wrong' } }),
  reportAdvice: byReport,
  failureAdvice: ({ failedId }) => ({ params: { transactionId: failedId } }),
  decideOpening: ({ openingId }) => ({ params: { openingId }, body: { verdict: 'acknowledged', answer: '' } }),
  revealValues: (record) => ({
    ...byCertificate(record),
    body: { paths: ['recipient.identity'], reason: 'identify', note: '' },
  }),
  revealedValues: byCertificate,
  askBeyondLimit: (record) => ({
    body: { certificateId: record.certificateId, item: item(record, 'Saraswathy T K'), note: '' },
  }),
  approval: byRequest,
  approveRequest: (record) => ({ ...byRequest(record), body: { note: '' } }),
  askRequester: (record) => ({ ...byRequest(record), body: { question: 'Which document did you see?' } }),
  rejectRequest: (record) => ({ ...byRequest(record), body: { reason: 'The passport says otherwise.' } }),
  answerQuestion: (record) => ({ ...byRequest(record), body: { answer: 'The birth certificate.' } }),
  withdrawRequest: byRequest,
  previewRecall: (record) => ({ body: criteria(record) }),
  proposeRecall: (record) => ({ body: { ...criteria(record), attempt: randomUUID(), reason: 'Cold chain' } }),
  knownBatches: ({ batch }) => ({ query: { q: batch } }),
  recall: byRecall,
  queueTransactions: () => ({ query: { state: 'failed' } }),
  retryTransaction: ({ failedId }) => ({ params: { transactionId: failedId } }),
  recallRows: byRecall,
  recallFile: byRecall,
  confirmRecall: (record) => ({ ...byRecall(record), body: { batch: record.batch } }),
  stopRecall: byRecall,
  resumeRecall: byRecall,
  cancelRecall: (record) => ({ ...byRecall(record), body: { note: 'Another batch' } }),
  bulkSame: ({ certificateId }) => ({ query: { certificateId } }),
  proposeBulk: ({ certificateId, batch }) => ({
    body: {
      ...{ attempt: randomUUID(), certificateId, path: 'vaccination.batch', from: batch, to: 'B2' },
      reason: 'Misread on the box',
    },
  }),
  bulkRun: byRun,
  bulkRows: byRun,
  bulkFile: byRun,
  startBulk: byRun,
  stopBulk: byRun,
  resumeBulk: byRun,
  retryBulk: byRun,
  discardBulk: byRun,
  mendBulkRow: ({ runId }) => ({ params: { runId, row: 2 }, body: { cells: { certificateId: '1' } } }),
  approveBulk: byRun,
  cancelBulk: (record) => ({ ...byRun(record), body: { note: 'Another batch' } }),
}

/** Endpoints for people who work with records, or for tokens, that are about nobody's record; why. */
export const ABOUT_NO_RECORD: Record<string, string> = {
  certifyTest: 'a record of its own, whatever else has the code; of one that is there: certifyOfType',
  testStrip: 'the same paper for everybody',
  findConfirmation: 'the own ones: found by the person who asked the holder, and by nobody else',
  withdrawConfirmation: 'the own ones',
  dropDraft: 'the own ones',
  drafts: 'the own ones, of records within reach',
  recent: 'the own ones, of records within reach',
  forgetRecent: 'the own ones',
  waiting: 'two numbers, of what is within reach',
  approvals: 'the own ones, and what waits within reach',
  approvalsWaiting: 'a number, of what is within reach',
  recalls: 'a list of what is within reach',
  recallsWaiting: 'a number, of what is within reach',
  queue: 'numbers, of what is within reach',
  retryQueue: 'what is within reach: lib/operations/queue.db.test.ts',
  bulkTemplate: 'the same file for everybody',
  uploadBulk: 'a file: whose records its rows reach is asked row by row, lib/api/bulk.db.test.ts',
  bulkRuns: 'the own ones, and what is within reach',
  bulkWaiting: 'a number, of what is within reach',
  bulkCertify: 'a file of new records: lib/api/bulk.db.test.ts',
  certifyUploads: 'the own ones',
  certifyUploadErrors: 'the own ones: lib/api/bulk.db.test.ts',
  bulkCertifyTests: 'a file of new records',
  testUploads: 'the own ones',
  testUploadErrors: 'the own ones',
  countReissue: 'numbers; whose records: lib/reissues/reissues.db.test.ts',
  sampleReissue: 'no value of what is beyond the reach: lib/reissues/reissues.db.test.ts',
  addReissue: 'a supervisor reaches one own record: lib/reissues/reissues.db.test.ts',
  reissues: 'the own ones; of an administrator all',
  createSchema: 'certificate types, no records',
  schemas: 'certificate types, no records',
  oneSchema: 'certificate types, no records',
  updateSchema: 'certificate types, no records',
  updateSchemaTemplate: 'certificate types, no records',
  previewSchema: 'sample values, no records',
  addContext: 'words, no records',
  changeContext: 'words, no records',
  removeContext: 'words, no records',
  signingKeys: 'keys, no records',
  reissue: 'the own ones; of an administrator all',
  reissueRows: 'numbers of certificates, nothing of persons',
  reissueFile: 'numbers of certificates, nothing of persons',
  startReissue: 'the own ones; of an administrator all',
  steerReissue: 'the own ones; of an administrator all',
  facilities: 'facilities within reach',
  openRecord: 'opens a record beyond the reach, with a reason: that is what it is for',
  ownOpenings: 'the own ones',
  endOpening: 'the own ones',
  openingsToReview: 'a list of what is within reach',
  lookUpStops: 'people and source systems, no records',
  liftLookUpStop: 'people and source systems, no records',
  calls: 'the own calls, without anything personal',
  resetSandbox: 'the own test certificates',
  issueCredential: 'the own credentials of the VC API',
  verifyVcCredential: 'what is sent along',
  verifyPresentation: 'what is sent along',
  setCredentialStatus: 'the own credentials of the VC API',
}
