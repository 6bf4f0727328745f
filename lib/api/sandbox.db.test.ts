/** The sandbox: whoever is outside sees nothing of it, whoever is inside nothing else; every endpoint that reads is asked. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { scanQr } from '@/lib/rendering/scan'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { loadPublicKey, sandboxSettings } from '@/lib/signing/keys'
import { isSandbox } from '@/lib/signing/sandbox'
import { verifyCredential } from '@/lib/signing/sign'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi, type Asked } from '@/lib/testing/api'
import { aRequest, aV1Request } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { contract } from './contract'
import type { Endpoint } from './endpoint'

/** One side: its token, and a certificate that only this side has, already replaced once. */
interface Side {
  token: string
  preEnrollmentCode: string
  certificateId: string
  replacedId: string
  transactionId: string
}

let api: Awaited<ReturnType<typeof startApi>>
let real: Side
let sandbox: Side
let cookie: string
/** Of a client that asked for none of them: sentences of DIVOC repeat the number that was asked for. */
let quiet: string

beforeAll(async () => {
  api = await startApi({ KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9' })
  real = await aSide('REAL1', {})
  sandbox = await aSide('TRIED1', { sandbox: true })
  quiet = await aToken()
  cookie = await cookieOf(await anOperator({ roles: ['operator', 'supervisor', 'administrator', 'auditor'] }))
})
afterAll(() => api.close())

async function aSide(preEnrollmentCode: string, facts: { sandbox?: boolean }): Promise<Side> {
  const token = await aToken(facts)
  const first = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode })] })
  const body = [aRequest({ preEnrollmentCode, recipient: { name: `Of ${preEnrollmentCode}` } })]
  const second = await ask(contract.updateCertificates, { token, body })
  await issueWaiting()
  const { certificateId, transactionId } = second.body.results[0]
  return { token, preEnrollmentCode, certificateId, transactionId, replacedId: first.body.results[0].certificateId }
}

/** Names by which things of certificates are asked for. */
const OF_CERTIFICATES = ['certificateId', 'transactionId', 'preEnrollmentCode', 'extension']
/** Names of things that a test certificate never has, and of what has nothing to do with certificates. */
const OF_OTHER_THINGS = [
  ...['operatorId', 'facilityCode', 'clientId', 'confirmationId', 'token', 'path'],
  ...['linkId', 'reportId', 'requestId', 'printId', 'recallId', 'listId', 'page', 'issuerId', 'name', 'version'],
  ...['webhookId', 'schemaId', 'contextId', 'runId', 'uploadId', 'reissueId'],
]
/** What is asked of a test certificate next must not depend on them. */
const CHANGES_STATE = new Set(['revokeCertificate', 'suspendCertificate', 'liftSuspension', 'replaceEntity'])
const namesOf = (row: Endpoint) => Object.keys({ ...row.params?.shape, ...row.query?.shape })
const takes = (row: Endpoint, names: string[]) => namesOf(row).some((name) => names.includes(name))
const rows = Object.values(contract) as Endpoint[]
const reading = rows.filter(({ method }) => method === 'GET' || method === 'HEAD')
const byName = rows.filter((row) => takes(row, OF_CERTIFICATES))

function asking(row: Endpoint, about: Side, by: { token?: string; cookie?: string }) {
  const names = { ...about, extension: 'json', entityName: 'VaccinationCertificate' }
  const given = (shape: object = {}) =>
    Object.fromEntries(Object.entries(names).filter(([name]) => name in shape && name !== 'token')) as Record<
      string,
      string
    >
  return ask(row, {
    params: given(row.params?.shape),
    query: given(row.query?.shape),
    headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
    ...(row.body ? { body: row.body.example } : {}),
    ...by,
  })
}

/** Said of what is not there, with another status than 404 (at DIVOC's addresses), or to whoever may not ask at all. */
const NOT_THERE = ['NOT_ALLOWED', 'ENTRY_NOT_FOUND', 'CERTIFICATE_NOT_FOUND']

/** Nothing is said of it: not there, or an answer without any of its numbers and names. */
function expectNothingOf(about: Side, { status, body }: Asked): void {
  if (status === 200) {
    expect(body).not.toBeNull()
    const text = JSON.stringify(body)
    for (const value of [about.certificateId, about.replacedId, about.transactionId, `Of ${about.preEnrollmentCode}`]) {
      expect(text).not.toContain(value)
    }
  } else expect(NOT_THERE.includes(body?.code) ? 404 : status).toBe(404)
}

test('every endpoint that reads asks by names that are known here', () => {
  const unknown = reading
    .filter((row) => row.path.includes('{') && !takes(row, [...OF_CERTIFICATES, ...OF_OTHER_THINGS]))
    .map((row) => `${row.method} ${row.path}`)
  expect(unknown, 'Say above whether these are about certificates').toEqual([])
  expect(byName.length).toBeGreaterThan(15)
})

describe.each(byName.map((row) => [`${row.method} ${row.path}`, row] as const))('%s', (_name, row) => {
  test('says nothing of a test certificate to anybody outside', async () => {
    const outside =
      row.who === 'anyone' ? [{}] : row.who === 'caller' ? [{ token: real.token }, { cookie }] : [{ cookie }]
    for (const by of outside) expectNothingOf(sandbox, await asking(row, sandbox, by))
  })

  test('says nothing of a real certificate to a sandbox client', async () => {
    if (row.who === 'anyone') return
    const answer = await asking(row, real, { token: sandbox.token })
    if (row.who === 'caller') expectNothingOf(real, answer)
    else expect(answer.status).toBe(403)
  })

  test('tells a sandbox client of its own', async () => {
    if (row.who !== 'caller' || row.method === 'DELETE' || CHANGES_STATE.has(row.operation)) return
    const { status, body } = await asking(row, sandbox, { token: sandbox.token })
    // Test certificates have no holder.
    expect([status, body?.code]).toEqual(row.operation === 'makeHolderLink' ? [403, 'NOT_ALLOWED'] : [200, undefined])
  })
})

describe('lists', () => {
  // The log of who did what is about everything that was done, also to tests.
  const lists = reading.filter(
    (row) => !row.path.includes('{') && !takes(row, OF_CERTIFICATES) && row.operation !== 'audit',
  )
  test.each(lists.map((row) => [row.path, row] as const))('%s holds nothing of the sandbox', async (_path, row) => {
    const by = row.who === 'anyone' ? {} : row.operation === 'calls' ? { token: quiet } : { cookie }
    const { bytes } = await ask(row, by)
    const text = new TextDecoder().decode(bytes)
    for (const value of [sandbox.certificateId, sandbox.transactionId, sandbox.preEnrollmentCode, '#sandbox"']) {
      if (row.operation !== 'sandboxDidDocument') expect(text).not.toContain(value)
    }
  })
})

test('"was this replaced or revoked?" knows no test certificates', async () => {
  const of = (certificateId: string) => ask(contract.revoked, { body: { evidence: [{ certificateId }] } })
  expect((await of(real.replacedId)).status).toBe(200)
  expect((await of(sandbox.replacedId)).status).toBe(404)
})

describe('one key on both sides', () => {
  test('is two certificates with histories and allowances of their own, by every door and generation', async () => {
    const item = aV1Request({ preEnrollmentCode: 'BOTH' })
    const certify = (token: string) => ask(contract.divocCertifyV1, { token, body: [item] })
    const answers = await Promise.all([certify(real.token), certify(sandbox.token), certify(sandbox.token)])
    const results = answers.map(({ body }) => body.results[0])
    expect(new Set(results.map(({ certificateId }) => certificateId)).size).toBe(2)
    expect(results.map(({ status }) => status).sort()).toEqual(['accepted', 'accepted', 'already_certified'])
    for (let n = 1; n <= 6; n++) {
      const body = [aV1Request({ preEnrollmentCode: 'BOTH', recipient: { name: `Tried ${n}` } })]
      const { status } = await ask(contract.updateCertificatesV1, { token: sandbox.token, body })
      expect(status).toBe(n <= 5 ? 200 : 412)
    }
    await issueWaiting()
    const of = async (token: string) =>
      (await ask(contract.lineages, { token, query: { preEnrollmentCode: 'BOTH' } })).body.lineages
    expect(await of(real.token)).toMatchObject([{ holderName: 'Meera Joshi', updatesUsed: 0 }])
    expect(await of(sandbox.token)).toMatchObject([{ holderName: 'Tried 5', updatesRemaining: 0 }])
  })

  test('a real update never meets a test certificate, nor the other way round', async () => {
    const body = (code: string) => [aRequest({ preEnrollmentCode: code, recipient: { name: 'Else' } })]
    for (const [token, code] of [
      [real.token, sandbox.preEnrollmentCode],
      [sandbox.token, real.preEnrollmentCode],
    ] as const) {
      const answer = await ask(contract.updateCertificates, { token, body: body(code) })
      expect([answer.status, answer.body.code]).toEqual([412, 'CERTIFICATE_NOT_FOUND'])
    }
  })

  test('previous doses on paper are those of the same side', async () => {
    const dose = (dose: number) => aRequest({ preEnrollmentCode: 'DOSES', vaccination: { dose, totalDoses: 3 } })
    await ask(contract.certify, { token: real.token, body: [dose(1)] })
    const { body } = await ask(contract.certify, { token: sandbox.token, body: [dose(2)] })
    await issueWaiting()
    const { certificateId } = body.results[0]
    const listed = async (token: string, certificateId: string) => {
      const params = { certificateId, extension: 'pdf' }
      const { bytes } = await ask(contract.certificateFile, { token, params })
      return (await readPdf(bytes)).pages[0]!.text.includes('Previous doses')
    }
    expect(await listed(sandbox.token, certificateId)).toBe(false)
    const third = await ask(contract.certify, { token: sandbox.token, body: [dose(3)] })
    await issueWaiting()
    expect(await listed(sandbox.token, third.body.results[0].certificateId)).toBe(true)
  })

  test('a dose that is taken on one side is free on the other, for moves too', async () => {
    const dose = (dose: number, meta = {}) =>
      aRequest({ preEnrollmentCode: 'MOVES', vaccination: { dose, totalDoses: 3 }, meta })
    await ask(contract.certify, { token: real.token, body: [dose(1), dose(2)] })
    await ask(contract.certify, { token: sandbox.token, body: [dose(1)] })
    await issueWaiting()
    const moved = [dose(1, { correctedDose: 2 })]
    const taken = await ask(contract.updateCertificates, { token: real.token, body: moved })
    expect([taken.status, taken.body.code]).toEqual([412, 'DOSE_TAKEN'])
    const free = await ask(contract.updateCertificates, { token: sandbox.token, body: moved })
    expect(free.body.results[0]).toMatchObject({ status: 'accepted', correctedDose: 2 })
    await issueWaiting()
    const of = async (token: string) =>
      (await ask(contract.lineages, { token, query: { preEnrollmentCode: 'MOVES' } })).body.lineages
    expect((await of(sandbox.token)).map(({ dose }: { dose: number }) => dose)).toEqual([2])
    expect((await of(real.token)).map(({ dose }: { dose: number }) => dose)).toEqual([1, 2])
  })
})

describe('a test certificate', () => {
  const file = (side: Side, extension: string) =>
    ask(contract.certificateFile, {
      token: side.token,
      params: { certificateId: side.certificateId, extension },
    })
  const credentialOf = async (side: Side) => JSON.parse(new TextDecoder().decode((await file(side, 'jsonld')).bytes))

  test('is signed with the test key alone, and says so in its QR code', async () => {
    const { settings } = liveContext()
    const [key, testKey] = [await loadPublicKey(settings), await loadPublicKey(sandboxSettings(settings))]
    const scanned = JSON.parse(unpackQrValue((await scanQr((await file(sandbox, 'png')).bytes))!))
    expect(scanned).toEqual(await credentialOf(sandbox))
    expect(isSandbox(scanned)).toBe(true)
    expect(isSandbox(await credentialOf(real))).toBe(false)
    expect(await verifyCredential(scanned, testKey)).toEqual({ verified: true })
    // A verifier in the field asks for the issuer's key; neither the name nor the signature is that one's.
    expect(await verifyCredential(scanned, key)).toMatchObject({ verified: false })
    scanned.proof.verificationMethod = key.verificationMethod
    expect(await verifyCredential(scanned, key)).toMatchObject({ verified: false })
    expect(await verifyCredential(await credentialOf(real), testKey)).toMatchObject({ verified: false })
  })

  test('the test key is published apart, and a developer verifies with what is published', async () => {
    const published = (await ask(contract.sandboxDidDocument)).body
    const [method, ...more] = published.verificationMethod
    expect(more).toMatchObject([{ id: 'did:web:localhost%3A3000#sandbox', type: 'Multikey' }])
    expect(published.id).toBe('did:india#sandbox')
    expect(method.id).toBe((await credentialOf(sandbox)).proof.verificationMethod)
    const { body } = await ask(contract.didDocument)
    expect(body.verificationMethod).toHaveLength(2)
    expect(JSON.stringify(body)).not.toContain(method.publicKeyBase58)
    expect(JSON.stringify(body)).not.toContain('sandbox')
    expect(JSON.stringify(published)).not.toContain('PRIVATE')
  })

  test('carries TEST – NOT VALID on every form of its page; a real one does not', async () => {
    const words = async (side: Side) => (await readPdf((await file(side, 'pdf')).bytes)).pages[0]!.text
    expect(await words(sandbox)).toContain('TEST – NOT VALID')
    expect(await words(real)).not.toContain('NOT VALID')
    const code = { preEnrollmentCode: sandbox.preEnrollmentCode }
    const latest = await ask(contract.latestPdf, { token: sandbox.token, params: code })
    expect((await readPdf(latest.bytes)).pages[0]!.text).toContain('TEST – NOT VALID')
  })

  test('no other system is told of it', async () => {
    await ask(contract.divocCertify, {
      token: sandbox.token,
      body: [aRequest({ preEnrollmentCode: sandbox.preEnrollmentCode, recipient: { name: 'Differs' } })],
    })
    const { db } = liveContext()
    const told = await db.$queryRaw<{ sandbox: boolean }[]>`
      select distinct l.sandbox from outbox o join lineage l on l.id = o.key`
    expect(told).toEqual([{ sandbox: false }])
  })
})

test('a retry gets the answer of the side it was made on, also when two clients use one key', async () => {
  const headers = { 'idempotency-key': 'the-same-key' }
  const body = [aRequest({ preEnrollmentCode: 'RETRY' })]
  const send = async (token: string) => (await ask(contract.certify, { token, headers, body })).body
  const [first, tried] = [await send(real.token), await send(sandbox.token)]
  expect(tried.results[0].certificateId).not.toBe(first.results[0].certificateId)
  expect([await send(real.token), await send(sandbox.token)]).toEqual([first, tried])
})

describe('emptying the sandbox', () => {
  const count = async () => {
    const [row] = await liveContext().db.$queryRaw<{ real: number; tried: number }[]>`
      select count(*) filter (where not sandbox)::int as real, count(*) filter (where sandbox)::int as tried
      from lineage l where exists (select 1 from transaction t where t.lineage_id = l.id)`
    return row!
  }

  test('removes what this client made, pending work and kept answers included, and nothing else', async () => {
    const token = await aToken({ sandbox: true })
    const headers = { 'idempotency-key': 'once' }
    const body = [aRequest({ preEnrollmentCode: 'MINE' })]
    const first = (await ask(contract.certify, { token, headers, body })).body.results[0]
    await issueWaiting()
    const printed = { kind: 'page', paper: 'a4', copies: 1 }
    const { certificateId } = first
    expect((await ask(contract.countPrint, { token, params: { certificateId }, body: printed })).status).toBe(200)
    await ask(contract.updateCertificates, {
      token,
      body: [aRequest({ preEnrollmentCode: 'MINE', recipient: { name: 'Waits' } })],
    })
    const before = await count()
    const { status, body: answer } = await ask(contract.resetSandbox, { token })
    expect([status, answer]).toEqual([200, { removed: { certificates: 1, transactions: 2 } }])
    expect(await count()).toEqual({ ...before, tried: before.tried - 1 })
    expect((await asking(contract.certificate, { ...sandbox, ...first }, { token })).status).toBe(404)
    expect((await asking(contract.certificate, sandbox, { token: sandbox.token })).status).toBe(200)
    const again = (await ask(contract.certify, { token, headers, body })).body.results[0]
    expect(again).toMatchObject({ status: 'accepted', updatesUsed: 0 })
    expect(again.certificateId).not.toBe(first.certificateId)
    expect((await ask(contract.resetSandbox, { token })).status).toBe(200)
    expect((await ask(contract.resetSandbox, { token })).body.removed).toEqual({ certificates: 0, transactions: 0 })
  })

  test('is for sandbox clients: a real one and an operator are refused, and nothing goes', async () => {
    const before = await count()
    for (const by of [{ token: real.token }, { cookie, headers: { origin: ORIGIN } }]) {
      const { status, body } = await ask(contract.resetSandbox, by)
      expect([status, body.code]).toEqual([403, 'NOT_ALLOWED'])
    }
    expect((await ask(contract.resetSandbox)).status).toBe(401)
    expect(await count()).toEqual(before)
  })

  test('while certificates are being made and issued: both end well, again and again', async () => {
    const token = await aToken({ sandbox: true })
    const certify = (n: number) =>
      ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: `BUSY${n % 3}` })] })
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([
        certify(round),
        ask(contract.resetSandbox, { token }),
        issueWaiting(),
        certify(round + 1),
      ])
      for (const answer of answers) if (answer) expect(answer.status).toBe(200)
    }
    await issueWaiting()
    await ask(contract.resetSandbox, { token })
    expect((await ask(contract.resetSandbox, { token })).body.removed).toEqual({ certificates: 0, transactions: 0 })
  })
})
