/** Markup, scripts and templates in every field of a certificate: on every screen they are seen as text, and nothing of them runs. */
import type { BrowserContext, Page } from '@playwright/test'
import { anItem, certified, expect, get, giveReason, open, replace, signIn, test, toCheck } from './journey'
import { TOKEN } from './product'

/** For texts. Whatever becomes an element or runs is noticed by `watched`. */
const HOSTILE = `<img src=x onerror=alert(1)><b data-injected>"><script>alert(2)</script>'{{7*7}}\${7*7}`
/** For identifiers, which take neither < nor > nor ". */
const PLAINER = `=1+1 '{{7*7}}\${7*7}&lt;b&gt;javascript:alert(3)`

/** Notes everything that a page does and must not: dialogs, refused scripts, requests to elsewhere. */
async function watched(context: BrowserContext): Promise<string[]> {
  const done: string[] = []
  await context.exposeFunction('noticed', (what: string) => void done.push(what))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // zod asks whether it may make functions, and does without.
      if (blockedURI === 'eval') return
      void (globalThis as unknown as { noticed(what: string): void }).noticed(
        `refused ${effectiveDirective} ${blockedURI}`,
      )
    })
  })
  context.on('dialog', (dialog) => {
    done.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    if (/\/x$/.test(new URL(request.url()).pathname)) done.push(`request ${request.url()}`)
  })
  return done
}

/** The text is there to be read, and no element was made of it. */
async function shownAsText(page: Page, what: string): Promise<void> {
  await expect(page.getByText('<img src=x onerror=alert(1)>').first(), what).toBeVisible()
  expect(await page.locator('[data-injected], img[src="x"]').count(), what).toBe(0)
}

test('injection strings in every field are text on every screen of operators, holders and verifiers', async ({
  page,
  context,
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const usual = anItem()
  const address = { addressLine1: HOSTILE, addressLine2: HOSTILE, district: HOSTILE, state: HOSTILE, pincode: HOSTILE }
  const person = await certified(request, {
    ...usual,
    preEnrollmentCode: `${PLAINER} ${usual.preEnrollmentCode}`,
    recipient: { ...usual.recipient, name: HOSTILE, nationality: HOSTILE, gender: HOSTILE, identity: PLAINER, address },
    vaccination: { ...usual.vaccination, name: HOSTILE, manufacturer: HOSTILE, batch: HOSTILE },
    vaccinator: { name: HOSTILE },
    facility: { name: HOSTILE, address },
  } as never)
  const done = await watched(context)

  await signIn(page)
  await open(page, person)
  await shownAsText(page, 'the record')
  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await page.getByLabel('Batch').fill(`${HOSTILE} 2`)
  await giveReason(page)
  await toCheck(page)
  await shownAsText(page, 'the check of the changes')
  const fresh = await replace(page)
  await page.goto(`/certificates/${fresh}/history`)
  await shownAsText(page, 'the history')
  await page.goto('/today')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await page.goto('/administration/audit')
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible()
  expect(await page.locator('[data-injected], img[src="x"]').count()).toBe(0)
  expect(done, 'operators’ screens').toEqual([])

  const phones = await browser.newContext()
  const doneOutside = await watched(phones)
  const phone = await phones.newPage()
  const made = await request.post(`/v3/certificates/${fresh}/links`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
    data: {},
  })
  await phone.goto((await made.json()).url)
  await expect(phone.getByRole('button', { name: 'Show my certificate' })).toBeEnabled()
  await phone.getByLabel('Day').fill('30')
  await phone.getByLabel('Month').fill('1')
  await phone.getByLabel('Year', { exact: true }).fill('1957')
  await phone.getByRole('button', { name: 'Show my certificate' }).click()
  await shownAsText(phone, 'the holder’s page')

  await phone.goto('/verify')
  await expect(phone.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
  const buffer = await (await get(request, `/v3/certificates/${fresh}.png`)).body()
  await phone.locator('input[type="file"]').setInputFiles({ name: 'certificate.png', mimeType: 'image/png', buffer })
  await shownAsText(phone, 'the verifier’s page')
  expect(doneOutside, 'public pages').toEqual([])
})
