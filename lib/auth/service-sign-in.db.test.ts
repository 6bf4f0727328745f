import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, cookieOf, ORIGIN, startApi } from '@/lib/testing/api'
import { CookieJar } from '@/lib/testing/cookie-jar'
import { claimsOf, startIdentityProvider, type IdentityProvider } from '@/lib/testing/identity-provider'
import { CLIENT } from '@/lib/testing/service-client'
import { answerAuth } from './next-auth'
import { totpAt } from './totp'

let api: Awaited<ReturnType<typeof startApi>>
let service: IdentityProvider

beforeAll(async () => {
  service = await startIdentityProvider([ORIGIN])
  api = await startApi({
    OIDC_ISSUER: service.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Ministry login',
    OIDC_ACR_VALUES: 'gold',
    ADMINISTRATOR_ROLES: 'errata-administrator',
  })
  await aFacility('MAH')
  await aFacility('GAL')
})
afterAll(async () => {
  await api.close()
  await service.close()
})
beforeEach(() => {
  service.forge = null
})

/** A browser that goes where it is sent, here and at the service. */
class Browser {
  readonly ours = new CookieJar()
  private readonly theirs = new CookieJar()

  /** Begins at our page; answers where the service's page or ours is. */
  async toService(): Promise<URL> {
    const { csrfToken } = await (await this.visit('/api/auth/csrf')).json()
    const answer = await this.visit('/api/auth/signin/oidc', { csrfToken, json: 'true', callbackUrl: `${ORIGIN}/` })
    return new URL((await answer.json()).url)
  }

  /** Types a login at the service and follows it back; answers the address of ours to which it sends. */
  async signInThere(address: URL, login: string): Promise<URL> {
    let at = address
    for (let hop = 0; hop < 12; hop++) {
      const response = await fetch(at, { redirect: 'manual', headers: { cookie: this.theirs.header() } })
      this.theirs.take(response)
      const onwards = response.headers.get('location') ?? (await this.fill(response, at, login))
      at = new URL(onwards, at)
      if (at.origin === ORIGIN) return at
    }
    throw new Error('The service never came back.')
  }

  private async fill(response: Response, at: URL, login: string): Promise<string> {
    const page = await response.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (!action) throw new Error(`No form at ${at.href}: ${response.status} ${page.slice(0, 300)}`)
    const body = new URLSearchParams({ prompt: 'login', login, password: 'x' })
    const answer = await fetch(new URL(action, at), {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { cookie: this.theirs.header() },
    })
    this.theirs.take(answer)
    return answer.headers.get('location')!
  }

  async signIn(login: string): Promise<URL> {
    return this.comeBack(await this.signInThere(await this.toService(), login))
  }

  /** Follows our own redirects to the page where it ends. */
  async comeBack(address: URL): Promise<URL> {
    let at = address
    while (at.pathname.startsWith('/api/auth/')) {
      const response = await this.visit(`${at.pathname}${at.search}`)
      at = new URL(response.headers.get('location')!, ORIGIN)
    }
    return at
  }

  private async visit(path: string, form?: Record<string, string>): Promise<Response> {
    const headers = new Headers({ host: new URL(ORIGIN).host, cookie: this.ours.header() })
    if (form) headers.set('content-type', 'application/x-www-form-urlencoded')
    const body = form && new URLSearchParams(form)
    const response = await answerAuth(new Request(`${ORIGIN}${path}`, { method: form ? 'POST' : 'GET', headers, body }))
    this.ours.take(response)
    return response
  }
}

const someone = (role: string | null, facility: string | null) => {
  const login = `p-${randomUUID()}`
  service.people.set(login, claimsOf(login, role, facility))
  return login
}
const accountOf = (browser: Browser) => ask(contract.account, { cookie: browser.ours.header() })
const operatorCalled = (username: string) => liveContext().db.operator.findUnique({ where: { username } })

describe('somebody whom the service knows', () => {
  test('gets in with the rights of the claims, and is the same operator the next time', async () => {
    const login = someone('facility-staff', 'MAH')
    const browser = new Browser()
    expect((await browser.signIn(login)).pathname).toBe('/')
    expect((await accountOf(browser)).body).toMatchObject({ username: login, name: `Person ${login}`, external: true })
    const operator = await operatorCalled(login)
    expect(operator).toMatchObject({ facilityCode: 'MAH', roles: ['operator'], external: true })
    await new Browser().signIn(login)
    expect(await liveContext().db.operatorIdentity.count({ where: { operatorId: operator!.id } })).toBe(1)
  })

  test('gets other rights when the claims change, at the next sign-in; a controller acts for all facilities', async () => {
    const login = someone('facility-admin', 'MAH')
    await new Browser().signIn(login)
    service.people.set(login, claimsOf(login, 'controller', null))
    await new Browser().signIn(login)
    expect(await operatorCalled(login)).toMatchObject({ facilityCode: null, roles: ['supervisor'] })
    service.people.set(login, claimsOf(login, 'errata-administrator', null))
    await new Browser().signIn(login)
    expect(await operatorCalled(login)).toMatchObject({ facilityCode: null, roles: ['administrator'] })
  })

  test('who has to have a second factor gets in when the service says that it asked for one, and not when it is silent', async () => {
    const login = someone('facility-staff', 'MAH')
    await new Browser().signIn(login)
    await liveContext().db.operator.update({ where: { username: login }, data: { secondFactorRequired: true } })
    const saying = async (claims: Record<string, unknown>) => {
      service.forge = (usual) => ({ ...usual, ...claims })
      return (await new Browser().signIn(login)).searchParams.get('refused')
    }
    for (const little of [{}, { amr: ['pwd'] }, { acr: '1' }, { amr: ['pwd', 'otp?'] }]) {
      expect(await saying(little), JSON.stringify(little)).toBe('second-factor')
    }
    for (const enough of [{ amr: ['pwd', 'otp'] }, { amr: ['mfa'] }, { acr: 'gold' }]) {
      expect(await saying(enough), JSON.stringify(enough)).toBeNull()
    }
  })

  test('what the service gave stays here: no cookie and no answer holds it', async () => {
    const login = someone('facility-staff', 'MAH')
    const browser = new Browser()
    let idToken = ''
    service.forge = (usual) => ({ ...usual, marker: (idToken = 'only in the ID token') })
    await browser.signIn(login)
    expect(idToken).not.toBe('')
    const cookies = browser.ours.header()
    expect(cookies).not.toMatch(/eyJ[\w-]+\.eyJ/)
    const account = await accountOf(browser)
    expect(JSON.stringify([account.body, [...account.headers]])).not.toMatch(/eyJ[\w-]+\.eyJ|only in the ID token/)
    const operator = await operatorCalled(login)
    const row = await liveContext().db.operatorSession.findFirstOrThrow({ where: { operatorId: operator!.id } })
    expect(Buffer.from(row.idToken!).toString('latin1')).not.toContain('eyJ')
  })

  test('does not get in on what was typed at the service long ago', async () => {
    const login = someone('facility-staff', 'MAH')
    const typed = async (minutesAgo: number) => {
      service.forge = (usual) => ({ ...usual, auth_time: Math.floor(Date.now() / 1000) - minutesAgo * 60 })
      return (await new Browser().signIn(login)).searchParams.get('refused')
    }
    expect([await typed(1), await typed(60)]).toEqual([null, 'not-asked'])
  })

  test('is not asked for a second factor of ours, and has no password here', async () => {
    const login = someone('facility-staff', 'MAH')
    const browser = new Browser()
    await browser.signIn(login)
    await liveContext().db.operator.update({ where: { username: login }, data: { secondFactorRequired: true } })
    const cookie = browser.ours.header()
    expect((await ask(contract.lineages, { cookie, query: { preEnrollmentCode: 'x' } })).status).toBe(200)
    const headers = { 'sec-fetch-site': 'same-origin' }
    const body = { current: '', password: 'three short planks' }
    expect((await ask(contract.changePassword, { cookie, headers, body })).body).toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('of two who sign in for the first time at once with one identity, one operator is made', async () => {
    const login = someone('facility-staff', 'GAL')
    const ends = await Promise.all([1, 2, 3].map(() => new Browser().signIn(login)))
    expect(ends.map(({ pathname }) => pathname)).toEqual(['/', '/', '/'])
    expect(await liveContext().db.operatorIdentity.count({ where: { subject: login } })).toBe(1)
  })
})

describe('who does not get in hears why', () => {
  const refused = async (login: string) => (await new Browser().signIn(login)).searchParams.get('refused')

  test.each([
    ['no role of ours', 'recipient', 'MAH', 'no-role'],
    ['no roles at all', null, 'MAH', 'no-role'],
    ['a role for a facility, and no facility', 'facility-staff', null, 'no-facility'],
    ['a facility that is not known', 'facility-staff', 'NOWHERE', 'unknown-facility'],
  ])('%s', async (_what, role, facility, why) => {
    const login = someone(role, facility)
    expect(await refused(login)).toBe(why)
    expect(await operatorCalled(login)).toBeNull()
  })

  test('a disabled facility, and a disabled operator', async () => {
    const { db } = liveContext()
    await aFacility('OFF')
    const login = someone('facility-staff', 'OFF')
    await new Browser().signIn(login)
    await db.facility.update({ where: { code: 'OFF' }, data: { disabled: true } })
    expect(await refused(login)).toBe('disabled-facility')
    const stopped = someone('facility-staff', 'MAH')
    await new Browser().signIn(stopped)
    await db.operator.update({ where: { username: stopped }, data: { disabled: true } })
    expect(await refused(stopped)).toBe('disabled')
  })

  test.each([
    ['for another client', () => ({ aud: 'somebody-else' })],
    ['of another issuer', () => ({ iss: 'http://localhost:1' })],
    ['that has expired', () => ({ exp: Math.floor(Date.now() / 1000) - 3600 })],
    ['for another sign-in (nonce)', () => ({ nonce: 'another' })],
  ])('an ID token %s', async (_what, wrong) => {
    const login = someone('facility-staff', 'MAH')
    service.forge = (claims) => ({ ...claims, ...wrong() })
    const end = await new Browser().signIn(login)
    expect([end.pathname, end.searchParams.get('error')]).toEqual(['/sign-in', 'OAuthCallback'])
    expect(await operatorCalled(login)).toBeNull()
  })

  test('an answer that another browser began (state), or that is sent twice', async () => {
    const login = someone('facility-staff', 'MAH')
    const [mine, theirs] = [new Browser(), new Browser()]
    const back = await mine.signInThere(await mine.toService(), login)
    await theirs.toService()
    const stolen = await theirs.comeBack(back)
    expect(stolen.searchParams.get('error')).toBe('OAuthCallback')
    expect((await accountOf(theirs)).status).toBe(401)
  })
})

describe('an account that is here already', () => {
  test('is never found by its name or e-mail address', async () => {
    const local = await anOperator({ roles: ['administrator'] })
    const login = `x-${randomUUID()}`
    const claims = { ...claimsOf(login, 'facility-staff', 'MAH'), preferred_username: local.username, email: 'a@b.c' }
    service.people.set(login, claims)
    const browser = new Browser()
    expect((await browser.signIn(login)).searchParams.get('refused')).toBe('username-taken')
    expect((await accountOf(browser)).status).toBe(401)
  })

  test('is connected by whoever is signed in to it and gives its password; then the service leads to it', async () => {
    const local = await anOperator({ facilityCode: 'GAL' })
    const login = someone('facility-staff', 'MAH')
    const browser = new Browser()
    const session = await cookieOf(local)
    browser.ours.set(session.slice(0, session.indexOf('=')), session.slice(session.indexOf('=') + 1))
    const allow = (password: string) =>
      ask(contract.connectService, {
        cookie: browser.ours.header(),
        headers: { 'sec-fetch-site': 'same-origin' },
        body: { password },
      })
    expect((await allow('a guess')).body).toMatchObject({ details: [{ path: '/password' }] })
    const allowed = await allow('correct horse')
    browser.ours.take(new Response(null, { headers: allowed.headers }))
    expect((await browser.signIn(login)).pathname).toBe('/')
    expect((await accountOf(browser)).body).toMatchObject({ username: local.username, service: { connected: true } })
    const later = new Browser()
    await later.signIn(login)
    // Its facility stays what the administrator here said.
    expect((await accountOf(later)).body).toMatchObject({ username: local.username, external: false })
    expect(await liveContext().db.operator.findUnique({ where: { id: local.id } })).toMatchObject({
      facilityCode: 'GAL',
    })
  })

  describe('once connected', () => {
    const sent = { 'sec-fetch-site': 'same-origin' }
    const identities = (operatorId: string) => liveContext().db.operatorIdentity.count({ where: { operatorId } })
    const connected = async () => {
      const local = await anOperator()
      const subject = `s-${randomUUID()}`
      const { db } = liveContext()
      await db.operatorIdentity.create({
        data: { issuer: service.issuer, subject, operatorId: local.id, linkedAt: new Date() },
      })
      return { local, subject }
    }

    test('is disconnected by its owner, which ends the other sessions', async () => {
      const { local } = await connected()
      const [cookie, other] = [await cookieOf(local), await cookieOf(local)]
      const end = () => ask(contract.disconnectService, { cookie, headers: sent })
      expect((await end()).body).toEqual({ disconnected: true })
      expect(await identities(local.id)).toBe(0)
      expect((await ask(contract.account, { cookie: other })).status).toBe(401)
      expect((await ask(contract.account, { cookie })).body).toMatchObject({ service: { connected: false } })
      expect((await end()).body).toMatchObject({ code: 'NOT_FOUND' })
    })

    test('is disconnected when an administrator resets the password or the second factor, and the log says so', async () => {
      const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
      for (const row of [contract.resetPassword, contract.resetSecondFactor]) {
        const { local } = await connected()
        expect((await ask(row, { cookie, headers: sent, params: { operatorId: local.id } })).status).toBe(200)
        expect(await identities(local.id)).toBe(0)
        const about = { path: ['operatorId'], equals: local.id }
        const lines = await liveContext().db.auditEvent.findMany({
          where: { action: 'operator.unlinked', detail: about },
        })
        expect(lines.map(({ detail }) => detail)).toEqual([{ operatorId: local.id, issuers: [service.issuer] }])
      }
    })

    test('is not taken from whoever comes through the service alone: nothing else leads to them', async () => {
      const boss = await cookieOf(await anOperator({ roles: ['administrator'] }))
      const { local } = await connected()
      await liveContext().db.operator.update({ where: { id: local.id }, data: { external: true } })
      const cookie = await cookieOf(local)
      expect((await ask(contract.disconnectService, { cookie, headers: sent })).body).toMatchObject({
        code: 'NOT_ALLOWED',
      })
      await ask(contract.resetSecondFactor, { cookie: boss, headers: sent, params: { operatorId: local.id } })
      expect(await identities(local.id)).toBe(1)
    })
  })

  test('with a second factor is not connected by the password alone', async () => {
    const cookie = await cookieOf(await anOperator())
    const asking = { cookie, headers: { 'sec-fetch-site': 'same-origin' } }
    const password = 'correct horse'
    const { secret } = (await ask(contract.beginSecondFactor, { ...asking, body: { password } })).body
    const first = { code: totpAt(secret, Math.floor(Date.now() / 30_000)) }
    const confirmed = await ask(contract.confirmSecondFactor, { ...asking, body: first })
    const { recoveryCodes } = confirmed.body
    const renewed = { ...asking, cookie: confirmed.headers.get('set-cookie')!.split(';')[0]! }
    const allow = (code?: string) => ask(contract.connectService, { ...renewed, body: { password, code } })
    for (const code of [undefined, '000000']) {
      const refused = await allow(code)
      expect(refused.body).toMatchObject({ details: [{ path: '/code' }] })
      expect(refused.headers.get('set-cookie')).toBeNull()
    }
    expect((await allow(recoveryCodes[0])).body).toEqual({ mayConnect: true })
  })

  test('is not connected without asking, however somebody is signed in', async () => {
    const local = await anOperator({ facilityCode: 'GAL' })
    const login = someone('facility-staff', 'MAH')
    const browser = new Browser()
    const session = await cookieOf(local)
    browser.ours.set(session.slice(0, session.indexOf('=')), session.slice(session.indexOf('=') + 1))
    await browser.signIn(login)
    expect((await accountOf(browser)).body).toMatchObject({ username: login })
    expect(await liveContext().db.operatorIdentity.count({ where: { operatorId: local.id } })).toBe(0)
    // And the session that was in this browser is over.
    expect((await ask(contract.account, { cookie: session })).status).toBe(401)
  })
})

test('signing out ends the session here and leads to the service, which knows who it is about', async () => {
  const login = someone('facility-staff', 'MAH')
  const browser = new Browser()
  await browser.signIn(login)
  const cookie = browser.ours.header()
  const stored = await liveContext().db.operatorSession.findFirst({ where: { operator: { username: login } } })
  expect(Buffer.from(stored!.idToken!).toString('latin1')).not.toContain('eyJ')
  const answer = await ask(contract.signOut, { cookie, headers: { 'sec-fetch-site': 'same-origin' } })
  expect(answer.headers.get('set-cookie')).toMatch(/session-token=;.*Max-Age=0/)
  expect((await ask(contract.account, { cookie })).status).toBe(401)
  const there = new URL(answer.body.continueAt)
  expect(there.origin).toBe(service.issuer)
  expect(there.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/sign-in`)
  expect((await fetch(there)).status).toBe(200)
})
