/**
 * Nothing that a person is, has or types is written to any log: a journey through everything that handles records, with
 * values that occur nowhere else, and a search for each of them in whatever was written.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { answerAuth } from '@/lib/auth/next-auth'
import { totpAt } from '@/lib/auth/totp'
import { acceptMessage } from '@/lib/certificates/accept-message'
import { liveContext } from '@/lib/certificates/context'
import { log, traceOf } from '@/lib/log'
import { aFacility, anOperator, ask, aToken, cookieOf, ORIGIN, startApi, type Asking } from '@/lib/testing/api'
import { aRequest, aV1Request } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { everythingWritten, type Written } from '@/lib/testing/everything-written'
import { killed } from '@/lib/testing/worker-child'
import { SIGN_VC } from '@/lib/vc-api/sign'
import { contract } from './contract'
import type { Endpoint } from './endpoint'

let api: Awaited<ReturnType<typeof startApi>>
let written: Written
let worker: ChildProcess
/** What must not be found, and what it is. */
const values = new Map<string, string>()

/** A value that is used and must not be found. */
function secret<Value extends string>(what: string, value: Value): Value {
  values.set(value, what)
  return value
}
const letters = (n: number) => Array.from(randomBytes(n), (byte) => 'bcdfghklmnprstvz'[byte % 16]).join('')
const digits = (n: number) => Array.from(randomBytes(n), (byte) => 1 + (byte % 9)).join('')
const word = (what: string) => secret(what, `${letters(1).toUpperCase()}${letters(9)}`)

beforeAll(async () => {
  written = everythingWritten()
  api = await startApi({ LOG_LEVEL: 'trace', TRUSTED_PROXIES: '1' })
  const program = await bundle('lib/worker.ts')
  worker = spawn(process.execPath, [program], { env: process.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  written.watch(worker)
})
afterAll(async () => {
  written.stop()
  await killed(worker)
  await api.close()
})

/** A person nobody else is, in a request of the second generation. */
function aPerson(code: string = secret('code', `Q${letters(8)}`)) {
  return aRequest({
    preEnrollmentCode: code,
    recipient: {
      name: `${word('name')} ${word('name')}`,
      dob: secret('date of birth', `19${digits(1)}${digits(1)}-0${digits(1)}-1${digits(1)}`),
      gender: 'Male',
      nationality: word('nationality'),
      identity: secret('identity', `did:in.gov.uidai.aadhaar:${digits(12)}`),
      contact: [secret('telephone', `tel:${digits(10)}`), secret('mail', `mailto:${letters(8)}@${letters(8)}.example`)],
      address: {
        addressLine1: word('address'),
        district: word('district'),
        state: word('state'),
        pincode: secret('pincode', digits(7)),
      },
    },
    vaccination: { batch: secret('batch', `B${letters(7)}`), manufacturer: word('manufacturer') },
    vaccinator: { name: word('vaccinator') },
  } as never)
}

const signIn = async (form: Record<string, string>) => {
  const headers = { host: new URL(ORIGIN).host, 'x-forwarded-for': '203.0.113.77' }
  const first = await answerAuth(new Request(`${ORIGIN}/api/auth/csrf`, { headers }))
  const { csrfToken } = await first.json()
  const cookie = first.headers.getSetCookie().map((one) => one.split(';')[0]!)
  const body = new URLSearchParams({ ...form, csrfToken: secret('csrf token', csrfToken), json: 'true' }).toString()
  const request = new Request(`${ORIGIN}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...headers, cookie: cookie.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body,
  })
  const answer = await answerAuth(request)
  for (const set of answer.headers.getSetCookie()) {
    const value = set.split(';')[0]!.split('=')[1] ?? ''
    if (/session-token/.test(set) && value.length > 20) secret('session cookie', value)
  }
  return answer
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let n = 0; !(await holds()); n++) {
    if (n > 100) throw new Error('It did not happen.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Where each value was found that must not be there. */
function found(text: string): string[] {
  return [...values].flatMap(([value, what]) => (isIn(text, value) ? [`${what}: ${value}`] : []))
}

function isIn(text: string, value: string): boolean {
  const parts = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), value.replace(/^\w+:/, '')]
  return [...parts, Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1)].some((one) =>
    text.includes(one),
  )
}

const page = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': secret('address of a client', '198.51.100.213') }

test('a journey through everything leaves no value of it in any log', { timeout: 120_000 }, async () => {
  const { db } = liveContext()
  await aFacility('ELSEWHERE')
  const token = secret('token', await aToken())
  const sandbox = secret('token', await aToken({ sandbox: true }))
  const narrow = secret('token', await aToken({ facilityCode: 'ELSEWHERE', scopes: ['read'] }))
  const person = await anOperator({
    username: secret('username', letters(12)),
    roles: ['operator', 'supervisor', 'administrator'],
  })
  const cookie = await cookieOf(person)
  secret('session cookie', cookie.split('=')[1]!)
  const asPerson = (asking: Asking = {}): Asking => ({ cookie, headers: page, ...asking })

  // Certifying: accepted, refused for many reasons, of the first generation, in the sandbox, broken.
  const original = aPerson()
  const code = original.preEnrollmentCode as string
  const certified = await ask(contract.certify, { token, body: [original] })
  expect(certified).toMatchObject({ status: 200, body: { results: [{}] } })
  const { certificateId, transactionId } = certified.body.results[0]
  secret('certificate number', certificateId)
  await tell(contract.certify, { token, body: [{ ...original, recipient: aPerson(code).recipient }] })
  await tell(contract.certify, { token: sandbox, body: [aPerson()] })
  await tell(contract.certify, { token: narrow, body: [aPerson()] })
  await tell(contract.certify, { token: secret('token', `errata_${letters(30)}`), body: [aPerson()] })
  await tell(contract.certify, {
    token: secret('jwt', `eyJhbGciOiJSUzI1NiJ9.${letters(40)}.${letters(40)}`),
    body: [aPerson()],
  })
  for (const wrong of [
    { dob: word('wrong date') },
    { name: `${word('name')}\u0000` },
    { contact: [word('contact')] },
  ]) {
    await tell(contract.certify, { token, body: [aRequest({ recipient: wrong } as never)] })
  }
  await tell(contract.certify, { token, raw: `[{"recipient": {"name": "${word('name')}"` })
  await tell(contract.certify, { token, raw: `"${word('name')}\n    at ${word('name')} (${word('name')})"` })
  const v1 = aV1Request({
    preEnrollmentCode: secret('code', `V${letters(8)}`),
    recipient: { name: word('name') },
  } as never)
  await tell(contract.certifyV1, { token, body: [v1] })
  await until(
    async () => (await ask(contract.transaction, { token, params: { transactionId } })).body.state === 'issued',
  )

  // Correcting, finding, reading in every form.
  const corrected = {
    ...original,
    recipient: { ...(original.recipient as object), name: `${word('name')} ${word('name')}` },
  }
  const headers = { 'idempotency-key': secret('idempotency key', `once-${letters(12)}`) }
  const updated = await ask(contract.updateCertificates, { token, headers, body: [corrected] })
  expect(updated.status).toBe(200)
  await tell(contract.updateCertificates, { token, headers, body: [aPerson(code)] })
  await tell(contract.updateCertificates, { token: narrow, body: [corrected] })
  await tell(contract.updateCertificates, { token, body: [aPerson()] })
  const next = secret('certificate number', updated.body.results[0].certificateId)
  const last = updated.body.results[0].transactionId
  await until(
    async () => (await ask(contract.transaction, { token, params: { transactionId: last } })).body.state === 'issued',
  )
  for (const as of [{ token }, asPerson(), { token: narrow }]) {
    await tell(contract.lineages, { ...as, query: { preEnrollmentCode: code } })
    await tell(contract.lineages, { ...as, query: { preEnrollmentCode: word('searched code') } })
    await tell(contract.latestPdf, { ...as, params: { preEnrollmentCode: code } })
    for (const accept of [
      'application/json',
      'application/vc+ld+json',
      'application/pdf',
      'image/png',
      'application/vc',
    ]) {
      await tell(contract.certificate, { ...as, headers: { ...page, accept }, params: { certificateId: next } })
    }
  }

  // The holder: a link, wrong and right answers, a report; a confirmation.
  const link = await ask(contract.makeHolderLink, { token, params: { certificateId: next }, body: { days: 30 } })
  const opener = secret('holder link', link.body.url.split('/').at(-1))
  const dateOfBirth = (original.recipient as { dob: string }).dob
  await tell(contract.openHolderLink, {
    params: { token: opener },
    body: { dateOfBirth: secret('date of birth', '1901-02-03') },
    headers: page,
  })
  const opened = await ask(contract.openHolderLink, { params: { token: opener }, body: { dateOfBirth }, headers: page })
  expect(opened.status).toBe(200)
  const holder = opened.headers.get('set-cookie')!.split(';')[0]!
  secret('holder cookie', holder.split('=')[1]!)
  await tell(contract.readHolderLink, { params: { token: opener }, cookie: holder })
  await tell(contract.holderPdf, { params: { token: opener }, cookie: holder })
  const report = { fields: ['recipient.name'], text: `${word('report')} ${word('report')}`, contact: word('contact') }
  await tell(contract.sendHolderReport, { params: { token: opener }, cookie: holder, headers: page, body: report })
  const asked = await ask(
    contract.askHolder,
    asPerson({ body: { corrections: [{ certificateId: next, item: aPerson(code) }] } }),
  )
  if (asked.status === 200) secret('confirmation', asked.body.url.split('/').at(-1))
  await tell(
    contract.countPrint,
    asPerson({ params: { certificateId: next }, body: { kind: 'page', paper: 'a4', copies: 1 } }),
  )
  await tell(contract.preview, asPerson({ body: { certificateId: next, item: aPerson(code) } }))
  await tell(
    contract.saveDraft,
    asPerson({ params: { certificateId: next }, body: { content: { name: word('draft') } } }),
  )

  // Verifying, a recall, cancelling.
  const { bytes } = await ask(contract.certificate, {
    token,
    params: { certificateId: next },
    headers: { accept: 'application/vc+ld+json' },
  })
  const credential = JSON.parse(new TextDecoder().decode(bytes))
  await tell(contract.verifyCredential, { body: credential })
  await tell(contract.verifyCredential, { body: { ...credential, credentialSubject: { name: word('name') } } })
  await tell(contract.revoked, { body: credential })
  const vaccine = (original.vaccination as { name: string }).name
  const batch = (original.vaccination as { batch: string }).batch
  const criteria = { vaccine, batch }
  const recall = { action: 'suspend', criteria, attempt: randomUUID(), reason: word('reason') }
  await tell(contract.previewRecall, asPerson({ body: { action: 'suspend', criteria } }))
  await tell(contract.proposeRecall, asPerson({ body: recall }))
  await tell(
    contract.revokeCertificate,
    asPerson({ params: { certificateId: next }, body: { reason: { cause: 'fraud', note: word('note') } } }),
  )
  await tell(contract.issueCredential, { token, body: { credential: { ...credential, issuer: word('issuer') } } })

  // Signing in: wrong name, wrong password, right, a second factor, a password change.
  const password = secret('password', 'correct horse')
  await signIn({ username: secret('username', letters(14)), password: secret('password', letters(14)) })
  await signIn({
    username: person.username,
    password: secret('password', letters(14)),
    code: secret('code', digits(6)),
  })
  await signIn({ username: person.username, password })
  const begun = await ask(contract.beginSecondFactor, asPerson({ body: { password } }))
  if (begun.status === 200) {
    const shared = secret('second factor', begun.body.secret as string)
    const one = totpAt(shared, Math.floor(Date.now() / 30_000))
    await tell(contract.confirmSecondFactor, asPerson({ body: { code: secret('code', one) } }))
  }
  await tell(
    contract.changePassword,
    asPerson({ body: { current: password, next: secret('password', `${letters(9)} ${letters(9)}`) } }),
  )
  await tell(
    contract.addOperator,
    asPerson({ body: { username: secret('username', letters(10)), name: word('operator'), roles: ['operator'] } }),
  )

  // A message that is refused, and work that fails in the worker.
  const message = { topic: 'certify', partition: 0, offset: '1', timestamp: '1', headers: {} }
  await acceptMessage(liveContext(), {
    ...message,
    value: Buffer.from(JSON.stringify({ preEnrollmentCode: word('code') })),
  })
  await acceptMessage(liveContext(), { ...message, offset: '2', value: Buffer.from(`{"name": "${word('name')}"`) })
  const traced = { 'x-request-id': 'the-request-that-fails' }
  const failing = (await ask(contract.certify, { token, headers: traced, body: [aPerson()] })).body.results[0]
    .transactionId
  await until(
    async () =>
      (await ask(contract.transaction, { token, params: { transactionId: failing } })).body.state === 'issued',
  )
  const broken = JSON.stringify({ recipient: { name: { first: word('name') }, dob: word('date of birth') } })
  await db.$executeRaw`
    update transaction set state = 'pending', finished_at = null, request = ${broken}::jsonb where id = ${failing}::uuid`
  const job = JSON.stringify({ text: `{"name": "${word('name')}", ${word('name')}` })
  await db.$executeRaw`
    insert into signing_job (id, kind, payload) values (${randomUUID()}::uuid, ${SIGN_VC}, ${job}::jsonb)`

  // Every endpoint once more with what it does not expect, in every place of the request.
  for (const row of Object.values(contract) as Endpoint[]) {
    const nonsense = word(`nonsense for ${row.operation}`)
    const params = Object.fromEntries([...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, nonsense]))
    const query = row.query ? Object.fromEntries(Object.keys(row.query.shape).map((name) => [name, nonsense])) : {}
    const raw = row.method === 'GET' || row.method === 'HEAD' ? undefined : JSON.stringify([{ [nonsense]: nonsense }])
    for (const as of [{}, { token }, { cookie, headers: page }]) await tell(row, { ...as, params, query, raw } as never)
  }
  for (const complaint of ['not issued, it is tried again', 'a signature failed', 'message refused']) {
    await until(async () => written.text().includes(complaint))
  }

  expect(values.size).toBeGreaterThan(150)
  const text = written.text()
  expect(text).toMatch(/"requestId":"the-request-that-fails",.*"not issued, it is tried again"/)
  expect(text.split('\n').filter((line) => line.startsWith('{')).length).toBeGreaterThan(200)
  expect(text).toContain('"worker started"')
  expect(found(text)).toEqual([])
  expect(found(databaseLog(await dataDirectory()))).toEqual([])
  const details = await db.auditEvent.findMany({ select: { action: true, detail: true } })
  const happened = ['record.read', 'record.searched', 'holder.opened', 'sign_in.refused', 'recall.', 'access.refused']
  for (const action of happened) expect(details.filter((one) => one.action.startsWith(action))).not.toEqual([])
  // What staff are called belongs into the log of what staff did, and which batch they recalled.
  const ofStaff = /^(username|operator|batch|certificate number):/
  expect(found(JSON.stringify(details)).filter((one) => !ofStaff.test(one))).toEqual([])
})

test('it would be found: in the program’s log, past the logger, in an error’s sentence, and in the database’s log', async () => {
  const name = `${word('name')}`
  const before = written.text().length
  const said = (write: () => void) => {
    const from = written.text().length
    write()
    return found(written.text().slice(from))
  }
  expect(said(() => log().info({ name }))).toHaveLength(1)
  expect(said(() => process.stderr.write(`${name}\n`))).toHaveLength(1)
  // eslint-disable-next-line no-console -- what others' packages do
  expect(said(() => console.error(new Error(name)))).toHaveLength(1)
  expect(said(() => log().error(traceOf(new Error(`${name}\n    at ${name}`))))).toEqual([])
  expect(said(() => log().info({ url: `/c/${encodeURIComponent(name)}` }))).toHaveLength(1)
  expect(written.text().length).toBeGreaterThan(before)
  const client = new pg.Client({ connectionString: inject('testServer') })
  await client.connect()
  const file = (await client.query('show data_directory')).rows[0].data_directory
  const failing = () => client.query('select $1::text::uuid', [name]).catch(() => {})
  await failing()
  expect(found(databaseLog(file))).toEqual([])
  await client.query("set log_min_messages = 'error'")
  await failing()
  await client.end()
  expect(found(databaseLog(file))).toHaveLength(1)
})

/** Asks; what OpenAPI says of the answer is other tests' matter. */
async function tell(row: Endpoint, asking: Asking): Promise<void> {
  await ask(row, asking).catch((error) => {
    if (!/documented/.test(String(error))) throw error
  })
}

async function dataDirectory(): Promise<string> {
  const client = new pg.Client({ connectionString: inject('testServer') })
  await client.connect()
  const { rows } = await client.query('show data_directory')
  await client.end()
  return rows[0].data_directory
}

function databaseLog(dataDirectory: string): string {
  return readFileSync(join(dirname(dataDirectory), 'postgres.log'), 'utf8')
}
