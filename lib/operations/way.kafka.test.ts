/** The way of a correction over all processes: web handler, worker, broker, relay, and back in; in the logs and as one trace. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { log } from '@/lib/log'
import { ask, aToken, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { kafkaEnvironment, until, Wire } from '@/lib/testing/kafka/installation'
import { endTracing } from './tracing'

interface SpanSent {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: { key: string; value: { stringValue?: string } }[]
}

let brokers: Awaited<ReturnType<typeof startBrokers>>
let api: Awaited<ReturnType<typeof startApi>>
let collector: Server
let wire: Wire
const spans: SpanSent[] = []
const paths = new Set<string>()
const processes: Record<string, { child: ChildProcess; lines: string[] }> = {}

beforeAll(async () => {
  brokers = await startBrokers()
  collector = createServer((request, response) => {
    paths.add(`${request.method} ${request.url} ${request.headers['content-type']}`)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const sent = JSON.parse(Buffer.concat(parts).toString()) as {
        resourceSpans: { scopeSpans: { spans: SpanSent[] }[] }[]
      }
      spans.push(...sent.resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)))
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  api = await startApi({
    ...kafkaEnvironment(brokers),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    NODE_ENV: 'production',
  })
  wire = new Wire(brokers)
  await wire.makeTopics(Object.values(liveContext().settings.kafka.topics))
  const file = await bundle('lib/worker.ts')
  for (const role of ['worker', 'relay']) {
    const env = { ...process.env, ROLES: role, LOG_LEVEL: 'debug', HEALTH_PORT: String(await freePort()) }
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const lines: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text))
    processes[role] = { child, lines }
  }
})
afterAll(async () => {
  for (const { child } of Object.values(processes)) child.kill('SIGKILL')
  await wire.close()
  await api.close()
  collector.close()
  await brokers.stop()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const OUTSIDE = '00f067aa0ba902b7'
const OTHER_TRACE = 'a3ce929d0e0e47364bf92f3577b34da6'
const linesOf = (role: string, id: string) =>
  processes[role]!.lines.join('')
    .split('\n')
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line) as { msg: string; topic?: string })

test('one id finds every step in the lines of every process, and the steps are one trace', async () => {
  const token = await aToken()
  const { topics } = liveContext().settings.kafka
  const certified = await wire.listen(topics.certified)
  const here = vi.spyOn(log(), 'info')
  const requestId = 'the-request-of-this-test'
  const headers = { 'x-request-id': requestId, traceparent: `00-${TRACE}-${OUTSIDE}-01` }
  const { body } = await ask(contract.certify, { token, headers, body: [aRequest({ preEnrollmentCode: 'W1' })] })
  const { transactionId } = body.results[0]
  // A component that writes to the topic itself, and brings its own trace along.
  const theirs = { traceparent: `00-${OTHER_TRACE}-${OUTSIDE}-01`, 'errata-request': 'request-of-theirs' }
  const value = JSON.stringify(aRequest({ preEnrollmentCode: 'W2' }))
  await wire.send(topics.certify, [{ key: null, value, headers: theirs }])
  await until(() => certified.length === 2)
  const ours = certified.find((one) => one.headers['errata-request'] === requestId)!
  expect(ours.headers['errata-transaction']).toBe(transactionId)
  expect(ours.headers.traceparent).toContain(`00-${TRACE}-`)
  const said = (line: { msg: string; topic?: string }) => `${line.msg} ${line.topic}`
  const wanted = ['certify', 'certified', 'proc_status', 'notify'].map((topic) => `published ${topic}`)
  wanted.push('message handled certify')
  await until(() => wanted.every((step) => linesOf('relay', requestId).map(said).includes(step)))
  await until(() => linesOf('relay', 'request-of-theirs').some((line) => line.msg === 'message handled'))

  for (const id of [requestId, transactionId]) {
    expect(JSON.stringify(here.mock.calls.filter(([line]) => JSON.stringify(line).includes(id)))).toContain('accepted')
    expect(linesOf('worker', id).map(({ msg }) => msg)).toContain('issued')
    expect(linesOf('relay', id).map(said)).toEqual(expect.arrayContaining(wanted))
  }
  expect(linesOf('worker', 'request-of-theirs').map(({ msg }) => msg)).toContain('issued')

  // What is left is sent when a process ends.
  for (const { child } of Object.values(processes)) {
    const over = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await over).toBe(0)
  }
  await endTracing()
  expect([...paths]).toEqual(['POST /v1/traces application/json'])
  const trace = spans.filter((span) => span.traceId === TRACE)
  const parents = new Map([[OUTSIDE, 'outside'], ...trace.map(({ spanId, name }) => [spanId, name] as const)])
  const steps = trace.map(({ name, parentSpanId }) => `${parents.get(parentSpanId ?? '')} > ${name}`)
  expect(steps.sort()).toEqual(
    [
      'outside > POST /v3/certify',
      'POST /v3/certify > accept certify',
      'accept certify > publish certify',
      'accept certify > consume certify',
      'accept certify > issue certify',
      ...['claim', 'sign', 'write', 'read_back', 'commit'].map((step) => `issue certify > issue ${step}`),
      'issue certify > sign',
      'accept certify > publish certified',
      'accept certify > publish proc_status',
      'accept certify > publish notify',
    ].sort(),
  )
  const taken = spans.filter((span) => span.traceId === OTHER_TRACE).map(({ name }) => name)
  for (const step of ['consume certify', 'accept certify', 'issue certify', 'publish certified']) {
    expect(taken).toContain(step)
  }
  const told = JSON.stringify(spans)
  for (const secret of ['W1', 'W2', 'John', token]) expect(told).not.toContain(secret)
})
