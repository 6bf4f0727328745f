import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { anOperator, ask, aToken, cookieOf, ORIGIN, startApi } from '@/lib/testing/api'
import { answerAuth } from './next-auth'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const asked = async (cookie: string) => ask(contract.lineages, { cookie, query: { preEnrollmentCode: 'x' } })

const auditOf = async (actorId: string) => {
  const rows = await liveContext().db.auditEvent.findMany({ where: { actorId }, orderBy: { id: 'asc' } })
  return rows.map(({ action }) => action)
}

/** A browser as far as cookies go. */
class Browser {
  private readonly cookies = new Map<string, string>()

  async visit(path: string, form?: Record<string, string>): Promise<Response> {
    const headers = new Headers({ host: new URL(ORIGIN).host, cookie: this.header(), 'x-forwarded-for': '192.0.2.7' })
    const body = form && new URLSearchParams(form).toString()
    if (body) {
      headers.set('content-type', 'application/x-www-form-urlencoded')
      headers.set('content-length', String(body.length))
    }
    const response = await answerAuth(new Request(`${ORIGIN}${path}`, { method: body ? 'POST' : 'GET', headers, body }))
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ')
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value === '' || attributes.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async signIn(username: string, password: string): Promise<URL> {
    const { csrfToken } = await (await this.visit('/api/auth/csrf')).json()
    const form = { username, password, csrfToken, callbackUrl: `${ORIGIN}/`, json: 'true' }
    const { url } = await (await this.visit('/api/auth/callback/credentials', form)).json()
    return new URL(url)
  }
}

describe('a session', () => {
  test('begins with the right password, works on the API, tells who it is, and ends with signing out', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    expect((await browser.signIn(operator.username, 'correct horse')).searchParams.get('error')).toBeNull()
    expect((await asked(browser.header())).status).toBe(200)
    expect(await (await browser.visit('/api/auth/session')).json()).toMatchObject({
      user: { id: operator.id, name: 'Asha' },
    })
    const { csrfToken } = await (await browser.visit('/api/auth/csrf')).json()
    await browser.visit('/api/auth/signout', { csrfToken, json: 'true', callbackUrl: ORIGIN })
    expect((await asked(browser.header())).status).toBe(401)
    expect(await auditOf(operator.id)).toEqual(['signed_in', 'record.searched', 'signed_out'])
  })

  test('every sign-in that was refused is in the audit, one that was not looked at once, and no password or name', async () => {
    const operator = await anOperator()
    for (let n = 0; n < 8; n++) await new Browser().signIn(operator.username, 'x')
    expect(await auditOf(operator.id)).toEqual(Array.from({ length: 6 }, () => 'sign_in.refused'))
    await new Browser().signIn('a-secret-in-the-wrong-field', 'another-secret')
    const rows: { line: string }[] = await liveContext().db.$queryRaw`select audit_line(e) as line from audit_event e`
    const log = rows.map(({ line }) => line).join('\n')
    expect(log).toContain('"actorId":"account ')
    for (const typed of ['a-secret-in-the-wrong-field', 'another-secret']) expect(log).not.toContain(typed)
  })

  test('a failed sign-in says why in a sentence, and after too many until when', async () => {
    const operator = await anOperator()
    const sentences = []
    for (let n = 0; n < 6; n++)
      sentences.push((await new Browser().signIn(operator.username, 'x')).searchParams.get('error'))
    expect(sentences[0]).toBe('Username or password is incorrect.')
    expect(sentences[5]).toMatch(/^Too many attempts\. Try again at \d\d:\d\d UTC\.$/)
  })

  test('a lock that strangers caused holds for them, and not for a browser in which the person signed in before', async () => {
    const operator = await anOperator()
    const own = new Browser()
    await own.signIn(operator.username, 'correct horse')
    for (let n = 0; n < 6; n++) await new Browser().signIn(operator.username, 'x')
    const elsewhere = await new Browser().signIn(operator.username, 'correct horse')
    expect(elsewhere.searchParams.get('error')).toMatch(/^Too many attempts/)
    expect((await own.signIn(operator.username, 'correct horse')).searchParams.get('error')).toBeNull()
    // What such a browser remembers is no way to guess without end, and says nothing about anybody else.
    const tries = []
    for (let n = 0; n < 6; n++) tries.push((await own.signIn(operator.username, 'x')).searchParams.get('error'))
    expect(tries[4]).toBe('Username or password is incorrect.')
    expect(tries[5]).toMatch(/^Too many attempts/)
    const other = await anOperator()
    for (let n = 0; n < 6; n++) await new Browser().signIn(other.username, 'x')
    expect((await own.signIn(other.username, 'correct horse')).searchParams.get('error')).toMatch(/^Too many attempts/)
  })

  test('that was ended stays ended, whoever kept its cookie', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    await browser.signIn(operator.username, 'correct horse')
    const kept = browser.header()
    const { csrfToken } = await (await browser.visit('/api/auth/csrf')).json()
    await browser.visit('/api/auth/signout', { csrfToken, json: 'true', callbackUrl: ORIGIN })
    expect((await asked(kept)).status).toBe(401)
  })

  test('is another one after each sign-in: what a browser had before is ended, and a planted cookie is not taken over', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    await browser.signIn(operator.username, 'correct horse')
    const first = browser.header()
    await browser.signIn(operator.username, 'correct horse')
    expect((await asked(first)).status).toBe(401)
    expect((await asked(browser.header())).status).toBe(200)
    const sessions = await liveContext().db.operatorSession.findMany({ where: { operatorId: operator.id } })
    expect(sessions.map(({ endedAt }) => endedAt !== null).sort()).toEqual([false, true])
  })

  test('is one of ten at most: of more the one seen longest ago ends', async () => {
    const operator = await anOperator()
    const browsers = Array.from({ length: 11 }, () => new Browser())
    for (const browser of browsers) await browser.signIn(operator.username, 'correct horse')
    const states = await Promise.all(browsers.map(async (browser) => (await asked(browser.header())).status))
    expect(states).toEqual([401, ...Array(10).fill(200)])
  })

  test('without the token of our own form nobody is signed in', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    const form = { username: operator.username, password: 'correct horse', csrfToken: 'guessed', json: 'true' }
    await browser.visit('/api/auth/callback/credentials', form)
    expect((await asked(browser.header())).status).toBe(401)
  })

  test('nobody is sent to another site after signing in', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    const { csrfToken } = await (await browser.visit('/api/auth/csrf')).json()
    const form = {
      username: operator.username,
      password: 'correct horse',
      csrfToken,
      callbackUrl: 'https://evil.example/',
      json: 'true',
    }
    const { url } = await (await browser.visit('/api/auth/callback/credentials', form)).json()
    expect(new URL(url).origin).toBe(ORIGIN)
  })

  test('its cookie cannot be read by scripts and is not sent along from other sites', async () => {
    const operator = await anOperator()
    const browser = new Browser()
    const { csrfToken } = await (await browser.visit('/api/auth/csrf')).json()
    const form = { username: operator.username, password: 'correct horse', csrfToken, json: 'true' }
    const response = await browser.visit('/api/auth/callback/credentials', form)
    const cookie = response.headers.getSetCookie().find((candidate) => candidate.includes('session-token'))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/i)
  })

  test('disabling somebody, or a new password, ends it at once; a new facility counts at once', async () => {
    const { db } = liveContext()
    await db.facility.create({ data: { code: 'NEW', name: 'New' } })
    const operator = await anOperator()
    const cookie = await cookieOf(operator)
    await ask(contract.certify, { token: await aToken(), body: [aRequest({ preEnrollmentCode: 'x' })] })
    expect((await asked(cookie)).status).toBe(200)
    await db.operator.update({ where: { id: operator.id }, data: { facilityCode: 'NEW' } })
    expect((await asked(cookie)).body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
    await db.operator.update({ where: { id: operator.id }, data: { disabled: true } })
    expect((await asked(cookie)).status).toBe(401)
    await db.operator.update({ where: { id: operator.id }, data: { disabled: false, passwordHash: 'another' } })
    expect((await asked(cookie)).status).toBe(401)
  })

  test('goes on while something is done in it, ends after 15 idle minutes, and after 12 hours whatever is done', async () => {
    const operator = await anOperator()
    const cookie = await cookieOf(operator)
    const start = Date.now()
    const after = async (minutes: number, sent: string) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 })
      try {
        return await asked(sent)
      } finally {
        vi.useRealTimers()
      }
    }
    expect((await after(0, cookie)).headers.get('set-cookie')).toBeNull()
    expect((await after(16, cookie)).status).toBe(401)
    const renewed = (await after(14, cookie)).headers.get('set-cookie')!.split(';')[0]!
    expect((await after(28, renewed)).status).toBe(200)
    expect((await after(30, renewed)).status).toBe(401)
    const old = await cookieOf(operator, 12 * 60 * 60 - 180)
    const last = (await after(2, old)).headers.get('set-cookie')!
    expect(Number(/Max-Age=(\d+)/.exec(last)![1])).toBeLessThanOrEqual(61)
    // Six seconds more than its end: what was asked before took some of the clock.
    expect((await after(3.1, last.split(';')[0]!)).status).toBe(401)
  })

  test('a forged cookie is nobody', async () => {
    const operator = await anOperator()
    const cookie = await cookieOf(operator)
    expect((await asked(`${cookie.slice(0, -6)}AAAAAA`)).status).toBe(401)
    expect((await asked('next-auth.session-token=x')).status).toBe(401)
  })
})
