import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { answerAuth } from '@/lib/auth/next-auth'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { hashToken } from '@/lib/auth/tokens'
import { aFacility, anOperator, ask, aToken, cookieOf, ORIGIN, startApi } from '@/lib/testing/api'

let api: Awaited<ReturnType<typeof startApi>>
let administrator: Awaited<ReturnType<typeof anOperator>>
let cookie: string

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const OWN_PASSWORD = 'three short planks'

beforeAll(async () => {
  api = await startApi()
})
beforeEach(async () => {
  const { db } = liveContext()
  await db.operator.updateMany({ data: { roles: ['operator'] } })
  administrator = await anOperator({ roles: ['administrator'] })
  cookie = await cookieOf(administrator)
})
afterAll(() => api.close())

/** As the administrator, from our own pages. */
const administer = (row: Parameters<typeof ask>[0], asking: Parameters<typeof ask>[1] = {}) =>
  ask(row, { cookie, headers: OWN_PAGE, ...asking })
const aNewOperator = (facts: Record<string, unknown> = {}) =>
  administer(contract.addOperator, {
    body: {
      username: `clerk-${randomUUID()}`,
      name: 'Nimal Perera',
      facilityCode: null,
      roles: ['operator'],
      ...facts,
    },
  })
const changed = (operatorId: string, body: object, more: object = {}) =>
  administer(contract.changeOperator, { params: { operatorId }, body, ...more })
const audited = (action: string) =>
  liveContext().db.auditEvent.findMany({ where: { action, actorId: administrator.id }, orderBy: { id: 'asc' } })

/** Signs in as a browser does; answers the Cookie header, null when refused. */
async function signedIn(username: string, password: string): Promise<string | null> {
  const headers = { host: new URL(ORIGIN).host }
  const csrf = await answerAuth(new Request(`${ORIGIN}/api/auth/csrf`, { headers }))
  const sent = csrf.headers.getSetCookie().map((one) => one.split(';')[0]!)
  const { csrfToken } = await csrf.json()
  const form = new URLSearchParams({ username, password, csrfToken, callbackUrl: ORIGIN, json: 'true' }).toString()
  const response = await answerAuth(
    new Request(`${ORIGIN}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { ...headers, cookie: sent.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    }),
  )
  const session = response.headers.getSetCookie().find((one) => one.includes('session-token=') && !one.includes('=;'))
  return session?.split(';')[0] ?? null
}

describe('operators', () => {
  test('only administrators see and change them', async () => {
    const clerk = await cookieOf(await anOperator())
    expect((await ask(contract.operators, { cookie: clerk })).body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await ask(contract.operators, { token: await aToken() })).body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await ask(contract.operators)).status).toBe(401)
    const body = { username: 'x', name: 'x', facilityCode: null, roles: ['administrator'] }
    const refused = await ask(contract.addOperator, { cookie: clerk, headers: OWN_PAGE, body })
    expect(refused.body).toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('are listed by username, searched by a part of name or facility, page after page', async () => {
    const mark = randomUUID().slice(0, 8)
    await aFacility(`F${mark}`)
    for (let n = 0; n < 3; n++)
      await aNewOperator({ name: `Person ${mark}`, facilityCode: n === 0 ? `F${mark}` : null })
    const found = (await administer(contract.operators, { query: { q: mark } })).body
    expect(found.operators).toHaveLength(3)
    expect(found.next).toBeNull()
    expect((await administer(contract.operators, { query: { q: `Facility F${mark}` } })).body.operators).toHaveLength(1)
    expect((await administer(contract.operators, { query: { q: '%' } })).body.operators).toHaveLength(0)
    const { db } = liveContext()
    await db.operator.createMany({
      data: Array.from({ length: 60 }, (_, n) => ({
        id: randomUUID(),
        username: `page-${mark}-${String(n).padStart(2, '0')}`,
        name: 'Many',
        passwordHash: 'x',
        roles: ['operator'],
      })),
    })
    const first = (await administer(contract.operators, { query: { q: `page-${mark}` } })).body
    const second = (await administer(contract.operators, { query: { q: `page-${mark}`, after: first.next } })).body
    expect([first.operators.length, second.operators.length, second.next]).toEqual([50, 10, null])
  })

  test('a username is taken whatever its case, and the field is named', async () => {
    const username = `Nimal-${randomUUID()}`
    expect((await aNewOperator({ username })).body.operator.username).toBe(username.toLowerCase())
    const again = await aNewOperator({ username: username.toUpperCase() })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ code: 'NAME_TAKEN', details: [{ path: '/username' }] })
  })

  test('of ten who take the same username at once, one gets it', async () => {
    const username = `race-${randomUUID()}`
    const answers = await Promise.all(Array.from({ length: 10 }, () => aNewOperator({ username })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'NAME_TAKEN')).toHaveLength(9)
  })

  test('hostile names are refused, foreign scripts are not', async () => {
    for (const username of ['', '  ', 'a b', 'a:b', 'a\u0000b', 'a\u202eb', `${'x'.repeat(61)}`]) {
      expect((await aNewOperator({ username })).body).toMatchObject({ code: 'VALIDATION_ERROR' })
    }
    expect((await aNewOperator({ name: 'a\u200bb' })).body).toMatchObject({ code: 'VALIDATION_ERROR' })
    expect((await aNewOperator({ facilityCode: 'NOWHERE' })).body).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [{ path: '/facilityCode' }],
    })
    const { body } = await aNewOperator({ username: `නිමල්-${randomUUID()}`, name: 'නිමල් පෙරේරා' })
    expect(body.operator.name).toBe('නිමල් පෙරේරා')
  })

  test('each change is in the audit with what was before and after, in the same transaction, and no secret is', async () => {
    const { body } = await aNewOperator()
    const { operatorId } = body.operator
    await changed(operatorId, { name: 'Nimal Silva' })
    await changed(operatorId, { name: 'Nimal Silva' })
    const reset = await administer(contract.resetPassword, { params: { operatorId } })
    expect(await audited('operator.added')).toHaveLength(1)
    const changes = await audited('operator.changed')
    expect(changes.map(({ detail }) => detail)).toMatchObject([
      { operatorId, changes: { name: ['Nimal Perera', 'Nimal Silva'] } },
    ])
    expect(await audited('operator.password_reset')).toHaveLength(1)
    const all = JSON.stringify(await liveContext().db.auditEvent.findMany({ select: { detail: true } }))
    for (const secret of [body.password, reset.body.password]) expect(all).not.toContain(secret)
  })

  test('disabling ends the sessions at once', async () => {
    const clerk = await anOperator()
    const theirs = await cookieOf(clerk)
    expect((await changed(clerk.id, { disabled: true })).body).toMatchObject({ disabled: true })
    expect((await ask(contract.lineages, { cookie: theirs, query: { preEnrollmentCode: 'x' } })).status).toBe(401)
    expect(await signedIn(clerk.username, 'correct horse')).toBeNull()
    await changed(clerk.id, { disabled: false })
    expect((await ask(contract.lineages, { cookie: theirs, query: { preEnrollmentCode: 'x' } })).status).toBe(401)
    expect(await signedIn(clerk.username, 'correct horse')).not.toBeNull()
  })

  test('unknown ids are not found', async () => {
    for (const operatorId of [randomUUID(), 'x', "'; drop table operator"]) {
      expect((await administer(contract.operator, { params: { operatorId } })).status).toBe(404)
      expect((await changed(operatorId, { disabled: true })).status).toBe(404)
    }
  })
})

describe('the last administrator', () => {
  test('cannot be disabled, and like everybody does not change the own roles or facilities', async () => {
    expect((await changed(administrator.id, { disabled: true })).body).toMatchObject({ code: 'LAST_ADMINISTRATOR' })
    for (const body of [
      { roles: ['operator'] },
      { roles: ['operator', 'administrator'] },
      { facilityCode: 'unassigned' },
    ]) {
      expect((await changed(administrator.id, body)).body).toMatchObject({ code: 'NOT_ALLOWED' })
    }
    expect((await administer(contract.operators)).status).toBe(200)
  })

  test('of two who disable or demote each other at the same moment, one stays, however often it is tried', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const { db } = liveContext()
      await db.operator.updateMany({ data: { roles: ['operator'] } })
      const two = [await anOperator({ roles: ['administrator'] }), await anOperator({ roles: ['administrator'] })]
      const [one, other] = await Promise.all(two.map((operator) => cookieOf(operator)))
      const answers = await Promise.all([
        changed(two[1]!.id, { disabled: true }, { cookie: one }),
        changed(two[0]!.id, { roles: ['operator'] }, { cookie: other }),
      ])
      const left = await db.operator.count({ where: { roles: { has: 'administrator' }, disabled: false } })
      expect(left, JSON.stringify(answers.map(({ body }) => body))).toBeGreaterThanOrEqual(1)
      expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    }
  })

  test('is not one who has not yet set an own password, nor one of a disabled facility', async () => {
    const { body } = await aNewOperator({ roles: ['administrator'] })
    expect((await changed(administrator.id, { disabled: true })).body.code).toBe('LAST_ADMINISTRATOR')
    const theirs = await signedIn(body.operator.username, body.password)
    await ask(contract.changePassword, { cookie: theirs!, headers: OWN_PAGE, body: { password: OWN_PASSWORD } })
    const code = `D${randomUUID().slice(0, 8)}`
    await aFacility(code)
    await changed(body.operator.operatorId, { facilityCode: code })
    expect((await changed(administrator.id, { disabled: true })).status).toBe(200)
    await liveContext().db.operator.update({ where: { id: administrator.id }, data: { disabled: false } })
    cookie = await cookieOf(administrator)
    expect((await closed(code)).status).toBe(200)
    expect((await changed(administrator.id, { disabled: true })).body.code).toBe('LAST_ADMINISTRATOR')
  })

  test('keeps the facility open that they work in', async () => {
    const code = `L${randomUUID().slice(0, 8)}`
    await aFacility(code)
    await liveContext().db.operator.update({ where: { id: administrator.id }, data: { facilityCode: code } })
    expect((await closed(code)).body).toMatchObject({ code: 'LAST_ADMINISTRATOR' })
  })

  test('cannot give themselves a one-time password', async () => {
    const refused = await administer(contract.resetPassword, { params: { operatorId: administrator.id } })
    expect(refused.body).toMatchObject({ code: 'NOT_ALLOWED' })
  })
})

const closed = (facilityCode: string) =>
  administer(contract.changeFacility, { params: { facilityCode }, body: { disabled: true } })

describe('a one-time password', () => {
  test('signs in, and nothing works until an own one is set; then everything does, in the same session', async () => {
    const { body } = await aNewOperator()
    const theirs = (await signedIn(body.operator.username, body.password))!
    const search = (sent: string) => ask(contract.lineages, { cookie: sent, query: { preEnrollmentCode: 'x' } })
    expect((await search(theirs)).body).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' })
    const set = await ask(contract.changePassword, {
      cookie: theirs,
      headers: OWN_PAGE,
      body: { password: OWN_PASSWORD },
    })
    expect(set.body).toEqual({ changed: true })
    const cookies = set.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    expect((await search(cookies[0]!.split(';')[0]!)).status).toBe(200)
    expect((await search(theirs)).status).toBe(401)
    expect(await signedIn(body.operator.username, body.password)).toBeNull()
    expect(await signedIn(body.operator.username, OWN_PASSWORD)).not.toBeNull()
    const view = await administer(contract.operator, { params: { operatorId: body.operator.operatorId } })
    expect(view.body).toMatchObject({ mustChangePassword: false, lastSignedInAt: expect.any(String) })
  })

  test('from a reset ends the old password and the sessions', async () => {
    const clerk = await anOperator()
    const theirs = await cookieOf(clerk)
    const reset = await administer(contract.resetPassword, { params: { operatorId: clerk.id } })
    expect((await ask(contract.lineages, { cookie: theirs, query: { preEnrollmentCode: 'x' } })).status).toBe(401)
    expect(await signedIn(clerk.username, 'correct horse')).toBeNull()
    expect(await signedIn(clerk.username, reset.body.password)).not.toBeNull()
  })

  test('cannot stay: neither itself nor anything short or made of the name becomes the own one', async () => {
    const { body } = await aNewOperator()
    const theirs = (await signedIn(body.operator.username, body.password))!
    for (const password of [body.password, 'short', 'Nimal Perera 1', 'aaaaaaaaaaaaaa']) {
      const answer = await ask(contract.changePassword, { cookie: theirs, headers: OWN_PAGE, body: { password } })
      expect(answer.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: '/password' }] })
    }
  })
})

describe('the own password', () => {
  const change = (sent: string, body: object, headers: Record<string, string> = OWN_PAGE) =>
    ask(contract.changePassword, { cookie: sent, headers, body })

  test('needs the old one, which can be guessed as often as at the sign-in', async () => {
    const theirs = await cookieOf(await anOperator())
    const wrong = []
    for (let n = 0; n < 6; n++) wrong.push(await change(theirs, { current: `guess ${n}`, password: OWN_PASSWORD }))
    expect(wrong[0]!.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: '/current' }] })
    expect(wrong.at(-1)!.body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
    expect(wrong.at(-1)!.headers.get('retry-after')).toBe('900')
    expect((await change(theirs, { current: 'correct horse', password: OWN_PASSWORD })).status).toBe(429)
  })

  test('ends the other sessions and keeps this one, also when this one was due to be renewed', async () => {
    const clerk = await anOperator()
    const [here, there] = [await cookieOf(clerk, 300), await cookieOf(clerk, 500)]
    const answer = await change(here, { current: 'correct horse', password: OWN_PASSWORD })
    const [renewed] = answer.headers.getSetCookie()
    expect(answer.headers.getSetCookie()).toHaveLength(1)
    const search = (sent: string) => ask(contract.lineages, { cookie: sent, query: { preEnrollmentCode: 'x' } })
    expect((await search(renewed!.split(';')[0]!)).status).toBe(200)
    expect((await search(there)).status).toBe(401)
  })

  test('of two changes at once one wins, and only its password works', async () => {
    const clerk = await anOperator()
    const theirs = await cookieOf(clerk)
    const both = ['three short planks', 'four long planks']
    const answers = await Promise.all(both.map((password) => change(theirs, { current: 'correct horse', password })))
    const won = answers.findIndex(({ status }) => status === 200)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await signedIn(clerk.username, both[won]!)).not.toBeNull()
    expect(await signedIn(clerk.username, both[1 - won]!)).toBeNull()
  })

  test('is set from our own pages only, and not with a token', async () => {
    const theirs = await cookieOf(await anOperator())
    const body = { current: 'correct horse', password: OWN_PASSWORD }
    expect((await change(theirs, body, { 'sec-fetch-site': 'cross-site' })).body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await ask(contract.changePassword, { token: await aToken(), body })).body).toMatchObject({
      code: 'NOT_ALLOWED',
    })
  })
})

describe('facilities', () => {
  const add = (body: object) => administer(contract.addFacility, { body })
  const change = (facilityCode: string, body: object) =>
    administer(contract.changeFacility, { params: { facilityCode }, body })

  test('own what source systems mention under their name or another name of theirs', async () => {
    const code = `K-${randomUUID().slice(0, 8)}`
    const made = await add({ code, name: `Kandy ${code}`, aliases: [`MOH ${code}`, `Kandy ${code}`] })
    expect(made.body).toMatchObject({ code, aliases: [`MOH ${code}`], disabled: false, builtIn: false })
    for (const name of [`Kandy ${code}`, `MOH ${code}`]) {
      const preEnrollmentCode = randomUUID()
      const body = [aRequest({ preEnrollmentCode, facility: { name } })]
      await ask(contract.certify, { token: await aToken(), body })
      const [lineage] = await liveContext().db.lineage.findMany({ where: { preEnrollmentCode } })
      expect(lineage!.facilityCode).toBe(code)
    }
  })

  test('no name means two of them, whatever its case', async () => {
    const mark = randomUUID().slice(0, 8)
    await add({ code: `A${mark}`, name: `First ${mark}`, aliases: [`Other ${mark}`] })
    const taken = (path: string) => ({ code: 'NAME_TAKEN', details: [{ path }] })
    expect((await add({ code: `a${mark}`, name: 'x' })).body).toMatchObject(taken('/code'))
    expect((await add({ code: `B${mark}`, name: `first ${mark}` })).body).toMatchObject(taken('/name'))
    expect((await add({ code: `B${mark}`, name: `B ${mark}`, aliases: [`OTHER ${mark}`] })).body).toMatchObject(
      taken('/aliases'),
    )
    expect((await add({ code: `B${mark}`, name: `B ${mark}` })).status).toBe(200)
    expect((await change(`B${mark}`, { name: `Other ${mark}` })).body).toMatchObject(taken('/name'))
    expect((await change(`A${mark}`, { name: `Other ${mark}`, aliases: [`First ${mark}`] })).body).toMatchObject({
      name: `Other ${mark}`,
      aliases: [`First ${mark}`],
    })
  })

  test('disabled: its operators and clients cannot act, its certificates stay and others correct them', async () => {
    const code = `X${randomUUID().slice(0, 8)}`
    await aFacility(code)
    const clerk = await anOperator({ facilityCode: code })
    const theirs = await cookieOf(clerk)
    const token = await aToken({ facilityCode: code })
    const preEnrollmentCode = randomUUID()
    await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode })] })
    expect((await closed(code)).body).toMatchObject({ disabled: true })
    const query = { preEnrollmentCode }
    expect((await ask(contract.lineages, { cookie: theirs, query })).status).toBe(401)
    expect((await ask(contract.lineages, { token, query })).status).toBe(401)
    expect(await signedIn(clerk.username, 'correct horse')).toBeNull()
    const everywhere = await cookieOf(await anOperator())
    expect((await ask(contract.lineages, { cookie: everywhere, query })).body.lineages).toHaveLength(1)
    expect((await aNewOperator({ facilityCode: code })).body).toMatchObject({ code: 'VALIDATION_ERROR' })
    await change(code, { disabled: false })
    expect((await ask(contract.lineages, { cookie: theirs, query })).status).toBe(401)
    expect(await signedIn(clerk.username, 'correct horse')).not.toBeNull()
    expect((await ask(contract.lineages, { token, query })).status).toBe(200)
  })

  test('somebody with the right password hears that the facility is disabled; a guesser does not', async () => {
    const code = `Y${randomUUID().slice(0, 8)}`
    await aFacility(code)
    const clerk = await anOperator({ facilityCode: code })
    await closed(code)
    const { signIn } = await import('@/lib/auth/sign-in')
    const context = { db: liveContext().db, secret: 's', now: new Date(), uuid: randomUUID, timeZone: 'UTC' }
    const sentence = (password: string) =>
      signIn(context, { username: clerk.username, password, address: null }).catch((error) => error.message)
    expect(await sentence('correct horse')).toBe('Your facility is disabled. Ask your administrator.')
    expect(await sentence('wrong')).toBe('Username or password is incorrect.')
  })

  test('the built-in one stays as it is', async () => {
    expect((await change('unassigned', { disabled: true })).body).toMatchObject({ code: 'NOT_ALLOWED' })
  })
})

describe('clients', () => {
  const add = (facts: object = {}) =>
    administer(contract.addClient, { body: { name: `System ${randomUUID()}`, facilityCode: null, ...facts } })
  const search = (token: string) => ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })

  test('get a token once, which works until it is replaced, or the client disabled', async () => {
    const { body } = await add({ batch: 'each', ratePerMinute: 100 })
    expect(body.client).toMatchObject({ batch: 'each', sandbox: false, ratePerMinute: 100, lastUsedAt: null })
    const { clientId } = body.client
    expect((await search(body.token)).status).toBe(200)
    const fresh = await administer(contract.replaceToken, { params: { clientId } })
    expect((await search(body.token)).status).toBe(401)
    expect((await search(fresh.body.token)).status).toBe(200)
    await administer(contract.changeClient, { params: { clientId }, body: { disabled: true } })
    expect((await search(fresh.body.token)).status).toBe(401)
    const lists = JSON.stringify((await administer(contract.clients, { query: { q: body.client.name } })).body)
    for (const { token } of [body, fresh.body]) {
      expect(lists).not.toContain(token)
      expect(lists).not.toContain(hashToken(token))
    }
    const audit = JSON.stringify((await liveContext().db.auditEvent.findMany()).map(({ detail }) => detail))
    for (const { token } of [body, fresh.body]) expect(audit).not.toContain(token)
  })

  test('have names of their own, and stay in the sandbox or out of it', async () => {
    const { body } = await add({ sandbox: true })
    expect((await add({ name: body.client.name.toUpperCase() })).body).toMatchObject({
      code: 'NAME_TAKEN',
      details: [{ path: '/name' }],
    })
    const { clientId } = body.client
    const after = await administer(contract.changeClient, {
      params: { clientId },
      body: { sandbox: false, name: 'Renamed' },
    })
    expect(after.body).toMatchObject({ sandbox: true, name: 'Renamed' })
  })

  test('the rate is at least one request', async () => {
    expect((await add({ ratePerMinute: 0 })).body).toMatchObject({ code: 'VALIDATION_ERROR' })
  })
})
