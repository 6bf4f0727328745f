/** The audit log on screen: what stands in it, whether it is whole, its export; who looked, for operators and for the holder. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { anItem, certified, expect, open, signIn, test } from './journey'
import { TOKEN } from './product'
import { shot } from './shot'
import { sound } from './sound'

const PHONE = { width: 360, height: 740 }

test('an administrator finds who looked at a certificate, sees that the log is whole and takes it along', async ({
  page,
  request,
}) => {
  await signIn(page)
  const person = await certified(request)
  await open(page, person)
  await page.goto('/administration/audit')
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible()
  await page.getByLabel('Certificate or code').fill(person.code)
  const entries = page.getByRole('region', { name: 'Audit log' }).getByRole('listitem')
  await expect(entries.filter({ hasText: 'opened a record' })).toHaveCount(1)
  await expect(entries.filter({ hasText: 'searched for a record' })).toHaveCount(1)
  await expect(entries.filter({ hasText: /certify\.accepted/ })).toHaveCount(1)
  await page.getByLabel('What').selectOption('Looks at records')
  await expect(entries.filter({ hasText: 'certify' })).toHaveCount(0)
  await expect(page.getByText('Every entry is sealed')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Show the published hashes' }).click()
  await sound(page, 'audit log')
  await shot(page, 'audit-log')
  await page.getByRole('searchbox', { name: 'Who Part of a name' }).fill('nobody has this name')
  await expect(page.getByText('No entry is like this.')).toBeVisible()
  await page.getByLabel('From day').fill('2026-02-02')
  await page.getByLabel('To day').fill('2026-02-01')
  await expect(page.getByText('The first day is after the last one.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Show older ones' }).click()
  await expect(page.getByText(/^The newest 100 entries|^\d+ entries$/)).toBeVisible()

  await page.setViewportSize(PHONE)
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'audit log on a phone')
  await page.getByRole('searchbox', { name: 'Who Part of a name' }).fill('asha')
  await shot(page, 'audit-log-phone')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download JSON lines' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n')
  const seals = lines.filter((line) => line.startsWith('{"seal":'))
  expect(seals.length).toBeGreaterThan(1)
  const hash = createHash('sha256').update(seals.at(-2)!).digest('hex')
  expect(JSON.parse(seals.at(-1)!).previous).toBe(hash)
})

test('when the log cannot be shown, the page says so and tries again', async ({ page }) => {
  await signIn(page)
  await page.route('**/v3/audit?**', (route) => route.abort())
  await page.route('**/v3/audit', (route) => route.abort())
  await page.route('**/v3/audit/state', (route) => route.abort())
  await page.goto('/administration/audit')
  await expect(page.getByText('We cannot show the log now.')).toHaveCount(2, { timeout: 30_000 })
  await shot(page, 'audit-log-unavailable')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await page.getByRole('button', { name: 'Try again' }).last().click()
  await expect(page.getByText('We cannot show the log now.')).toHaveCount(0)
})

test('who looked stands in the history of the record, and on the holder’s page without a name, in both languages', async ({
  page,
  request,
  browser,
}) => {
  await signIn(page)
  const person = await certified(request, anItem('Sunil Perera'))
  await open(page, person)
  await page.goto(`/certificates/${person.certificateId}/history`)
  await page.getByRole('button', { name: 'Show who looked' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'asha opened it' })).toHaveCount(1)
  await sound(page, 'history with looks')
  await shot(page, 'history-looks')

  const headers = { Authorization: `Bearer ${TOKEN}` }
  const made = await request.post(`/v3/certificates/${person.certificateId}/links`, { headers, data: {} })
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', timezoneId: 'Asia/Kathmandu' })
  const phone = await context.newPage()
  await phone.goto((await made.json()).url)
  await expect(phone.getByRole('button', { name: 'Show my certificate' })).toBeEnabled()
  await phone.getByLabel('Day').fill('30')
  await phone.getByLabel('Month').fill('1')
  await phone.getByLabel('Year', { exact: true }).fill('1957')
  await phone.getByRole('button', { name: 'Show my certificate' }).click()
  const looks = phone.getByRole('region', { name: 'Who looked at it' })
  await expect(looks.getByText('Staff of')).toBeVisible()
  await expect(looks.getByText('You, or somebody with your link')).toBeVisible()
  await expect(phone.getByText('asha')).toHaveCount(0)
  await shot(phone, 'holder-looks')
  await phone.getByRole('button', { name: 'العربية' }).click()
  const arabic = phone.getByRole('region', { name: 'من اطّلع عليها' })
  await expect(arabic.getByText('موظفو')).toBeVisible()
  await arabic.scrollIntoViewIfNeeded()
  await shot(phone, 'holder-looks-arabic')
  await context.close()
})
