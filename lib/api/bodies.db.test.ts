/** No endpoint takes files, and none takes a body without an end: asked of every row of the contract that has a body. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLES } from '@/lib/auth/roles'
import { anOperator, ask, aToken, cookieOf, startApi, type Asking } from '@/lib/testing/api'
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { largestOf } from './input'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let cookie: string

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  cookie = await cookieOf(await anOperator({ roles: ROLES }))
})
afterAll(() => api.close())

const rows = (Object.values(contract) as Endpoint[]).filter(({ body }) => body)

/** Said before the body is looked at: not for this caller, or not at such an address. */
const BEFORE = new Set(['NOT_ALLOWED', 'SCOPE_MISSING', 'MALFORMED_REQUEST', 'PROOF_REQUIRED', 'VALIDATION_ERROR'])

/** The code that a row refuses a body with, asked as everybody who may call it. */
async function refusalOf(row: Endpoint, asking: Asking): Promise<string> {
  const params = Object.fromEntries([...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1']))
  const here = { cookie, headers: { 'sec-fetch-site': 'same-origin', ...asking.headers } }
  const callers = row.who === 'anyone' ? [{}] : row.who === 'person' ? [here] : [{ token }, here]
  const codes = await Promise.all(
    callers.map(async (as) => {
      const { status, body } = await ask(row, { ...asking, ...as, params } as never)
      return status < 400 ? `accepted (${status})` : (body.code as string)
    }),
  )
  return codes.find((code) => !BEFORE.has(code)) ?? 'before'
}

/** Every row refuses so, but for the few that say something else before. */
async function expectOfAll(wanted: string, asking: (row: Endpoint) => Asking): Promise<void> {
  const found: [string, string][] = []
  for (const row of rows) found.push([row.operation, await refusalOf(row, asking(row))])
  expect(found.filter(([, code]) => code !== wanted && code !== 'before')).toEqual([])
  expect(found.filter(([, code]) => code === wanted).length).toBeGreaterThan(rows.length * 0.75)
}

test('no file is taken, whatever it is said to be', async () => {
  expect(rows.length).toBeGreaterThan(30)
  const form = new FormData()
  form.set('file', new Blob([gzipSync(new Uint8Array(1e6))], { type: 'application/json' }), 'certificate.json')
  await expectOfAll('UNSUPPORTED_MEDIA_TYPE', () => {
    return { raw: form, headers: { 'content-type': 'multipart/form-data; boundary=x' } }
  })
  await expectOfAll('UNSUPPORTED_MEDIA_TYPE', () => {
    return { raw: gzipSync('[]'), headers: { 'content-type': 'application/octet-stream' } }
  })
})

test('nothing that is sent is unpacked', async () => {
  const raw = gzipSync(`${' '.repeat(1e6)}[]`)
  await expectOfAll('MALFORMED_JSON', () => ({ raw, headers: { 'content-encoding': 'gzip' } }))
})

test('no more is read than an endpoint may need: less of somebody whom nobody knows', async () => {
  await expectOfAll('TOO_LARGE', (row) => ({ raw: `"${'a'.repeat(largestOf(row))}"` }))
  expect(largestOf(contract.verifyCredential)).toBe(256 * 1024)
  expect(largestOf(contract.certify)).toBe(1024 * 1024)
})
