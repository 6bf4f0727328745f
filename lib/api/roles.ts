/** Which people may call an endpoint: one line each, and what has no line nobody may call. Source systems have scopes instead (scopes.ts). */
import { ROLES, type Role } from '@/lib/auth/roles'
import { Refusal } from '@/lib/errors'
import { plainOperation, type Endpoint } from './endpoint'

/** Everybody who is signed in: about oneself alone. */
const EVERYBODY: readonly Role[] = ROLES
/** Who works with records. */
const RECORDS: readonly Role[] = ['operator', 'supervisor']
/** An auditor reads a record only through an opening with a reason, and sees no hidden value. */
const READERS: readonly Role[] = ['operator', 'supervisor', 'auditor']
const SUPERVISOR: readonly Role[] = ['supervisor']
const AUDITOR: readonly Role[] = ['auditor']
const ADMINISTRATOR: readonly Role[] = ['administrator']
const LOOKS_AFTER_QUEUE: readonly Role[] = ['operator', 'supervisor', 'administrator']
const DECIDES_REISSUE: readonly Role[] = ['supervisor', 'administrator']
/** For source systems: no person at all. */
const NOBODY: readonly Role[] = []

/** By operation. One of the roles is enough; how far a role reaches is asked in lib/certificates/reach.ts. */
const ROLES_OF: Record<string, readonly Role[]> = {
  certify: NOBODY,
  certifyV1: NOBODY,
  certifyOfType: NOBODY,
  certifyTest: NOBODY,
  updateOfType: RECORDS,
  updateCertificates: RECORDS,
  updateCertificatesV1: RECORDS,
  preview: RECORDS,
  transaction: RECORDS,
  lineages: READERS,
  personDoses: RECORDS,
  certificate: READERS,
  certificateFile: READERS,
  registryRow: NOBODY,
  latestPdf: RECORDS,
  latestPdfHead: RECORDS,
  latestQr: RECORDS,
  looks: RECORDS,

  revokeCertificate: SUPERVISOR,
  suspendCertificate: SUPERVISOR,
  liftSuspension: SUPERVISOR,
  revokeDoses: SUPERVISOR,

  countPrint: RECORDS,
  prints: RECORDS,
  testStrip: RECORDS,
  makeHolderLink: RECORDS,
  listHolderLinks: RECORDS,
  revokeHolderLink: RECORDS,
  askHolder: RECORDS,
  findConfirmation: RECORDS,
  withdrawConfirmation: RECORDS,

  saveDraft: RECORDS,
  draft: RECORDS,
  dropDraft: RECORDS,
  drafts: RECORDS,
  bePresent: RECORDS,
  presence: RECORDS,
  leavePresence: RECORDS,
  dayList: RECORDS,
  waiting: RECORDS,
  closeReport: RECORDS,
  reportAdvice: RECORDS,
  failureAdvice: RECORDS,
  recent: RECORDS,
  forgetRecent: RECORDS,

  openRecord: READERS,
  ownOpenings: READERS,
  endOpening: READERS,
  openingsToReview: SUPERVISOR,
  decideOpening: SUPERVISOR,
  revealValues: RECORDS,
  revealedValues: RECORDS,
  lookUpStops: ['supervisor', 'administrator'],
  liftLookUpStop: ['supervisor', 'administrator'],

  askBeyondLimit: RECORDS,
  approvals: RECORDS,
  approvalsWaiting: RECORDS,
  approval: RECORDS,
  answerQuestion: RECORDS,
  withdrawRequest: RECORDS,
  approveRequest: SUPERVISOR,
  askRequester: SUPERVISOR,
  rejectRequest: SUPERVISOR,

  previewRecall: RECORDS,
  proposeRecall: RECORDS,
  recalls: RECORDS,
  recallsWaiting: RECORDS,
  knownBatches: RECORDS,
  recall: RECORDS,
  recallRows: RECORDS,
  recallFile: RECORDS,
  /** The own proposal, or as a supervisor somebody else's. */
  cancelRecall: RECORDS,
  confirmRecall: SUPERVISOR,
  stopRecall: SUPERVISOR,
  resumeRecall: SUPERVISOR,

  /** A supervisor one record within the own reach, an administrator any number. */
  countReissue: DECIDES_REISSUE,
  sampleReissue: DECIDES_REISSUE,
  addReissue: DECIDES_REISSUE,
  reissues: DECIDES_REISSUE,
  signingKeys: DECIDES_REISSUE,
  reissue: DECIDES_REISSUE,
  reissueRows: DECIDES_REISSUE,
  reissueFile: DECIDES_REISSUE,
  startReissue: DECIDES_REISSUE,
  steerReissue: DECIDES_REISSUE,

  bulkTemplate: RECORDS,
  /** Corrections; new certificates from a file are for supervisors. */
  uploadBulk: RECORDS,
  bulkRuns: RECORDS,
  bulkWaiting: RECORDS,
  bulkSame: RECORDS,
  proposeBulk: RECORDS,
  bulkRun: RECORDS,
  bulkRows: RECORDS,
  bulkFile: RECORDS,
  startBulk: RECORDS,
  stopBulk: RECORDS,
  resumeBulk: RECORDS,
  retryBulk: RECORDS,
  discardBulk: RECORDS,
  mendBulkRow: RECORDS,
  approveBulk: SUPERVISOR,
  /** The own proposal, or as a supervisor somebody else's. */
  cancelBulk: RECORDS,
  bulkCertify: SUPERVISOR,
  certifyUploads: SUPERVISOR,
  certifyUploadErrors: SUPERVISOR,
  bulkCertifyTests: SUPERVISOR,
  testUploads: SUPERVISOR,
  testUploadErrors: SUPERVISOR,

  queue: LOOKS_AFTER_QUEUE,
  queueTransactions: LOOKS_AFTER_QUEUE,
  /** Administrators what is held up; what failed is asked for again by those who deal with records. */
  retryTransaction: LOOKS_AFTER_QUEUE,
  retryQueue: LOOKS_AFTER_QUEUE,
  giveUpTransaction: ADMINISTRATOR,

  audit: AUDITOR,
  auditLogState: AUDITOR,
  auditExport: AUDITOR,

  operators: ADMINISTRATOR,
  addOperator: ADMINISTRATOR,
  operator: ADMINISTRATOR,
  changeOperator: ADMINISTRATOR,
  resetPassword: ADMINISTRATOR,
  resetSecondFactor: ADMINISTRATOR,
  signOutOperator: ADMINISTRATOR,
  /** Who is no administrator sees those within reach. */
  facilities: ['operator', 'supervisor', 'administrator'],
  addFacility: ADMINISTRATOR,
  facility: ADMINISTRATOR,
  changeFacility: ADMINISTRATOR,
  clients: ADMINISTRATOR,
  addClient: ADMINISTRATOR,
  client: ADMINISTRATOR,
  changeClient: ADMINISTRATOR,
  replaceToken: ADMINISTRATOR,
  endPreviousToken: ADMINISTRATOR,
  clientCalls: ADMINISTRATOR,
  clientWebhooks: ADMINISTRATOR,
  addWebhook: ADMINISTRATOR,
  webhooksStopped: ADMINISTRATOR,
  webhook: ADMINISTRATOR,
  changeWebhook: ADMINISTRATOR,
  removeWebhook: ADMINISTRATOR,
  replaceWebhookSecret: ADMINISTRATOR,
  testWebhook: ADMINISTRATOR,
  webhookDeliveries: ADMINISTRATOR,
  replayDeliveries: ADMINISTRATOR,
  trustList: ADMINISTRATOR,
  addTrusted: ADMINISTRATOR,
  trusted: ADMINISTRATOR,
  changeTrusted: ADMINISTRATOR,
  checks: ADMINISTRATOR,
  startCheck: ADMINISTRATOR,

  certificateTypes: EVERYBODY,
  certificateType: EVERYBODY,
  typeOverview: ADMINISTRATOR,
  typeUse: ADMINISTRATOR,
  typeVersions: ADMINISTRATOR,
  typeVersion: ADMINISTRATOR,
  checkType: ADMINISTRATOR,
  addTypeDraft: ADMINISTRATOR,
  changeTypeDraft: ADMINISTRATOR,
  dropTypeDraft: ADMINISTRATOR,
  previewType: ADMINISTRATOR,
  publishType: ADMINISTRATOR,

  account: EVERYBODY,
  changePassword: EVERYBODY,
  proveAgain: EVERYBODY,
  beginSecondFactor: EVERYBODY,
  confirmSecondFactor: EVERYBODY,
  removeSecondFactor: EVERYBODY,
  newRecoveryCodes: EVERYBODY,
  connectService: EVERYBODY,
  disconnectService: EVERYBODY,
  endSession: EVERYBODY,
  endOtherSessions: EVERYBODY,
  signOut: EVERYBODY,
  staySignedIn: EVERYBODY,

  calls: NOBODY,
  resetSandbox: NOBODY,
  issueCredential: NOBODY,
  verifyVcCredential: NOBODY,
  verifyPresentation: NOBODY,
  setCredentialStatus: NOBODY,
  certifyEntity: NOBODY,
  updateEntity: NOBODY,
  replaceEntity: NOBODY,
  entityCertificate: NOBODY,
  revokeEntity: NOBODY,
  removeEntity: NOBODY,
  unsuspendEntity: NOBODY,
  entityTransaction: NOBODY,
  createSchema: NOBODY,
  schemas: NOBODY,
  oneSchema: NOBODY,
  updateSchema: NOBODY,
  updateSchemaTemplate: NOBODY,
  previewSchema: NOBODY,
  addContext: NOBODY,
  changeContext: NOBODY,
  removeContext: NOBODY,
}

/** The roles of a row; null where it has no line. At DIVOC's address they are those of the same operation. */
export function rolesOf({ operation }: Pick<Endpoint, 'operation'>): readonly Role[] | null {
  const plain = plainOperation(operation)
  return Object.hasOwn(ROLES_OF, plain) ? ROLES_OF[plain]! : null
}

/** Refusal NOT_ALLOWED when a person with these roles may not call this. */
export function requireRole(row: Pick<Endpoint, 'operation'>, roles: readonly Role[]): void {
  if (!mayCall(row, roles)) throw new Refusal('NOT_ALLOWED', sentenceFor(rolesOf(row) ?? NOBODY))
}

/** Whether somebody with these roles may call an endpoint. */
export function mayCall(row: Pick<Endpoint, 'operation'>, roles: readonly Role[]): boolean {
  return (rolesOf(row) ?? NOBODY).some((role) => roles.includes(role))
}

const NAMES: Record<Role, string> = {
  operator: 'an operator',
  supervisor: 'a supervisor',
  auditor: 'an auditor',
  administrator: 'an administrator',
}

function sentenceFor(wanted: readonly Role[]): string {
  if (wanted.length === 0) return 'This is for source systems, not for people.'
  return `Only ${wanted.map((role) => NAMES[role]).join(' or ')} can do this.`
}
