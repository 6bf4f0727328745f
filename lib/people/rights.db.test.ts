/** Rights that are given or taken count from the very next request, of a session or token that goes on. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { facilitiesOf } from '@/lib/auth/facilities'
import type { Role } from '@/lib/auth/roles'
import { hashToken } from '@/lib/auth/tokens'
import { personReaches } from '@/lib/certificates/reach'
import { liveContext } from '@/lib/certificates/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
let api: Awaited<ReturnType<typeof startApi>>
let administrator: string
const code = randomUUID()
let certificateId: string

beforeAll(async () => {
  api = await startApi()
  await aFacility('KAN', 'Kandy')
  await aFacility('GAM', 'Kandy')
  await aFacility('GAL', 'Galle')
  administrator = await cookieOf(await anOperator({ roles: ['administrator'] }))
  const token = await aToken({ facilityCode: 'KAN' })
  const body = [aRequest({ preEnrollmentCode: code, programId: 'covid' })]
  certificateId = (await ask(contract.certify, { token, body })).body.results[0].certificateId
  await issueWaiting()
})
afterAll(() => api.close())

const change = async (operatorId: string, body: object) => {
  const changed = await ask(contract.changeOperator, {
    cookie: administrator,
    headers: OWN_PAGE,
    params: { operatorId },
    body,
  })
  expect(changed.status, JSON.stringify(changed.body)).toBe(200)
}
const reads = async (by: { cookie?: string; token?: string }) =>
  (await ask(contract.certificate, { ...by, params: { certificateId } })).status
const suspends = async (cookie: string) => {
  const body = { reason: { cause: 'other' }, until: '2000-01-01T00:00:00Z' }
  return (await ask(contract.suspendCertificate, { cookie, headers: OWN_PAGE, params: { certificateId }, body })).body
    .code
}

describe('of a person who is signed in, from the next request on', () => {
  test('a role that is given opens, one that is taken closes', async () => {
    const person = await anOperator({ facilityCode: 'KAN' })
    const cookie = await cookieOf(person)
    expect([await reads({ cookie }), await suspends(cookie)]).toEqual([200, 'NOT_ALLOWED'])
    await change(person.id, { roles: ['operator', 'supervisor'] })
    expect(await suspends(cookie)).toBe('VALIDATION_ERROR')
    await change(person.id, { roles: ['supervisor'] })
    expect(await reads({ cookie })).toBe(200)
    await change(person.id, { roles: ['administrator'] })
    expect([await reads({ cookie }), await suspends(cookie)]).toEqual([403, 'NOT_ALLOWED'])
    expect((await ask(contract.operators, { cookie })).status).toBe(200)
    await change(person.id, { roles: ['auditor'] })
    expect([
      (await ask(contract.operators, { cookie })).status,
      (await ask(contract.audit, { cookie })).status,
    ]).toEqual([403, 200])
  })

  test('another facility or district is another reach, and a facility that changes its district, too', async () => {
    const person = await anOperator({ facilityCode: 'GAL', roles: ['supervisor'] })
    const cookie = await cookieOf(person)
    expect(await reads({ cookie })).toBe(403)
    await change(person.id, { facilityCode: 'KAN' })
    expect(await reads({ cookie })).toBe(200)
    await change(person.id, { facilityCode: null, district: 'Galle' })
    expect(await reads({ cookie })).toBe(403)
    const facility = (district: string) =>
      ask(contract.changeFacility, {
        cookie: administrator,
        headers: OWN_PAGE,
        params: { facilityCode: 'KAN' },
        body: { district },
      })
    expect((await facility('Galle')).body).toMatchObject({ district: 'Galle' })
    expect(await reads({ cookie })).toBe(200)
    await facility('Kandy')
    expect(await reads({ cookie })).toBe(403)
    await change(person.id, { district: 'Kandy' })
    expect(await reads({ cookie })).toBe(200)
  })

  test('nobody brings a facility within the own reach: another administrator does', async () => {
    const facts = { roles: ['administrator', 'supervisor'] satisfies Role[], district: 'Galle' }
    const cookie = await cookieOf(await anOperator(facts))
    const asking = { headers: OWN_PAGE, params: { facilityCode: 'KAN' } }
    const move = (by: string, district: string) =>
      ask(contract.changeFacility, { ...asking, cookie: by, body: { district } })
    expect((await move(cookie, 'Galle')).body).toMatchObject({
      code: 'NOT_ALLOWED',
      message: 'This is your own district. Another administrator adds a facility to it.',
    })
    expect(await reads({ cookie })).toBe(403)
    expect((await move(administrator, 'Galle')).status).toBe(200)
    expect(await reads({ cookie })).toBe(200)
    expect((await move(cookie, 'Kandy')).status).toBe(200)
    expect(await reads({ cookie })).toBe(403)
  })

  test('a district that no facility is in is nobody’s, and those that there are are named', async () => {
    const { id: operatorId } = await anOperator({ roles: ['supervisor'] })
    const asking = { cookie: administrator, headers: OWN_PAGE }
    const mistyped = { facilityCode: null, district: 'Kandi', roles: ['supervisor'] }
    const answers = [
      await ask(contract.changeOperator, { ...asking, params: { operatorId }, body: mistyped }),
      await ask(contract.addOperator, { ...asking, body: { ...mistyped, username: 'kandi', name: 'Nimal' } }),
    ]
    for (const { status, body } of answers) {
      expect([status, body.message]).toEqual([400, 'No facility is in district "Kandi". There are: Galle, Kandy.'])
      expect(body.details).toMatchObject([{ path: '/district' }])
    }
  })

  test('who is disabled is out', async () => {
    const person = await anOperator()
    const cookie = await cookieOf(person)
    expect(await reads({ cookie })).toBe(200)
    await change(person.id, { disabled: true })
    expect(await reads({ cookie })).toBe(401)
  })
})

test('of a token, too: scopes, facility, district, programmes, and being disabled', async () => {
  const token = await aToken({ facilityCode: 'KAN' })
  const { id: clientId } = await liveContext().db.apiClient.findUniqueOrThrow({
    where: { tokenHash: hashToken(token) },
  })
  const set = (body: object) =>
    ask(contract.changeClient, { cookie: administrator, headers: OWN_PAGE, params: { clientId }, body })
  const after = async (body: object) => {
    expect((await set(body)).status).toBe(200)
    return reads({ token })
  }
  expect(await reads({ token })).toBe(200)
  expect(await after({ programs: ['polio'] })).toBe(403)
  expect(await after({ programs: ['polio', 'covid'] })).toBe(200)
  expect(await after({ facilityCode: 'GAL' })).toBe(403)
  expect(await after({ district: 'Kandy' })).toBe(200)
  expect(await after({ district: 'Galle' })).toBe(403)
  expect(await after({ district: null, facilityCode: null })).toBe(200)
  expect(await after({ scopes: ['certify'] })).toBe(403)
  expect(await after({ scopes: ['read'] })).toBe(200)
  expect(await after({ disabled: true })).toBe(401)
})

test('a source system certifies for its facilities and programmes alone', async () => {
  const items = (programId: string | undefined, facility: string) => [
    aRequest({ preEnrollmentCode: randomUUID(), programId, facility: { name: facility } }),
  ]
  const certify = async (token: string, programId: string | undefined, facility: string) =>
    (await ask(contract.certify, { token, body: items(programId, facility) })).body
  const ofDistrict = await aToken({ district: 'Kandy', programs: ['covid'] })
  expect(await certify(ofDistrict, 'covid', 'Facility GAM')).toMatchObject({ results: [{ status: 'accepted' }] })
  expect(await certify(ofDistrict, 'covid', 'Facility GAL')).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
  expect(await certify(ofDistrict, 'covid', 'Nobody knows it')).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
  expect(await certify(ofDistrict, 'polio', 'Facility GAM')).toMatchObject({
    code: 'NOT_YOUR_FACILITY',
    message: 'This access token is not for programme "polio".',
  })
  expect(await certify(ofDistrict, undefined, 'Facility GAM')).toMatchObject({
    message: 'This access token is not for certificates without a programme.',
  })
  expect(await liveContext().db.lineage.count({ where: { facilityCode: { in: ['GAL', 'unassigned'] } } })).toBe(0)
})

test('the reach of others is worked out in SQL as one’s own is at each request', async () => {
  const { db } = liveContext()
  const people: { facilityCode?: string; district?: string; roles: Role[] }[] = [
    { roles: ['operator'] },
    { facilityCode: 'KAN', roles: ['operator'] },
    { facilityCode: 'GAL', district: 'Kandy', roles: ['supervisor'] },
    { district: 'Kandy', roles: ['supervisor', 'administrator'] },
    { district: 'Nowhere', roles: ['supervisor'] },
    { roles: ['auditor', 'administrator'] },
    { facilityCode: 'KAN', roles: ['auditor'] },
  ]
  for (const facts of people) {
    const { id, facilityCode, district, roles } = await anOperator(facts)
    const worksWithRecords = roles.some((role) => ['operator', 'supervisor'].includes(role))
    const facilities = worksWithRecords ? await facilitiesOf(db, { facilityCode, district }) : []
    for (const facility of ['KAN', 'GAM', 'GAL', 'unassigned', null]) {
      const [row] = await db.$queryRaw<{ reaches: boolean }[]>`
        select ${personReaches('o', Prisma.sql`${facility}::text`)} as reaches from operator o where o.id = ${id}::uuid`
      const expected = facilities === null || (facility !== null && facilities.includes(facility))
      expect(row!.reaches, JSON.stringify({ facts, facility })).toBe(expected)
    }
  }
})
