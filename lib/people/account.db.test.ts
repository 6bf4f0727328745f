import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { sessionSecret } from '@/lib/auth/session-cookie'
import { seal, unseal } from '@/lib/auth/seal'
import { SecondFactorNeeded, signIn } from '@/lib/auth/sign-in'
import { totpAt } from '@/lib/auth/totp'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, startApi, type Asking } from '@/lib/testing/api'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi({ ONE_TIME_PASSWORD_HOURS: '48', SECOND_FACTOR_SECRET_BEFORE: 'the secret before this one' })
  await aFacility('MAH')
})
afterAll(() => api.close())

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const PASSWORD = 'correct horse'
const step = (later = 0) => Math.floor(Date.now() / 30_000) + later

/** Somebody at a screen. */
async function somebody(facts: Parameters<typeof anOperator>[0] = {}) {
  const operator = await anOperator(facts)
  let cookie = await cookieOf(operator)
  // As a browser does: what an answer sets is sent from then on.
  const act = async (row: Endpoint, asking: Asking = {}) => {
    const answer = await ask(row, { cookie, headers: OWN_PAGE, ...asking })
    const set = answer.headers.get('set-cookie')?.split(';')[0]
    if (/^next-auth\.session-token=./.test(set ?? '') && asking.cookie === undefined) cookie = set!
    return answer
  }
  return {
    operator,
    act,
    get cookie() {
      return cookie
    },
  }
}

type Somebody = Awaited<ReturnType<typeof somebody>>

/** Sets up a second factor; answers its secret and the recovery codes. */
async function enrol({ act }: Somebody, password: string | undefined = PASSWORD) {
  const begun = await act(contract.beginSecondFactor, { body: { password } })
  expect(begun.status, JSON.stringify(begun.body)).toBe(200)
  const { secret } = begun.body
  const confirmed = await act(contract.confirmSecondFactor, { body: { code: totpAt(secret, step()) } })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  return { secret: secret as string, codes: confirmed.body.recoveryCodes as string[] }
}

/** Signs in; answers the method, or what is refused. */
async function enter(username: string, code = '', now = new Date()): Promise<string> {
  const context = { db: liveContext().db, secret: sessionSecret(), now, uuid: randomUUID, timeZone: 'UTC' }
  return signIn(context, { username, password: PASSWORD, code, address: null }).then(
    ({ method }) => method,
    (error) => error.code ?? error.constructor.name,
  )
}

const search = (cookie: string) => ask(contract.lineages, { cookie, query: { preEnrollmentCode: 'x' } })
const actionsOf = async (id: string) =>
  (await liveContext().db.auditEvent.findMany({ where: { actorId: id }, orderBy: { id: 'asc' } })).map(
    (one) => one.action,
  )

describe('a second factor', () => {
  test('counts from the first code on; then nobody gets in with the password alone', async () => {
    const me = await somebody()
    const begun = await me.act(contract.beginSecondFactor, { body: { password: PASSWORD } })
    expect(await enter(me.operator.username)).toBe('password')
    expect(begun.body.address).toContain(`secret=${begun.body.secret}`)
    const wrong = await me.act(contract.confirmSecondFactor, { body: { code: '000000' } })
    expect(wrong.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: '/code' }] })
    const { secret } = await enrol(me)
    const { username } = me.operator
    expect(await enter(username)).toBe('SecondFactorNeeded')
    expect(await enter(username, '123456')).toBe('UNAUTHENTICATED')
    // The code that confirmed it is used up, too.
    expect(await enter(username, totpAt(secret, step()))).toBe('UNAUTHENTICATED')
    expect(await enter(username, totpAt(secret, step(1)))).toBe('second_factor')
    expect(await enter(username, totpAt(secret, step(1)))).toBe('UNAUTHENTICATED')
  })

  test('of ten who send the same code at once one gets in', async () => {
    const me = await somebody()
    const { secret, codes } = await enrol(me)
    const { redeemCode } = await import('@/lib/auth/second-factor')
    for (const code of [totpAt(secret, step(1)), codes[0]!]) {
      const { db } = liveContext()
      const tries = Array.from({ length: 10 }, () => redeemCode(db, me.operator.id, code, new Date()))
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
    }
  })

  test('guessing codes is counted like guessing passwords, and a password that is right does not start anew', async () => {
    const me = await somebody()
    await enrol(me)
    const outcomes = []
    for (let n = 0; n < 4; n++) outcomes.push(await enter(me.operator.username, String(100000 + n)))
    outcomes.push(await enter(me.operator.username), await enter(me.operator.username, '123456'))
    expect(outcomes).toEqual([...Array(4).fill('UNAUTHENTICATED'), 'SecondFactorNeeded', 'TOO_MANY_ATTEMPTS'])
  })

  test('is not told to somebody without the password', async () => {
    const me = await somebody()
    await enrol(me)
    const context = { db: liveContext().db, secret: 's', now: new Date(), uuid: randomUUID, timeZone: 'UTC' }
    const sentence = (username: string) =>
      signIn(context, { username, password: 'wrong', code: '123456', address: null }).catch((error) => error.message)
    expect(await sentence(me.operator.username)).toBe(await sentence('nobody at all'))
  })

  test('stands in no table as it is, and neither do recovery codes', async () => {
    const me = await somebody()
    const { secret, codes } = await enrol(me)
    const { db } = liveContext()
    const where = { operatorId: me.operator.id }
    const row = await db.secondFactor.findUniqueOrThrow({ where })
    expect(Buffer.from(row.secret!).toString('latin1')).not.toContain(secret)
    const details = (await db.auditEvent.findMany()).map(({ detail }) => detail)
    const rows = JSON.stringify([await db.recoveryCode.findMany({ where }), details])
    for (const told of [secret, ...codes]) expect(rows).not.toContain(told)
    // One row's secret is of no use in another row.
    const other = await somebody()
    await db.secondFactor.create({
      data: { operatorId: other.operator.id, secret: row.secret, confirmedAt: new Date() },
    })
    await expect(enter(other.operator.username, totpAt(secret, step(1)))).resolves.not.toBe('second_factor')
  })

  test('its recovery codes are kept like passwords: argon2id, each with a salt of its own', async () => {
    const me = await somebody()
    await enrol(me)
    const rows = await liveContext().db.recoveryCode.findMany({ where: { operatorId: me.operator.id } })
    const salts = rows.map(({ hash }) => /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([^$]{22})\$/.exec(hash)?.[1])
    expect(new Set(salts).size).toBe(10)
    expect(salts).not.toContain(undefined)
  })

  test('outlives another SECOND_FACTOR_SECRET, as long as the one before stands beside it: used once, it is kept by the new one', async () => {
    const me = await somebody()
    const { secret } = await enrol(me)
    const { db } = liveContext()
    const name = ['errata second factor', me.operator.id]
    const under = (key: string) => ({ secret: seal(key, name, secret, randomBytes) })
    const where = { operatorId: me.operator.id }
    await db.secondFactor.update({ where, data: under('the secret before this one') })
    expect(await enter(me.operator.username, totpAt(secret, step(1)))).toBe('second_factor')
    const kept = (await db.secondFactor.findUniqueOrThrow({ where })).secret!
    expect(unseal(sessionSecret(), name, kept)).toBe(secret)
    await db.secondFactor.update({ where, data: under('a secret that nobody knows') })
    await expect(enter(me.operator.username, totpAt(secret, step(2)))).resolves.toBe('Error')
  })

  test('needs the password to begin, and the password and a code to move, to remove, or for new codes', async () => {
    const me = await somebody()
    expect((await me.act(contract.beginSecondFactor, { body: {} })).body).toMatchObject({
      details: [{ path: '/password' }],
    })
    const { secret, codes } = await enrol(me)
    const begin = (password: string, code?: string) => me.act(contract.beginSecondFactor, { body: { password, code } })
    expect((await begin('x', totpAt(secret, step(1)))).body).toMatchObject({ details: [{ path: '/password' }] })
    expect((await begin(PASSWORD)).body).toMatchObject({ details: [{ path: '/code' }] })
    expect((await begin(PASSWORD, '000000')).body).toMatchObject({ details: [{ path: '/code' }] })
    expect((await begin(PASSWORD, codes[9])).status).toBe(200)
    const remove = (password: string, code: string) => me.act(contract.removeSecondFactor, { body: { password, code } })
    expect((await remove('x', totpAt(secret, step(1)))).body).toMatchObject({ details: [{ path: '/password' }] })
    expect((await remove(PASSWORD, '000000')).body).toMatchObject({ details: [{ path: '/code' }] })
    const fresh = await me.act(contract.newRecoveryCodes, {
      body: { password: PASSWORD, code: totpAt(secret, step(1)) },
    })
    expect(fresh.body.recoveryCodes).toHaveLength(10)
    expect(await enter(me.operator.username, codes[0])).toBe('UNAUTHENTICATED')
    expect(await enter(me.operator.username, fresh.body.recoveryCodes[0])).toBe('recovery_code')
    expect(await enter(me.operator.username, fresh.body.recoveryCodes[0])).toBe('UNAUTHENTICATED')
    expect((await me.act(contract.account)).body.secondFactor).toMatchObject({ codesLeft: 9, required: false })
    expect((await remove(PASSWORD, fresh.body.recoveryCodes[1])).body).toEqual({ removed: true })
    expect(await enter(me.operator.username)).toBe('password')
    expect(await actionsOf(me.operator.id)).toEqual(
      expect.arrayContaining(['second_factor.added', 'recovery_codes.made', 'second_factor.removed', 'signed_in']),
    )
  })

  test('moves to another phone: the old one counts until the new one is confirmed, then it does not', async () => {
    const me = await somebody()
    const first = await enrol(me)
    const begun = await me.act(contract.beginSecondFactor, { body: { password: PASSWORD, code: first.codes[1] } })
    expect(await enter(me.operator.username, totpAt(first.secret, step(1)))).toBe('second_factor')
    await me.act(contract.confirmSecondFactor, { body: { code: totpAt(begun.body.secret, step()) } })
    expect(await enter(me.operator.username, totpAt(begun.body.secret, step(1)))).toBe('second_factor')
    expect(await enter(me.operator.username, first.codes[0])).toBe('UNAUTHENTICATED')
  })
})

describe('saying again who one is', () => {
  test('cannot be guessed without end by somebody who knows the password: it alone does not start the count anew', async () => {
    const me = await somebody()
    const { codes } = await enrol(me)
    const change = (password: string) =>
      me.act(contract.changePassword, { body: { current: password, password: 'short' } })
    const remove = (code: string) => me.act(contract.removeSecondFactor, { body: { password: PASSWORD, code } })
    for (let n = 0; n < 4; n++) {
      expect((await remove(String(100000 + n))).body).toMatchObject({ details: [{ path: '/code' }] })
      expect((await change(PASSWORD)).body).toMatchObject({ details: [{ path: '/password' }] })
    }
    expect((await remove('100009')).status).toBe(400)
    expect((await remove(codes[0]!)).body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
  })

  test('is not in the way of anybody whose account is locked by guesses from outside', async () => {
    const me = await somebody()
    const { codes } = await enrol(me)
    for (let n = 0; n < 5; n++) await enter(me.operator.username, String(100000 + n))
    expect(await enter(me.operator.username, codes[0])).toBe('TOO_MANY_ATTEMPTS')
    const body = { password: PASSWORD, code: codes[0]! }
    expect((await me.act(contract.newRecoveryCodes, { body })).status).toBe(200)
  })
})

describe('what would outlast the moment at an unlocked screen', () => {
  /** As if the sign-in, or the last answer, were so many minutes ago. */
  const minutesAgo = async (minutes: number) => {
    const before = new Date(Date.now() - minutes * 60_000)
    const data = { startedAt: before, provedAt: null }
    await liveContext().db.operatorSession.updateMany({ where: { endedAt: null }, data })
  }

  test('asks again who somebody is ten minutes after the sign-in, and then goes on in a session with another id', async () => {
    const boss = await somebody({ roles: ['administrator'] })
    const nimal = await somebody()
    const params = { operatorId: nimal.operator.id }
    await minutesAgo(11)
    const asked = await boss.act(contract.resetPassword, { params })
    expect([asked.status, asked.body.code]).toEqual([403, 'PROOF_REQUIRED'])
    expect((await search(nimal.cookie)).status).toBe(200)
    const prove = (body: { password: string; code?: string }) => boss.act(contract.proveAgain, { body })
    expect((await prove({ password: 'x' })).body).toMatchObject({ details: [{ path: '/password' }] })
    expect((await boss.act(contract.resetPassword, { params })).status).toBe(403)
    const before = boss.cookie
    expect((await prove({ password: PASSWORD })).body).toEqual({ proved: true })
    expect(boss.cookie).not.toBe(before)
    expect((await ask(contract.account, { cookie: before })).status).toBe(401)
    expect((await boss.act(contract.resetPassword, { params })).status).toBe(200)
    expect((await search(nimal.cookie)).status).toBe(401)
    // Reading, and the work of the day, are not asked about.
    await minutesAgo(11)
    expect((await boss.act(contract.operators)).status).toBe(200)
  })

  test('asks for a code, too, where somebody has a second factor', async () => {
    const me = await somebody()
    const { secret } = await enrol(me)
    await minutesAgo(11)
    expect((await me.act(contract.endOtherSessions)).body.code).toBe('PROOF_REQUIRED')
    const prove = (body: { password: string; code?: string }) => me.act(contract.proveAgain, { body })
    expect((await prove({ password: PASSWORD })).body).toMatchObject({ details: [{ path: '/code' }] })
    expect((await prove({ password: PASSWORD, code: totpAt(secret, step(1)) })).status).toBe(200)
    expect((await me.act(contract.endOtherSessions)).status).toBe(200)
  })

  test('holds for the first second factor of somebody who has to have one, however the session was left open', async () => {
    const boss = await somebody({ roles: ['administrator'] })
    const me = await somebody()
    const params = { operatorId: me.operator.id }
    await boss.act(contract.changeOperator, { params, body: { secondFactorRequired: true } })
    await minutesAgo(11)
    expect((await me.act(contract.beginSecondFactor, { body: {} })).body.code).toBe('PROOF_REQUIRED')
    expect((await search(me.cookie)).body.code).toBe('SECOND_FACTOR_REQUIRED')
  })

  test('guesses are counted as at the sign-in', async () => {
    const me = await somebody()
    const outcomes = []
    for (let n = 0; n < 6; n++) outcomes.push((await me.act(contract.proveAgain, { body: { password: 'x' } })).status)
    expect(outcomes).toEqual([400, 400, 400, 400, 400, 429])
  })
})

describe('where an administrator wants one', () => {
  test('nothing works until it is set up, also in a session that is open; it cannot be turned off', async () => {
    const boss = await somebody({ roles: ['administrator'] })
    const me = await somebody()
    expect((await search(me.cookie)).status).toBe(200)
    const params = { operatorId: me.operator.id }
    await boss.act(contract.changeOperator, { params, body: { secondFactorRequired: true } })
    expect((await search(me.cookie)).body).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' })
    expect((await me.act(contract.endOtherSessions)).body).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' })
    expect((await me.act(contract.account)).body.secondFactor).toMatchObject({ since: null, required: true })
    const { secret } = await enrol(me, '')
    expect((await search(me.cookie)).status).toBe(200)
    const body = { password: PASSWORD, code: totpAt(secret, step(1)) }
    expect((await me.act(contract.removeSecondFactor, { body })).body).toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('it is asked for after the password was reset, too: a one-time password does not replace it', async () => {
    const boss = await somebody({ roles: ['administrator'] })
    const me = await somebody()
    const { codes } = await enrol(me)
    const { password } = (await boss.act(contract.resetPassword, { params: { operatorId: me.operator.id } })).body
    const context = { db: liveContext().db, secret: 's', now: new Date(), uuid: randomUUID, timeZone: 'UTC' }
    const given = { username: me.operator.username, password, address: null }
    await expect(signIn(context, given)).rejects.toThrow(SecondFactorNeeded)
    expect(await signIn(context, { ...given, code: codes[0] })).toMatchObject({ method: 'recovery_code' })
  })

  test('it is taken from somebody who lost it, which ends the sessions; never from oneself', async () => {
    const boss = await somebody({ roles: ['administrator'] })
    const me = await somebody()
    await enrol(me)
    const params = { operatorId: me.operator.id }
    const reset = await boss.act(contract.resetSecondFactor, { params })
    expect(reset.body).toMatchObject({ secondFactor: false })
    expect((await search(me.cookie)).status).toBe(401)
    expect(await enter(me.operator.username)).toBe('password')
    expect(await liveContext().db.recoveryCode.count({ where: { operatorId: me.operator.id } })).toBe(0)
    expect(await actionsOf(boss.operator.id)).toContain('second_factor.reset')
    const own = { params: { operatorId: boss.operator.id } }
    expect((await boss.act(contract.resetSecondFactor, own)).body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await me.act(contract.resetSecondFactor, { params, cookie: await cookieOf(me.operator) })).status).toBe(403)
  })
})

describe('sessions', () => {
  test('are listed with device and network, and end at once, each one or all but this', async () => {
    const me = await somebody()
    const [second, third] = [await cookieOf(me.operator), await cookieOf(me.operator)]
    const listed = (await me.act(contract.account)).body.sessions
    expect(listed).toHaveLength(3)
    expect(listed.filter(({ here }: { here: boolean }) => here)).toHaveLength(1)
    const other = listed.find(({ here }: { here: boolean }) => !here)
    expect((await me.act(contract.endSession, { params: { sessionId: other.sessionId } })).body).toEqual({ ended: 1 })
    const left = [(await search(second)).status, (await search(third)).status]
    expect(left.sort()).toEqual([200, 401])
    expect((await me.act(contract.endSession, { params: { sessionId: other.sessionId } })).status).toBe(404)
    expect((await me.act(contract.endOtherSessions)).body).toEqual({ ended: 1 })
    expect([(await search(second)).status, (await search(third)).status]).toEqual([401, 401])
    expect((await search(me.cookie)).status).toBe(200)
  })

  test('of somebody else cannot be ended, whatever id is sent, but by an administrator', async () => {
    const [me, other] = [await somebody(), await somebody()]
    const theirs = await liveContext().db.operatorSession.findFirstOrThrow({ where: { operatorId: other.operator.id } })
    for (const sessionId of [theirs.id, randomUUID(), "x' or true --"]) {
      expect((await me.act(contract.endSession, { params: { sessionId } })).status).toBe(404)
    }
    expect((await search(other.cookie)).status).toBe(200)
    const params = { operatorId: other.operator.id }
    expect((await me.act(contract.signOutOperator, { params })).status).toBe(403)
    const boss = await somebody({ roles: ['administrator'] })
    expect((await boss.act(contract.signOutOperator, { params })).body).toEqual({ ended: 1 })
    expect((await search(other.cookie)).status).toBe(401)
  })

  test('are over when somebody signs out, also for a copy of the cookie', async () => {
    const me = await somebody()
    const left = await me.act(contract.signOut)
    expect(left.body).toEqual({ continueAt: null })
    expect(left.headers.get('set-cookie')).toMatch(/session-token=;.*Max-Age=0/)
    expect((await search(me.cookie)).status).toBe(401)
  })

  test('end with a new password, but for the one in which it was set, and with a second factor', async () => {
    const me = await somebody()
    const other = await cookieOf(me.operator)
    await enrol(me)
    expect([(await search(me.cookie)).status, (await search(other)).status]).toEqual([200, 401])
    const again = await cookieOf(me.operator)
    const body = { current: PASSWORD, password: 'three short planks' }
    const before = me.cookie
    const changed = await me.act(contract.changePassword, { body })
    expect((await search(changed.headers.get('set-cookie')!.split(';')[0]!)).status).toBe(200)
    expect([(await search(before)).status, (await search(again)).status]).toEqual([401, 401])
    const rows = await liveContext().db.operatorSession.findMany({
      where: { operatorId: me.operator.id, endedAt: null },
    })
    expect(rows).toHaveLength(1)
  })

  test('are changed from our own pages only, and never with a token', async () => {
    const me = await somebody()
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await me.act(contract.endOtherSessions, { headers })).status).toBe(403)
    expect((await ask(contract.account, { token: await aToken() })).status).toBe(403)
  })
})

test('a one-time password has an end, told only to somebody who has it', async () => {
  const boss = await somebody({ roles: ['administrator'] })
  const body = { username: `nimal-${randomUUID()}`, name: 'Nimal', facilityCode: null, roles: ['operator'] }
  const added = await boss.act(contract.addOperator, { body })
  const { username, passwordExpiresAt } = added.body.operator
  const context = { db: liveContext().db, secret: 's', uuid: randomUUID, timeZone: 'UTC' }
  const at = (hours: number, password: string) =>
    signIn({ ...context, now: new Date(Date.now() + hours * 3_600_000) }, { username, password, address: null }).then(
      () => 'in',
      (error) => error.message,
    )
  expect(Math.round((Date.parse(passwordExpiresAt) - Date.now()) / 3_600_000)).toBe(48)
  expect(await at(47, added.body.password)).toBe('in')
  expect(await at(49, added.body.password)).toBe(
    'This one-time password is too old. Ask your administrator for a new one.',
  )
  expect(await at(49, 'wrong')).toBe('Username or password is incorrect.')
  const params = { operatorId: added.body.operator.operatorId }
  const fresh = await boss.act(contract.resetPassword, { params })
  expect(await at(47, fresh.body.password)).toBe('in')
})

describe('tokens of clients', () => {
  const call = async (token: string) =>
    (await ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })).status

  async function aClient(more: Record<string, unknown> = {}) {
    const boss = await somebody({ roles: ['administrator'] })
    const body = { name: `System ${randomUUID()}`, facilityCode: null, ...more }
    const { client, token } = (await boss.act(contract.addClient, { body })).body
    return { boss, token: token as string, params: { clientId: client.clientId as string } }
  }

  test('may do what they were given and nothing else, at once', async () => {
    const { boss, token, params } = await aClient({ scopes: ['certify'] })
    const refused = await ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })
    expect(refused).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } })
    await boss.act(contract.changeClient, { params, body: { scopes: ['read', 'read'] } })
    expect(await call(token)).toBe(200)
    expect((await ask(contract.certify, { token, body: [{}] })).body).toMatchObject({ code: 'SCOPE_MISSING' })
    expect((await ask(contract.divocCertify, { token, body: [{}] })).status).toBe(403)
    await boss.act(contract.changeClient, { params, body: { scopes: [] } })
    expect(await call(token)).toBe(403)
    expect((await ask(contract.calls, { token })).status).toBe(200)
    const unknown = await boss.act(contract.changeClient, { params, body: { scopes: ['everything'] } })
    expect(unknown.body).toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  test('a client row that names no scopes can do nothing', async () => {
    expect(await call(await aToken({ scopes: [] }))).toBe(403)
    expect(await call(await aToken({ scopes: ['READ', 'all', '*'] }))).toBe(403)
  })

  test('end on their day', async () => {
    const { token, params } = await aClient({ expiresInDays: 2 })
    expect(await call(token)).toBe(200)
    const tokenExpiresAt = new Date(Date.now() - 1000)
    await liveContext().db.apiClient.update({ where: { id: params.clientId }, data: { tokenExpiresAt } })
    const refused = await ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })
    expect(refused.body.message).toMatch(/has expired/)
  })

  test('are rotated with a time for both; a third one leaves two, and the old one is stopped when somebody says so', async () => {
    const { boss, token, params } = await aClient()
    const rotate = async (query: Record<string, number>) =>
      (await boss.act(contract.replaceToken, { params, query })).body.token as string
    const second = await rotate({ overlapHours: 24, expiresInDays: 30 })
    expect([await call(token), await call(second)]).toEqual([200, 200])
    const third = await rotate({ overlapHours: 24 })
    expect([await call(token), await call(second), await call(third)]).toEqual([401, 200, 200])
    const ended = await boss.act(contract.endPreviousToken, { params })
    expect(ended.body).toMatchObject({ previousTokenUntil: null })
    expect([await call(second), await call(third)]).toEqual([401, 200])
    const fourth = await rotate({})
    expect([await call(third), await call(fourth)]).toEqual([401, 200])
  })

  test('an old one stops by itself, and never lives longer for being replaced', async () => {
    const { boss, token, params } = await aClient({ expiresInDays: 1 })
    const replaced = await boss.act(contract.replaceToken, { params, query: { overlapHours: 720 } })
    const until = Date.parse(replaced.body.client.previousTokenUntil)
    expect(until - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
    const previousTokenUntil = new Date(Date.now() - 1000)
    await liveContext().db.apiClient.update({ where: { id: params.clientId }, data: { previousTokenUntil } })
    expect(await call(token)).toBe(401)
    expect(await call(replaced.body.token)).toBe(200)
  })
})
