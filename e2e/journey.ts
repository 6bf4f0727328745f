/** Steps that several journeys take: signing in, a person with a certificate of their own, the source system's calls. */
import { expect, type APIRequestContext, type Page } from '@playwright/test'
import { anItem } from '../lib/testing/an-item'
import { OPERATOR, TOKEN } from './product'

export { expect, test } from '@playwright/test'

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }

export interface Person {
  code: string
  certificateId: string
  item: Item
}

export type Item = ReturnType<typeof anItem>
export { anItem }

/**
 * Signs in with the requests that the form sends (its own journeys fill it in), in the name of this page's browser, and opens
 * the page at `path`; without one the find page, and waits until that can be used.
 */
export async function signIn(page: Page, operator = OPERATOR, path?: string): Promise<void> {
  const headers = { 'user-agent': await page.evaluate(() => navigator.userAgent) }
  const { csrfToken } = await (await page.request.get('/api/auth/csrf', { headers })).json()
  const { username, password } = operator
  const form = { username, password, csrfToken, json: 'true' }
  const answer = await page.request.post('/api/auth/callback/credentials', { headers, form })
  expect(answer.status(), await answer.text()).toBe(200)
  await page.goto(path ?? '/')
  if (path !== undefined) return
  await expect(page.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
  // From now on it is not a picture of itself.
  await expect(page.getByRole('button', { name: 'Scan the old certificate' })).toBeEnabled()
}

/** Looks for a code or a number on the find page. */
export async function find(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Pre-enrollment code').fill(typed)
  await page.keyboard.press('Enter')
}

/** Holds back the scripts of what this page opens from now on: a page is a picture of itself until the answer is called. */
export function holdScripts(page: Page): Promise<() => void> {
  return holdBack(page, '**/_next/static/**/*.js')
}

/** Holds back files that this page asks for from now on, until the answer is called. */
export async function holdBack(page: Page, files: string): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(files, async (route) => {
    await released
    await route.continue()
  })
  return release
}

/** Certifies through the API and waits until the certificate is there. */
export async function certified(request: APIRequestContext, item = anItem()): Promise<Person> {
  const answer = await request.post('/v3/certify', { headers: AUTHORIZED, data: [item] })
  expect(answer.status(), await answer.text()).toBe(200)
  const { results } = await answer.json()
  await issued(request, results[0].transactionId)
  return { code: item.preEnrollmentCode, certificateId: results[0].certificateId, item }
}

/** Updates through the API, as a source system or another operator does; answers the new certificate's number. */
export async function updated(request: APIRequestContext, item: Item): Promise<string> {
  const answer = await request.put('/v3/certificate', { headers: AUTHORIZED, data: [item] })
  expect(answer.status(), await answer.text()).toBe(200)
  const { results } = await answer.json()
  await issued(request, results[0].transactionId)
  return results[0].certificateId
}

/** Waits until an accepted item is issued. */
export async function issued(request: APIRequestContext, transactionId: string): Promise<void> {
  await expect
    .poll(async () => (await (await get(request, `/v3/transactions/${transactionId}`)).json()).state, {
      intervals: [100, 200, 400],
      timeout: 30_000,
    })
    .toBe('issued')
}

/** A call with the source system's token. */
export function get(request: APIRequestContext, path: string) {
  return request.get(path, { headers: AUTHORIZED })
}

/** What a verifier in the field hears about a certificate: 200 = replaced or revoked, 404 = neither. */
export async function verifierAnswer(request: APIRequestContext, certificateId: string): Promise<number> {
  const answer = await request.post('/v1/certificate/revoked', { data: { evidence: [{ certificateId }] } })
  return answer.status()
}

/** Finds a certificate by its code and opens it. */
export async function open(page: Page, { code, certificateId }: Person): Promise<void> {
  await find(page, code)
  await page.waitForURL(`/certificates/${certificateId}`)
}

/** Opens the form of a certificate. */
export async function openForm(page: Page, person: Person): Promise<void> {
  await open(page, person)
  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await expect(page.getByRole('heading', { name: 'Correct this certificate' })).toBeVisible()
}

/** Has a hidden value shown, with a reason. */
export async function reveal(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: `Reveal ${label}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Show hidden values' })
  await dialog.getByRole('radio', { name: 'To make sure it is the right person' }).check()
  await dialog.getByRole('button', { name: 'Show the values' }).click()
  await expect(dialog).toHaveCount(0)
}

/** Says who asked and why. */
export async function giveReason(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'The holder', exact: true }).check()
  await page.getByRole('radio', { name: 'Our typing error' }).check()
}

/** From the form to the check page. */
export async function toCheck(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(page.getByRole('heading', { name: 'Check the changes' })).toBeVisible()
}

/** From the check page to the end; answers the number of the new certificate. */
export async function replace(page: Page): Promise<string> {
  await page.getByRole('checkbox', { name: /^I read the new details/ }).check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByRole('heading', { name: 'Certificate replaced' })).toBeVisible({ timeout: 30_000 })
  const link = page.getByRole('link', { name: 'Open the new certificate' })
  return (await link.getAttribute('href'))!.split('/').at(-1)!
}
