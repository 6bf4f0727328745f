import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Context } from '@/lib/certificates/context'
import { readiness } from '@/lib/api/readiness'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { metrics } from './metrics'
import { differences, lookOnce, marksOf, sameSettings } from './same-settings'
import { workerReadiness } from './worker-readiness'

const BROKER = { KAFKA_BOOTSTRAP_SERVERS: 'localhost:9092', PUBLIC_URL: 'https://certificates.example' }
let database: { url: string; close(): Promise<void> }
const machines: Context[] = []

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await aProcess().db.$executeRaw`delete from in_common`
})
afterAll(async () => {
  await Promise.all(machines.map(({ db }) => db.$disconnect()))
  await database.close()
})

function aProcess(settings: Record<string, string> = {}): Context {
  const context = aContext(database.url, { ...BROKER, ...settings })
  machines.push(context)
  return context
}

test('processes with the same settings agree; a relay needs no address', async () => {
  const web = aProcess({ ROLES: 'web' })
  const relay = aProcess({ ROLES: 'relay', PUBLIC_URL: '' })
  expect([await lookOnce(web, ''), await lookOnce(relay, ''), await lookOnce(web, '')]).toEqual(['', '', ''])
  expect(await sameSettings(relay)).toEqual({ ok: true })
})

test('each says by name what it has otherwise, on /readyz too, and goes on', async () => {
  const web = aProcess({ ROLES: 'web', CERTIFICATE_UPDATE_LIMIT: '2', ISSUER_TIME_ZONE: 'America/Lima' })
  const relay = aProcess({ ROLES: 'relay' })
  await lookOnce(web, '')
  const found = 'CERTIFICATE_UPDATE_LIMIT, ISSUER_TIME_ZONE'
  expect(await lookOnce(relay, '')).toBe(found)
  expect(await lookOnce(web, '')).toBe(found)
  expect((await metrics.settingsDiffer.get()).values).toMatchObject([{ value: 2 }])
  expect((await differences(relay)).others).toEqual([expect.stringMatching(/^web on /)])
  const check = { ok: false, note: `other processes have another ${found}` }
  const stop = new AbortController().signal
  expect(await workerReadiness(relay, { turn: null, stop })).toMatchObject({ ready: true, checks: { settings: check } })
  expect((await readiness(web)).checks.settings).toEqual(check)
  expect(JSON.stringify((await readiness(web)).checks)).not.toContain('relay on')
})

test('a setting is changed by restarting: who has it before counts until it is gone', async () => {
  const before = aProcess({ ROLES: 'worker' })
  const elsewhere = aProcess({ ROLES: 'web' })
  await lookOnce(before, '')
  await lookOnce(elsewhere, '')
  // The same process, restarted with another limit, replaces what it said.
  const after = aProcess({ ROLES: 'worker', DATA_DIR: before.settings.dataDir, CERTIFICATE_UPDATE_LIMIT: '3' })
  expect(await lookOnce(after, '')).toBe('CERTIFICATE_UPDATE_LIMIT')
  expect((await differences(after)).others).toEqual([expect.stringMatching(/^web on /)])
  await after.db.$executeRaw`update in_common set at = now() - interval '31 seconds' where name like 'process web %'`
  expect(await lookOnce(after, 'CERTIFICATE_UPDATE_LIMIT')).toBe('')
  await after.db.$executeRaw`update in_common set at = now() - interval '2 hours' where name like 'process web %'`
  await lookOnce(after, '')
  expect(await after.db.$queryRaw`select name from in_common`).toHaveLength(1)
})

test('every setting that is compared has a mark of its own, and none tells the setting', () => {
  const { settings } = aProcess()
  const usual = marksOf(settings)
  const usualType = settings.signing.keyType
  const other = marksOf(
    aProcess({
      ISSUER_NAME: 'Other',
      ISSUER_TIME_ZONE: 'Asia/Colombo',
      CERTIFICATE_UPDATE_LIMIT: '1',
      CERTIFICATE_ID_DIGITS: '10',
      SIGNING_KEY_TYPE: usualType === 'RSA' ? 'ED25519' : 'RSA',
      CERTIFICATE_DID: 'did:other',
      CERTIFICATE_CONTROLLER_ID: 'https://other.example/',
      CERTIFICATE_PUBKEY_ID: 'https://other.example/key',
      CERTIFICATE_NAMESPACE: 'https://other.example/v1',
      CERTIFICATE_NAMESPACE_V2: 'https://other.example/v2',
      CERTIFICATE_ISSUER: 'https://other.example/issuer',
      CERTIFICATE_BASE_URL: 'https://other.example/base',
      CERTIFICATE_FEEDBACK_BASE_URL: 'https://other.example/feedback',
      CERTIFICATE_INFO_BASE_URL: 'https://other.example/info',
      FACILITY_COUNTRY_CODE: 'OTH',
      IDENTITY_REJECTION_PATTERN: '^OTHER$',
      KAFKA_BOOTSTRAP_SERVERS: '',
      PUBLIC_URL: 'https://other.example',
    }).settings,
  )
  expect(Object.keys(other)).toEqual(Object.keys(usual))
  expect(Object.keys(usual).filter((name) => usual[name] === other[name])).toEqual([])
  expect(Object.values(other).join()).not.toMatch(/other/i)
})
