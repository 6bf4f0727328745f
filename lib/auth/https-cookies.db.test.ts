/** Where people come over https. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator, startApi } from '@/lib/testing/api'
import { CookieJar } from '@/lib/testing/cookie-jar'
import { holderCookie } from '@/lib/holders/session'
import { sealedCookie } from './sealed-cookie'
import { CONNECTING } from './connecting'
import { answerAuth } from './next-auth'
import { endedSessionCookie, sessionCookie } from './session-cookie'

const HTTPS = 'https://errata.example'
let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi({ PUBLIC_URL: HTTPS })
})
afterAll(() => api.close())

test('every cookie is of this host alone, for https alone, and out of the reach of scripts', async () => {
  const operator = await anOperator()
  const jar = new CookieJar()
  const set: string[] = []
  const visit = async (path: string, form?: Record<string, string>) => {
    const headers = new Headers({ host: 'errata.example', cookie: jar.header() })
    if (form) headers.set('content-type', 'application/x-www-form-urlencoded')
    const body = form && new URLSearchParams(form)
    const answer = await answerAuth(new Request(`${HTTPS}${path}`, { method: form ? 'POST' : 'GET', headers, body }))
    jar.take(answer)
    set.push(...answer.headers.getSetCookie())
    return answer.json()
  }
  const { csrfToken } = await visit('/api/auth/csrf')
  const form = { username: operator.username, password: 'correct horse', csrfToken, json: 'true' }
  await visit('/api/auth/callback/credentials', form)
  expect(await visit('/api/auth/session')).toMatchObject({ user: { id: operator.id } })
  set.push(await sealedCookie(CONNECTING, {}, 60), await holderCookie('a-token', 'a-link'), endedSessionCookie())
  expect(new Set(set.map((cookie) => cookie.split('=')[0])).size).toBeGreaterThan(5)
  for (const cookie of set) {
    expect(cookie).toMatch(/^__Host-[^=]+=/)
    expect(cookie).toMatch(/; Secure(;|$)/)
    expect(cookie).toMatch(/; HttpOnly(;|$)/i)
    expect(cookie).toMatch(/; Path=\/(;|$)/)
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)(;|$)/i)
    expect(cookie).not.toMatch(/Domain=/i)
  }
})

test('an encrypted session says nothing, and no two are alike', async () => {
  const token = { sub: 'asha-the-operator', sid: 's', signedInAt: 1, passwordMark: 'm' }
  const [one, two] = [await sessionCookie(token, 60), await sessionCookie(token, 60)]
  expect(one).not.toBe(two)
  const [name, value] = one.split(';')[0]!.split('=')
  expect(name).toBe('__Host-next-auth.session-token')
  const parts = value!.split('.')
  expect(JSON.parse(Buffer.from(parts[0]!, 'base64url').toString())).toEqual({ alg: 'dir', enc: 'A256GCM' })
  for (const part of parts) expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain('asha')
})

test('what is for one address alone has a name for each, so that two links do not share a cookie', async () => {
  const names = await Promise.all(['one', 'two'].map(async (token) => (await holderCookie(token, 'x')).split('=')[0]))
  expect(new Set(names).size).toBe(2)
})
