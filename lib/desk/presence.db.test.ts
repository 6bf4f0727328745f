import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { forgetWhoIsGone } from './presence'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let certificateId: string
let count = 0

const WRITE = { 'sec-fetch-site': 'same-origin' }

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  await aFacility('MAH')
  await aFacility('GOT')
})
beforeEach(async () => {
  const body = [aRequest({ preEnrollmentCode: `P${++count}`, facility: { name: 'Facility GOT' } })]
  const answer = await ask(contract.certify, { token, body })
  await issueWaiting()
  certificateId = answer.body.results[0].certificateId
})
afterAll(() => api.close())

async function somebody(facilityCode?: string) {
  const operator = await anOperator({ facilityCode })
  const cookie = await cookieOf(operator)
  const asking = { cookie, headers: WRITE, params: { certificateId } }
  return {
    operator,
    here: async () => (await ask(contract.bePresent, asking)).body.others,
    looks: async () => (await ask(contract.presence, asking)).body,
    leaves: () => ask(contract.leavePresence, asking),
    seen: (secondsAgo: number) =>
      liveContext().db.presence.updateMany({
        where: { operatorId: operator.id },
        data: { seenAt: new Date(Date.now() - secondsAgo * 1000), openedAt: new Date(Date.now() - 3600_000) },
      }),
  }
}

test('whoever has a correction open is seen by the others, with the facility, and not by themselves', async () => {
  const asha = await somebody('GOT')
  const ben = await somebody()
  expect(await asha.here()).toEqual([])
  expect(await ben.here()).toEqual([{ name: 'Asha', facility: 'Facility GOT', secondsAgo: expect.any(Number) }])
  expect((await asha.looks()).others).toEqual([{ name: 'Asha', facility: null, secondsAgo: expect.any(Number) }])
})

test('looking is not being there', async () => {
  const asha = await somebody()
  const ben = await somebody()
  await asha.looks()
  expect(await ben.here()).toEqual([])
})

test('leaving is seen at once; not being heard of for two minutes counts as gone, and coming back as new', async () => {
  const asha = await somebody()
  const ben = await somebody()
  await asha.here()
  await asha.leaves()
  expect(await ben.here()).toEqual([])
  await asha.here()
  await asha.seen(119)
  expect(await ben.here()).toHaveLength(1)
  await asha.seen(121)
  expect(await ben.here()).toEqual([])
  await asha.here()
  expect((await ben.here())[0].secondsAgo).toBeLessThan(60)
  await asha.seen(121)
  await forgetWhoIsGone(liveContext())
  expect(await liveContext().db.presence.count({ where: { operatorId: asha.operator.id } })).toBe(0)
})

test('only people of the same scope see each other, and only while they work there', async () => {
  const stranger = await somebody('MAH')
  const refused = await ask(contract.bePresent, {
    cookie: await cookieOf(stranger.operator),
    headers: WRITE,
    params: { certificateId },
  })
  expect(refused.body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
  const asha = await somebody('GOT')
  const ben = await somebody('GOT')
  await asha.here()
  expect(await ben.here()).toHaveLength(1)
  const { db } = liveContext()
  await db.operator.update({ where: { id: asha.operator.id }, data: { facilityCode: 'MAH' } })
  expect(await ben.here()).toEqual([])
  await db.operator.update({ where: { id: asha.operator.id }, data: { facilityCode: 'GOT', disabled: true } })
  expect(await ben.here()).toEqual([])
})

test('it is not a lock: both may replace, and the page hears that there is a newer certificate', async () => {
  const asha = await somebody()
  await asha.here()
  expect((await asha.looks()).newest).toBe(certificateId)
  const body = [aRequest({ preEnrollmentCode: `P${count}`, recipient: { name: 'New' } })]
  const { body: answer } = await ask(contract.updateCertificates, { token, body })
  await issueWaiting()
  expect((await asha.looks()).newest).toBe(answer.results[0].certificateId)
})

test('many signs of life at once are one person', async () => {
  const asha = await somebody()
  await Promise.all(Array.from({ length: 10 }, () => asha.here()))
  expect(await liveContext().db.presence.count({ where: { operatorId: asha.operator.id } })).toBe(1)
})
