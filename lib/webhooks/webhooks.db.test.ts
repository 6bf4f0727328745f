/** Messages to source systems, from the certificate to a real HTTP server. */
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { noteEndedSuspensions } from '@/lib/certificates/change-status'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { issueNext } from '@/lib/certificates/issue'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { MOST_ATTEMPTS } from './back-off'
import { EVENTS } from './events'
import type { Resolver } from './post'
import { sendDue, type Ways } from './deliver'
import { claimDue } from './store-due'

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const NEVER = new AbortController().signal

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver of the test's own; `answer` says what it answers, null = nothing. */
interface Receiver {
  url: string
  got: Got[]
  answer: (got: Got) => number | null
  close: () => Promise<void>
}

let api: Awaited<ReturnType<typeof startApi>>
let cookie: string
let receiver: Receiver
let server: Server[]

beforeAll(async () => {
  api = await startApi({ WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8' })
  cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
})
beforeEach(async () => {
  server = []
  receiver = await aReceiver()
  await liveContext().db.webhook.deleteMany()
})
afterEach(async () => {
  for (const one of server) {
    one.closeAllConnections()
    await new Promise((resolve) => one.close(resolve))
  }
})
afterAll(() => api.close())

async function aReceiver(): Promise<Receiver> {
  const own: Receiver = { url: '', got: [], answer: () => 204, close: async () => {} }
  const listening = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const got = { headers: request.headers, body: Buffer.concat(parts).toString('utf8') }
      own.got.push(got)
      const status = own.answer(got)
      if (status === null) return
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('ok')
    })
  })
  server.push(listening)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  own.url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/hooks`
  return own
}

/** As the administrator, from our own pages. */
const administer = (row: Parameters<typeof ask>[0], asking: Parameters<typeof ask>[1] = {}) =>
  ask(row, { cookie, headers: OWN_PAGE, ...asking })

async function aClient(facts: Parameters<typeof aToken>[0] = {}) {
  const token = await aToken(facts)
  const { id } = await liveContext().db.apiClient.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  return { token, clientId: id }
}

async function aWebhook(clientId: string, facts: Record<string, unknown> = {}) {
  const { status, body } = await administer(contract.addWebhook, {
    params: { clientId },
    body: { url: receiver.url, ...facts },
  })
  expect(status).toBe(200)
  return { webhookId: body.webhook.webhookId as string, secret: body.secret as string }
}

/** Sends what is due at a moment, and waits until every outcome is written. */
async function deliver(ways: Ways & { at?: Date; places?: number } = {}): Promise<number> {
  const { at, ...rest } = ways
  const context = at ? { ...liveContext(), now: () => at } : liveContext()
  const sendings = await sendDue(context, NEVER, rest)
  await Promise.all(sendings)
  return sendings.length
}

async function certify(token: string, code: string = randomUUID(), facility = 'Colombo') {
  const item = aRequest({ preEnrollmentCode: code, facility: { name: facility } })
  const { body } = await ask(contract.certify, { token, body: [item] })
  await issueWaiting()
  return { code, item, transactionId: body.results[0].transactionId as string }
}

const logOf = async (webhookId: string, query: Record<string, string> = {}) =>
  (await administer(contract.webhookDeliveries, { params: { webhookId }, query })).body.deliveries

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

/** What the specification says a receiver does, from the specification: nothing of ours. */
function verified({ headers, body }: Got, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.')
  const expected = createHmac('sha256', key).update(signed).digest('base64')
  const fresh = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 300
  return fresh && String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`)
}

describe('what is told', () => {
  test('a certificate, its correction and its end: signed, in order, without a word about the person', async () => {
    const { token, clientId } = await aClient()
    const { secret } = await aWebhook(clientId)
    const { code, item, transactionId } = await certify(token)
    await ask(contract.updateCertificates, {
      token,
      body: [{ ...item, recipient: { ...(item.recipient as object), name: 'Saraswathy T K' } }],
    })
    await issueWaiting()
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    const certificateId = found.body.lineages[0].current.certificateId as string
    const reason = { cause: 'other', note: 'A look' }
    const params = { certificateId }
    const until = new Date(Date.now() + 60_000).toISOString()
    await ask(contract.suspendCertificate, { token, params, body: { reason, until } })
    await ask(contract.liftSuspension, { token, params, body: { reason } })
    await ask(contract.revokeCertificate, { token, params, body: { reason } })
    while ((await deliver()) > 0);

    const messages = receiver.got.map(({ body }) => JSON.parse(body))
    messages.sort((one, other) => one.sequence - other.sequence)
    expect(messages.map(({ type }) => type)).toEqual([
      'certificate.issued',
      'certificate.updated',
      'certificate.suspended',
      'certificate.lifted',
      'certificate.revoked',
    ])
    expect(messages[0].data).toEqual({
      transactionId,
      certificateId: messages[1].data.previousCertificateId,
      previousCertificateId: null,
      entityType: 'VaccinationCertificate',
      status: 'SUCCESSFUL',
    })
    expect(messages[1].data).toMatchObject({ certificateId, status: 'SUCCESSFUL' })
    expect(messages[2].data).toMatchObject({ certificateId, status: 'SUSPENDED', until })
    expect(messages[3].data).toMatchObject({ certificateId, status: 'CURRENT' })
    expect(messages[4].data).toMatchObject({ certificateId, status: 'REVOKED' })
    for (const got of receiver.got) {
      expect(verified(got, secret)).toBe(true)
      expect(got.headers['content-type']).toBe('application/json')
      expect(got.headers.authorization).toBeUndefined()
      expect(got.body).not.toContain(code)
      expect(got.body).not.toMatch(/Saraswathy|Bhaya|recipient|name/i)
    }
    expect(verified({ ...receiver.got[0]!, body: receiver.got[0]!.body.replace('issued', 'lifted') }, secret)).toBe(
      false,
    )
  })

  test('a failure is told with its code, and what failed along with it', async () => {
    const { token, clientId } = await aClient()
    await aWebhook(clientId, { events: ['certificate.failed'] })
    const long = aRequest({ preEnrollmentCode: randomUUID(), recipient: { name: 'x'.repeat(50) } })
    const { body } = await ask(contract.certify, { token, body: [long] })
    const { db } = liveContext()
    const id = body.results[0].transactionId as string
    // What does not fit into a QR code is refused at the door; a record that got worse since is not.
    const noise = Array.from({ length: 6000 }, () => randomUUID()).join('')
    const big = { ...long, recipient: { ...(long.recipient as object), name: noise } }
    await db.transaction.update({ where: { id }, data: { request: JSON.parse(JSON.stringify(big)) } })
    await issueWaiting()
    await deliver()
    expect(receiver.got).toHaveLength(1)
    expect(JSON.parse(receiver.got[0]!.body)).toMatchObject({
      type: 'certificate.failed',
      data: { transactionId: id, certificateId: null, status: 'UNSUCCESSFUL', code: 'TOO_LARGE_FOR_QR' },
    })
  })

  test('the end of a suspension that nobody lifted', async () => {
    const { token, clientId } = await aClient()
    await aWebhook(clientId, { events: ['certificate.lifted'] })
    const { code } = await certify(token)
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    const certificateId = found.body.lineages[0].current.certificateId as string
    const body = { reason: { cause: 'other', note: 'A look' }, until: new Date(Date.now() + 60_000).toISOString() }
    await ask(contract.suspendCertificate, { token, params: { certificateId }, body })
    await noteEndedSuspensions({ ...liveContext(), now: () => inHours(1) })
    await deliver({ at: inHours(1) })
    expect(JSON.parse(receiver.got[0]!.body)).toMatchObject({ type: 'certificate.lifted', data: { certificateId } })
  })

  test('only to those who reach the certificate, want the event and are not disabled; a sandbox of its own alone', async () => {
    const [near, far] = [`N${randomUUID().slice(0, 6)}`, `F${randomUUID().slice(0, 6)}`]
    await aFacility(near, `district ${near}`)
    await aFacility(far)
    const told: Record<string, string> = {}
    const clients: Record<string, Awaited<ReturnType<typeof aClient>>> = {}
    const facts = {
      own: { facilityCode: near },
      district: { district: `district ${near}` },
      all: {},
      far: { facilityCode: far },
      programme: { programs: ['another'] },
      sandbox: { sandbox: true },
      disabled: { facilityCode: near },
    }
    for (const [name, one] of Object.entries(facts)) {
      clients[name] = await aClient(one)
      told[(await aWebhook(clients[name].clientId)).webhookId] = name
    }
    const deaf = await aWebhook(clients.own!.clientId, { events: ['certificate.revoked'] })
    told[deaf.webhookId] = 'other event'
    await administer(contract.changeClient, {
      params: { clientId: clients.disabled!.clientId },
      body: { disabled: true },
    })
    await certify(clients.own!.token)
    const heard = async () =>
      (await liveContext().db.webhookDelivery.findMany()).map(({ webhookId }) => told[webhookId]).sort()
    expect(await heard()).toEqual(['all', 'district', 'own'])
    await liveContext().db.webhookDelivery.deleteMany()
    await certify(clients.sandbox!.token)
    expect(await heard()).toEqual(['sandbox'])
  })

  test('nothing of a certificate that was not issued: it is written in the same transaction', async () => {
    const { token, clientId } = await aClient()
    const { webhookId } = await aWebhook(clientId)
    const { db } = liveContext()
    await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: randomUUID() })] })
    const issuer = await anIssuer(liveContext())
    const broken = {
      ...issuer,
      onStep: (step: string) => {
        if (step === 'written') throw new Error('the power went')
      },
    }
    await issueNext(broken, 1).catch(() => {})
    expect(await db.webhookDelivery.count({ where: { webhookId } })).toBe(0)
    // As if nothing had happened it is issued, and told, a little later.
    await db.transaction.updateMany({ where: { state: 'pending' }, data: { nextAttemptAt: new Date(0) } })
    await issueWaiting()
    expect(await db.webhookDelivery.count({ where: { webhookId } })).toBe(1)
  })
})

describe('delivery', () => {
  async function aMessage(facts: Record<string, unknown> = {}) {
    const { token, clientId } = await aClient()
    const webhook = await aWebhook(clientId, facts)
    await certify(token)
    return { ...webhook, token, clientId }
  }

  test('is tried again, later and later, with the same id and bytes, until it arrives', async () => {
    const { webhookId } = await aMessage()
    receiver.answer = () => 503
    await deliver()
    expect(await deliver()).toBe(0)
    const [waiting] = await logOf(webhookId)
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, answerStatus: 503, problem: 'It answered 503.' })
    expect(waiting.ms).toBeGreaterThanOrEqual(0)
    await deliver({ at: inHours(0.01) })
    receiver.answer = () => 200
    await deliver({ at: inHours(0.1) })
    expect(await logOf(webhookId)).toMatchObject([
      { state: 'delivered', attempts: 3, answerStatus: 200, problem: null, nextAttemptAt: null },
    ])
    const [first, ...others] = receiver.got
    expect(others).toHaveLength(2)
    for (const got of others) {
      expect(got.headers['webhook-id']).toBe(first!.headers['webhook-id'])
      expect(got.body).toBe(first!.body)
    }
  })

  test('fails for good after about a day, is kept, and one or all of them are sent again on demand', async () => {
    const { webhookId, token } = await aMessage()
    receiver.answer = () => 500
    let hours = 0
    for (let n = 0; n < MOST_ATTEMPTS; n++) await deliver({ at: inHours((hours += n < 9 ? 4 : 13)) })
    expect(receiver.got).toHaveLength(MOST_ATTEMPTS)
    const [failed] = await logOf(webhookId, { state: 'failed' })
    expect(failed).toMatchObject({ state: 'failed', attempts: MOST_ATTEMPTS, nextAttemptAt: null })
    expect(await deliver({ at: inHours(200) })).toBe(0)

    receiver.answer = () => 200
    const one = await administer(contract.replayDeliveries, {
      params: { webhookId },
      body: { deliveryId: failed.deliveryId },
    })
    expect(one.body).toEqual({ replayed: 1 })
    await deliver({ at: inHours(200) })
    expect(receiver.got.at(-1)!.headers['webhook-id']).toBe(failed.deliveryId)
    expect(await logOf(webhookId)).toMatchObject([{ state: 'delivered', attempts: 1 }])

    await certify(token)
    await certify(token)
    await liveContext().db.webhookDelivery.updateMany({
      where: { webhookId, state: 'waiting' },
      data: { state: 'failed' },
    })
    const all = await administer(contract.replayDeliveries, { params: { webhookId }, body: {} })
    expect(all.body).toEqual({ replayed: 2 })
    const none = { params: { webhookId }, body: { deliveryId: randomUUID() } }
    expect((await administer(contract.replayDeliveries, none)).status).toBe(404)
  })

  test('of a worker that died in the middle goes to the next when the lease has run out', async () => {
    const { webhookId } = await aMessage()
    const { db } = liveContext()
    await claimDue(db, { token: randomUUID(), at: new Date(), until: inHours(0.05), limit: 10, ofEach: 4 })
    expect(await deliver()).toBe(0)
    await deliver({ at: inHours(0.1) })
    expect(receiver.got).toHaveLength(1)
    expect(await logOf(webhookId)).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })

  test('of a worker that was told to stop goes to the next at once, with the same id', async () => {
    const { webhookId } = await aMessage()
    const stop = new AbortController()
    receiver.answer = () => {
      stop.abort()
      return null
    }
    await Promise.all(await sendDue(liveContext(), stop.signal))
    expect(receiver.got).toHaveLength(1)
    receiver.answer = () => 200
    expect(await deliver()).toBe(1)
    expect(receiver.got).toHaveLength(2)
    expect(receiver.got[1]!.headers['webhook-id']).toBe(receiver.got[0]!.headers['webhook-id'])
    expect(await logOf(webhookId)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  test('two workers never send the same message at once', async () => {
    await aMessage()
    const both = await Promise.all([sendDue(liveContext(), NEVER), sendDue(liveContext(), NEVER)])
    await Promise.all(both.flat())
    expect(receiver.got).toHaveLength(1)
  })

  test('a receiver that does not answer holds up nobody else', async () => {
    const slow = await aReceiver()
    slow.answer = () => null
    const { token, clientId } = await aClient()
    const slowOne = await aWebhook(clientId, { url: slow.url })
    const quick = await aWebhook(clientId)
    for (let n = 0; n < 8; n++)
      await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: randomUUID() })] })
    await issueWaiting()
    const places = { places: 10, timeoutMs: 1500 }
    const first = await sendDue(liveContext(), NEVER, places)
    // Four of each at most, so the quick one gets its places although the slow one has as much waiting.
    await expect.poll(() => receiver.got.length).toBe(4)
    await expect.poll(async () => (await sendDue(liveContext(), NEVER, places)).length).toBe(4)
    await expect.poll(() => receiver.got.length).toBe(8)
    expect(slow.got).toHaveLength(4)
    expect(await logOf(quick.webhookId, { state: 'delivered' })).toHaveLength(8)
    await Promise.all(first)
    const log = await logOf(slowOne.webhookId)
    expect(log.filter(({ attempts }: { attempts: number }) => attempts === 1)).toHaveLength(4)
    expect(log.find(({ attempts }: { attempts: number }) => attempts === 1)).toMatchObject({
      answerStatus: null,
      problem: 'There was no answer within 1.5 seconds.',
    })
    // One at a time from now on.
    expect(await sendDue(liveContext(), NEVER, places)).toHaveLength(1)
  })

  test('nothing goes to a client that was disabled, or through a webhook that was switched off, until they are back', async () => {
    const { clientId, webhookId } = await aMessage()
    const switchClient = (disabled: boolean) =>
      administer(contract.changeClient, { params: { clientId }, body: { disabled } })
    const switchHook = (disabled: boolean) =>
      administer(contract.changeWebhook, { params: { webhookId }, body: { disabled } })
    await switchClient(true)
    expect(await deliver()).toBe(0)
    await switchClient(false)
    await switchHook(true)
    expect(await deliver()).toBe(0)
    await switchHook(false)
    expect(await deliver()).toBe(1)
    expect(receiver.got).toHaveLength(1)
  })

  test('redirects are not followed, and an endless answer is not read to its end', async () => {
    const { webhookId } = await aMessage()
    receiver.answer = () => 302
    await deliver()
    expect(await logOf(webhookId)).toMatchObject([
      { answerStatus: 302, problem: 'It answered 302: redirects are not followed.' },
    ])
    const endless = createServer((_request, response) => {
      response.writeHead(200)
      const more = setInterval(() => response.write('x'.repeat(20_000)), 1)
      response.on('close', () => clearInterval(more))
    })
    server.push(endless)
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`
    await administer(contract.changeWebhook, { params: { webhookId }, body: { url } })
    await deliver({ at: inHours(0.1) })
    expect(await logOf(webhookId)).toMatchObject([{ state: 'delivered', answerStatus: 200 }])
  })

  test('a name that leads to an inner network is refused when it is connected to, whatever it led to before', async () => {
    const { token, clientId } = await aClient()
    const { webhookId } = await aWebhook(clientId, { url: 'https://rebinding.example/hooks' })
    await certify(token)
    for (const address of ['10.0.0.5', '169.254.169.254', '::1', '::ffff:10.0.0.1']) {
      let asked = 0
      const resolve: Resolver = (_name, tell) => {
        asked++
        tell(null, [{ address, family: address.includes(':') ? 6 : 4 }])
      }
      await liveContext().db.webhookDelivery.updateMany({ data: { nextAttemptAt: new Date(0) } })
      await deliver({ resolve })
      expect(asked).toBe(1)
      const problem = 'Its name leads to an inner network, to which nothing is sent.'
      expect(await logOf(webhookId)).toMatchObject([{ answerStatus: null, problem }])
    }
  })

  test('the socket goes to the address that was checked: the name is looked up once, and the rest of it left out', async () => {
    const { token, clientId } = await aClient()
    const port = new URL(receiver.url).port
    const { webhookId } = await aWebhook(clientId)
    await liveContext().db.webhook.update({
      where: { id: webhookId },
      data: { url: `http://rebinding.example:${port}/` },
    })
    await certify(token)
    let asked = 0
    const resolve: Resolver = (_name, tell) => {
      asked++
      // First a forbidden one, then the allowed one; and at a second look the forbidden one alone.
      if (asked > 1) return tell(null, [{ address: '10.0.0.5', family: 4 }])
      tell(null, [
        { address: '10.0.0.5', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ])
    }
    await deliver({ resolve })
    expect(asked).toBe(1)
    expect(receiver.got[0]!.headers.host).toBe(`rebinding.example:${port}`)
  })

  test('a webhook at which nothing arrives for days stops, tells administrators, and goes on where it stopped', async () => {
    const { webhookId, token, clientId } = await aMessage()
    receiver.answer = () => 500
    let hours = 0
    for (let n = 0; n < MOST_ATTEMPTS; n++) await deliver({ at: inHours((hours += 13)) })
    const stopped = await administer(contract.webhooksStopped)
    expect(stopped.body.webhooks).toMatchObject([{ webhookId, clientId }])
    expect(await liveContext().db.auditEvent.count({ where: { action: 'webhook.stopped' } })).toBe(1)

    await certify(token)
    expect(await deliver({ at: inHours(hours + 1) })).toBe(0)
    // A test message goes out all the same: does it answer again?
    receiver.answer = () => 200
    await administer(contract.testWebhook, { params: { webhookId } })
    expect(await deliver({ at: inHours(hours + 1) })).toBe(1)
    const back = await administer(contract.changeWebhook, { params: { webhookId }, body: { disabled: false } })
    expect(back.body).toMatchObject({ stoppedAt: null, failingSince: null, waiting: 1, failed: 1 })
    expect(await deliver({ at: inHours(hours + 1) })).toBe(1)
    expect((await administer(contract.webhooksStopped)).body.webhooks).toEqual([])
  })
})

describe('administrators', () => {
  test('a secret is told once and kept sealed; while it is replaced both sign', async () => {
    const { clientId } = await aClient()
    const { webhookId, secret } = await aWebhook(clientId, { callbackToken: 'Bearer of-divoc' })
    const row = await liveContext().db.webhook.findUniqueOrThrow({ where: { id: webhookId } })
    expect(Buffer.from(row.secret).includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false)
    expect(Buffer.from(row.callbackToken!).toString('latin1')).not.toContain('of-divoc')
    const view = await administer(contract.webhook, { params: { webhookId } })
    expect(JSON.stringify(view.body)).not.toContain(secret)
    const given = await administer(contract.replaceWebhookSecret, {
      params: { webhookId },
      query: { overlapHours: 24 },
    })
    expect(given.body.secret).not.toBe(secret)

    await administer(contract.testWebhook, { params: { webhookId } })
    await deliver()
    expect(verified(receiver.got[0]!, secret)).toBe(true)
    expect(verified(receiver.got[0]!, given.body.secret)).toBe(true)
    expect(receiver.got[0]!.headers.authorization).toBe('Bearer of-divoc')
    const at = inHours(25)
    await administer(contract.testWebhook, { params: { webhookId } })
    await deliver({ at })
    expect(receiver.got[1]!.headers['webhook-signature']).not.toContain(' ')
    const audited = await liveContext().db.auditEvent.findMany({ where: { action: { startsWith: 'webhook.' } } })
    expect(JSON.stringify(audited.map(({ detail }) => detail))).not.toContain(secret)
  })

  test('DIVOC’s callback: its token as it is, its record at the top of the body', async () => {
    const { token, clientId } = await aClient()
    await aWebhook(clientId, { callbackToken: 'Bearer of-divoc' })
    const { transactionId } = await certify(token)
    await deliver()
    const body = JSON.parse(receiver.got[0]!.body)
    expect(body).toMatchObject({ transactionId, entityType: 'VaccinationCertificate', status: 'SUCCESSFUL' })
    expect(body.certificateId).toBe(body.data.certificateId)
  })

  test('a test message is tried once, and the log says what came of it', async () => {
    const { clientId } = await aClient()
    const { webhookId } = await aWebhook(clientId)
    receiver.answer = () => 404
    const { body } = await administer(contract.testWebhook, { params: { webhookId } })
    await deliver()
    expect(await deliver({ at: inHours(100) })).toBe(0)
    expect(await logOf(webhookId)).toMatchObject([
      { deliveryId: body.deliveryId, type: 'webhook.test', state: 'failed', answerStatus: 404, certificateId: null },
    ])
  })

  test('addresses that nothing is sent to are refused with the reason', async () => {
    const { clientId } = await aClient()
    for (const url of ['http://hospital.example/', 'https://10.0.0.1/', 'https://u:p@hospital.example/', 'nonsense']) {
      const refused = await administer(contract.addWebhook, { params: { clientId }, body: { url } })
      expect(refused.status).toBe(400)
      expect(refused.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: '/url' }] })
    }
    const odd = { url: receiver.url, events: ['certificate.printed'] }
    expect((await administer(contract.addWebhook, { params: { clientId }, body: odd })).status).toBe(400)
    const none = { url: receiver.url, events: [] }
    expect((await administer(contract.addWebhook, { params: { clientId }, body: none })).status).toBe(400)
  })

  test('no token and nobody but administrators; what is not there is not found', async () => {
    const { token, clientId } = await aClient()
    const { webhookId } = await aWebhook(clientId)
    const clerk = await cookieOf(await anOperator({ roles: ['operator', 'supervisor', 'auditor'] }))
    for (const row of [contract.webhook, contract.webhookDeliveries, contract.testWebhook, contract.removeWebhook]) {
      expect((await ask(row, { token, params: { webhookId } })).status).toBe(403)
      expect((await ask(row, { cookie: clerk, headers: OWN_PAGE, params: { webhookId } })).status).toBe(403)
      expect((await administer(row, { params: { webhookId: randomUUID() } })).status).toBe(404)
    }
    expect((await administer(contract.clientWebhooks, { params: { clientId } })).body.webhooks).toHaveLength(1)
    expect((await administer(contract.removeWebhook, { params: { webhookId } })).body).toEqual({ removed: true })
    expect((await administer(contract.clientWebhooks, { params: { clientId } })).body.webhooks).toEqual([])
  })

  test('events are a closed list', () => expect(new Set(EVENTS).size).toBe(6))
})
