/** What an administrator changes about a person or a system counts from the next request on, in sessions and tokens that are in use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi, type Asking } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { liveContext } from '@/lib/certificates/context'
import { ROLES } from './roles'
import { hashToken } from './tokens'

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }

let api: Awaited<ReturnType<typeof startApi>>
let boss: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  await aFacility('MAH', 'Colombo')
  await aFacility('GAL', 'Galle')
  await aFacility('KAN', 'Kandy')
  boss = await cookieOf(await anOperator({ roles: ROLES }))
})
afterAll(() => api.close())

const administer = async (row: Endpoint, asking: Asking) => {
  const { status, body } = await ask(row, { cookie: boss, headers: OWN_PAGE, ...asking })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const change = (id: string, body: object) => administer(contract.changeOperator, { params: { operatorId: id }, body })

/** A certificate of a facility. */
async function certified(facilityCode: string): Promise<string> {
  const token = await aToken({ facilityCode })
  const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: `PRIV${++count}` })] })
  await issueWaiting()
  return body.results[0].certificateId
}

describe('of a person who is signed in', () => {
  test.each([
    ['administrator', contract.operators],
    ['auditor', contract.audit],
    ['operator', contract.drafts],
  ] as const)('the role %s is taken away, and given back, while the session goes on', async (role, row) => {
    const others = ROLES.filter((one) => one !== role && (role !== 'operator' || one !== 'supervisor'))
    const person = await anOperator({ roles: ROLES })
    const cookie = await cookieOf(person)
    const allowed = async () => (await ask(row as Endpoint, { cookie })).status
    expect(await allowed()).toBe(200)
    await change(person.id, { roles: others })
    expect(await allowed()).toBe(403)
    await change(person.id, { roles: ROLES })
    expect(await allowed()).toBe(200)
  })

  test('a supervisor who is one no more revokes nothing', async () => {
    const certificateId = await certified('MAH')
    const person = await anOperator({ facilityCode: 'MAH', roles: ['operator', 'supervisor'] })
    const cookie = await cookieOf(person)
    const asking = {
      ...{ cookie, headers: OWN_PAGE, params: { certificateId } },
      body: { reason: { cause: 'error' } },
    }
    await change(person.id, { roles: ['operator'] })
    expect((await ask(contract.revokeCertificate, asking)).body.code).toBe('NOT_ALLOWED')
    await change(person.id, { roles: ['operator', 'supervisor'] })
    expect((await ask(contract.revokeCertificate, asking)).status).toBe(200)
  })

  test('the facility, or the district of a supervisor, is another one', async () => {
    const certificateId = await certified('MAH')
    const person = await anOperator({ facilityCode: 'MAH', roles: ['supervisor'] })
    const cookie = await cookieOf(person)
    const reads = async () => (await ask(contract.certificate, { cookie, params: { certificateId } })).status
    expect(await reads()).toBe(200)
    await change(person.id, { facilityCode: 'GAL' })
    expect(await reads()).toBe(403)
    await change(person.id, { district: 'Colombo' })
    expect(await reads()).toBe(200)
    await administer(contract.changeFacility, { params: { facilityCode: 'MAH' }, body: { district: 'Galle' } })
    await change(person.id, { district: 'Kandy' })
    expect(await reads()).toBe(403)
    await administer(contract.changeFacility, { params: { facilityCode: 'MAH' }, body: { district: 'Colombo' } })
  })

  test('disabled, the facility disabled, the password given anew, signed out by somebody else: nothing goes on', async () => {
    const ways = [
      (id: string) => change(id, { disabled: true }),
      (id: string) => administer(contract.resetPassword, { params: { operatorId: id } }),
      (id: string) => administer(contract.signOutOperator, { params: { operatorId: id } }),
      () => administer(contract.changeFacility, { params: { facilityCode: 'GAL' }, body: { disabled: true } }),
    ]
    for (const way of ways) {
      const person = await anOperator({ facilityCode: 'GAL' })
      const cookie = await cookieOf(person)
      expect((await ask(contract.account, { cookie })).status).toBe(200)
      await way(person.id)
      expect((await ask(contract.account, { cookie })).status).toBe(401)
    }
    await administer(contract.changeFacility, { params: { facilityCode: 'GAL' }, body: { disabled: false } })
  })

  test('nobody gives more to oneself, whatever else the body says', async () => {
    const person = await anOperator()
    const cookie = await cookieOf(person)
    const given = { cookie, headers: OWN_PAGE, params: { operatorId: person.id } }
    const body = { roles: ROLES, __proto__: { roles: ROLES }, facilityCode: null }
    expect((await ask(contract.changeOperator, { ...given, body })).body.code).toBe('NOT_ALLOWED')
    const own = { current: 'correct horse', password: 'four wet stones and 1 owl', roles: ROLES, administrator: true }
    await ask(contract.changePassword, { cookie, headers: OWN_PAGE, body: own })
    const row = await liveContext().db.operator.findUniqueOrThrow({ where: { id: person.id } })
    expect(row.roles).toEqual(['operator'])
  })
})

describe('of a source system whose token is in use', () => {
  const clientOf = async (token: string) =>
    (await liveContext().db.apiClient.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } })).id

  test('scopes, facility and programmes count at once; disabled or with a new token the old one is worth nothing', async () => {
    const certificateId = await certified('MAH')
    const token = await aToken({ facilityCode: 'MAH' })
    const params = { clientId: await clientOf(token) }
    const set = (body: object) => administer(contract.changeClient, { params, body })
    const reads = async () => {
      const { status, body } = await ask(contract.certificate, { token, params: { certificateId } })
      return status === 200 ? 200 : body.code
    }
    expect(await reads()).toBe(200)
    await set({ scopes: ['certify'] })
    expect(await reads()).toBe('SCOPE_MISSING')
    await set({ scopes: ['read'], facilityCode: 'GAL' })
    expect(await reads()).toBe('NOT_YOUR_FACILITY')
    await set({ facilityCode: 'MAH', programs: ['another'] })
    expect(await reads()).not.toBe(200)
    await set({ programs: [] })
    expect(await reads()).toBe(200)
    await set({ disabled: true })
    expect(await reads()).toBe('UNAUTHENTICATED')
    await set({ disabled: false })
    expect(await reads()).toBe(200)
    await administer(contract.replaceToken, { params })
    expect(await reads()).toBe('UNAUTHENTICATED')
  })
})
