import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { notePast, traced, traceparentIn } from './tracing'

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

beforeAll(() => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/none')
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', '')
})
afterAll(() => void vi.unstubAllEnvs())

test('without a place to send them no spans are made and none of the packages is loaded; what came along is passed on', async () => {
  const passed = await traced('a step', { parent: PARENT, kind: 'server' }, async (span) => {
    span.set({ 'errata.outcome': 'anything' })
    return span.traceparent
  })
  expect(passed).toBe(PARENT)
  expect(await traced('another', { parent: null }, async ({ traceparent }) => traceparent)).toBeNull()
  await expect(traced('a third', { parent: null }, () => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError)
  notePast({ name: 'past', from: 0, until: 1 }, { parent: PARENT }, [])
  await new Promise((resolve) => setImmediate(resolve))
  const loaded = () =>
    Object.keys(createRequire(import.meta.url).cache).filter((path) =>
      /@opentelemetry\/(sdk|exporter|otlp|resources)/.test(path),
    )
  expect(loaded()).toEqual([])
  await import('@opentelemetry/resources')
  expect(loaded().length).toBeGreaterThan(0)
})

test.each([
  [PARENT, PARENT],
  [
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
  ],
  ['', null],
  [null, null],
  ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', null],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', null],
  ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01', null],
  [`${PARENT}\n{"level":60}`, null],
  [`${PARENT}; drop table transaction`, null],
])('a traceparent is taken as the W3C writes it, or not at all: %j', (given, taken) => {
  expect(traceparentIn(given)).toBe(taken)
})
