/** Revoking, suspending and lifting over HTTP: who may, what is refused, retries, and DIVOC's DELETE at both doors. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0
const reason = { cause: 'error', note: 'Recorded for the wrong person' }

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  await aFacility('here')
  await aFacility('there')
})
beforeEach(() => {
  code = `R${++count}`
})
afterAll(() => api.close())

async function certified(doses = [1], more: { token?: string; programId?: string } = {}): Promise<string[]> {
  const body = doses.map((dose) =>
    aRequest({ preEnrollmentCode: code, vaccination: { dose }, programId: more.programId ?? null }),
  )
  const answer = await ask(contract.certify, { token: more.token ?? token, body })
  expect(answer.status).toBe(200)
  await issueWaiting()
  return answer.body.results.map((result: { certificateId: string }) => result.certificateId)
}

const revoke = (certificateId: string, more = {}) =>
  ask(contract.revokeCertificate, { token, params: { certificateId }, body: { reason }, ...more })
const suspend = (certificateId: string, body: object = {}, more = {}) =>
  ask(contract.suspendCertificate, { token, params: { certificateId }, body: { reason, ...body }, ...more })
const lift = (certificateId: string, more = {}) =>
  ask(contract.liftSuspension, { token, params: { certificateId }, body: { reason }, ...more })
const status = async (certificateId: string) =>
  (await ask(contract.certificateStatus, { params: { certificateId } })).body
const inOneHour = () => new Date(Date.now() + 3_600_000).toISOString()

describe('one certificate', () => {
  test('is suspended until a day, suspended for longer, lifted and revoked; verifiers see each at once', async () => {
    const [id] = (await certified()) as [string]
    const until = inOneHour()
    expect((await suspend(id, { until })).body).toMatchObject({ status: 'changed', state: 'suspended', until })
    expect(await status(id)).toMatchObject({ state: 'suspended', until, cause: 'error' })
    expect((await suspend(id)).body).toMatchObject({ status: 'changed', until: null })
    expect((await lift(id)).body).toMatchObject({ status: 'changed', state: 'current', reason })
    expect(await status(id)).toMatchObject({ state: 'current', until: null, cause: null })
    expect((await revoke(id)).body).toMatchObject({ status: 'changed', state: 'revoked', reason })
    expect(await status(id)).toMatchObject({ state: 'revoked', cause: 'error' })
    const scanned = { evidence: [{ certificateId: id }] }
    expect((await ask(contract.revoked, { body: scanned })).status).toBe(200)
    expect((await revoke(id)).body).toMatchObject({ status: 'unchanged', state: 'revoked' })
    expect(await lift(id)).toMatchObject({ status: 412, body: { code: 'CERTIFICATE_REVOKED' } })
  })

  test('tells the world the cause and never the note', async () => {
    const [id] = (await certified()) as [string]
    await revoke(id)
    expect(JSON.stringify(await status(id))).not.toContain('wrong person')
    const { body } = await ask(contract.certificate, { token, params: { certificateId: id } })
    expect(body.lineage.history[0].statuses).toMatchObject([{ state: 'revoked', reason, by: { kind: 'client' } }])
  })

  test('the reason of a correction is not told as the cause of the replacement', async () => {
    const [id] = (await certified()) as [string]
    const changed = { ...aRequest({ preEnrollmentCode: code, recipient: { name: 'Samuel' } }) }
    const correction = { requestedBy: 'holder', cause: 'our typing error' }
    await ask(contract.updateCertificates, { token, body: [{ ...changed, reason: correction }] })
    await issueWaiting()
    expect(await status(id)).toMatchObject({ state: 'superseded', cause: null })
  })

  test('a request with the same Idempotency-Key gets the first answer, also when it was revoked since', async () => {
    const [id] = (await certified()) as [string]
    const headers = { 'idempotency-key': `lift-${id}` }
    await suspend(id)
    const first = await lift(id, { headers })
    await suspend(id)
    await revoke(id)
    expect((await lift(id, { headers })).body).toEqual(first.body)
    const [other] = (await certified([2])) as [string]
    expect(await lift(other, { headers })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  })

  test('that was replaced is refused, and the newest is named', async () => {
    const [id] = (await certified()) as [string]
    const body = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Samuel' } })]
    const newest = (await ask(contract.updateCertificates, { token, body })).body.results[0].certificateId
    await issueWaiting()
    for (const answer of [await revoke(id), await suspend(id), await lift(id)]) {
      expect(answer).toMatchObject({ status: 412, body: { code: 'STALE_VERSION' } })
      expect(answer.body.message).toContain(newest)
    }
  })

  test.each([
    ['no reason', {}, 400],
    ['a cause that is none', { reason: { cause: 'because' } }, 400],
    ['a note of 501 characters', { reason: { cause: 'other', note: 'x'.repeat(501) } }, 400],
    ['a note with NUL', { reason: { cause: 'other', note: 'a\u0000b' } }, 400],
    ['an end that is over', { reason, until: '2020-01-01T00:00:00Z' }, 400],
    ['an end without a zone', { reason, until: '2099-01-01T00:00:00' }, 400],
    ['an end that is a number', { reason, until: 4102444800 }, 400],
    ['a member too deep', { reason: { cause: { cause: 'error' } } }, 400],
    ['an array', [], 400],
  ])('%s is refused and changes nothing', async (_what, body, expected) => {
    const [id] = (await certified()) as [string]
    const answer = await ask(contract.suspendCertificate, { token, params: { certificateId: id }, body })
    expect(answer.status).toBe(expected)
    expect(await status(id)).toMatchObject({ state: 'current' })
  })

  test('numbers that are none are answered as unknown, whatever they hold', async () => {
    for (const certificateId of ['000000000000', "1' or '1'='1", '../../x', 'ü', '9'.repeat(500)]) {
      expect(await revoke(certificateId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    }
    expect((await lift('000000000000')).status).toBe(404)
  })

  test('what is not suspended cannot be lifted', async () => {
    const [id] = (await certified()) as [string]
    expect(await lift(id)).toMatchObject({ status: 412, body: { code: 'NOT_SUSPENDED' } })
  })
})

test.each(['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00Z'])(
  'an end in a year without paper (%s): refused',
  async (until) => {
    const [id] = await certified()
    const answer = await suspend(id!, { until })
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_ERROR'])
  },
)

describe('who may', () => {
  test('clients and operators of the facility that owns it, nobody else', async () => {
    const [here, there] = [await aToken({ facilityCode: 'here' }), await aToken({ facilityCode: 'there' })]
    const [id] = (await certified([1], { token: here })) as [string]
    expect((await revoke(id, { token: undefined })).status).toBe(401)
    expect(await revoke(id, { token: there })).toMatchObject({ status: 403, body: { code: 'NOT_YOUR_FACILITY' } })
    const asha = await anOperator({ facilityCode: 'there', roles: ['supervisor'] })
    const screen = { cookie: await cookieOf(asha), headers: { origin: ORIGIN }, token: undefined }
    expect((await suspend(id, {}, screen)).status).toBe(403)
    const wijaya = await anOperator({ facilityCode: 'here', roles: ['supervisor'] })
    expect((await suspend(id, {}, { ...screen, cookie: await cookieOf(wijaya) })).status).toBe(200)
    expect((await revoke(id, { token: here })).status).toBe(200)
  })

  test('a page of another origin cannot do it with the cookie of somebody who is signed in', async () => {
    const [id] = (await certified()) as [string]
    const cookie = await cookieOf(await anOperator({ roles: ['supervisor'] }))
    const answer = await revoke(id, { token: undefined, cookie, headers: { origin: 'https://elsewhere.example' } })
    expect([401, 403]).toContain(answer.status)
    expect(await status(id)).toMatchObject({ state: 'current' })
  })

  test('the sandbox and the real ones do not touch each other', async () => {
    const sandbox = await aToken({ sandbox: true })
    const [real] = (await certified()) as [string]
    const [test] = (await certified([1], { token: sandbox })) as [string]
    expect((await revoke(real, { token: sandbox })).status).toBe(404)
    expect((await revoke(test)).status).toBe(404)
    expect((await revoke(test, { token: sandbox })).status).toBe(200)
    expect(await status(real)).toMatchObject({ state: 'current' })
    const again = await ask(contract.revokeDoses, {
      token: sandbox,
      params: { certificateId: code },
      query: { allDoses: 'true' },
    })
    expect(again.status).toBe(404)
  })
})

describe.each([
  ['our door', contract.revokeDoses],
  ["DIVOC's door", contract.divocRevokeDoses],
])('DELETE of the doses of a code at %s', (_door, row) => {
  const remove = (query: Record<string, string>, more = {}) =>
    ask(row, { token, params: { certificateId: code }, query, ...more })
  const states = (ids: string[]) => Promise.all(ids.map(async (id) => (await status(id)).state))

  test.each([
    ['the greatest alone', { doses: '3' }, ['current', 'current', 'revoked']],
    ['the last two, in any order', { doses: '3,2' }, ['current', 'revoked', 'revoked']],
    ['all by their numbers', { doses: '1,2,3' }, ['revoked', 'revoked', 'revoked']],
    ['one that is not there beside the last', { doses: '3,4' }, ['current', 'current', 'revoked']],
    ['allDoses', { allDoses: 'true' }, ['revoked', 'revoked', 'revoked']],
    [
      'allDoses wins over doses that make no sense',
      { allDoses: 'true', doses: '1' },
      ['revoked', 'revoked', 'revoked'],
    ],
  ])('%s', async (_what, query, expected) => {
    const ids = await certified([1, 2, 3])
    const answer = await remove({ ...query, cause: 'fraud' })
    expect(answer.status).toBe(200)
    expect(await states(ids)).toEqual(expected)
    const gone = ids.filter((_id, at) => expected[at] === 'revoked')
    expect(answer.body.results.map((one: { certificateId: string }) => one.certificateId)).toEqual(gone)
    expect(answer.body.results[0]).toMatchObject({ status: 'changed', state: 'revoked', reason: { cause: 'fraud' } })
  })

  test('a dose that is being issued counts, and is waited for: nothing escapes by being a second late', async () => {
    const [first] = await certified([1])
    const body = [aRequest({ preEnrollmentCode: code, vaccination: { dose: 2 }, programId: null })]
    await ask(contract.certify, { token, body })
    expect((await remove({ doses: '1' })).status).toBe(400)
    const answer = await remove({ allDoses: 'true' })
    expect([answer.status, answer.body.code]).toEqual([412, 'UPDATE_PENDING'])
    expect(await states([first!])).toEqual(['current'])
    await issueWaiting()
    expect((await remove({ allDoses: 'true' })).body.results).toHaveLength(2)
  })

  test.each([
    ['without the greatest', { doses: '1,2' }],
    ['with a gap', { doses: '1,3' }],
    ['none named', {}],
    ['allDoses=false and none named', { allDoses: 'false' }],
    ['a text', { doses: 'two' }],
    ['a negative one', { doses: '-1' }],
    ['a fraction', { doses: '1.5' }],
    ['nothing between commas', { doses: '2,,3' }],
    ['a cause that is none', { allDoses: 'true', cause: 'because' }],
  ])('%s is refused, and nothing is revoked', async (_what, query: Record<string, string>) => {
    const ids = await certified([1, 2, 3])
    expect(await remove(query)).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } })
    expect(await states(ids)).toEqual(['current', 'current', 'current'])
  })

  test('what was revoked is not there any more; then it can be certified again', async () => {
    const first = await certified([1, 2])
    expect((await remove({ doses: '2' })).status).toBe(200)
    expect((await remove({ doses: '2' })).body.code).toBe('VALIDATION_ERROR')
    expect((await remove({ doses: '1' })).status).toBe(200)
    expect(await remove({ allDoses: 'true' })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    const again = await certified([1, 2])
    expect(again.some((id) => first.includes(id))).toBe(false)
    expect(await states(again)).toEqual(['current', 'current'])
    expect(await states(first)).toEqual(['revoked', 'revoked'])
    const { lineages } = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body
    expect(lineages.map((one: { state: string; updatesUsed: number }) => [one.state, one.updatesUsed])).toEqual([
      ['current', 0],
      ['revoked', 0],
      ['current', 0],
      ['revoked', 0],
    ])
  })

  test('a retry with the same key gets the same answer', async () => {
    await certified([1])
    const headers = { 'idempotency-key': `gone-${code}-${row.operation}` }
    const first = await remove({ allDoses: 'true' }, { headers })
    expect((await remove({ allDoses: 'true' }, { headers })).body).toEqual(first.body)
    expect((await remove({ doses: '1' }, { headers })).status).toBe(422)
  })

  test('one dose of another facility among them: all are left as they are', async () => {
    const here = await aToken({ facilityCode: 'here' })
    const mine = await certified([1], { token: here })
    const theirs = await certified([2], { token: await aToken({ facilityCode: 'there' }) })
    const answer = await remove({ allDoses: 'true' }, { token: here })
    expect(answer).toMatchObject({ status: 403, body: { code: 'NOT_YOUR_FACILITY' } })
    expect(await states([...mine, ...theirs])).toEqual(['current', 'current'])
  })

  test('every programme of a code is meant, and a code that is not there is 404', async () => {
    const ids = [...(await certified([1])), ...(await certified([1], { programId: 'covid' }))]
    expect((await remove({ doses: '1' })).body.results).toHaveLength(2)
    expect(await states(ids)).toEqual(['revoked', 'revoked'])
    expect((await ask(row, { token, params: { certificateId: 'nobody' }, query: { doses: '1' } })).status).toBe(404)
    expect((await remove({ allDoses: 'true' }, { token: undefined })).status).toBe(401)
  })

  test('twice at the same moment: once done, once told that nothing is there', async () => {
    const ids = await certified([1, 2])
    const answers = await Promise.all([remove({ allDoses: 'true' }), remove({ allDoses: 'true' })])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404])
    expect(await states(ids)).toEqual(['revoked', 'revoked'])
  })
})
