/** For endpoints whose success takes more than an example and an id: what has to be done before, and what is sent then. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { testExample } from '@/lib/api/examples'
import { totpAt } from '@/lib/auth/totp'
import { liveContext } from '@/lib/certificates/context'
import { runBulk } from '@/lib/bulk/run'
import { runRecalls } from '@/lib/recalls/run'
import { runReissues } from '@/lib/reissues/run'
import { CREDENTIALS_V2 } from '@/lib/signing/contexts2'
import { canonize, proofOptions, proofValueOf } from '@/lib/signing/eddsa'
import { didKeyOf } from '@/lib/signing/multikey'
import { vcApiContexts } from '@/lib/vc-api/contexts'
import { ORIGIN } from '../api'
import { issueAll } from '../builders'
import { VACCINATION } from '../vaccination'
import { TRAINING_CONTEXT, trainingSchema } from '../training-schema'
import { PASSWORD, type CallerKind, type World } from './world'

/** A request that should succeed. */
export interface Right {
  as?: CallerKind | 'second'
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  /** With a file. */
  form?: FormData
}

/** Of whoever reads the figures. */
export const METRICS_TOKEN = 'figures-are-for-prometheus'

/** `pick` chooses among things that are all right. */
export type Recipe = (world: World, pick: number) => Promise<Right>

const OF_A_CERTIFICATE: Recipe = async (world) => ({ params: { certificateId: world.pick('ownCertificate') } })
const certifying: Recipe = async (world) => ({ body: [world.anItem(), world.anItem()] })
const updating: Recipe = async (world) => {
  const { item } = await world.aCertificate()
  return { body: [{ ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy T K' } }] }
}
const ADDRESS = { addressLine1: '12, Lake Road', district: 'Udaipur', state: 'Rajasthan', pincode: '313001' }
const ofFirstGeneration = (body: unknown) =>
  (body as Record<string, unknown>[]).map((item) => ({
    ...item,
    recipient: { ...(item.recipient as object), gender: 'Female', address: ADDRESS },
    facility: { ...(item.facility as object), address: ADDRESS },
  }))
const certifyingV1: Recipe = async (world) => ({ body: ofFirstGeneration((await certifying(world, 0)).body) })
const updatingV1: Recipe = async (world) => ({ body: ofFirstGeneration((await updating(world, 0)).body) })
const OF_TESTS = { entityType: 'TestCertificate' }
const certifyingTests: Recipe = async (world) => ({
  params: OF_TESTS,
  body: testExample.map((item) => ({ ...item, preEnrollmentCode: world.aCode() })),
})
const updatingATest: Recipe = async (world) => {
  const [item] = testExample.map((one) => ({ ...one, preEnrollmentCode: world.aCode() }))
  await world.do(contract.certifyTest, { body: [item] }, 'client')
  await issueAll(world.keys)
  return { params: OF_TESTS, body: [{ ...item, testDetails: { ...item!.testDetails, result: 'Positive' } }] }
}
const REASON = { cause: 'other', note: 'Being looked into' }
const changing: Recipe = async (world) => {
  const { certificateId } = await world.aCertificate()
  return { params: { certificateId }, body: { reason: REASON } }
}
const byCode: Recipe = async (world) => ({ params: { preEnrollmentCode: (await world.aCertificate()).code } })
const dosesOfACode: Recipe = async (world) => ({
  params: { certificateId: (await world.aCertificate()).code },
  query: { doses: '1' },
})

async function aLink(world: World) {
  const { certificateId } = await world.aCertificate({ recipient: { dob: '1990-09-14' } })
  const { body } = await world.do(contract.makeHolderLink, { params: { certificateId }, body: {} }, 'client')
  return { certificateId, token: (body.url as string).split('/').at(-1)! }
}

async function anOpenLink(world: World) {
  const { certificateId, token } = await aLink(world)
  const body = { dateOfBirth: '1990-09-14' }
  const opened = await world.do(contract.openHolderLink, { params: { token }, body }, 'nobody')
  return { certificateId, token, headers: { cookie: opened.headers.get('set-cookie')!.split(';')[0]! } }
}

const ofAnOpenLink: Recipe = async (world) => {
  const { token, headers } = await anOpenLink(world)
  return { as: 'nobody', params: { token }, headers }
}

async function aReport(world: World): Promise<string> {
  const { certificateId, token, headers } = await anOpenLink(world)
  const fields = [{ path: 'recipient.name', right: 'Saraswathy T K' }]
  const body = { certificateId, kind: 'wrong', fields, attempt: randomUUID().replaceAll('-', '') }
  await world.do(contract.sendHolderReport, { params: { token }, headers, body }, 'nobody')
  const report = await liveContext().db.holderReport.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  return report.id
}

async function aConfirmation(world: World) {
  const { item, certificateId } = await world.aCertificate()
  const corrected = { ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy' } }
  const { body } = await world.do(contract.askHolder, { body: { corrections: [{ certificateId, item: corrected }] } })
  return { confirmationId: body.confirmationId as string, token: (body.url as string).split('/').at(-1)! }
}

const ofAConfirmation: Recipe = async (world) => {
  const { confirmationId } = await aConfirmation(world)
  return { params: { confirmationId } }
}

const draftOf = () => ({
  fields: { 'recipient.name': 'Saraswathy T K' },
  reason: { requestedBy: 'holder', cause: '', note: '' },
})

const saving: Recipe = async (world) => ({
  params: { certificateId: (await world.aCertificate()).certificateId },
  body: { ...draftOf(), form: randomUUID(), after: null },
})

async function aBatch(world: World): Promise<string> {
  const batch = world.aCode()
  await world.aCertificate({ vaccination: { name: 'Covaxin', batch } })
  return batch
}

const criteriaOf = (batch: string) => ({ action: 'suspend', criteria: { vaccine: 'Covaxin', batch } })

async function aRecall(world: World) {
  const batch = await aBatch(world)
  const body = { ...criteriaOf(batch), attempt: randomUUID(), reason: 'Cold chain' }
  const { body: recall } = await world.do(contract.proposeRecall, { body })
  return { recallId: recall.recallId as string, batch }
}

/** A certificate to be issued anew, looked through already. */
async function aReissue(world: World): Promise<string> {
  const body = { ...(await oneChosen(world)), attempt: randomUUID(), reason: 'New page' }
  const { body: made } = await world.do(contract.addReissue, { body } as never)
  while ((await world.do(contract.reissue, { params: { reissueId: made.reissueId } })).body.state === 'checking') {
    await runReissues(liveContext())
  }
  return made.reissueId as string
}

async function oneChosen(world: World) {
  const { certificateId } = await world.aCertificate()
  return { type: 'VaccinationCertificate', choice: { which: 'all', codes: [certificateId] } }
}

async function aRunningRecall(world: World): Promise<string> {
  const { recallId, batch } = await aRecall(world)
  await world.do(contract.confirmRecall, { params: { recallId }, body: { batch } }, 'second')
  return recallId
}

/** A correction of the clerk's that waits for a supervisor. */
async function aRequest(world: World): Promise<string> {
  const { item } = await world.aCertificate({}, 'clientAtHome')
  const recipient = { ...(item.recipient as object), name: 'Somebody Else Entirely' }
  const { body } = await world.do(contract.updateCertificates, { body: [{ ...item, recipient }] }, 'clerk')
  return body.results[0].approval.requestId
}

const ofARequest: Recipe = async (world) => ({ as: 'second', params: { requestId: await aRequest(world) } })

/** A file of one correction, and one row that is refused; looked through already. */
async function aBulkRun(world: World): Promise<string> {
  const { certificateId } = await world.aCertificate()
  const file = `certificateId,vaccinationBatch\n${certificateId},${world.aCode()}\n1,B2\n`
  const asking = { raw: aForm({ attempt: randomUUID(), kind: 'update', reason: 'Misread' }, file) }
  const { body } = await world.do(contract.uploadBulk, asking)
  const params = { runId: body.runId as string }
  while ((await world.do(contract.bulkRun, { params })).body.state === 'checking') await runBulk(liveContext())
  return params.runId
}

const ofABulkRun: Recipe = async (world) => ({ params: { runId: await aBulkRun(world) } })

async function aStartedBulkRun(world: World): Promise<Right> {
  const params = { runId: await aBulkRun(world) }
  await world.do(contract.startBulk, { params })
  return { params }
}

async function aProposedBulkRun(world: World): Promise<Right> {
  const batch = world.aCode()
  const { certificateId } = await world.aCertificate({ vaccination: { batch } })
  const body = {
    attempt: randomUUID(),
    certificateId,
    path: 'vaccination.batch',
    from: batch,
    to: 'B2',
    reason: 'Misread',
  }
  const { body: run } = await world.do(contract.proposeBulk, { body })
  const params = { runId: run.runId as string }
  while ((await world.do(contract.bulkRun, { params })).body.state === 'checking') await runBulk(liveContext())
  return { params }
}

function aForm(fields: Record<string, string>, file: string): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([file], { type: 'text/csv' }), 'file.csv')
  return form
}

const ofAFile: Recipe = async () => ({ form: aForm({}, contract.bulkCertify.upload.exampleFile) })

const ofAnUpload: Recipe = async (world) => {
  const { body } = await world.do(
    contract.bulkCertify,
    { raw: aForm({}, contract.bulkCertify.upload.exampleFile) },
    'client',
  )
  return { params: { uploadId: String(body.ID) } }
}

const ofATestFile: Recipe = async () => ({ form: aForm({}, contract.bulkCertifyTests.upload.exampleFile) })

const ofATestUpload: Recipe = async (world) => {
  const raw = aForm({}, contract.bulkCertifyTests.upload.exampleFile)
  const { body } = await world.do(contract.bulkCertifyTests, { raw }, 'client')
  return { params: { uploadId: String(body.ID) } }
}

const ofARecall: Recipe = async (world) => ({ params: { recallId: (await aRecall(world)).recallId } })
const ofAReissue: Recipe = async (world) => ({ params: { reissueId: await aReissue(world) } })

async function aSecondFactor(world: World) {
  const { body } = await world.do(contract.beginSecondFactor, { body: { password: PASSWORD } })
  return body.secret as string
}

/** The code of a time step that was not used yet: the one that confirmed is spent. */
const codeOf = (secret: string, later: number) => totpAt(secret, Math.floor(Date.now() / 30_000) + later)

const withSecondFactor: Recipe = async (world) => {
  const secret = await aSecondFactor(world)
  await world.do(contract.confirmSecondFactor, { body: { code: codeOf(secret, 0) } })
  return { body: { password: PASSWORD, code: codeOf(secret, 1) } }
}

const aVictim = async (world: World): Promise<string> => {
  const body = { username: world.aCode(), name: 'Nimal', facilityCode: 'MAH', roles: ['operator'] }
  const added = await world.do(contract.addOperator, { body } as never)
  return (added.body.operator?.operatorId ?? added.body.operatorId) as string
}

const onAVictim =
  (body?: unknown): Recipe =>
  async (world) => ({ params: { operatorId: await aVictim(world) }, body })

const aClient = async (world: World): Promise<string> => {
  const added = await world.do(contract.addClient, { body: { name: world.aCode(), facilityCode: 'MAH' } })
  return (added.body.client?.clientId ?? added.body.clientId) as string
}
const onAClient =
  (body?: unknown): Recipe =>
  async (world) => ({ params: { clientId: await aClient(world) }, body })

const aWebhook = async (world: World): Promise<string> => {
  const params = { clientId: await aClient(world) }
  const { body } = await world.do(contract.addWebhook, { params, body: { url: 'https://hospital.example/' } } as never)
  return body.webhook.webhookId as string
}
const onAWebhook =
  (body?: unknown): Recipe =>
  async (world) => ({ params: { webhookId: await aWebhook(world) }, body })

const unsigned = () => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:anybody',
  credentialSubject: { id: 'did:example:subject' },
})

async function aVc(world: World): Promise<Record<string, unknown> & { id: string }> {
  const { body } = await world.do(contract.issueCredential, { body: { credential: unsigned() } }, 'client')
  return body.verifiableCredential
}

async function aPresentation() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const document = { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'] }
  const options = {
    ...proofOptions(didKeyOf(publicKey).verificationMethod, new Date()),
    proofPurpose: 'authentication',
    challenge: 'c0ae1c8e',
  }
  const contexts = vcApiContexts(ORIGIN)
  const texts = [
    await canonize({ ...options, '@context': document['@context'] }, contexts),
    await canonize(document, contexts),
  ]
  const bytes = Buffer.concat(texts.map((text) => createHash('sha256').update(text).digest()))
  return { ...document, proof: { ...options, proofValue: proofValueOf(sign(null, bytes, privateKey)) } }
}

async function aTrusted(world: World): Promise<string> {
  const { body } = await world.do(contract.addTrusted, { body: trusting(world) })
  return body.issuers?.[0]?.issuerId ?? body.added?.[0]?.issuerId ?? world.pick('issuerId')
}
const trusting = (world: World) => ({
  name: `Ministry ${world.aCode()}`,
  keys: generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }) as string,
  verificationMethod: `did:example:${world.aCode()}`,
})

async function aFailure(world: World): Promise<string> {
  const { item, certificateId } = await world.aCertificate()
  const body = [{ ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy' } }]
  const headers = { 'if-match': `"${certificateId}"` }
  const updated = await world.do(contract.updateCertificates, { body, headers })
  await issueAll({ ...world.keys, scan: async () => null })
  return updated.body.results[0].transactionId
}

/** One that an error of ours held up. */
async function aHeldUp(world: World): Promise<string> {
  const { item } = await world.aCertificate()
  const body = [{ ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy' } }]
  const { results } = (await world.do(contract.updateCertificates, { body })).body
  const id = results[0].transactionId as string
  await liveContext().db.transaction.update({
    where: { id },
    data: { lastError: 'Error: a fault', nextAttemptAt: new Date(Date.now() + 60_000) },
  })
  return id
}

/** A record of another facility than the clerk's. */
const opening: Recipe = async (world) => {
  const { code } = await world.aCertificate({}, 'clientOfAFacility')
  return { as: 'clerk', body: { preEnrollmentCode: code, reason: 'holder_asks', note: '' } }
}

async function anOpening(world: World): Promise<string> {
  const { body } = await opening(world, 0)
  return (await world.do(contract.openRecord, { body } as never, 'clerk')).body.openingId
}

const today = () => new Date().toISOString().slice(0, 10)

const ENTITY = { entityName: 'VaccinationCertificate' }
/** What DIVOC's VC API wants to know besides. */
const ISSUED = { issuer: 'https://health.example', issuanceDate: '2021-10-17T13:10:00Z' }
const ofAnEntity: Recipe = async (world) => {
  const { certificateId } = await world.aCertificate()
  return { params: { ...ENTITY, certificateId } }
}
const correctingEntity: Recipe = async (world) => {
  const { item, certificateId } = await world.aCertificate()
  const recipient = { ...(item.recipient as object), name: 'Saraswathy T K' }
  return { params: ENTITY, body: { ...item, recipient, ...ISSUED, certificateId } }
}

async function aSchema(world: World) {
  const { body } = await world.do(contract.addContext, { body: TRAINING_CONTEXT }, 'client')
  const schema = JSON.stringify(trainingSchema(body.url as string))
  const made = { name: 'TrainingCertificate', schema }
  const { body: there } = await world.do(contract.schemas, {}, 'client')
  if (!there.schemas.some(({ name }: { name: string }) => name === made.name))
    await world.do(contract.createSchema, { body: made }, 'client')
  return made
}
const aKeptContext = async (world: World): Promise<Right> => {
  const { body } = await world.do(contract.addContext, { body: TRAINING_CONTEXT }, 'client')
  return { params: { contextId: (body.url as string).split('/').at(-1)! }, body: TRAINING_CONTEXT }
}

/** By operation. Without an entry: the example of the contract, with ids that exist. */
export const RECIPES: Record<string, Recipe> = {
  metrics: async () => ({ headers: { authorization: `Bearer ${METRICS_TOKEN}` } }),
  certify: certifying,
  divocCertify: certifying,
  certifyV1: certifyingV1,
  divocCertifyV1: certifyingV1,
  updateCertificates: updating,
  divocUpdateCertificates: updating,
  updateCertificatesV1: updatingV1,
  divocUpdateCertificatesV1: updatingV1,
  certifyOfType: certifyingTests,
  divocCertifyOfType: certifyingTests,
  certifyTest: certifyingTests,
  divocCertifyTest: certifyingTests,
  updateOfType: updatingATest,
  divocUpdateOfType: updatingATest,
  lineages: async (world) => ({ query: { preEnrollmentCode: world.pick('preEnrollmentCode') } }),
  divocLineages: async (world) => ({ query: { preEnrollmentCode: world.pick('preEnrollmentCode') } }),
  latestPdf: byCode,
  latestPdfHead: byCode,
  latestQr: byCode,
  preview: async (world) => ({ body: { item: world.anItem(), want: ['pictures'] } }),
  revokeCertificate: changing,
  suspendCertificate: changing,
  liftSuspension: async (world) => {
    const right = await changing(world, 0)
    await world.do(contract.suspendCertificate, { params: right.params, body: right.body }, 'client')
    return right
  },
  revokeDoses: dosesOfACode,
  divocRevokeDoses: dosesOfACode,
  revoked: async (world) => ofARevokedOne(world),
  divocRevoked: async (world) => ofARevokedOne(world),
  verifyCredential: async (world) => {
    const { certificateId } = await world.aCertificate()
    const { body } = await world.do(contract.certificate, { params: { certificateId } }, 'client')
    return { as: 'nobody', body: body.credential }
  },
  countPrint: async (world) => ({
    ...(await OF_A_CERTIFICATE(world, 0)),
    body: { kind: 'page', paper: 'a4', copies: 2 },
  }),
  makeHolderLink: async (world) => ({
    params: { certificateId: (await world.aCertificate()).certificateId },
    body: {},
  }),
  revokeHolderLink: async (world) => {
    const { certificateId } = await world.aCertificate()
    const { body } = await world.do(contract.makeHolderLink, { params: { certificateId }, body: {} }, 'client')
    return { params: { linkId: body.linkId } }
  },
  openHolderLink: async (world) => {
    const { token } = await aLink(world)
    return { as: 'nobody', params: { token }, body: { dateOfBirth: '1990-09-14' } }
  },
  readHolderLink: ofAnOpenLink,
  closeHolderLink: ofAnOpenLink,
  holderPdf: ofAnOpenLink,
  holderCredential: ofAnOpenLink,
  sendHolderReport: async (world) => {
    const { certificateId, token, headers } = await anOpenLink(world)
    const fields = [{ path: 'recipient.name', right: 'Saraswathy T K' }]
    const body = {
      certificateId,
      kind: 'wrong',
      fields,
      note: 'As in my passport',
      attempt: randomUUID().replaceAll('-', ''),
    }
    return { as: 'nobody', params: { token }, headers, body }
  },
  closeReport: async (world) => ({
    params: { reportId: await aReport(world) },
    body: { answer: 'It is as in your papers.', outcome: 'nothing_wrong' },
  }),
  reportAdvice: async (world) => ({ params: { reportId: await aReport(world) } }),
  queueTransactions: async () => ({ query: { state: 'failed' } }),
  retryTransaction: async (world) => ({ params: { transactionId: await aFailure(world) } }),
  giveUpTransaction: async (world) => ({ params: { transactionId: await aHeldUp(world) } }),
  failureAdvice: async (world) => ({ params: { transactionId: await aFailure(world) } }),
  askHolder: async (world) => {
    const { item, certificateId } = await world.aCertificate()
    const corrected = { ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy' } }
    return { body: { corrections: [{ certificateId, item: corrected }] } }
  },
  findConfirmation: ofAConfirmation,
  withdrawConfirmation: ofAConfirmation,
  openConfirmation: async (world) => ({ as: 'nobody', params: { token: (await aConfirmation(world)).token } }),
  answerConfirmation: async (world) => {
    const { token } = await aConfirmation(world)
    const opened = await world.do(contract.openConfirmation, { params: { token } }, 'nobody')
    const headers = { cookie: opened.headers.get('set-cookie')!.split(';')[0]! }
    const body = { verdict: 'wrong', marked: [{ path: 'recipient.name', note: 'With w' }] }
    return { as: 'nobody', params: { token }, headers, body }
  },
  saveDraft: saving,
  draft: async (world) => {
    const { params, body } = await saving(world, 0)
    await world.do(contract.saveDraft, { params, body } as never)
    return { params }
  },
  addOperator: async (world) => ({
    body: { username: world.aCode(), name: 'Nimal', facilityCode: 'MAH', roles: ['operator'] },
  }),
  operator: onAVictim(),
  changeOperator: onAVictim({ name: 'Kamala', disabled: true }),
  resetPassword: onAVictim(),
  resetSecondFactor: onAVictim(),
  signOutOperator: onAVictim(),
  addFacility: async (world) => ({ body: { code: world.aCode(), name: `Facility ${world.aCode()}`, aliases: [] } }),
  changeFacility: async (world) => {
    const code = world.aCode()
    await world.do(contract.addFacility, { body: { code, name: code } })
    return { params: { facilityCode: code }, body: { name: `Facility ${code}`, disabled: true } }
  },
  addClient: async (world) => ({ body: { name: world.aCode(), facilityCode: 'MAH', batch: 'each', scopes: ['read'] } }),
  client: onAClient(),
  changeClient: onAClient({ ratePerMinute: 600 }),
  clientCalls: onAClient(),
  replaceToken: onAClient(),
  clientWebhooks: onAClient(),
  addWebhook: onAClient({ url: 'https://hospital.example/hooks', events: ['certificate.issued'] }),
  webhook: onAWebhook(),
  changeWebhook: onAWebhook({ disabled: true }),
  removeWebhook: onAWebhook(),
  replaceWebhookSecret: onAWebhook(),
  testWebhook: onAWebhook(),
  webhookDeliveries: onAWebhook(),
  replayDeliveries: onAWebhook({}),
  createSchema: async (world) => {
    const { body } = await world.do(contract.addContext, { body: TRAINING_CONTEXT }, 'client')
    const name = `T${randomUUID().replaceAll('-', '').slice(0, 12)}`
    const schema = JSON.stringify(trainingSchema(body.url as string)).replaceAll('TrainingCertificate', name)
    // Its evidence is called as the schema, for which there is no word.
    return { as: 'client', body: { name, schema, status: 'DRAFT' } }
  },
  oneSchema: async () => ({ as: 'client', params: { schemaId: '1-VaccinationCertificate' } }),
  updateSchema: async (world) => {
    const { name, schema } = await aSchema(world)
    return { as: 'client', params: { schemaId: name }, body: { schema, status: 'DRAFT' } }
  },
  updateSchemaTemplate: async (world) => ({
    as: 'client',
    params: { schemaId: (await aSchema(world)).name },
    body: { template: '#set page(paper: "a4")', status: 'DRAFT' },
  }),
  previewSchema: async () => ({ as: 'client', body: { schemaId: 'VaccinationCertificate' } }),
  jsonLdContext: async (world) => ({ ...(await aKeptContext(world)), as: 'nobody', body: undefined }),
  changeContext: aKeptContext,
  removeContext: async (world) => ({ ...(await aKeptContext(world)), body: undefined }),
  endPreviousToken: onAClient(),
  changePassword: async () => ({ body: { current: PASSWORD, password: 'three words and a number 7' } }),
  beginSecondFactor: async () => ({ body: { password: PASSWORD } }),
  confirmSecondFactor: async (world) => ({ body: { code: codeOf(await aSecondFactor(world), 0) } }),
  removeSecondFactor: withSecondFactor,
  newRecoveryCodes: withSecondFactor,
  endSession: async (world) => {
    const { id } = world.operators.person
    await world.headersOf('person')
    const row = await liveContext().db.operatorSession.findFirstOrThrow({ where: { operatorId: id, endedAt: null } })
    return { params: { sessionId: row.id } }
  },
  askBeyondLimit: async (world) => {
    const { item, certificateId } = await world.aCertificate()
    return { body: { certificateId, item: { ...item, vaccination: { ...(item.vaccination as object), batch: 'B2' } } } }
  },
  approval: ofARequest,
  approveRequest: async (world) => ({ ...(await ofARequest(world, 0)), body: { note: 'Seen' } }),
  askRequester: async (world) => ({ ...(await ofARequest(world, 0)), body: { question: 'Which document?' } }),
  rejectRequest: async (world) => ({ ...(await ofARequest(world, 0)), body: { reason: 'Not so' } }),
  answerQuestion: async (world) => {
    const params = { requestId: await aRequest(world) }
    await world.do(contract.askRequester, { params, body: { question: 'Which document?' } }, 'second')
    return { as: 'clerk', params, body: { answer: 'The passport' } }
  },
  withdrawRequest: async (world) => ({ as: 'clerk', params: { requestId: await aRequest(world) } }),
  previewRecall: async (world) => ({ body: criteriaOf(await aBatch(world)) }),
  proposeRecall: async (world) => ({
    body: { ...criteriaOf(await aBatch(world)), attempt: randomUUID(), reason: 'Cold chain' },
  }),
  uploadBulk: async (world) => {
    const { certificateId } = await world.aCertificate()
    const file = `certificateId,vaccinationBatch\n${certificateId},B2\n`
    return { form: aForm({ attempt: randomUUID(), kind: 'update', reason: 'Misread' }, file) }
  },
  bulkSame: async (world) => ({ query: { certificateId: (await world.aCertificate()).certificateId } }),
  proposeBulk: async (world) => {
    const batch = world.aCode()
    const { certificateId } = await world.aCertificate({ vaccination: { batch } })
    return {
      body: {
        ...{ attempt: randomUUID(), certificateId, path: 'vaccination.batch' },
        from: batch,
        to: 'B2',
        reason: 'x',
      },
    }
  },
  bulkRun: ofABulkRun,
  bulkRows: ofABulkRun,
  bulkFile: ofABulkRun,
  startBulk: ofABulkRun,
  stopBulk: aStartedBulkRun,
  resumeBulk: async (world) => {
    const started = await aStartedBulkRun(world)
    await world.do(contract.stopBulk, started)
    return started
  },
  retryBulk: ofABulkRun,
  discardBulk: ofABulkRun,
  mendBulkRow: async (world) => ({
    params: { runId: await aBulkRun(world), row: '3' },
    body: { cells: { certificateId: '1' } },
  }),
  approveBulk: async (world) => ({ as: 'second', ...(await aProposedBulkRun(world)) }),
  cancelBulk: async (world) => ({ ...(await aProposedBulkRun(world)), body: { note: 'As it was' } }),
  bulkCertify: ofAFile,
  certifyUploads: async () => ({ as: 'client' }),
  certifyUploadErrors: ofAnUpload,
  divocBulkCertify: ofAFile,
  bulkCertifyTests: ofATestFile,
  divocBulkCertifyTests: ofATestFile,
  testUploadErrors: ofATestUpload,
  divocTestUploadErrors: ofATestUpload,
  divocCertifyUploadErrors: ofAnUpload,
  recall: ofARecall,
  recallRows: ofARecall,
  recallFile: ofARecall,
  cancelRecall: async (world) => ({ ...(await ofARecall(world, 0)), body: { note: 'Another batch' } }),
  confirmRecall: async (world) => {
    const { recallId, batch } = await aRecall(world)
    return { as: 'second', params: { recallId }, body: { batch } }
  },
  countReissue: async (world) => ({ body: await oneChosen(world) }),
  sampleReissue: async (world) => ({ body: await oneChosen(world) }),
  addReissue: async (world) => ({
    body: { ...(await oneChosen(world)), attempt: randomUUID(), reason: 'New page', perMinute: 600 },
  }),
  reissues: async () => ({}),
  reissue: ofAReissue,
  reissueRows: ofAReissue,
  reissueFile: ofAReissue,
  startReissue: ofAReissue,
  steerReissue: async (world) => ({ ...(await ofAReissue(world, 0)), body: { do: 'stop' } }),
  stopRecall: async (world) => ({ params: { recallId: await aRunningRecall(world) } }),
  resumeRecall: async (world) => {
    const params = { recallId: await aRunningRecall(world) }
    await world.do(contract.stopRecall, { params })
    await runRecalls(liveContext())
    return { params }
  },
  openRecord: opening,
  endOpening: async (world) => ({ as: 'clerk', params: { openingId: await anOpening(world) } }),
  decideOpening: async (world) => ({
    params: { openingId: await anOpening(world) },
    body: { verdict: 'objected', answer: 'The holder is not at your facility.' },
  }),
  proveAgain: async () => ({ body: { password: PASSWORD } }),
  audit: async () => ({}),
  auditExport: async () => ({ query: { from: today(), to: today() } }),
  resetSandbox: async () => ({ as: 'sandboxClient' }),
  calls: async () => ({ as: 'client' }),
  certifyEntity: async (world) => ({ params: ENTITY, body: { ...world.anItem(), ...ISSUED } }),
  updateEntity: correctingEntity,
  replaceEntity: async (world) => {
    const { body } = await correctingEntity(world, 0)
    return { params: { ...ENTITY, certificateId: (body as { certificateId: string }).certificateId }, body }
  },
  entityCertificate: ofAnEntity,
  removeEntity: ofAnEntity,
  revokeEntity: async (world) => ({ body: { ...(await ofAnEntity(world, 0)).params } }),
  unsuspendEntity: async (world) => {
    const { params } = await ofAnEntity(world, 0)
    const body = { ...params, endDate: '2099-06-01T00:00:00Z' }
    await world.do(contract.revokeEntity, { body }, 'client')
    return { params }
  },
  issueCredential: async () => ({ as: 'client', body: { credential: unsigned() } }),
  verifyVcCredential: async (world) => ({ as: 'client', body: { verifiableCredential: await aVc(world) } }),
  verifyPresentation: async () => ({
    as: 'client',
    body: { verifiablePresentation: await aPresentation(), options: { challenge: 'c0ae1c8e' } },
  }),
  setCredentialStatus: async (world) => ({
    as: 'client',
    body: {
      credentialId: (await aVc(world)).id,
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    },
  }),
  addTrusted: async (world) => ({ body: trusting(world) }),
  trusted: async (world) => ({ params: { issuerId: await aTrusted(world) } }),
  changeTrusted: async (world) => ({ params: { issuerId: await aTrusted(world) }, body: { disabled: true } }),
  certificateType: async () => ({ params: TYPE }),
  typeUse: async () => ({ params: TYPE }),
  typeVersions: async () => ({ params: TYPE }),
  typeVersion: async () => ({ params: SHIPPED }),
  checkType: async (world) => ({ params: TYPE, body: await aTypeDocument(world) }),
  addTypeDraft: async (world) => ({ params: TYPE, body: await aTypeDocument(world) }),
  changeTypeDraft: async (world) => {
    const { given, params, checksum } = await aTypeDraft(world)
    return { params, body: { ...given, checksum } }
  },
  dropTypeDraft: async (world) => ({ params: (await aTypeDraft(world)).params }),
  previewType: async () => ({ params: SHIPPED, body: {} }),
  publishType: async (world) => {
    const { params, checksum } = await aTypeDraft(world)
    return { params, body: { checksum } }
  },
  certificateFile: async (world, pick) => ({
    params: { certificateId: world.pick('ownCertificate'), extension: world.pick('extension', pick) },
  }),
  divocCertificateFile: async (world) => ({
    params: { certificateId: world.pick('ownCertificate'), extension: 'json' },
  }),
}

async function ofARevokedOne(world: World): Promise<Right> {
  const { certificateId } = await world.aCertificate()
  await world.do(contract.revokeCertificate, { params: { certificateId }, body: { reason: REASON } }, 'client')
  return { as: 'nobody', body: { evidence: [{ certificateId }] } }
}

const TYPE = { name: 'VaccinationCertificate' }
/** What is in force from the start. */
const SHIPPED = { ...TYPE, version: String(VACCINATION.version) }

/** The type as it is shipped, as a document. */
async function aTypeDocument(world: World) {
  const { body } = await world.do(contract.typeVersion, { params: SHIPPED })
  return { document: body.document as string, files: body.files as Record<string, string>, note: 'Once more' }
}

async function aTypeDraft(world: World) {
  const given = await aTypeDocument(world)
  const { body } = await world.do(contract.addTypeDraft, { params: TYPE, body: given })
  return { given, params: { ...TYPE, version: String(body.version) }, checksum: body.checksum as string }
}

/** What should succeed at this endpoint: its recipe, or its example with ids that exist, sent by whom it is for. */
export async function rightRequest(
  world: World,
  row: Endpoint,
  pick: number,
): Promise<Right & { as: CallerKind | 'second' }> {
  const recipe = RECIPES[row.operation]
  const given: Right = recipe ? await recipe(world, pick) : {}
  const as = given.as ?? (row.who === 'anyone' ? 'nobody' : row.who === 'caller' ? 'client' : 'person')
  const names = Object.keys(row.params?.shape ?? {})
  const own: Record<string, string> = { certificateId: 'ownCertificate', transactionId: 'ownTransaction' }
  const params = given.params ?? Object.fromEntries(names.map((name) => [name, world.pick(own[name] ?? name, pick)]))
  return { ...given, as, params, body: given.body ?? row.body?.example }
}
