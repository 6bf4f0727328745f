import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '@/lib/auth/roles'
import { runBulk, type BulkRunner } from '@/lib/bulk/run'
import { members } from '@/lib/bulk/store-session'
import { liveContext } from '@/lib/certificates/context'
import { issueNext } from '@/lib/certificates/issue'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

const UNLIMITED = { RATE_LIMIT_SEARCHES_PER_MINUTE: '0', LOOK_UPS_PER_PERSON_HOUR: '0', LOOK_UPS_PER_PERSON_DAY: '0' }
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const WORKS: Role[] = ['operator', 'supervisor']

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let count = 0
type Who = { cookie: string; headers: Record<string, string> }
let clerk: Who
let supervisor: Who

beforeAll(async () => {
  api = await startApi(UNLIMITED)
  await aFacility('A')
  await aFacility('B')
  token = await aToken({ facilityCode: 'A' })
  clerk = await person({ facilityCode: 'A' })
  supervisor = await person({ facilityCode: 'A', roles: WORKS })
})
afterAll(() => api.close())

async function person(facts: Parameters<typeof anOperator>[0]): Promise<Who> {
  return { cookie: await cookieOf(await anOperator(facts)), headers: OWN_PAGE }
}

/** Certificates of facility A, one for each code, of a batch and day of their own. */
async function certified(n: number, changes: object = {}, as = token) {
  const mark = `BU${++count}`
  const codes = Array.from({ length: n }, (_, at) => `${mark}-${at}`)
  const items = codes.map((preEnrollmentCode) => {
    const { vaccination, ...more } = changes as { vaccination?: object }
    return aRequest({ preEnrollmentCode, ...more, vaccination: { batch: mark, ...vaccination } })
  })
  const { status, body } = await ask(contract.certify, { token: as, body: items })
  expect([status, body.code]).toEqual([200, undefined])
  await issueWaiting()
  const results = body.results as { certificateId: string }[]
  return { mark, codes, ids: results.map(({ certificateId }) => certificateId) }
}

function formOf(
  file: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
  name = 'file.csv',
): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new Blob([file]), name)
  return form
}

const upload = (file: string, who = clerk, fields: Record<string, string> = {}) =>
  ask(contract.uploadBulk, {
    ...who,
    raw: formOf(file, { attempt: randomUUID(), kind: 'update', reason: 'Misread on the box', ...fields }),
  })

/** What the workers do until nothing is left to do. */
async function work(runner: Partial<BulkRunner> = {}, limit?: number): Promise<void> {
  while ((await runBulk({ ...liveContext(), ...runner }, limit)) > 0);
}

async function uploaded(file: string, who = clerk, fields: Record<string, string> = {}) {
  const { status, body } = await upload(file, who, fields)
  expect([status, body.message]).toEqual([200, undefined])
  await work()
  return body.runId as string
}

const runOf = async (runId: string, who = clerk) => (await ask(contract.bulkRun, { ...who, params: { runId } })).body
const rowsOf = async (runId: string, who = clerk) =>
  (await ask(contract.bulkRows, { ...who, params: { runId } })).body.rows
const problemsOf = (rows: { row: number; problems: { column: string; code: string }[] }[]) =>
  rows.map(({ row, problems }) => [row, ...problems.map(({ column, code }) => `${column} ${code}`)])
const start = (runId: string, who = clerk) => ask(contract.startBulk, { ...who, params: { runId } })
const recordOf = async (certificateId: string) =>
  (await ask(contract.certificate, { token, params: { certificateId } })).body
const batchOf = async (code: string) => {
  const { body } = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
  const [lineage] = body.lineages
  const view = await recordOf(lineage.current.certificateId)
  return view.record.vaccination.batch
}

describe('DIVOC’s bulk certify', () => {
  const example = contract.bulkCertify.upload.exampleFile
  const [heads, row] = example.trimEnd().split('\n') as [string, string]
  const rowFor = (code: string, change = (text: string) => text) => change(row.replace('4711', code))
  const send = (file: string, as = { token }) => ask(contract.bulkCertify, { ...as, raw: formOf(file) })
  const statusOf = async (id: number, as = { token }) => {
    const { body } = await ask(contract.certifyUploads, as)
    return body.find(({ ID }: { ID: number }) => ID === id)
  }

  test('certifies every good row once, as a certificate of the first generation, and names the others', async () => {
    const mark = `DB${++count}`
    const rows = [
      rowFor(`${mark}-1`),
      rowFor(`${mark}-2`, (text) => text.replace('"Sam"', '"=cmd|x"')),
      rowFor(`${mark}-3`, (text) => text.replace('"1990-09-14"', '"14/09/1990"').replace('"2","2"', '"x","2"')),
      rowFor(`${mark}-4`, (text) => text.replace('"1990-09-14"', '"14-Sep-1990"')),
      rowFor(`${mark}-5`).replace(/,"[^"]*"$/, ''),
    ]
    const { status, body } = await send([heads, ...rows, ''].join('\r\n'))
    expect([status, body.Status, body.TotalRecords]).toEqual([200, 'Processing', 5])
    await work()
    await issueWaiting()
    expect(await statusOf(body.ID)).toMatchObject({
      Status: 'Failed',
      TotalErrorRows: 3,
      TotalRecords: 5,
      Filename: 'file.csv',
    })
    const errors = (await ask(contract.certifyUploadErrors, { token, params: { uploadId: body.ID } })).body
    expect(errors.columns).toEqual([...heads.split(','), 'errors'])
    expect(errors.errorRows.map((one: Record<string, string>) => [one.preEnrollmentCode, one.errors])).toEqual([
      [`${mark}-2`, expect.stringMatching(/^row 3, recipientName, .*formula/)],
      [`${mark}-3`, expect.stringMatching(/row 4, recipientDOB, .*; row 4, vaccinationDose, /)],
      [`${mark}-5`, expect.stringMatching(/^row 6, This row has 24 cells, the header has 25/)],
    ])
    const { body: found } = await ask(contract.lineages, { token, query: { preEnrollmentCode: `${mark}-4` } })
    const { record } = await recordOf(found.lineages[0].current.certificateId)
    expect([record.recipient.dob, record.recipient.contact]).toEqual(['1990-09-14', ['tel:1111111313']])
    const transaction = await liveContext().db.transaction.findFirstOrThrow({
      where: { certificateId: found.lineages[0].current.certificateId },
    })
    expect(transaction.form).toBe('certifyV2')
    expect((await ask(contract.lineages, { token, query: { preEnrollmentCode: `${mark}-2` } })).body.lineages).toEqual(
      [],
    )
  })

  test('a file sent twice certifies nobody twice', async () => {
    const file = `${heads}\n${rowFor(`DB${++count}-1`)}\n`
    for (let n = 0; n < 2; n++) {
      const { body } = await send(file)
      await work()
      expect(await statusOf(body.ID)).toMatchObject({ TotalErrorRows: 0, Status: 'Success' })
    }
  })

  test('a file that cannot be read is refused as a whole, with why', async () => {
    const wrong: [string, RegExp][] = [
      ['', /empty/],
      [`${heads}\n`, /no rows/],
      [`${heads},colour\n${row},"red"\n`, /“colour”/],
      [`${heads.replace('recipientName,', '')}\n${row}\n`, /missing: “recipientName”/],
      [`${heads},recipientName\n${row},"x"\n`, /same head: “recipientName”/],
      [`${heads}\n"${row}\n`, /line 2/],
    ]
    for (const [file, why] of wrong) {
      const { status, body } = await send(file)
      expect([status, body.code, body.message]).toEqual([400, 'INVALID_TEMPLATE', expect.stringMatching(why)])
    }
    expect((await ask(contract.bulkCertify, { token, body: [] })).body.code).toBe('UNSUPPORTED_MEDIA_TYPE')
    const noFile = await ask(contract.bulkCertify, { token, raw: new FormData() })
    expect(['VALIDATION_ERROR', 'MALFORMED_REQUEST']).toContain(noFile.body.code)
    expect(await liveContext().db.bulkRun.count({ where: { rows: { none: {} } } })).toBe(0)
  })

  test('an upload is its client’s own; at DIVOC’s address it is the same', async () => {
    const { body } = await ask(contract.divocBulkCertify, {
      token,
      raw: formOf(`${heads}\n${rowFor(`DB${++count}`)}\n`),
    })
    const other = { token: await aToken({ facilityCode: 'A' }) }
    expect(await statusOf(body.ID, other)).toBeUndefined()
    const asked = (as: object, uploadId: number) =>
      ask(contract.divocCertifyUploadErrors, { ...as, params: { uploadId } })
    expect((await asked(other, body.ID)).status).toBe(403)
    expect((await asked({ token }, 999_999)).status).toBe(404)
    expect((await asked({ token }, body.ID)).body.errorRows).toEqual([])
  })
})

describe('DIVOC’s bulk certify of test results', () => {
  test('certifies them under the type TestCertificate, and they are corrected by code and instant', async () => {
    const code = `TB${++count}`
    const file = contract.bulkCertifyTests.upload.exampleFile.replace('4711', code)
    const { body } = await ask(contract.bulkCertifyTests, { token, raw: formOf(file) })
    await work()
    await issueWaiting()
    const [upload] = (await ask(contract.testUploads, { token })).body
    expect(upload).toMatchObject({ ID: body.ID, Status: 'Success', TotalErrorRows: 0 })
    expect((await ask(contract.certifyUploads, { token })).body.some(({ ID }: { ID: number }) => ID === body.ID)).toBe(
      false,
    )
    expect((await ask(contract.testUploadErrors, { token, params: { uploadId: body.ID } })).body.errorRows).toEqual([])
    const heads = 'preEnrollmentCode,testDetails.sampleCollectionTimestamp,testDetails.result'
    const runId = await uploaded(`${heads}\n${code},2021-07-12T19:21:40Z,Positive\n`, clerk, {
      type: 'TestCertificate',
    })
    const [row] = await rowsOf(runId)
    expect(row.changes).toEqual([expect.objectContaining({ before: 'Negative', after: 'Positive' })])
    await start(runId)
    await work()
    await issueWaiting()
    expect(await runOf(runId)).toMatchObject({ counts: { done: 1 }, type: { name: 'TestCertificate' } })
  })
})

describe('corrections from a file', () => {
  test('are checked first: what each row would change, and by row and column what is wrong; nothing is done', async () => {
    const { ids, codes, mark } = await certified(3)
    const elsewhere = await certified(1, {}, await aToken({ facilityCode: 'B' }))
    const file = [
      'certificateId;preEnrollmentCode;vaccinationDose;vaccinationBatch;recipientIdentity;vaccinationDate',
      `${ids[0]};;;NEW;;`,
      `;${codes[1]};1;${mark};;`,
      `;${codes[2]};1;;B-SECRET-77;`,
      ';;;;;',
      `${elsewhere.ids[0]};;;X;;`,
      `${ids[0]};;;TWICE;;`,
      `;${codes[1]};;X;;`,
      `${ids[2]};;;;;2021-13-40`,
      '1;;;=1+1;;',
    ].join('\n')
    const runId = await uploaded(file)
    const run = await runOf(runId)
    expect(run).toMatchObject({ state: 'checked', counts: { total: 8, blank: 1, ready: 2, unchanged: 1, refused: 5 } })
    expect(run.may).toMatchObject({ start: true, retry: true, mend: true, discard: true, approve: false })
    const rows = await rowsOf(runId)
    expect(rows[0].changes).toEqual([{ path: 'vaccination.batch', label: 'Batch', before: mark, after: 'NEW' }])
    expect(rows[2].changes[0].path).toBe('recipient.identity')
    expect(JSON.stringify(rows)).not.toMatch(/SECRET|872550100V/)
    expect(problemsOf(rows.filter(({ state }: { state: string }) => state === 'refused'))).toEqual([
      [6, 'certificateId CERTIFICATE_NOT_FOUND'],
      [7, ' CONFLICTING_ITEMS'],
      [8, 'vaccinationDose VALIDATION_ERROR'],
      [9, ' CONFLICTING_ITEMS'],
      [10, 'vaccinationBatch VALIDATION_ERROR'],
    ])
    expect(await batchOf(codes[0]!)).toBe(mark)
  })

  test('are run, the bad row is written anew and only that one is done in the second turn', async () => {
    const { ids, codes } = await certified(2)
    const runId = await uploaded(
      `certificateId,vaccinationBatch,vaccinationTotalDoses\n${ids[0]},NEW,\n${ids[1]},NEW,none\n`,
    )
    await start(runId)
    await work()
    expect(await runOf(runId)).toMatchObject({ state: 'done', counts: { done: 1, refused: 1 } })
    const mend = (row: number, cells: object, who = clerk) =>
      ask(contract.mendBulkRow, { ...who, params: { runId, row }, body: { cells } })
    expect((await mend(2, { certificateId: ids[0]! })).body.code).toBe('NOT_FOUND')
    expect((await mend(3, { colour: 'red' })).body.code).toBe('VALIDATION_ERROR')
    expect((await mend(3, { certificateId: ids[1]! }, supervisor)).body.code).toBe('BULK_STATE')
    await mend(3, { certificateId: ids[1]!, vaccinationBatch: 'NEW', vaccinationTotalDoses: '3' })
    await work()
    expect(await runOf(runId)).toMatchObject({ state: 'checked', counts: { done: 1, ready: 1 } })
    await start(runId)
    await work()
    await issueWaiting()
    expect(await runOf(runId)).toMatchObject({ state: 'done', counts: { done: 2, refused: 0 } })
    expect(await Promise.all(codes.map(batchOf))).toEqual(['NEW', 'NEW'])
    const transactions = await liveContext().db.transaction.findMany({
      where: { lineage: { preEnrollmentCode: { in: codes } } },
    })
    expect(transactions).toHaveLength(4)
    expect(transactions.find(({ kind }) => kind === 'update')!.reason).toMatchObject({ note: 'Misread on the box' })
    const { bytes } = await ask(contract.bulkFile, { ...clerk, params: { runId } })
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\r\n')
    expect(lines[0]).toBe(
      '\uFEFFrow,certificateId,vaccinationBatch,vaccinationTotalDoses,result,newCertificateId,requestId,problemColumn,problemCode,problem',
    )
    expect(lines[1]).toMatch(new RegExp(`^2,${ids[0]},NEW,,done,\\d+,`))
  })

  test('what changed since it was checked is refused row by row, and can be looked at again', async () => {
    const { ids, codes } = await certified(2)
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids[0]},NEW\n${ids[1]},NEW\n`)
    const { record } = await recordOf(ids[0]!)
    const newer = { ...record, vaccination: { ...record.vaccination, batch: 'OTHER' } }
    await ask(contract.updateCertificates, { token, body: [newer] })
    await issueWaiting()
    await start(runId)
    await work()
    expect(problemsOf(await rowsOf(runId))).toEqual([[2, ' STALE_VERSION'], [3]])
    await ask(contract.retryBulk, { ...clerk, params: { runId } })
    await work()
    const [row] = await rowsOf(runId)
    // What it would do now is there to be seen before it is done.
    expect(row).toMatchObject({ state: 'ready', changes: [{ before: 'OTHER', after: 'NEW' }] })
    expect(await batchOf(codes[0]!)).toBe('OTHER')
  })

  test('that need a second person become requests, and say so', async () => {
    const { ids } = await certified(1)
    const runId = await uploaded(`{"certificateId":"${ids[0]}","recipientName":"Somebody Entirely Different"}\n`)
    const [before] = await rowsOf(runId)
    expect(before).toMatchObject({ state: 'ready', approval: ['large_name_change'] })
    expect((await runOf(runId)).counts.needsApproval).toBe(1)
    await start(runId)
    await work()
    const [after] = await rowsOf(runId)
    expect(after).toMatchObject({ state: 'requested', newCertificateId: null })
    const { body } = await ask(contract.approval, { ...supervisor, params: { requestId: after.requestId } })
    expect(body.certificateId).toBe(ids[0])
  })

  test('are what their uploader may do at the moment they are done: whoever lost the right is stopped', async () => {
    const { ids, codes, mark } = await certified(1)
    const operator = await anOperator({ facilityCode: 'A' })
    const who = { cookie: await cookieOf(operator), headers: OWN_PAGE }
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids[0]},NEW\n`, who)
    await start(runId, who)
    await liveContext().db.operator.update({ where: { id: operator.id }, data: { disabled: true } })
    await work()
    expect(await runOf(runId, supervisor)).toMatchObject({ state: 'stopped', note: 'Asha may not act any more.' })
    expect(await batchOf(codes[0]!)).toBe(mark)
  })

  test('are seen by their uploader and by supervisors of all that it may reach, and by nobody else', async () => {
    const { ids } = await certified(1)
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids[0]},NEW\n`)
    const asked = async (who: Who) => (await ask(contract.bulkRun, { ...who, params: { runId } })).body.code
    expect(await asked(supervisor)).toBeUndefined()
    expect(await asked(await person({ facilityCode: 'A' }))).toBe('NOT_ALLOWED')
    expect(await asked(await person({ facilityCode: 'B', roles: WORKS }))).toBe('NOT_YOUR_FACILITY')
    expect((await start(runId, supervisor)).body.code).toBe('BULK_STATE')
  })

  test('the same upload sent again is the same run; somebody else’s id is none', async () => {
    const { ids } = await certified(1)
    const attempt = randomUUID()
    const file = `certificateId,vaccinationBatch\n${ids[0]},NEW\n`
    const first = await upload(file, clerk, { attempt })
    const again = await upload(file, clerk, { attempt })
    expect([again.body.runId, again.body.counts.total]).toEqual([first.body.runId, 1])
    expect((await upload(file, supervisor, { attempt })).body.code).toBe('VALIDATION_ERROR')
    expect((await upload(file, clerk, { reason: '' })).body.code).toBe('VALIDATION_ERROR')
    expect((await upload(file, clerk, { kind: 'certify' })).body.code).toBe('NOT_ALLOWED')
  })

  test('new certificates from a file are a supervisor’s, checked first', async () => {
    const { body: template } = {
      body: (await ask(contract.bulkTemplate, { ...supervisor, query: { kind: 'certify' } })).bytes,
    }
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(template)
    expect(text.startsWith('\uFEFFpreEnrollmentCode,recipientName,')).toBe(true)
    const code = `BU${++count}`
    const runId = await uploaded(`${text}${text.split('\r\n')[1]!.replace('EXAMPLE', code)}\r\n`, supervisor, {
      kind: 'certify',
    })
    expect(await runOf(runId, supervisor)).toMatchObject({ counts: { ready: 1, refused: 1 } })
    expect(problemsOf(await rowsOf(runId, supervisor))[0]).toEqual([2, 'preEnrollmentCode VALIDATION_ERROR'])
    await start(runId, supervisor)
    await work()
    await issueWaiting()
    expect((await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages).toHaveLength(1)
  })

  test('new certificates from a file are begun by nobody who was a supervisor once', async () => {
    const operator = await anOperator({ facilityCode: 'A', roles: WORKS })
    const once = { cookie: await cookieOf(operator), headers: OWN_PAGE }
    const { bytes } = await ask(contract.bulkTemplate, { ...once, query: { kind: 'certify' } })
    const [head, example] = new TextDecoder().decode(bytes).split('\r\n')
    const codes = [`BU${++count}`, `BU${++count}`]
    const [begun, waiting] = await Promise.all(
      codes.map((code) => uploaded(`${head}\r\n${example!.replace('EXAMPLE', code)}\r\n`, once, { kind: 'certify' })),
    )
    await start(begun!, once)
    const { db } = liveContext()
    await db.operator.update({ where: { id: operator.id }, data: { roles: ['operator'] } })
    await work()
    for (const step of [contract.startBulk, contract.retryBulk, contract.resumeBulk]) {
      const { body } = await ask(step, { ...once, params: { runId: waiting! } })
      expect(body.code, step.operation).toBe('NOT_ALLOWED')
    }
    await work()
    await issueWaiting()
    for (const code of codes)
      expect((await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages).toEqual([])
  })
})

describe('workers', () => {
  test('let nobody wait behind a file: few of its rows are on their way, and whoever comes later is issued first', async () => {
    const [heads, row] = contract.bulkCertify.upload.exampleFile.trimEnd().split('\n') as [string, string]
    const mark = `BEHIND${++count}`
    const rows = Array.from({ length: 300 }, (_, n) => row.replace('4711', `${mark}-${n}`))
    expect((await ask(contract.bulkCertify, { token, raw: formOf([heads, ...rows, ''].join('\n')) })).status).toBe(200)
    await work()
    const pending = () => liveContext().db.transaction.count({ where: { state: 'pending' } })
    const accepted = await pending()
    expect(accepted).toBeGreaterThanOrEqual(64)
    expect(accepted).toBeLessThan(64 + 100)
    const issuer = await anIssuer(liveContext())
    const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: `${mark}-NOW` })] })
    expect(await issueNext(issuer, 16)).toBe(1)
    expect((await recordOf(body.results[0].certificateId)).certificateId).toBe(body.results[0].certificateId)
    // Somebody corrects a row that is being issued: it is not one of many any more.
    const first = await liveContext().db.transaction.findFirstOrThrow({
      where: { state: 'pending', lineage: { preEnrollmentCode: `${mark}-99` } },
    })
    const update = { ...(first.request as object), preEnrollmentCode: `${mark}-99`, recipient: aRequest().recipient }
    expect((await ask(contract.updateCertificates, { token, body: [update] })).body.code).toBeUndefined()
    expect(await issueNext(issuer, 16)).toBe(1)
    expect((await recordOf(first.certificateId)).certificateId).toBe(first.certificateId)
    // Nothing else waits: the file goes on, sixteen at a time, to its end.
    while ((await issueNext(issuer, 16)) + (await runBulk(liveContext())) > 0);
    const count300 = { where: { lineage: { preEnrollmentCode: { startsWith: `${mark}-` } }, state: 'issued' as const } }
    expect([await liveContext().db.transaction.count(count300), await pending()]).toEqual([302, 0])
  })

  test('side by side do each row once', async () => {
    const { ids, codes } = await certified(30)
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids.map((id) => `${id},NEW`).join('\n')}\n`)
    await start(runId)
    await Promise.all([work({}, 4), work({}, 4), work({}, 4)])
    await work()
    expect(await runOf(runId)).toMatchObject({ state: 'done', counts: { done: 30 } })
    const updates = await liveContext().db.transaction.count({
      where: { kind: 'update', lineage: { preEnrollmentCode: { in: codes } } },
    })
    expect(updates).toBe(30)
  })

  test('look at the rows of their group alone, however long the file is', async () => {
    const { ids } = await certified(2)
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids.map((id) => `${id},NEW`).join('\n')}\n`)
    await start(runId)
    const { db } = liveContext()
    const asked: string[] = []
    const listening = new Proxy(db, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          if (name === '$queryRaw') asked.push((given[0] as string[]).join('?'))
          return member.apply(target, given) as unknown
        }
      },
    })
    expect(await runBulk({ ...liveContext(), db: listening }, 1)).toBe(1)
    expect(asked.some((sql) => sql.includes('from bulk_run r left join facility'))).toBe(true)
    expect(asked.filter((sql) => sql.includes('count(*) filter'))).toEqual([])
    await work()
    expect((await runOf(runId)).counts.done).toBe(2)
  })

  test('stop between groups when somebody says so, and go on where they were', async () => {
    const { ids } = await certified(6)
    const runId = await uploaded(`certificateId,vaccinationBatch\n${ids.map((id) => `${id},NEW`).join('\n')}\n`)
    await start(runId)
    await runBulk(liveContext(), 2)
    const stopped = await ask(contract.stopBulk, { ...supervisor, params: { runId } })
    expect(stopped.body).toMatchObject({ state: 'stopped', counts: { done: 2, waiting: 4 } })
    await work()
    expect((await runOf(runId)).counts.done).toBe(2)
    expect((await ask(contract.retryBulk, { ...clerk, params: { runId } })).body.code).toBe('BULK_STATE')
    // Letting it go on asks who one is, where somebody said so too long ago.
    const { db } = liveContext()
    await db.operatorSession.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } })
    expect((await ask(contract.resumeBulk, { ...clerk, params: { runId } })).body.code).toBe('PROOF_REQUIRED')
    await db.operatorSession.updateMany({ data: { provedAt: new Date() } })
    await ask(contract.resumeBulk, { ...clerk, params: { runId } })
    await work()
    expect(await runOf(runId)).toMatchObject({ state: 'done', counts: { done: 6 } })
  })
})

describe('a mistake of a session', () => {
  const DAY = '2021-03-04'
  const at = (time: string) => ({
    vaccination: { date: `${DAY}T${time}:00.000Z` },
    facility: { name: `Session ${count}` },
  })

  async function aSession() {
    const ofDay = at('08:00')
    const all = await certified(3, { ...ofDay, vaccination: { ...ofDay.vaccination, batch: `S${count + 1}` } })
    const batch = `S${count}`
    await certified(1, { ...ofDay, vaccination: { ...ofDay.vaccination, batch: 'RIGHT' } })
    await certified(1, { vaccination: { date: '2021-03-05T08:00:00.000Z', batch } })
    await certified(1, { ...ofDay, vaccination: { ...ofDay.vaccination, batch } }, await aToken({ facilityCode: 'B' }))
    return { ...all, batch }
  }
  const proposal = (certificateId: string, from: string, more: object = {}) => ({
    ...{
      attempt: randomUUID(),
      certificateId,
      path: 'vaccination.batch',
      from,
      to: 'RIGHT',
      reason: 'Misread on the box',
    },
    ...more,
  })

  test('is counted field by field: same facility, same day, current, and nothing of the person', async () => {
    const { ids, batch } = await aSession()
    const { body } = await ask(contract.bulkSame, { ...clerk, query: { certificateId: ids[0]! } })
    expect(body).toMatchObject({ facility: { code: 'A' }, day: DAY })
    const of = (path: string) => body.fields.find((field: { path: string }) => field.path === path)
    expect(of('vaccination.batch')).toEqual({ path: 'vaccination.batch', label: 'Batch', value: batch, count: 3 })
    expect(of('vaccination.date')).toMatchObject({ value: DAY, count: body.total })
    expect(body.total).toBeGreaterThanOrEqual(4)
    expect(body.fields.some(({ path }: { path: string }) => path.startsWith('recipient'))).toBe(false)
    const other = await person({ facilityCode: 'B' })
    expect((await ask(contract.bulkSame, { ...other, query: { certificateId: ids[0]! } })).body.code).toBe(
      'NOT_YOUR_FACILITY',
    )
  })

  test('is put right by two people: one proposes, another approves, each certificate is replaced once', async () => {
    const { ids, codes, batch } = await aSession()
    const propose = (body: object, who = clerk) => ask(contract.proposeBulk, { ...who, body })
    expect((await propose(proposal(ids[0]!, 'X'))).body.code).toBe('STALE_VERSION')
    expect((await propose(proposal(ids[0]!, batch, { to: batch }))).body.code).toBe('VALIDATION_ERROR')
    expect((await propose(proposal(ids[0]!, 'x', { path: 'recipient.name' }))).body.code).toBe('VALIDATION_ERROR')
    // What a cell of a file would mean is no value.
    for (const to of ['(empty)', '(EMPTY)', '=1+1', "'=x"])
      expect((await propose(proposal(ids[0]!, batch, { to }))).body.details?.[0].path, to).toBe('/to')
    const body = proposal(ids[0]!, batch)
    const { body: run } = await propose(body)
    const { runId } = run
    expect((await propose(body)).body.runId).toBe(runId)
    expect((await propose(proposal(ids[1]!, batch))).body.code).toBe('BULK_STATE')
    await work()
    const decide = (row: typeof contract.approveBulk, who: Who) => ask(row, { ...who, params: { runId } })
    expect(await runOf(runId, supervisor)).toMatchObject({
      state: 'proposed',
      counts: { ready: 3, total: 3 },
      may: { approve: true },
    })
    expect((await ask(contract.bulkWaiting, supervisor)).body.waiting).toBeGreaterThan(0)
    // Not the same person, nobody who is no supervisor, nobody from elsewhere.
    expect((await decide(contract.approveBulk, clerk)).status).toBe(403)
    expect((await start(runId)).body.code).toBe('BULK_STATE')
    const far = await person({ facilityCode: 'B', roles: WORKS })
    expect((await decide(contract.approveBulk, far)).body.code).toBe('NOT_YOUR_FACILITY')
    const approved = await decide(contract.approveBulk, supervisor)
    expect(approved.body).toMatchObject({ state: 'running', decidedBy: { you: true } })
    expect((await decide(contract.approveBulk, supervisor)).body.state).toBe('running')
    await work()
    await issueWaiting()
    expect(await runOf(runId)).toMatchObject({ state: 'done', counts: { done: 3 } })
    expect(await Promise.all(codes.map(batchOf))).toEqual(['RIGHT', 'RIGHT', 'RIGHT'])
    const { db } = liveContext()
    const [made] = await db.transaction.findMany({
      where: { kind: 'update', lineage: { preEnrollmentCode: codes[0]! } },
    })
    expect(made!.reason).toMatchObject({ note: 'Misread on the box', approvedBy: 'Asha' })
    const lines = await db.auditEvent.findMany({ where: { action: { startsWith: 'bulk.' } } })
    expect(
      lines
        .filter(({ detail }) => (detail as { runId: string }).runId === runId)
        .map(({ action }) => action)
        .sort(),
    ).toEqual([...['bulk.approved', 'bulk.done', 'bulk.proposed']])
  })

  test('proposed by a supervisor waits for another one all the same, and can be withdrawn or declined', async () => {
    const { ids, batch, codes } = await aSession()
    const propose = async () => {
      const { body } = await ask(contract.proposeBulk, { ...supervisor, body: proposal(ids[0]!, batch) })
      await work()
      return body.runId as string
    }
    const second = await person({ facilityCode: 'A', roles: WORKS })
    const cancel = (runId: string, who: Who) =>
      ask(contract.cancelBulk, { ...who, params: { runId }, body: { note: 'As it was' } })
    const first = await propose()
    expect((await ask(contract.approveBulk, { ...supervisor, params: { runId: first } })).body.code).toBe(
      'SECOND_PERSON_NEEDED',
    )
    expect((await cancel(first, supervisor)).body).toMatchObject({ state: 'cancelled', outcome: 'withdrawn' })
    expect((await ask(contract.approveBulk, { ...second, params: { runId: first } })).body.code).toBe('BULK_STATE')
    const again = await propose()
    expect((await cancel(again, second)).body).toMatchObject({ outcome: 'declined', note: 'As it was' })
    await work()
    expect(await batchOf(codes[0]!)).toBe(batch)
  })

  test('covers what stood there when it was proposed: a correction in between stays, also when its row is looked at again', async () => {
    const { ids, codes, batch } = await aSession()
    const { body } = await ask(contract.proposeBulk, { ...clerk, body: proposal(ids[0]!, batch) })
    const { runId } = body
    const correctedAlone = async (at: number) => {
      const { record } = await recordOf(ids[at]!)
      const sent = { ...record, preEnrollmentCode: codes[at], vaccination: { ...record.vaccination, batch: 'CAREFUL' } }
      expect((await ask(contract.updateCertificates, { token, body: [sent] })).status).toBe(200)
      await issueWaiting()
    }
    // One before its row is checked, one after.
    await correctedAlone(1)
    await work()
    await correctedAlone(2)
    expect((await ask(contract.approveBulk, { ...supervisor, params: { runId } })).status).toBe(200)
    await work()
    await issueWaiting()
    expect(await runOf(runId)).toMatchObject({ counts: { done: 1, refused: 2 } })
    for (let again = 0; again < 2; again += 1) {
      await ask(contract.retryBulk, { ...clerk, params: { runId } })
      await work()
      await start(runId)
      await work()
      await issueWaiting()
    }
    expect(await runOf(runId)).toMatchObject({ counts: { done: 1, refused: 2 } })
    expect(await Promise.all(codes.map(batchOf))).toEqual(['RIGHT', 'CAREFUL', 'CAREFUL'])
  })

  test('is proposed once, also by two people at the same moment', async () => {
    const { ids, batch } = await aSession()
    const answers = await Promise.all(
      [clerk, supervisor].flatMap((who) =>
        ids.map((id) => ask(contract.proposeBulk, { ...who, body: proposal(id, batch) })),
      ),
    )
    expect(answers.map(({ status, body }) => (status === 200 ? 'proposed' : body.code)).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'BULK_STATE'),
      'proposed',
    ])
  })

  test('in the date moves the day and keeps the time', async () => {
    const { ids, codes } = await certified(1, { vaccination: { date: '2021-06-07T09:41:00.000Z' } })
    const { body } = await ask(contract.proposeBulk, {
      ...clerk,
      body: proposal(ids[0]!, '2021-06-07', { path: 'vaccination.date', to: '2021-06-08' }),
    })
    await work()
    await ask(contract.approveBulk, { ...supervisor, params: { runId: body.runId } })
    await work()
    await issueWaiting()
    const { body: found } = await ask(contract.lineages, { token, query: { preEnrollmentCode: codes[0]! } })
    const { record } = await recordOf(found.lineages[0].current.certificateId)
    expect(record.vaccination.date).toBe('2021-06-08T09:41:00.000Z')
  })

  test('is found by indexes alone', async () => {
    const { db, settings } = liveContext()
    const session = {
      facilityCode: 'A',
      type: 'VaccinationCertificate',
      path: 'vaccination.date',
      day: DAY,
      timeZone: settings.issuer.timeZone,
      at: new Date(),
    }
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`set local enable_seqscan = off`
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`explain ${members(session)}`
    })
    const text = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(text).toContain('lineage_facility')
    expect(text).not.toContain('Seq Scan')
  })
})
