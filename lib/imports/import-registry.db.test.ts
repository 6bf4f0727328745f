/** A registry of DIVOC taken over: what was imported verifies, shows, prints and can be corrected; an interrupted import goes on. */
import { execFile, fork, type ChildProcess } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { readConfig, type Config } from '@/lib/config'
import { connect } from '@/lib/db'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { certificateRow, manyRows, revocationRow, signerOf as keyOf, writeLines } from '@/lib/testing/divoc-export'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { killed, says } from '@/lib/testing/worker-child'
import { check } from '@/lib/trust/check'
import type { Account } from './account'
import { importRegistry } from './import-registry'
import { reportFile, summaryOf } from './report'

const DIVOC = generateKeyPairSync('ed25519')
const folder = temporaryFolder('errata-import-')
const [CERTIFICATES, REVOKED] = [join(folder, 'certificates.jsonl'), join(folder, 'revoked.jsonl')]

const KEY = { file: 'public.pem', key: DIVOC.publicKey }
/** Handed over with it; nothing is signed with it. */
const PARTNER = { file: 'partner.pem', key: generateKeyPairSync('ed25519').publicKey }

const signerOf = (settings: Config, privateKey = DIVOC.privateKey) => keyOf(settings, privateKey)

/** "line outcome CODE CODE" for each row of a file. */
function told({ lines }: Account, file: string): string[] {
  return lines
    .filter((line) => line.file === file)
    .map(({ line, outcome, findings }) => [line, outcome, ...findings.map(({ code }) => code)].join(' '))
}

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

describe('on a running installation', () => {
  let token: string
  let rows: Awaited<ReturnType<typeof certificateRow>>[]
  let account: Account

  beforeAll(async () => {
    token = await aToken()
    const { settings } = liveContext()
    const key = signerOf(settings)
    const row = (made: Parameters<typeof certificateRow>[2]) => certificateRow(key, settings, made)
    const stranger = signerOf(settings, generateKeyPairSync('ed25519').privateKey)
    rows = [
      await row({ certificateId: '100000001', name: 'Saraswati' }),
      await row({ certificateId: '100000002', previous: '100000001', createdAt: '2021-11-01T08:00:00.000Z' }),
      await row({ certificateId: '200000001', preEnrollmentCode: '63' }),
      await certificateRow(stranger, settings, { certificateId: '300000001', preEnrollmentCode: '64' }),
    ]
    const [first, , single] = rows
    const other = { ...single!, certificateId: '999999999' }
    writeLines(CERTIFICATES, [
      ...rows,
      '{"certificate": "half a line',
      single,
      other,
      { certificate: 'x', certificateId: '1' },
    ])
    writeLines(REVOKED, [
      revocationRow({ certificateId: '100000001' }, '100000002'),
      revocationRow({ certificateId: '100000001', dose: 0 }, '100000002'),
      revocationRow({ certificateId: '200000001', preEnrollmentCode: '63' }),
      revocationRow({ certificateId: '400000001', preEnrollmentCode: '65' }, '400000002'),
      { dose: 1 },
    ])
    expect(first!.certificate).toContain('Saraswati')
  })

  const files = [CERTIFICATES, REVOKED]
  const take = (more = {}) => importRegistry(liveContext(), { files, keys: [KEY, PARTNER], ...more })
  const verdict = async (row: { certificate: string }) => check(liveContext(), JSON.parse(row.certificate))
  const published = async () =>
    (await ask(contract.jwks, {})).body.keys.map(({ x }: { x?: string }) => x) as (string | undefined)[]
  const pointOf = (key: KeyObject) => key.export({ format: 'jwk' }).x
  const statusOf = async (certificateId: string) =>
    (await ask(contract.revoked, { body: { evidence: [{ certificateId }] } })).status

  test('a dry run tells the same and writes nothing', async () => {
    const would = await take({ dryRun: true })
    expect(await liveContext().db.lineage.count()).toBe(0)
    expect(await liveContext().db.import.count()).toBe(0)
    account = await take()
    expect(account).toEqual(would)
  })

  test('every row is accounted for, with its cause', () => {
    expect(told(account, CERTIFICATES)).toEqual([
      '1 imported',
      '2 imported',
      '3 imported',
      '4 not_imported NOT_SIGNED_BY_KEY',
      '5 not_imported NOT_JSON',
      '6 not_imported SAME_ROW',
      '7 not_imported OTHER_NUMBER',
      '8 not_imported NO_CODE',
    ])
    expect(told(account, REVOKED)).toEqual([
      '1 applied',
      '2 applied DOSE_ZERO',
      '3 applied',
      '4 kept CERTIFICATE_MISSING',
      '5 not_imported UNKNOWN_ROW',
    ])
    expect(account.counts).toMatchObject({
      rows: 13,
      imported: 3,
      applied: 3,
      kept: 1,
      not_imported: 6,
      unaccounted: 0,
    })
  })

  test('a key is published when a certificate verifies with it, and no other; each is named', async () => {
    const thumbprints = [thumbprintOf(KEY.key), thumbprintOf(PARTNER.key)]
    expect(account.keys).toEqual([
      { file: 'public.pem', thumbprint: thumbprints[0], signed: 4, outcome: 'published' },
      { file: 'partner.pem', thumbprint: thumbprints[1], signed: 0, outcome: 'not_published' },
    ])
    const summary = summaryOf(account, false)
    for (const said of [...thumbprints, '4 rows verify', 'not published']) expect(summary).toContain(said)
    expect(reportFile('report.csv', { ...account, notes: [] })).toContain('partner.pem,,key,,not_published')
    expect(await published()).toContain(pointOf(KEY.key))
    expect(await published()).not.toContain(pointOf(PARTNER.key))
  })

  test('with the configuration alone no key is published, and that is said', async () => {
    const etcd = temporaryFolder('errata-etcd-')
    writeFileSync(join(etcd, 'ICD.json'), '{}')
    writeFileSync(join(etcd, 'partner.pem'), PARTNER.key.export({ type: 'spki', format: 'pem' }))
    const report = join(etcd, 'report.jsonl')
    const { DATABASE_URL, DATA_DIR } = process.env
    expect([DATABASE_URL, DATA_DIR]).not.toContain(undefined)
    const program = await bundle('lib/import-divoc.ts')
    const run = promisify(execFile)(process.execPath, [program, '--configuration', etcd, '--report', report])
    expect((await run).stdout).toContain(`partner.pem, ${thumbprintOf(PARTNER.key)}: not published`)
    expect(readFileSync(report, 'utf8')).toContain('"outcome":"not_published"')
    expect(await published()).not.toContain(pointOf(PARTNER.key))
  })

  test('the text is kept byte for byte, and verifiers hear what holds', async () => {
    const stored = await liveContext().db.certificate.findUniqueOrThrow({ where: { certificateId: '100000002' } })
    expect(stored.credential).toBe(rows[1]!.certificate)
    expect(stored.credentialHash).toBe(createHash('sha256').update(rows[1]!.certificate).digest('hex'))
    expect(await verdict(rows[1]!)).toEqual({ state: 'valid' })
    expect(await verdict(rows[0]!)).toMatchObject({ state: 'replaced' })
    expect(await verdict(rows[2]!)).toMatchObject({ state: 'cancelled' })
    expect(await verdict(rows[3]!)).toEqual({ state: 'not_genuine' })
    expect(await statusOf('100000001')).toBe(200)
    expect(await statusOf('100000002')).toBe(404)
    expect(await statusOf('200000001')).toBe(200)
  })

  test('a number whose certificate did not come along counts no more', async () => {
    expect(await statusOf('400000001')).toBe(200)
    expect(await statusOf('400000002')).toBe(404)
  })

  test('it shows with its history, and prints', async () => {
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: '62' } })
    const [lineage] = found.body.lineages
    expect(lineage).toMatchObject({
      programId: 'covid19',
      dose: 1,
      updatesUsed: 1,
      state: 'current',
      holderName: 'Sarasvathy T K',
    })
    expect(lineage.history.map((one: { certificateId: string }) => one.certificateId)).toEqual([
      '100000002',
      '100000001',
    ])
    expect(lineage.history[0].changes.map((change: { path: string }) => change.path)).toEqual(['recipient.name'])
    const params = { certificateId: '100000002', extension: 'pdf' }
    const pdf = await ask(contract.certificateFile, { token, params })
    expect(pdf.status).toBe(200)
    expect(new TextDecoder().decode(pdf.bytes.subarray(0, 5))).toBe('%PDF-')
  })

  test('the same content changes nothing; a correction is the next version, and what it replaces is replaced', async () => {
    const record = (await ask(contract.certificate, { token, params: { certificateId: '100000002' } })).body.record
    expect(record.recipient).toMatchObject({ identity: '571304456V', contact: ['tel:0771234567'], dob: '1957-01-30' })
    const same = await ask(contract.updateCertificates, { token, body: [record] })
    expect(same.body.results[0]).toMatchObject({ status: 'unchanged', certificateId: '100000002' })
    const recipient = { ...record.recipient, name: 'Sarasvathi T K' }
    const changed = await ask(contract.updateCertificates, { token, body: [{ ...record, recipient }] })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expect(changed.body.results[0]).toMatchObject({
      status: 'accepted',
      previousCertificateId: '100000002',
      updatesUsed: 2,
    })
    await issueWaiting()
    expect(await verdict(rows[1]!)).toMatchObject({ state: 'replaced' })
  })

  test('what was revoked there can be certified again: a new first version', async () => {
    const { record } = (await ask(contract.certificate, { token, params: { certificateId: '200000001' } })).body
    const again = await ask(contract.certify, { token, body: [record] })
    expect(again.body.results[0]).toMatchObject({ status: 'accepted', updatesUsed: 0 })
    await issueWaiting()
  })

  test('a second time nothing is written, and what became of it since stays', async () => {
    const before = await liveContext().db.certificate.count()
    expect(await take()).toEqual(account)
    expect(await liveContext().db.certificate.count()).toBe(before)
    expect(await liveContext().db.import.count()).toBe(1)
    expect(await liveContext().db.auditEvent.count({ where: { action: 'import.finished' } })).toBe(1)
  })

  test('another export cannot add to a record, or take a number', async () => {
    const { settings } = liveContext()
    const key = signerOf(settings)
    const more = join(folder, 'more.jsonl')
    writeLines(more, [
      await certificateRow(key, settings, { certificateId: '100000003', previous: '100000002' }),
      await certificateRow(key, settings, { certificateId: '100000002', preEnrollmentCode: '70' }),
      revocationRow({ certificateId: '100000002' }),
    ])
    const second = await take({ files: [more] })
    expect(told(second, more).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'not_imported RECORD_TAKEN',
      'not_imported NUMBER_TAKEN',
      'not_imported RECORD_TAKEN',
    ])
    expect(second.counts.unaccounted).toBe(0)
  })

  test('what says more than its type knows is told from what was altered', async () => {
    const { settings } = liveContext()
    const row = await certificateRow(signerOf(settings), settings, {
      certificateId: '600000001',
      preEnrollmentCode: '90',
    })
    const certificate = row.certificate.replace('"type":"Person"', '"type":"Person","ward":"7"')
    const altered = row.certificate.replace('Sarasvathy', 'Sarasvati')
    const file = join(folder, 'more-words.jsonl')
    writeLines(file, [
      { ...row, certificate },
      { ...row, certificate: altered },
    ])
    const account = await take({ files: [file], dryRun: true })
    expect(told(account, file)).toEqual(['1 not_imported SAYS_MORE', '2 not_imported NOT_SIGNED_BY_KEY'])
    expect(account.lines[0]!.findings[0]!.about).toEqual(['/credentialSubject/ward'])
  })

  test('keys that the certificates are not signed with, and names that nobody here knows', async () => {
    const { settings } = liveContext()
    const foreign = { ...signerOf(settings), verificationMethod: 'did:elsewhere' }
    const file = join(folder, 'foreign.jsonl')
    writeLines(file, [await certificateRow(foreign, settings, { certificateId: '500000001', preEnrollmentCode: '80' })])
    expect(told(await take({ files: [file], dryRun: true }), file)).toEqual(['1 not_imported OTHER_KEY_NAME'])
  })
})

describe('kill -9 in the middle', () => {
  const processes = new Set<ChildProcess>()
  afterEach(async () => {
    await Promise.all([...processes].map(killed))
  })

  const files = [join(folder, 'many.jsonl'), join(folder, 'many-revoked.jsonl')]
  let made: Awaited<ReturnType<typeof manyRows>>
  let program: string

  beforeAll(async () => {
    const { settings } = liveContext()
    made = await manyRows(signerOf(settings), settings, 900)
    writeLines(files[0]!, made.certificates)
    writeLines(files[1]!, made.revocations)
    program = await bundle('lib/testing/crash-import.ts')
  })

  test.each([
    ['read', 400],
    ['write', 400],
  ])('while it %ss, after %d: started again it ends as if nothing had happened', async (step, after) => {
    const { certificates, revocations } = made
    const database = await openTestDatabase()
    const dataDir = temporaryFolder('errata-import-')
    const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, SIGNING_KEY_TYPE: 'ED25519', LOG_LEVEL: 'silent' }
    const pem = DIVOC.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const child = fork(program, [pem, step, String(after), ...files], { env: { ...process.env, ...env } })
    processes.add(child)
    await says(child, 'standing')
    await killed(child)

    const db = connect(database.url)
    const written = await db.certificate.count()
    expect(step === 'read' ? written === 0 : written > 0 && written < certificates.length).toBe(true)
    const context = { ...liveContext(), db, settings: readConfig(env) }
    const account = await importRegistry(context, { files, keys: [KEY] })
    expect(account.counts).toMatchObject({ imported: certificates.length, not_imported: 0, kept: 0, unaccounted: 0 })
    expect(await db.certificate.count()).toBe(certificates.length)
    expect(await db.transaction.count()).toBe(certificates.length)
    expect(await db.auditEvent.count({ where: { action: 'certificate.imported' } })).toBe(certificates.length)
    expect(await db.statusEntry.count()).toBe(revocations.length)
    expect(await db.lineage.count({ where: { head: { state: 'superseded' } } })).toBe(0)
    expect(await db.import.count({ where: { finishedAt: { not: null } } })).toBe(1)
    await db.$disconnect()
    await database.close()
  })
})
