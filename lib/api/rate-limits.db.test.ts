import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aFacility, ask, anOperator, aToken, cookieOf, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  const limits = {
    RATE_LIMIT_SEARCHES_PER_MINUTE: '3',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '2',
    RATE_LIMIT_FACILITY_PER_MINUTE: '5',
  }
  api = await startApi({ ...limits, TRUSTED_PROXIES: '1' })
})
afterAll(() => api.close())

const query = { preEnrollmentCode: 'nobody' }
const from = (address: string) => ({ 'x-forwarded-for': `9.9.9.9, ${address}` })

/** Asks one after the other until an answer is 429 (or `most` times); a minute may begin anew on the way. */
async function untilRefused(most: number, request: () => ReturnType<typeof ask>) {
  const answers = []
  while (answers.length < most) {
    answers.push(await request())
    if (answers.at(-1)!.status === 429) break
  }
  return answers
}

describe('a source system', () => {
  test('hears with every answer what is left, and when it came too often how long to wait', async () => {
    const token = await aToken({ ratePerMinute: 4 })
    const answers = await untilRefused(9, () => ask(contract.lineages, { token, query }))
    const refused = answers.at(-1)!
    expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(refused.body.message).toBe(`Too many requests. Wait ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`)
    expect(refused.headers.get('ratelimit')).toBe(`"client";r=0;t=${seconds}`)
    expect(refused.headers.get('ratelimit-policy')).toBe('"client";q=4;w=60')
    const left = answers.slice(-5, -1).map(({ headers }) => headers.get('ratelimit-remaining'))
    expect(left).toEqual(['3', '2', '1', '0'])
    expect(answers[0]!.headers.get('ratelimit-limit')).toBe('4')
  })

  test('may ask as often as the setting says when its row says nothing', async () => {
    const { headers } = await ask(contract.lineages, { token: await aToken(), query })
    expect(headers.get('ratelimit-policy')).toBe('"client";q=6000;w=60')
  })

  test('does not pay for others', async () => {
    const busy = await aToken({ ratePerMinute: 1 })
    const answers = await untilRefused(3, () => ask(contract.calls, { token: busy }))
    expect(answers.at(-1)!.status).toBe(429)
    expect((await ask(contract.calls, { token: await aToken({ ratePerMinute: 1 }) })).status).toBe(200)
  })

  test('shares the requests of its facility with every other client and person there, and takes none from other facilities', async () => {
    await aFacility('BUSY')
    await aFacility('CALM')
    const clients = [await aToken({ facilityCode: 'BUSY' }), await aToken({ facilityCode: 'BUSY' })]
    let asked = 0
    const answers = await untilRefused(12, () => ask(contract.lineages, { token: clients[asked++ % 2]!, query }))
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    expect(answers.at(-1)!.body.message).toContain('requests from this facility')
    expect(answers.at(-1)!.headers.get('ratelimit-policy')).toBe('"facility";q=5;w=60')
    expect(answers.at(-2)!.headers.get('ratelimit-policy')).toBe('"client";q=6000;w=60')
    const person = await cookieOf(await anOperator({ facilityCode: 'BUSY' }))
    expect((await ask(contract.recent, { cookie: person })).status).toBe(429)
    const other = await aToken({ facilityCode: 'CALM' })
    expect((await ask(contract.lineages, { token: other, query })).status).toBe(200)
  })

  test('is refused before its body is read: what was refused was not done', async () => {
    const token = await aToken({ ratePerMinute: 1 })
    const answers = await untilRefused(3, () => ask(contract.certify, { token, raw: 'not even JSON' }))
    expect(answers.map(({ status }) => status)).toEqual([...answers.slice(1).map(() => 400), 429])
  })
})

describe('an operator', () => {
  test('may search only so often, and read as much as the work needs', async () => {
    const cookie = await cookieOf(await anOperator())
    const answers = await untilRefused(7, () => ask(contract.lineages, { cookie, query }))
    expect(answers.at(-1)).toMatchObject({
      status: 429,
      body: { message: expect.stringMatching(/^Too many searches\. Wait \d+ seconds?\.$/) },
    })
    const read = await ask(contract.certificate, { cookie, params: { certificateId: '999999999999' } })
    expect(read.status).toBe(404)
    expect(read.headers.get('ratelimit')).toBeNull()
  })
})

describe('what anyone may ask', () => {
  const body = { evidence: [{ certificateId: '448086902061' }] }

  test('is counted by the address that our proxy saw, not by the one that was claimed', async () => {
    const mine = await untilRefused(5, () => ask(contract.revoked, { body, headers: from('192.0.2.1') }))
    expect(mine.at(-1)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    expect(mine[0]!.headers.get('ratelimit-policy')).toBe('"address";q=2;w=60')
    const other = await ask(contract.revoked, { body, headers: from('192.0.2.2') })
    expect(other.status).toBe(404)
  })

  test('is not limited where nobody vouches for the address', async () => {
    for (let n = 0; n < 5; n++) expect((await ask(contract.revoked, { body })).status).toBe(404)
  })

  test('keys and health are never limited', async () => {
    for (let n = 0; n < 5; n++) {
      expect((await ask(contract.didDocument, { headers: from('192.0.2.1') })).status).toBe(200)
      expect((await ask(contract.health, { headers: from('192.0.2.1') })).status).toBe(200)
    }
  })
})
