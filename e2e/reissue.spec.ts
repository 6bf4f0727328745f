/** Certificates issued anew under the version in force: chosen, looked at, started by an administrator, told where they are read. */
import { anItem, certified, expect, get, signIn, test, verifierAnswer, type Person } from './journey'
import { TOKEN } from './product'
import { shot } from './shot'
import { fits, sound } from './sound'

const HEADERS = { Authorization: `Bearer ${TOKEN}` }

test('an administrator sees how many and how they would look, starts it, and finds what was left and why', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000)
  const people: Person[] = []
  for (let n = 0; n < 4; n++) people.push(await certified(request, anItem('Kamala Devi')))
  const [first, , , held] = people as [Person, Person, Person, Person]
  const suspended = await request.post(`/v3/certificates/${held.certificateId}/suspend`, {
    headers: HEADERS,
    data: { reason: { cause: 'other', note: 'Being looked into' } },
  })
  expect(suspended.status()).toBe(200)

  await signIn(page)
  await page.getByRole('link', { name: 'Administration' }).click()
  await page.getByRole('link', { name: 'Re-issue', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Re-issue', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Re-issue certificates' }).click()
  await page.getByRole('radio', { name: 'A day' }).check()
  await page.getByRole('button', { name: 'Count and look' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Enter a day')
  await sound(page, 'form of a re-issue with errors')
  await page.getByRole('combobox', { name: 'Certificate type' }).selectOption('VaccinationCertificate')
  await page.getByRole('radio', { name: 'All that count' }).check()
  await page.getByRole('textbox', { name: 'Only these' }).fill(people.map(({ code }) => code).join('\n'))
  await shot(page, 'reissue-form')
  await page.getByRole('button', { name: 'Count and look' }).click()

  // What it would do: exactly how many, what is left, how some of them would look.
  await expect(page.getByRole('heading', { name: /^4 certificates chosen for version \d+$/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Left as they are' })).toContainText('Suspended')
  await expect(page.getByRole('heading', { name: 'How they would look' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^The page of certificate/ }).first()).toBeVisible()
  await shot(page, 'reissue-preview')
  await sound(page, 'preview of a re-issue')
  const keep = page.getByRole('button', { name: 'Look through all 4' })
  await keep.click()
  await expect(page.getByRole('alert').first()).toContainText('Say why')
  await page.getByRole('textbox', { name: 'Why' }).fill('New page, notice 2026/21')
  await keep.click()

  // Looked through: nothing is issued before somebody says so.
  await expect(page.getByText('3 certificates can be issued anew.').last()).toBeVisible({ timeout: 30_000 })
  expect(await verifierAnswer(request, first.certificateId)).toBe(404)
  await shot(page, 'reissue-ready')
  await sound(page, 'a re-issue that is ready')
  await page.getByRole('button', { name: 'Issue 3 certificates anew' }).click()
  await expect(page.getByText('3 certificates issued anew.').last()).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: /^Left as it is/ }).click()
  await expect(page.getByRole('row', { name: held.certificateId })).toContainText('Suspended')
  await page.getByRole('button', { name: /^All/ }).click()
  await expect(page.getByRole('link', { name: 'Download as a table (CSV)' })).toBeVisible()
  await shot(page, 'reissue-done')
  await sound(page, 'a re-issue that is done')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await fits(page, 'a re-issue on a phone')
  await sound(page, 'a re-issue on a phone, dark')
  await shot(page, 'reissue-done-360-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })

  // The old one counts no longer; the new one says how it came, and no update was used.
  expect(await verifierAnswer(request, first.certificateId)).toBe(200)
  const view = await (await get(request, `/v3/certificates/${first.certificateId}`)).json()
  expect(view).toMatchObject({ state: 'superseded', lineage: { updatesUsed: 0 } })
  await page.goto(`/certificates/${view.supersededBy}/history`)
  await expect(page.getByRole('heading', { name: /^Issued anew under version \d+ of its type$/ })).toBeVisible()
  await expect(page.getByText('What it says stayed the same, and no update was used.')).toBeVisible()
  await shot(page, 'reissue-history')
  await sound(page, 'history with a re-issue')
})
