/** What /metrics says is compared with what really happened. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { connect } from '@/lib/db'
import { metricsText } from '@/lib/operations/metrics-text'
import { anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { readPrometheusText, valueOf } from '@/lib/testing/prometheus-text'
import { contract } from './contract'

const METRICS_TOKEN = 'only-prometheus-has-this'

let api: Awaited<ReturnType<typeof startApi>>
let token: string

beforeAll(async () => {
  const kafka = { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1' }
  api = await startApi({ METRICS_TOKEN, CERTIFICATE_UPDATE_LIMIT: '1', ...kafka })
  token = await aToken()
})
afterAll(() => api.close())

async function scrape() {
  const answer = await ask(contract.metrics, { token: METRICS_TOKEN })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  return new TextDecoder().decode(answer.bytes)
}
/** A scrape that is not answered from the one before it. */
async function now() {
  await new Promise((resolve) => setTimeout(resolve, 1100))
  return readPrometheusText(await scrape())
}

const ISSUED = { type: 'VaccinationCertificate', kind: 'certify' }
const body = (code: string, name = 'Neha') => [aRequest({ preEnrollmentCode: code, recipient: { name } })]

test('counters and gauges are what happened: accepted, waiting, issued, refused at the limit', async () => {
  const before = await now()
  const grown = (after: typeof before, name: string, labels = {}) =>
    valueOf(after, name, labels) - valueOf(before, name, labels)
  const codes = ['M1', 'M2', 'M3']
  for (const code of codes) expect((await ask(contract.certify, { token, body: body(code) })).status).toBe(200)

  const waiting = await now()
  expect(grown(waiting, 'errata_accepted_total', ISSUED)).toBe(3)
  expect(grown(waiting, 'errata_issued_total', ISSUED)).toBe(0)
  expect(valueOf(waiting, 'errata_transactions', { state: 'waiting' })).toBe(3)
  expect(valueOf(waiting, 'errata_queue_age_seconds')).toBeGreaterThan(1)
  expect(valueOf(waiting, 'errata_outbox_length')).toBe(3)
  expect(valueOf(waiting, 'errata_outbox_age_seconds')).toBeGreaterThan(1)
  expect(valueOf(waiting, 'errata_audit_seal_lag_seconds')).toBeGreaterThan(1)

  await issueWaiting()
  for (const name of ['Second', 'Third', 'Fourth']) {
    await ask(contract.updateCertificates, { token, body: body('M1', name) })
  }
  // The same again, and a look whether it would be accepted, are no refusal and no acceptance.
  await ask(contract.updateCertificates, { token, body: body('M1', 'Second') })
  await ask(contract.certify, { token, body: body('M9'), query: { dryRun: 'true' } })
  await issueWaiting()

  const after = await now()
  expect(grown(after, 'errata_issued_total', ISSUED)).toBe(3)
  expect(grown(after, 'errata_issued_total', { ...ISSUED, kind: 'update' })).toBe(1)
  expect(grown(after, 'errata_accepted_total')).toBe(4)
  expect(grown(after, 'errata_refusals_total', { code: 'UPDATE_LIMIT_REACHED' })).toBe(2)
  expect(grown(after, 'errata_limits_reached_total', { limit: 'updates' })).toBe(2)
  expect(grown(after, 'errata_sign_duration_seconds_count')).toBe(4)
  expect(grown(after, 'errata_accepted_to_issued_seconds_count')).toBe(4)
  for (const step of ['claim', 'sign', 'write', 'read_back', 'commit']) {
    expect(grown(after, 'errata_issue_step_duration_seconds_count', { step }), step).toBeGreaterThanOrEqual(2)
  }
  const updates = { route: '/v3/certificate', method: 'PUT' }
  expect(grown(after, 'errata_request_duration_seconds_count', { ...updates, status: '412' })).toBe(2)
  expect(grown(after, 'errata_request_duration_seconds_count', { ...updates, status: '200' })).toBe(2)
  expect(valueOf(after, 'errata_transactions', { state: 'waiting' })).toBe(0)
  expect(valueOf(after, 'errata_queue_age_seconds')).toBe(0)
  expect(valueOf(after, 'errata_status_list_lag_seconds')).toBeGreaterThan(0)
  expect(valueOf(after, 'errata_database_up')).toBe(1)
})

test('several refused items count each, by their own codes', async () => {
  const before = await now()
  const wrong = [aRequest({ preEnrollmentCode: 'X1' }), aRequest({ preEnrollmentCode: 'X2' })]
  await ask(contract.updateCertificates, { token, body: wrong })
  const after = await now()
  const code = { code: 'CERTIFICATE_NOT_FOUND' }
  expect(valueOf(after, 'errata_refusals_total', code) - valueOf(before, 'errata_refusals_total', code)).toBe(2)
})

test('nothing personal and no code stands in it; figures of Node and the process do', async () => {
  const text = await scrape()
  for (const secret of ['M1', 'Neha', 'Second', token, METRICS_TOKEN]) expect(text).not.toContain(secret)
  for (const usual of [
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
  ]) {
    expect(text).toContain(`# TYPE ${usual} `)
  }
  expect(valueOf(readPrometheusText(text), 'errata_database_pool_connections')).toBeGreaterThan(0)
})

test('it is for Prometheus alone: no source system, no administrator, nobody without its token', async () => {
  const administrator = await anOperator({ roles: ['administrator'] })
  expect((await ask(contract.metrics)).status).toBe(401)
  expect((await ask(contract.metrics, { token })).status).toBe(401)
  expect((await ask(contract.metrics, { cookie: await cookieOf(administrator) })).status).toBe(401)
  expect((await ask(contract.metrics, { headers: { 'x-errata-from-here': 'yes' } })).status).toBe(401)
})

test('without a database the process still says how it is, and what the database would say is missing', async () => {
  const { settings } = liveContext()
  const db = connect('postgresql://nobody@127.0.0.1:1/none')
  const said = readPrometheusText(await metricsText({ db, settings }))
  expect(valueOf(said, 'errata_database_up')).toBe(0)
  expect(said.get('errata_queue_age_seconds')!.samples).toEqual([])
  expect(said.get('errata_transactions')!.samples).toEqual([])
  expect(said.get('process_cpu_seconds_total')!.samples).toHaveLength(1)
  await db.$disconnect()
})
