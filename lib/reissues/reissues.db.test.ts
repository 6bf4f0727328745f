/** Issued certificates made anew under the version in force: exact, once each, without an update, behind everything else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { issueNext } from '@/lib/certificates/issue'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { runReissues } from './run'
import { insertReissue, writeChosenTo } from './store'
import { countChosen } from './store-choosing'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const OWN = { origin: ORIGIN }
const NAME = { name: 'VaccinationCertificate' }
const GENUINE = { response: { verifyResp: { verified: true } } }
let close: () => Promise<void>
let token: string
let admin: string
let supervisor: string
/** Both at once: administers, and reaches every record. */
let both: string
let first: number

beforeAll(async () => {
  ;({ close } = await startApi())
  await aFacility('A', 'North')
  await aFacility('B', 'South')
  token = await aToken({ facilityCode: 'A' })
  admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
  supervisor = await cookieOf(await anOperator({ roles: ['supervisor'], facilityCode: 'A' }))
  both = await cookieOf(await anOperator({ roles: ['administrator', 'operator'] }))
  const { body } = await ask(contract.certificateType, { cookie: admin, headers: OWN, params: NAME })
  first = body.version
})
afterAll(() => close())

/** Certifies codes of a programme of its own, or what differs from the usual item. */
async function certified(codes: string[], changes: Json = {}, by = token): Promise<string[]> {
  const body = codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode, ...changes }))
  const answer = await ask(contract.certify, { token: by, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  await issueWaiting()
  return answer.body.results.map((one: Json) => one.certificateId)
}

/** Puts a changed version into force; answers its number. */
async function newVersion(change: (type: Json) => void): Promise<number> {
  const versions = await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: NAME })
  const { version: before } = versions.body.versions.find(({ state }: Json) => state === 'published')
  const read = await ask(contract.typeVersion, { cookie: admin, headers: OWN, params: { ...NAME, version: before } })
  const type = JSON.parse(read.body.document)
  change(type)
  const body = { document: JSON.stringify(type), files: read.body.files, note: 'Changed' }
  const kept = await ask(contract.addTypeDraft, { cookie: admin, headers: OWN, params: NAME, body })
  const { version, checksum } = kept.body
  await inForce(version, checksum)
  return version
}

async function inForce(version: number, checksum?: string): Promise<void> {
  const { body } = await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: NAME })
  const known = checksum ?? body.versions.find((one: Json) => one.version === version).checksum
  const params = { ...NAME, version }
  const answer = await ask(contract.publishType, { cookie: admin, headers: OWN, params, body: { checksum: known } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const choice = (programId: string, more: Json = {}) => ({ which: 'other_version', programId, ...more })
const choiceOf = (programId: string) => ({
  ...{ which: 'other_version' as const, key: null, before: null, programId, facilityCode: null, district: null },
  codes: [],
})
const wanted = (programId: string, more: Json = {}) => ({ type: NAME.name, choice: choice(programId, more) })

async function added(body: Json, cookie = admin) {
  const full = { attempt: randomUUID(), reason: 'New version', perMinute: 60_000, ...body }
  return ask(contract.addReissue, { cookie, headers: OWN, body: full })
}

const read = async (reissueId: string, cookie = admin) =>
  (await ask(contract.reissue, { cookie, params: { reissueId } })).body as Json
const start = (reissueId: string, cookie = admin) =>
  ask(contract.startReissue, { cookie, headers: OWN, params: { reissueId } })
const steer = (reissueId: string, what: string, cookie = admin) =>
  ask(contract.steerReissue, { cookie, headers: OWN, params: { reissueId }, body: { do: what } })
const rowsOf = async (reissueId: string) =>
  (await ask(contract.reissueRows, { cookie: admin, params: { reissueId } })).body.rows as Json[]
const certificate = async (certificateId: string) =>
  (await ask(contract.certificate, { token, params: { certificateId } })).body as Json

/** Looks through what was chosen, as the worker does. */
async function checked(reissueId: string): Promise<Json> {
  while ((await read(reissueId)).state === 'checking') await runReissues(liveContext())
  return read(reissueId)
}

/** Does all of it, as the worker does. */
async function carriedOut(reissueId: string): Promise<Json> {
  while ((await read(reissueId)).state === 'running') {
    await runReissues(liveContext())
    await issueWaiting()
  }
  return read(reissueId)
}

async function transactions(): Promise<{ kind: string; lineage: string }[]> {
  return liveContext().db.$queryRaw`select kind::text as kind, lineage_id::text as lineage from transaction`
}

describe('certificates of an earlier version', () => {
  let ids: Record<string, string>
  let second: number
  let reissueId: string

  beforeAll(async () => {
    const programId = 'P1'
    const [fits, corrected, revoked, suspended, pending, asked] = await certified(
      ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'],
      { programId },
    )
    const [unfit] = await certified(['F7'], { programId, vaccination: { batch: undefined } })
    const sandbox = await aToken({ facilityCode: 'A', sandbox: true })
    await certified(['F8'], { programId }, sandbox)
    const [elsewhere] = await certified(['F9'], { programId: 'P2' })
    // A correction leaves a predecessor, which is nobody's newest.
    const name = { recipient: { name: 'Sarasvathy T K B' } }
    const update = await ask(contract.updateCertificates, {
      token,
      body: [aRequest({ preEnrollmentCode: 'F2', programId, ...name })],
    })
    await issueWaiting()
    const reason = { cause: 'other', note: 'A look' }
    const status = (row: typeof contract.revokeCertificate | typeof contract.suspendCertificate, id: string) =>
      ask(row as typeof contract.revokeCertificate, { token, params: { certificateId: id }, body: { reason } })
    await status(contract.revokeCertificate, revoked!)
    await status(contract.suspendCertificate, suspended!)
    ids = { fits, corrected, suspended, revoked, pending, asked, unfit, elsewhere } as Record<string, string>
    ids.corrected = update.body.results[0].certificateId
    second = await newVersion((type) => {
      type.forms.certifyV3.credential.nonTransferable = 'false'
      type.sections.flatMap((s: Json) => s.fields).find((f: Json) => f.path === 'vaccination.batch').required = true
    })
    // Waits for a second person: a name and a date of birth at once, by an operator.
    const operator = await cookieOf(await anOperator({ facilityCode: 'A' }))
    const item = aRequest({
      preEnrollmentCode: 'F6',
      programId,
      recipient: { name: 'Kamala Devi Sharma', dob: '1971-02-03' },
    })
    const { recipient } = (await ask(contract.certificate, { cookie: operator, params: { certificateId: asked! } }))
      .body.record
    const sent = {
      ...item,
      recipient: { ...(item.recipient as Json), identity: recipient.identity, contact: recipient.contact },
    }
    const waits = await ask(contract.updateCertificates, { cookie: operator, headers: OWN, body: [sent] })
    expect(waits.body.results[0].status).toBe('awaiting_approval')
    // Accepted and not issued: stays on its way for this test.
    await ask(contract.updateCertificates, { token, body: [aRequest({ preEnrollmentCode: 'F5', programId, ...name })] })
  })

  test('are counted exactly, with what stands in their way; the sandbox and other programmes are none of them', async () => {
    const answer = await ask(contract.countReissue, { cookie: admin, headers: OWN, body: wanted('P1') })
    expect(answer.body).toMatchObject({
      version: second,
      chosen: 7,
      versions: [{ version: first, count: 7 }],
      facilities: [{ code: 'A', count: 7 }],
    })
    expect(Object.fromEntries(answer.body.skipped.map((one: Json) => [one.code, one.count]))).toEqual({
      REVOKED: 1,
      SUSPENDED: 1,
      UPDATE_PENDING: 1,
      APPROVAL_OPEN: 1,
    })
    const count = async (more: Json) =>
      (await ask(contract.countReissue, { cookie: admin, headers: OWN, body: wanted('P1', more) })).body.chosen
    expect(await count({ facilityCode: 'B' })).toBe(0)
    expect(await count({ district: 'North' })).toBe(7)
    expect(await count({ district: 'South' })).toBe(0)
    expect(await count({ which: 'before', before: '2000-01-01' })).toBe(0)
    expect(await count({ which: 'before', before: '2100-01-01' })).toBe(7)
    expect(await count({ which: 'key', key: 'nobody' })).toBe(0)
    expect(await count({ codes: ['F1', ids.corrected, 'nobody'] })).toBe(2)
  })

  test('show how they would be: whoever reaches the record sees values with dots, whoever does not sees none', async () => {
    const sampled = async (cookie: string) =>
      (await ask(contract.sampleReissue, { cookie, headers: OWN, body: wanted('P1') })).body.samples as Json[]
    const samples = await sampled(both)
    expect(samples).toHaveLength(3)
    const shown = samples.find((one) => one.fits)!
    expect(shown.differences).toContainEqual({
      form: 'qr',
      path: 'nonTransferable',
      kind: 'changed',
      before: 'true',
      after: 'false',
    })
    expect(shown).toMatchObject({ shown: true, typeVersion: first, picture: expect.stringContaining('<svg') })
    expect(shown.qr.after.bytes).toBeGreaterThan(500)
    expect(JSON.stringify(samples)).not.toContain(aRequest().recipient && (aRequest().recipient as Json).identity)
    for (const one of await sampled(admin)) {
      expect(one).toMatchObject({ shown: false, picture: null })
      for (const { before, after } of one.differences) expect([before, after]).toEqual([null, null])
    }
    const looked = await liveContext().db.auditEvent.count({
      where: { action: 'record.read', certificateId: shown.certificateId },
    })
    expect(looked).toBe(1)
  })

  test('are looked through before anything begins: what does not fit is named', async () => {
    const answer = await added(wanted('P1'))
    expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ state: 'checking', version: second })
    reissueId = answer.body.reissueId
    const before = await transactions()
    const ready = await checked(reissueId)
    expect(ready).toMatchObject({
      state: 'ready',
      progress: { total: 7, waiting: 2, skipped: 5 },
      may: { start: true, pause: false },
    })
    expect(await transactions()).toEqual(before)
    const unfit = (await rowsOf(reissueId)).find((row) => row.certificateId === ids.unfit)
    expect(unfit).toMatchObject({
      state: 'skipped',
      code: 'UNFIT',
      problems: [{ path: '/vaccination/batch', message: 'Batch is missing' }],
    })
    // Sent again, the same.
    const again = await added({ ...wanted('P1'), attempt: reissueId })
    expect(again.body).toMatchObject({ reissueId, progress: { total: 7 } })
  })

  test('are issued anew: same content, new number, the old one replaced, and no update is spent', async () => {
    const before = await certificate(ids.corrected!)
    expect((await start(reissueId)).body).toMatchObject({ state: 'running', startedBy: { you: true } })
    expect((await start(reissueId)).status).toBe(200)
    const done = await carriedOut(reissueId)
    expect(done).toMatchObject({ state: 'done', progress: { done: 2, skipped: 5, failed: 0, waiting: 0, accepted: 0 } })
    const row = (await rowsOf(reissueId)).find((one) => one.certificateId === ids.corrected)!
    expect(row.state).toBe('done')
    const old = await certificate(ids.corrected!)
    expect(old).toMatchObject({ state: 'superseded', supersededBy: row.newCertificateId })
    const now = await certificate(row.newCertificateId)
    expect(now.record).toEqual(before.record)
    expect(now.credential).toMatchObject({ nonTransferable: 'false' })
    expect(now.lineage).toMatchObject({
      updatesUsed: 1,
      updatesIssued: 1,
      updatesRemaining: before.lineage.updatesRemaining,
    })
    expect(now.lineage.history[0]).toMatchObject({
      reissue: { typeVersion: second },
      changes: [],
      by: { kind: 'operator' },
    })
    expect(now.lineage.history[1]).toMatchObject({ reissue: null, state: 'superseded' })
    expect((await ask(contract.verifyCredential, { body: now.credential })).body).toMatchObject(GENUINE)
    const status = await ask(contract.certificateStatus, { params: { certificateId: ids.corrected! } })
    expect(status.body).toMatchObject({ state: 'superseded' })
    const entries = await liveContext().db.statusEntry.findMany({ where: { certificateId: ids.corrected! } })
    expect(entries).toMatchObject([
      { state: 'superseded', successorId: row.newCertificateId, reason: { cause: 'reissued', reissueId } },
    ])
    const events = await liveContext().db.auditEvent.findMany({
      where: { certificateId: row.newCertificateId },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ action }) => action).filter((action) => !action.startsWith('record'))).toEqual([
      'reissue.accepted',
      'certificate.reissued',
    ])
    // The holder reads the same.
    const link = await ask(contract.makeHolderLink, {
      token,
      params: { certificateId: row.newCertificateId },
      body: {},
    })
    const secret = link.body.url.split('/').at(-1)
    const dateOfBirth = (aRequest().recipient as Json).dob
    const opened = await ask(contract.openHolderLink, { params: { token: secret }, body: { dateOfBirth } })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    const page = await ask(contract.readHolderLink, { params: { token: secret }, cookie })
    expect(page.body.versions.map(({ reissued }: Json) => reissued)).toEqual([true, false, false])
    // The others are as they were.
    expect((await certificate(ids.suspended!)).state).toBe('suspended')
    expect((await certificate(ids.unfit!)).state).toBe('current')
    expect((await certificate(ids.elsewhere!)).state).toBe('current')
  })

  test('each once: the same choice again finds only what was left', async () => {
    const { body } = await ask(contract.countReissue, { cookie: admin, headers: OWN, body: wanted('P1') })
    // The correction that was on its way is under the new version by itself.
    expect(body.chosen).toBe(4)
    expect((await start(reissueId)).status).toBe(200)
    expect((await steer(reissueId, 'pause')).body).toMatchObject({ code: 'REISSUE_STATE' })
  })

  test('what was skipped is tried again when nothing stands in its way any more', async () => {
    await ask(contract.liftSuspension, {
      token,
      params: { certificateId: ids.suspended! },
      body: { reason: { cause: 'other', note: 'Fine' } },
    })
    expect((await steer(reissueId, 'retry')).body).toMatchObject({ state: 'running' })
    const done = await carriedOut(reissueId)
    expect(done.progress).toMatchObject({ done: 3, total: 7 })
    expect((await certificate(ids.suspended!)).state).toBe('superseded')
  })

  test('the file has every row with its reason, and nothing of a person', async () => {
    const params = { reissueId }
    const file = await ask(contract.reissueFile, { cookie: admin, params, query: { state: 'skipped' } })
    const text = new TextDecoder().decode(file.bytes)
    expect(text).toContain(`${ids.unfit},A,skipped,UNFIT,Batch is missing`)
    expect(text).not.toContain('F7')
    expect(text.trim().split('\r\n')).toHaveLength(1 + 4)
  })
})

test('an ordinary correction at the same moment: one chain, nothing lost, and whoever read the old number may go on', async () => {
  const programId = 'P3'
  const [before] = await certified(['R1'], { programId })
  const version = await newVersion((type) => (type.forms.certifyV3.credential.nonTransferable = 'true'))
  const { reissueId } = (await added(wanted(programId))).body
  await checked(reissueId)
  await start(reissueId)
  const correct = (name: string, ifMatch?: string) =>
    ask(contract.updateCertificates, {
      token,
      headers: ifMatch ? { 'if-match': `"${ifMatch}"` } : {},
      body: [aRequest({ preEnrollmentCode: 'R1', programId, recipient: { name } })],
    })
  await Promise.all([runReissues(liveContext()), correct('Kamala')])
  const done = await carriedOut(reissueId)
  await issueWaiting()
  const [row] = await rowsOf(reissueId)
  // Whichever was first: the re-issue was made and then corrected, or left alone as it was being corrected.
  expect([`${done.progress.done} done`, `${done.progress.skipped} skipped`]).toContain(
    row!.state === 'done' ? '1 done' : '1 skipped',
  )
  const { lineage } = await certificate(before!)
  expect(lineage.history.filter(({ state }: Json) => state === 'current')).toHaveLength(1)
  expect(lineage.updatesIssued).toBe(1)
  // Read before it was issued anew, corrected after: the content is the same, so nothing of anybody's is overwritten.
  const current = lineage.current.certificateId
  const next = await newVersion((type) => (type.forms.certifyV3.credential.nonTransferable = 'false'))
  const again = (await added(wanted(programId))).body.reissueId
  await checked(again)
  await start(again)
  await runReissues(liveContext())
  // On its way still: the update waits behind it, and may be for what the operator read.
  const answer = await correct('Kamala Devi', current)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect((await correct('Somebody', before!)).body.details[0].code).toBe('STALE_VERSION')
  await carriedOut(again)
  const after = (await certificate(current)).lineage
  expect(after.history.map(({ reissue }: Json) => reissue?.typeVersion ?? null).slice(0, 2)).toEqual([null, next])
  expect(after.updatesIssued).toBe(2)
  expect(version).toBeLessThan(next)
})

test('everything else is issued first, also when nothing but re-issues waits for long', async () => {
  const programId = 'P4'
  await certified(['O1', 'O2'], { programId })
  await newVersion((type) => (type.forms.certifyV3.credential.nonTransferable = 'true'))
  const { reissueId } = (await added(wanted(programId))).body
  await checked(reissueId)
  await start(reissueId)
  await runReissues(liveContext())
  const kinds = () =>
    liveContext().db.$queryRaw<
      { kind: string }[]
    >`select kind::text as kind from transaction where state = 'pending' order by kind::text`
  await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: 'O3', programId })] })
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['certify', 'reissue', 'reissue'])
  const issuer = await anIssuer(liveContext())
  expect(await issueNext(issuer, 16)).toBe(1)
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['reissue', 'reissue'])
  // Somebody waits behind a re-issue: that one is not bulk any more.
  const update = aRequest({ preEnrollmentCode: 'O2', programId, recipient: { name: 'Kamala' } })
  await ask(contract.updateCertificates, { token, body: [update] })
  expect(await issueNext(issuer, 16)).toBe(1)
  expect(await issueNext(issuer, 16)).toBe(1)
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['reissue'])
  // Now and then it has its turn, or under a steady stream of requests it would wait for ever.
  await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: 'O4', programId })] })
  expect(await issueNext(issuer, 16, { bulkFirst: true })).toBe(1)
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['certify'])
  expect((await carriedOut(reissueId)).progress.done).toBe(2)
})

test('paused, gone on with, ended; and a version that is not in force any more is issued no further', async () => {
  const programId = 'P5'
  await certified(['S1', 'S2', 'S3'], { programId })
  const version = await newVersion((type) => (type.forms.certifyV3.credential.nonTransferable = 'false'))
  const { reissueId } = (await added({ ...wanted(programId), perMinute: 60 })).body
  expect((await steer(reissueId, 'pause')).body.code).toBe('REISSUE_STATE')
  await checked(reissueId)
  await start(reissueId)
  // One a second: the first one goes, the others wait their time.
  await runReissues(liveContext())
  await runReissues(liveContext())
  expect((await read(reissueId)).progress.accepted).toBeLessThan(3)
  expect((await steer(reissueId, 'pause')).body).toMatchObject({ state: 'paused', may: { resume: true } })
  await issueWaiting()
  await runReissues(liveContext())
  const paused = await read(reissueId)
  expect(paused.progress.waiting).toBeGreaterThan(0)
  await runReissues(liveContext())
  expect((await read(reissueId)).progress).toEqual(paused.progress)
  expect((await steer(reissueId, 'resume')).body.state).toBe('running')
  await inForce(version - 1)
  while ((await read(reissueId)).state === 'running') await runReissues(liveContext())
  expect(await read(reissueId)).toMatchObject({ state: 'paused', pausedWhy: 'version', inForce: false })
  expect((await steer(reissueId, 'resume')).body.code).toBe('REISSUE_STATE')
  expect((await steer(reissueId, 'stop')).body).toMatchObject({ state: 'stopped', may: { resume: false, stop: false } })
  await inForce(version)
})

test('what cannot be signed is told with its reason, nothing is replaced, and it can be tried again', async () => {
  const programId = 'P9'
  const [before] = await certified(['T1'], { programId })
  const { reissueId } = (await added(wanted(programId, { which: 'all' }))).body
  await checked(reissueId)
  await start(reissueId)
  await runReissues(liveContext())
  await issueNext(await anIssuer(liveContext(), { scan: () => Promise.resolve(null) }), 16)
  const failed = await carriedOut(reissueId)
  expect(failed).toMatchObject({ state: 'done', progress: { failed: 1, done: 0 }, may: { retry: true } })
  expect(await rowsOf(reissueId)).toMatchObject([{ state: 'failed', code: 'UNREADABLE_QR' }])
  expect(await certificate(before!)).toMatchObject({ state: 'current', lineage: { updatesUsed: 0 } })
  await steer(reissueId, 'retry')
  expect((await carriedOut(reissueId)).progress).toMatchObject({ failed: 0, done: 1 })
  expect((await certificate(before!)).state).toBe('superseded')
})

test('a certificate is found by the key that signed it', async () => {
  const programId = 'P6'
  const [certificateId] = await certified(['K1'], { programId })
  const { signedBy } = await liveContext().db.certificate.findUniqueOrThrow({
    where: { certificateId: certificateId! },
  })
  expect(signedBy).toHaveLength(2)
  const count = await ask(contract.countReissue, {
    cookie: admin,
    headers: OWN,
    body: wanted(programId, { which: 'key', key: signedBy[0] }),
  })
  expect(count.body).toMatchObject({ chosen: 1, keyUnknown: 0 })
})

test('a large registry is counted and chosen part by part: every part sums to the whole, and a worker goes on where one stopped', async () => {
  const programId = 'P7'
  const ids = await certified(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'], { programId })
  const { db } = liveContext()
  const { type, choice } = { type: NAME.name, choice: { ...choiceOf(programId), which: 'all' as const } }
  const target = { type, version: first, choice, scope: 'all' as const, timeZone: 'UTC', at: new Date() }
  const size = 3
  let sum = 0
  let parts = 0
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false, parts++) {
    const counted: Awaited<ReturnType<typeof countChosen>> = await countChosen(db, target, {
      ...{ after, until: target.at, size },
    })
    sum += counted.chosen
    after = counted.last
  }
  expect(sum).toBe(7)
  expect(parts).toBeGreaterThanOrEqual(3)
  // As it is left by whoever chose the first part alone: it ended before any of these.
  const [before] = await db.$queryRaw<{ id: string }[]>`
    select t.id::text as id from transaction t join lineage l on l.id = t.lineage_id
    where l.program_id <> ${programId} order by t.accepted_at desc, t.id desc limit 1`
  const id = randomUUID()
  const by = { requestedById: randomUUID(), requestedByName: 'Asha', requestedAt: new Date() }
  await insertReissue(db, { id, type, version: first, choice, reason: 'New version', perMinute: 600, ...by })
  await writeChosenTo(db, id, before!.id)
  const begun = await read(id)
  expect(begun).toMatchObject({ state: 'checking', progress: { total: 0 }, may: { start: false } })
  expect(begun.progress.share).toBeLessThan(1)
  await checked(id)
  expect(await read(id)).toMatchObject({ progress: { total: 7, share: 1, unchecked: 0 } })
  expect((await rowsOf(id)).map(({ certificateId }) => certificateId).toSorted()).toEqual(ids.toSorted())
  await steer(id, 'stop')
})

describe('the number that a source system knows', () => {
  const entityName = NAME.name
  const reason = { cause: 'fraud' }
  const state = async (certificateId: string) => (await certificate(certificateId)).state
  const status = (row: 'revokeCertificate' | 'suspendCertificate' | 'liftSuspension', id: string) =>
    ask(contract[row] as typeof contract.revokeCertificate, {
      token,
      params: { certificateId: id },
      body: { reason },
    })
  const revokeEntity = (certificateId: string, endDate?: string) =>
    ask(contract.revokeEntity, { token, body: { certificateId, entityName, endDate } })

  /** Certifies the codes and issues each anew, twice; answers for each code the first number and the newest. */
  async function issuedAnew(codes: string[], programId: string): Promise<{ old: string; newest: string }[]> {
    const old = await certified(codes, { programId })
    for (const _time of [1, 2]) {
      const { body } = await added(wanted(programId, { which: 'all' }))
      await checked(body.reissueId)
      expect((await start(body.reissueId)).status).toBe(200)
      await carriedOut(body.reissueId)
    }
    const newest = await Promise.all(
      codes.map(async (preEnrollmentCode) => {
        const { body } = await ask(contract.lineages, { token, query: { preEnrollmentCode } })
        return body.lineages[0].current.certificateId as string
      }),
    )
    return old.map((id, at) => ({ old: id, newest: newest[at]! }))
  }

  test('revokes, suspends and lifts what was issued anew in its place; the answer names what was changed', async () => {
    const [one, two, three] = await issuedAnew(['N1', 'N2', 'N3'], 'P10')
    for (const { old, newest } of [one!, two!]) expect(old).not.toBe(newest)

    const suspended = await status('suspendCertificate', one!.old)
    expect(suspended.body).toMatchObject({ certificateId: one!.newest, status: 'changed', state: 'suspended' })
    const lifted = await status('liftSuspension', one!.old)
    expect(lifted.body).toMatchObject({ certificateId: one!.newest, state: 'current' })
    const revoked = await status('revokeCertificate', one!.old)
    expect(revoked.body).toMatchObject({ certificateId: one!.newest, status: 'changed', state: 'revoked' })
    const again = await status('revokeCertificate', one!.old)
    expect(again.body).toMatchObject({ certificateId: one!.newest, status: 'unchanged', state: 'revoked' })
    expect([await state(one!.old), await state(one!.newest)]).toEqual(['superseded', 'revoked'])

    expect((await revokeEntity(two!.old, '2099-06-01T00:00:00Z')).status).toBe(200)
    expect(await state(two!.newest)).toBe('suspended')
    expect((await revokeEntity(two!.old, '2099-07-01T00:00:00Z')).body.code).toBe('ALREADY_REVOKED')
    const params = { entityName, certificateId: two!.old }
    expect((await ask(contract.unsuspendEntity, { token, params })).status).toBe(200)
    expect(await state(two!.newest)).toBe('current')
    const gone = await revokeEntity(two!.old)
    expect(gone.body.certificateRevokeResponse).toMatchObject({ certificateId: two!.newest, state: 'revoked' })
    expect((await revokeEntity(two!.old)).body.code).toBe('ALREADY_REVOKED')

    const byCode = await ask(contract.revokeDoses, {
      token,
      params: { certificateId: 'N3' },
      query: { allDoses: 'true', cause: 'fraud' },
    })
    expect(byCode.body.results).toMatchObject([{ certificateId: three!.newest, state: 'revoked' }])
  })

  test('of one that was corrected since then changes nothing, and nobody says that it is revoked', async () => {
    const programId = 'P11'
    const [old] = await certified(['N4'], { programId })
    const body = [aRequest({ preEnrollmentCode: 'N4', programId, recipient: { name: 'Sarasvathy T K B' } })]
    const { certificateId } = (await ask(contract.updateCertificates, { token, body })).body.results[0]
    await issueWaiting()
    const reissue = (await added(wanted(programId, { which: 'all' }))).body
    await checked(reissue.reissueId)
    await start(reissue.reissueId)
    await carriedOut(reissue.reissueId)
    for (const answer of [await status('revokeCertificate', old!), await revokeEntity(old!)]) {
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 412, code: 'STALE_VERSION' })
    }
    const elsewhere = await aToken({ facilityCode: 'B' })
    const params = { certificateId }
    const theirs = await ask(contract.revokeCertificate, { token: elsewhere, params, body: { reason } })
    expect(theirs.body.code).toBe('NOT_YOUR_FACILITY')
    const { body: newest } = await status('revokeCertificate', certificateId)
    expect(newest).toMatchObject({ status: 'changed', state: 'revoked' })
    expect(newest.certificateId).not.toBe(certificateId)
  })
})

describe('who may', () => {
  test('operators, auditors and source systems may not; a supervisor one record within the own reach', async () => {
    const programId = 'P7'
    const [mine] = await certified(['W1'], { programId })
    const [theirs] = await certified(['W2'], { programId }, await aToken({ facilityCode: 'B' }))
    await newVersion((type) => (type.forms.certifyV3.credential.nonTransferable = 'true'))
    for (const role of ['operator', 'auditor'] as const) {
      const cookie = await cookieOf(await anOperator({ roles: [role] }))
      expect((await added(wanted(programId), cookie)).body.code).toBe('NOT_ALLOWED')
    }
    expect((await ask(contract.reissues, { token })).status).toBe(403)
    expect((await added(wanted(programId), supervisor)).body.code).toBe('NOT_ALLOWED')
    expect((await added(wanted(programId, { codes: [theirs] }), supervisor)).body.code).toBe('NOT_FOUND')
    const own = await added(wanted(programId, { codes: [mine] }), supervisor)
    expect(own.status).toBe(200)
    const { reissueId } = own.body
    await checked(reissueId)
    const other = await cookieOf(await anOperator({ roles: ['supervisor'], facilityCode: 'A' }))
    expect((await ask(contract.reissue, { cookie: other, params: { reissueId } })).status).toBe(404)
    expect((await start(reissueId, other)).status).toBe(404)
    expect((await start(reissueId, supervisor)).status).toBe(200)
    expect((await carriedOut(reissueId)).progress).toMatchObject({ total: 1, done: 1 })
    expect((await certificate(mine!)).state).toBe('superseded')
    const list = await ask(contract.reissues, { cookie: supervisor })
    expect(list.body.reissues.map((one: Json) => one.reissueId)).toEqual([reissueId])
  })

  test('to start it asks again who one is', async () => {
    const old = await cookieOf(await anOperator({ roles: ['administrator'] }), 11 * 60)
    const programId = 'P8'
    await certified(['W3'], { programId })
    const { reissueId } = (await added(wanted(programId, { which: 'all' }), old)).body
    await checked(reissueId)
    expect((await start(reissueId, old)).body.code).toBe('PROOF_REQUIRED')
    expect((await read(reissueId)).state).toBe('ready')
  })

  test('nothing chosen is nothing kept', async () => {
    const attempt = randomUUID()
    expect((await added({ ...wanted('nowhere'), attempt })).body.code).toBe('NOTHING_TO_REISSUE')
    expect((await ask(contract.reissue, { cookie: admin, params: { reissueId: attempt } })).status).toBe(404)
    expect((await added(wanted('nowhere', { which: 'key' }))).body.details[0].path).toBe('/choice/key')
  })
})
