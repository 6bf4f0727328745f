import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, ORIGIN } from '@/lib/testing/api'
import { CookieJar } from '@/lib/testing/cookie-jar'
import { startIdentityProvider, claimsOf, type IdentityProvider } from '@/lib/testing/identity-provider'
import { CLIENT } from '@/lib/testing/service-client'
import { liveContext } from '@/lib/certificates/context'
import { answerAuth } from './next-auth'

let api: Awaited<ReturnType<typeof startApi>>
let service: IdentityProvider

beforeAll(async () => {
  service = await startIdentityProvider([ORIGIN])
  // The same service at an address under which it does not go.
  const issuer = service.issuer.replace('localhost', '127.0.0.1')
  api = await startApi({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret })
})
afterAll(async () => {
  await api.close()
  await service.close()
})

test('a service that calls itself something else lets nobody in', async () => {
  service.people.set('asha', claimsOf('asha', 'controller', null))
  const [ours, theirs] = [new CookieJar(), new CookieJar()]
  const visit = async (path: string, form?: Record<string, string>) => {
    const headers = new Headers({ host: new URL(ORIGIN).host, cookie: ours.header() })
    if (form) headers.set('content-type', 'application/x-www-form-urlencoded')
    const body = form && new URLSearchParams(form)
    const answer = await answerAuth(new Request(`${ORIGIN}${path}`, { method: form ? 'POST' : 'GET', headers, body }))
    ours.take(answer)
    return answer
  }
  const { csrfToken } = await (await visit('/api/auth/csrf')).json()
  const begun = await visit('/api/auth/signin/oidc', { csrfToken, json: 'true', callbackUrl: `${ORIGIN}/` })
  let at = new URL((await begun.json()).url)
  for (let hop = 0; hop < 12 && at.origin !== ORIGIN; hop++) {
    const page = await fetch(at, { redirect: 'manual', headers: { cookie: theirs.header() } })
    theirs.take(page)
    let onwards = page.headers.get('location')
    if (!onwards) {
      const action = /action="([^"]+)"/.exec(await page.text())![1]!
      const body = new URLSearchParams({ prompt: 'login', login: 'asha', password: 'x' })
      const sent = { method: 'POST', body, redirect: 'manual' as const, headers: { cookie: theirs.header() } }
      const answer = await fetch(new URL(action, at), sent)
      theirs.take(answer)
      onwards = answer.headers.get('location')
    }
    at = new URL(onwards!, at)
  }
  expect(at.origin).toBe(ORIGIN)
  const end = new URL((await visit(`${at.pathname}${at.search}`)).headers.get('location')!, ORIGIN)
  expect(end.searchParams.get('error')).toBe('OAuthCallback')
  expect(await liveContext().db.operatorSession.count()).toBe(0)
})
