/** Certificates that DIVOC's own signer signed, imported: everything that is done with a certificate can be done with them. */
import { createPublicKey, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import bs58 from 'bs58'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { runReissues } from '@/lib/reissues/run'
import { scanQr } from '@/lib/rendering/scan'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { publishLists } from '@/lib/status-lists/publish'
import { publishRevocationList } from '@/lib/status-lists/revocation-list'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { anIssuer } from '@/lib/testing/builders'
import { revocationRow, writeLines } from '@/lib/testing/divoc-export'
import { readPdf } from '@/lib/testing/read-pdf'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { vector } from '@/lib/testing/vectors'
import { issuerKeysOf } from '@/lib/verification/issuer-keys'
import { readPage } from '@/lib/verification/revocation-list'
import { readScanned } from '@/lib/verification/scanned'
import { verify } from '@/lib/verification/verify'
import type { Account } from './account'
import { importRegistry } from './import-registry'
import { verifyImported } from './verify-imported'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const OWN = { origin: ORIGIN }
const VECTORS = join('lib', 'testing', 'vectors')
const RSA = createPublicKey(readFileSync(join(VECTORS, 'rsa2048.public.pem'), 'utf8'))
const { publicKeyBase58 } = JSON.parse(readFileSync(join(VECTORS, 'ed25519.json'), 'utf8')) as {
  publicKeyBase58: string
}
const ED25519 = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bs58.decode(publicKeyBase58)).toString('base64url') },
  format: 'jwk',
})

const file = join(temporaryFolder('errata-import-'), 'registry.jsonl')
const [ascii, scripts, missing] = [
  vector('ascii.divocdev.rsa'),
  vector('scripts.divocdev.ed25519'),
  vector('missing.divocdev.rsa'),
]
const numberOf = (text: string) => (JSON.parse(text) as Json).evidence[0].certificateId as string
const codeOf = (text: string) => (JSON.parse(text) as Json).credentialSubject.refId as string
const [ASCII, SCRIPTS, MISSING] = [numberOf(ascii.signed), numberOf(scripts.signed), numberOf(missing.signed)]

/** A row as DIVOC's signer saves it. */
function rowOf(text: string, more: Json = {}) {
  const { name, refId } = (JSON.parse(text) as Json).credentialSubject
  return {
    certificateId: numberOf(text),
    preEnrollmentCode: refId,
    name,
    contact: ['tel:1234567890'],
    mobile: '1234567890',
    certificate: text,
    meta: { certificateType: 'certifyV3' },
    osCreatedAt: '2022-03-01T09:30:00.000Z',
    ...more,
  }
}

let close: () => Promise<void>
let token: string
let clerk: string
let account: Account

beforeAll(async () => {
  ;({ close } = await startApi())
  token = await aToken()
  clerk = await cookieOf(await anOperator({ roles: ['operator', 'supervisor'] }))
  writeLines(file, [
    rowOf(ascii.signed),
    rowOf(scripts.signed, { programId: 'measles' }),
    rowOf(missing.signed, { contact: [], mobile: null }),
    // Another certificate with a number that is taken.
    rowOf(vector('ascii.divocdev.ed25519').signed, { osCreatedAt: '2022-03-02T09:30:00.000Z' }),
    revocationRow({ certificateId: '900000009', preEnrollmentCode: '9' }, '900000010'),
  ])
  account = await importRegistry(liveContext(), {
    files: [file],
    keys: [RSA, ED25519].map((key) => ({ file: 'public.pem', key })),
  })
})
afterAll(() => close())

/** As the verify page checks what it scanned, with what is published alone. */
async function scanned(qrValue: string) {
  const keys = async () => [issuerKeysOf((await ask(contract.didDocument)).body)]
  const status = async (certificateId: string) => {
    const answer = await ask(contract.certificateStatus, { params: { certificateId } })
    return answer.status === 200 ? answer.body : ('unknown' as const)
  }
  return verify(qrValue, { keys, status, now: () => new Date(), own: liveContext().settings.credential })
}

const certificate = async (certificateId: string) =>
  (await ask(contract.certificate, { token, params: { certificateId } })).body as Json

async function fileOf(certificateId: string, extension: string) {
  const answer = await ask(contract.certificateFile, { token, params: { certificateId, extension } })
  expect(answer.status).toBe(200)
  return answer.bytes
}

/** What the QR code on a page holds. */
async function onPage(pdf: Uint8Array): Promise<string> {
  const [page] = (await readPdf(pdf)).pages
  return readScanned((await scanQr(await page!.png(300)))!)!.text
}

test('all are imported; the QR codes that people carry verify, with the keys that came along', async () => {
  expect(account.counts).toMatchObject({ rows: 5, imported: 3, kept: 1, not_imported: 1, unaccounted: 0 })
  for (const { qrValue } of [ascii, scripts, missing]) expect(await scanned(qrValue)).toMatchObject({ state: 'valid' })
  const verified = await verifyImported(liveContext(), account, () => {})
  expect(verified).toEqual({ certificates: 3, revocations: 1, wrong: [] })
})

test('verifying what was imported finds what verifiers would not take', async () => {
  const { db } = liveContext()
  const stored = await db.certificate.findUniqueOrThrow({ where: { certificateId: SCRIPTS } })
  const set = (credential: string) => db.certificate.update({ where: { certificateId: SCRIPTS }, data: { credential } })
  await set(stored.credential.replace('"dose":2', '"dose":1'))
  expect((await verifyImported(liveContext(), account, () => {})).wrong).toEqual([
    { certificateId: SCRIPTS, verdict: 'not_genuine' },
  ])
  await set(stored.credential)
})

test('the original is kept as it is: its text, and what its QR code and its page hold', async () => {
  for (const [id, { signed }] of [
    [ASCII, ascii],
    [SCRIPTS, scripts],
    [MISSING, missing],
  ] as const) {
    expect(Buffer.from(await fileOf(id, 'jsonld')).toString('utf8')).toBe(signed)
    const code = await scanQr(await fileOf(id, 'png'))
    expect(readScanned(code!)!.text).toBe(signed)
  }
  expect(await onPage(await fileOf(SCRIPTS, 'pdf'))).toBe(scripts.signed)
})

test('people find it and see where it came from, and what was odd there', async () => {
  const query = { preEnrollmentCode: codeOf(ascii.signed) }
  const found = await ask(contract.lineages, { cookie: clerk, headers: OWN, query })
  const lineage = found.body.lineages.find(({ programId }: Json) => programId === '')
  expect(lineage).toMatchObject({ holderName: 'Bhaya Mitra', dose: 2, updatesUsed: 0, state: 'current' })
  expect(lineage.history[0]).toMatchObject({
    by: { name: 'Import from DIVOC' },
    imported: { findings: [{ code: 'HAD_TWIN', about: [] }] },
  })
  const asked = (await certificate(MISSING)).lineage.history[0].imported.findings[0]
  expect(asked.code).toBe('ASKED_AGAIN')
  expect(asked.about).toContain('/recipient/nationality')
})

test('its holder reads it through a link; copies are counted', async () => {
  const made = await ask(contract.makeHolderLink, { token, params: { certificateId: ASCII }, body: {} })
  const params = { token: made.body.url.split('/').at(-1) }
  const opened = await ask(contract.openHolderLink, { params, body: { dateOfBirth: '1994-11-30' } })
  expect(opened.status, JSON.stringify(opened.body)).toBe(200)
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  const read = await ask(contract.readHolderLink, { params, cookie })
  expect(JSON.stringify(read.body)).toContain('Bhaya Mitra')
  const held = await ask(contract.holderPdf, { params, cookie })
  expect(await onPage(held.bytes)).toBe(ascii.signed)
  const copies = await ask(contract.countPrint, {
    cookie: clerk,
    headers: OWN,
    params: { certificateId: ASCII },
    body: { kind: 'page', paper: 'a4', copies: 1 },
  })
  expect(copies.status).toBe(200)
})

test('it is issued anew with our key: all that a key of DIVOC signed can be chosen, and no update is spent', async () => {
  const admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
  const choice = {
    which: 'key',
    key: thumbprintOf(RSA),
    before: null,
    programId: null,
    facilityCode: null,
    district: null,
    codes: [],
  }
  const made = await ask(contract.addReissue, {
    cookie: admin,
    headers: OWN,
    body: { attempt: randomUUID(), reason: 'Our key', perMinute: 60_000, type: 'VaccinationCertificate', choice },
  } as never)
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const params = { reissueId: made.body.reissueId }
  const state = async () => (await ask(contract.reissue, { cookie: admin, params })).body.state as string
  while ((await state()) === 'checking') await runReissues(liveContext())
  expect((await ask(contract.startReissue, { cookie: admin, headers: OWN, params })).status).toBe(200)
  while ((await state()) === 'running') {
    await runReissues(liveContext())
    await issueWaiting()
  }
  // What a certificate left out has to be asked for first.
  const { rows } = (await ask(contract.reissueRows, { cookie: admin, params })).body
  expect(rows.find((row: Json) => row.certificateId === MISSING)).toMatchObject({ state: 'skipped', code: 'UNFIT' })
  const { supersededBy, lineage } = await certificate(ASCII)
  expect(lineage).toMatchObject({ updatesUsed: 0, current: { certificateId: supersededBy, version: 2 } })
  expect(await scanned(ascii.qrValue)).toMatchObject({ state: 'replaced' })
  expect(await scanned((await scanQr(await fileOf(supersededBy, 'png')))!)).toMatchObject({ state: 'valid' })
})

test('a correction is the next version: scanned, the original is REPLACED', async () => {
  const { record, supersededBy } = await certificate(ASCII)
  const recipient = { ...record.recipient, name: 'Bhaya Mithra' }
  const query = { preEnrollmentCode: record.preEnrollmentCode }
  const answer = await ask(contract.updateCertificates, { token, body: [{ ...record, recipient }] })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const [{ certificateId, updatesUsed, previousCertificateId }] = answer.body.results
  expect({ updatesUsed, previousCertificateId }).toEqual({ updatesUsed: 1, previousCertificateId: supersededBy })
  await issueWaiting()
  expect(await scanned(ascii.qrValue)).toMatchObject({ state: 'replaced' })
  const code = (await scanQr(await fileOf(certificateId, 'png')))!
  expect(await scanned(code)).toMatchObject({ state: 'valid' })
  const { lineages } = (await ask(contract.lineages, { token, query })).body
  const lineage = lineages.find(({ programId }: Json) => programId === '')
  expect(lineage.history.map(({ imported }: Json) => imported !== null)).toEqual([false, false, true])
})

test('what a certificate left out is asked for', async () => {
  const { record } = await certificate(MISSING)
  const changed = { ...record, recipient: { ...record.recipient, name: 'Some Options' } }
  const refused = await ask(contract.updateCertificates, { token, body: [changed] })
  expect(refused.status).toBe(400)
  expect(refused.body.details.map(({ path }: Json) => path)).toContain('/recipient/nationality')
  const recipient = { ...changed.recipient, nationality: 'Indian', identity: '872550100V', contact: ['tel:1'] }
  const taken = await ask(contract.updateCertificates, { token, body: [{ ...changed, recipient }] })
  expect(taken.body.results?.[0], JSON.stringify(taken.body)).toMatchObject({ status: 'accepted' })
  await issueWaiting()
})

test('it is suspended, and valid again', async () => {
  const body = { reason: { cause: 'error' as const } }
  const params = { certificateId: SCRIPTS }
  expect((await ask(contract.suspendCertificate, { token, params, body })).status).toBe(200)
  expect(await scanned(scripts.qrValue)).toMatchObject({ state: 'suspended' })
  expect((await ask(contract.liftSuspension, { token, params, body })).status).toBe(200)
  expect(await scanned(scripts.qrValue)).toMatchObject({ state: 'valid' })
})

test('it is cancelled; the signed list says all of it without a connection', async () => {
  const params = { certificateId: SCRIPTS }
  const body = { reason: { cause: 'error' as const } }
  expect((await ask(contract.revokeCertificate, { token, params, body })).status).toBe(200)
  expect(await scanned(scripts.qrValue)).toMatchObject({ state: 'cancelled' })
  const issuer = await anIssuer(liveContext())
  while ((await publishLists(issuer)) > 0);
  while ((await publishRevocationList(issuer)) > 1);
  const listed = await ask(contract.revocationListPage, { params: { page: '1' } })
  const keys = [issuerKeysOf((await ask(contract.didDocument)).body)]
  const page = await readPage(Buffer.from(listed.bytes).toString('utf8'), keys, 1)
  const states =
    typeof page === 'string' ? page : Object.fromEntries(page.entries.map((one) => [one.certificateId, one.state]))
  expect(states).toMatchObject({ [ASCII]: 'superseded', [SCRIPTS]: 'revoked' })
})
