import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { runRecalls } from '@/lib/recalls/run'
import type { Role } from '@/lib/auth/roles'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let first: string
let second: string
let north: string
let supervisor: string

const SUPERVISES: Role[] = ['operator', 'supervisor']
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const signedIn = async (facts: Parameters<typeof anOperator>[0] = {}) => cookieOf(await anOperator(facts))

beforeAll(async () => {
  api = await startApi()
  await aFacility('NORTH')
  token = await aToken()
  ;[first, second, north, supervisor] = await Promise.all([
    signedIn({ roles: SUPERVISES }),
    signedIn({ roles: SUPERVISES }),
    signedIn({ facilityCode: 'NORTH', roles: SUPERVISES }),
    signedIn({ roles: SUPERVISES }),
  ])
})
afterAll(() => api.close())

const as = (cookie: string, asking: Parameters<typeof ask>[1] = {}) => ({ cookie, headers: OWN_PAGE, ...asking })

async function aBatch(n: number): Promise<string> {
  const batch = `API${randomUUID().slice(0, 8)}`
  const items = Array.from({ length: n }, (_, at) =>
    aRequest({ preEnrollmentCode: `${batch}-${at}`, vaccination: { name: 'Covaxin', batch } }),
  )
  expect((await ask(contract.certify, { token, body: items })).status).toBe(200)
  await issueWaiting()
  return batch
}

const wanted = (batch: string, more: object = {}) => ({
  action: 'suspend',
  criteria: { vaccine: 'Covaxin', batch },
  ...more,
})
const proposed = async (batch: string, cookie = first) =>
  (
    await ask(
      contract.proposeRecall,
      as(cookie, { body: wanted(batch, { attempt: randomUUID(), reason: 'Cold chain' }) }),
    )
  ).body

describe('recalls over the API', () => {
  test('from the preview to the file: everything as documented', async () => {
    const batch = await aBatch(3)
    const preview = await ask(contract.previewRecall, as(first, { body: wanted(batch) }))
    expect(preview.body).toMatchObject({ counts: { covered: 3 }, open: [] })
    const { recallId } = await proposed(batch)
    expect((await ask(contract.previewRecall, as(first, { body: wanted(batch) }))).body.open).toEqual([recallId])
    const params = { recallId }
    expect((await ask(contract.recallsWaiting, as(second))).body.waiting).toBeGreaterThan(0)
    expect((await ask(contract.recalls, as(second))).body.recalls[0]).toMatchObject({ may: { confirm: true } })
    expect((await ask(contract.recall, as(second, { params }))).body).toMatchObject({
      state: 'proposed',
      now: { covered: 3 },
      since: { added: 0, gone: 0 },
    })
    const wrong = await ask(contract.confirmRecall, as(second, { params, body: { batch: 'other' } }))
    expect([wrong.status, wrong.body.details[0].path]).toEqual([400, '/batch'])
    const own = await ask(contract.confirmRecall, as(first, { params, body: { batch } }))
    expect([own.status, own.body.code]).toEqual([403, 'SECOND_PERSON_NEEDED'])
    expect((await ask(contract.confirmRecall, as(second, { params, body: { batch } }))).body.state).toBe('running')
    const late = await ask(contract.cancelRecall, as(first, { params, body: {} }))
    expect([late.status, late.body.code]).toEqual([409, 'RECALL_STATE'])
    while ((await runRecalls(liveContext())) > 0);
    const rows = await ask(contract.recallRows, as(second, { params, query: { state: 'done' } }))
    expect(rows.body.rows).toHaveLength(3)
    const status = await ask(contract.certificateStatus, { params: { certificateId: rows.body.rows[0].certificateId } })
    expect(status.body).toMatchObject({ state: 'suspended', cause: 'recall' })
    const file = await ask(contract.recallFile, as(second, { params }))
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="recall-[0-9a-f]{8}\.csv"$/)
    expect(new TextDecoder().decode(file.bytes).split('\r\n')).toHaveLength(5)
    expect((await ask(contract.knownBatches, as(first, { query: { q: batch } }))).body.batches).toHaveLength(1)
  })

  test('tokens, strangers and other pages get nowhere', async () => {
    const batch = await aBatch(1)
    const { recallId } = await proposed(batch)
    const params = { recallId }
    expect((await ask(contract.recalls, { token })).body.code).toBe('NOT_ALLOWED')
    expect((await ask(contract.recalls)).status).toBe(401)
    const elsewhere = { cookie: second, headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await ask(contract.confirmRecall, { ...elsewhere, params, body: { batch } })).body.code).toBe('NOT_ALLOWED')
    for (const row of [contract.recall, contract.recallRows, contract.recallFile] as const) {
      expect((await ask(row, as(north, { params }))).body.code).toBe('NOT_YOUR_FACILITY')
      expect((await ask(row, as(first, { params: { recallId: randomUUID() } }))).body.code).toBe('NOT_FOUND')
    }
    for (const row of [contract.confirmRecall, contract.cancelRecall] as const) {
      expect((await ask(row, as(north, { params, body: { batch } }))).body.code).toBe('NOT_YOUR_FACILITY')
    }
    expect((await ask(contract.recalls, as(north))).body.recalls).toEqual([])
    const clerk = await signedIn()
    for (const row of [contract.confirmRecall, contract.cancelRecall, contract.stopRecall] as const) {
      const body = row === contract.stopRecall ? undefined : { batch }
      expect((await ask(row, as(clerk, { params, body }))).body.code, row.operation).toBe('NOT_ALLOWED')
    }
    const early = await ask(contract.stopRecall, as(supervisor, { params }))
    expect([early.status, early.body.code]).toEqual([409, 'RECALL_STATE'])
  })

  test('what cannot be is refused, naming the field', async () => {
    const refused = async (body: object) => {
      const { status, body: answer } = await ask(contract.previewRecall, as(first, { body }))
      return [status, answer.code, answer.details?.[0]?.path]
    }
    const criteria = { vaccine: 'Covaxin', batch: 'X' }
    expect(await refused({ action: 'revoke' })).toEqual([400, 'VALIDATION_ERROR', '/criteria'])
    expect(await refused({ action: 'burn', criteria })).toEqual([400, 'VALIDATION_ERROR', '/action'])
    for (const batch of ['', '   ', 'a\u0000b', 'a\nb', 'a\u202eb', 'x'.repeat(301), 7, null]) {
      expect(await refused({ action: 'revoke', criteria: { ...criteria, batch } })).toEqual([
        400,
        'VALIDATION_ERROR',
        '/criteria/batch',
      ])
    }
    const until = (text: string, action = 'suspend') => refused({ action, criteria, until: text })
    expect(await until('2001-01-01T00:00:00Z')).toEqual([400, 'VALIDATION_ERROR', '/until'])
    expect(await until('2999-01-01T00:00:00Z', 'revoke')).toEqual([400, 'VALIDATION_ERROR', '/until'])
    expect(await until('tomorrow')).toEqual([400, 'VALIDATION_ERROR', '/until'])
    expect(await refused({ action: 'lift', recallId: 'x' })).toEqual([404, 'NOT_FOUND', undefined])
    expect(await refused({ action: 'lift' })).toEqual([404, 'NOT_FOUND', undefined])
    const day = (from: string) => refused({ action: 'revoke', criteria: { ...criteria, from } })
    expect(await day('2021-02-30')).toEqual([400, 'VALIDATION_ERROR', '/criteria/from'])
    const nobody = await ask(
      contract.proposeRecall,
      as(first, { body: { action: 'revoke', criteria, attempt: randomUUID(), reason: 'x' } }),
    )
    expect([nobody.status, nobody.body.code]).toEqual([412, 'NOTHING_TO_RECALL'])
  })
})
