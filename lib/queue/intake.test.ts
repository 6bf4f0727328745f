import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Config } from '@/lib/config'
import { metrics } from '@/lib/operations/metrics'
import { runIntake, untilWritten } from './intake'
import type { Received } from './kafka'

const message: Received = { topic: 'certify', partition: 0, offset: '7', timestamp: '0', value: null, headers: {} }
const running = new AbortController().signal

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/none')
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** An intake that fails; the database answers, or not, as told. */
function failing(databaseAnswers: (asked: number) => boolean) {
  const heard = { accepted: 0, asked: 0, setAside: 0, beats: 0 }
  return {
    heard,
    intake: {
      async accept() {
        heard.accepted++
        throw new Error('again')
      },
      async setAside() {
        heard.setAside++
      },
      async databaseAnswers() {
        if (!databaseAnswers(++heard.asked)) throw new Error('away')
      },
    },
    stillOurs: async () => void heard.beats++,
  }
}

test('a message that fails again and again although the database answers is set aside, once', async () => {
  const { intake, stillOurs, heard } = failing(() => true)
  const handled = untilWritten(intake, message, stillOurs, running)
  await vi.runAllTimersAsync()
  await handled
  expect(heard).toMatchObject({ accepted: 10, setAside: 1 })
})

test('an outage of the database counts nothing against a message, and the partition is kept meanwhile', async () => {
  const { intake, stillOurs, heard } = failing((asked) => asked > 500)
  const handled = untilWritten(intake, message, stillOurs, running)
  await vi.runAllTimersAsync()
  await handled
  expect(heard).toMatchObject({ accepted: 510, setAside: 1 })
  expect(heard.beats).toBeGreaterThan(heard.accepted)
})

test('a partition that went to another consumer is let go at once', async () => {
  const { intake, heard } = failing(() => true)
  const handled = untilWritten(intake, message, () => Promise.reject(new Error('rebalance')), running)
  const outcome = expect(handled).rejects.toThrow('rebalance')
  await vi.runAllTimersAsync()
  await outcome
  expect(heard).toMatchObject({ accepted: 1, setAside: 0 })
})

test('whoever reads a topic says so from its start, so that a broker that was never reached is seen', async () => {
  const kafka = {
    group: 'errata',
    topics: { certify: 'certify', vc_certify: 'vc-certify' },
  }
  const ended = AbortSignal.abort()
  await runIntake({ kafka } as unknown as Config, failing(() => true).intake, ended)
  await runIntake({ kafka } as unknown as Config, failing(() => true).intake, ended, 'vc_certify')
  const { values } = await metrics.consumerJoined.get()
  expect(values.map(({ labels, value }) => [labels.topic, value])).toEqual([
    ['certify', 0],
    ['vc_certify', 0],
  ])
})
