/** Two people correct the same certificate: what does not overlap is put together, what does is asked about, and nothing is sent by itself. */
import type { APIRequestContext, Page } from '@playwright/test'
import {
  certified,
  expect,
  giveReason,
  openForm,
  replace,
  signIn,
  test,
  toCheck,
  updated,
  type Person,
} from './journey'
import { shot } from './shot'
import { sound } from './sound'

const TITLE = 'Someone corrected this certificate meanwhile'

test.beforeEach(({ page }) => signIn(page))

/** Corrects the name on screen up to the check, lets somebody else be faster, and sends. */
async function meet(page: Page, request: APIRequestContext, theirs: (person: Person) => Person['item']) {
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  const newest = await updated(request, theirs(person))
  await page.getByRole('checkbox', { name: /^I read the new details/ }).check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible()
  return newest
}

const withBatch = ({ item }: Person) => ({ ...item, vaccination: { ...item.vaccination, batch: '4121MC041' } })
const withName = (name: string) => (person: Person) => {
  const { item } = person
  return { ...item, recipient: { ...item.recipient, name }, vaccination: { ...withBatch(person).vaccination } }
}

test('different things were changed: both are put together, checked against the new certificate, and sent once', async ({
  page,
  request,
}) => {
  const newest = await meet(page, request, withBatch)
  await expect(
    page.getByRole('status').filter({ hasText: / issued a correction by the API at \d\d:\d\d\./ }),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: /Batch/ })).toContainText('The other correction')
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText('You')
  await expect(page.getByRole('radio')).toHaveCount(0)
  await shot(page, 'conflict-merged')
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(page).toHaveURL(`/certificates/${newest}/correct/check`)
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText('Saraswathy T K')
  await expect(page.getByRole('row', { name: /Batch/ })).toHaveCount(0)
  const fresh = await replace(page)
  const { record } = await (await page.request.get(`/v3/certificates/${fresh}.json`)).json()
  expect(record.recipient.name).toBe('Saraswathy T K')
  expect(record.vaccination.batch).toBe('4121MC041')
  await expect(page.getByText('3 of 5 updates left')).toBeVisible()
})

test('the same field was changed: yours, theirs or another, by keyboard; nothing goes on without an answer', async ({
  page,
  request,
}) => {
  const newest = await meet(page, request, withName('Saraswati T K'))
  const row = page.getByRole('row', { name: /Full name/ })
  for (const name of ['Sarasvathy T K', 'Saraswathy T K', 'Saraswati T K']) await expect(row).toContainText(name)
  await page.getByRole('button', { name: 'Check the changes' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toBeFocused()
  await shot(page, 'conflict-asks')
  await summary.getByRole('link', { name: 'Choose one for Full name' }).click()
  const choice = page.getByRole('group', { name: 'Full name: which one is right?' })
  await expect(choice.getByRole('radio', { name: 'Yours' })).toBeFocused()
  await page.keyboard.press('Space')
  await expect(choice.getByRole('radio', { name: 'Yours' })).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await expect(choice.getByRole('radio', { name: 'Theirs' })).toBeChecked()
  await page.keyboard.press('ArrowDown')
  const another = page.getByLabel('Full name: another value')
  await expect(another).toHaveValue('Saraswathy T K')
  await another.fill('Saraswathi T K')
  await shot(page, 'conflict-another')
  await sound(page, 'conflict with a choice')
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(`/certificates/${newest}/correct/check`)
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText('Saraswathi T K')
})

test('on a phone in dark colours nothing is cut off, and the choices work', async ({ page, request }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await meet(page, request, withName('Saraswati T K'))
  await page.getByRole('radio', { name: 'Theirs' }).check()
  await shot(page, 'conflict-phone-dark')
  await sound(page, 'conflict on a phone')
})

test('nothing is left to send when the other one said the same', async ({ page, request }) => {
  const newest = await meet(page, request, withName('Saraswathy T K'))
  await expect(page.getByText('Nothing of yours is left to send. No update is needed.')).toBeVisible()
  await page.getByRole('button', { name: 'Open the new certificate' }).click()
  await expect(page).toHaveURL(`/certificates/${newest}`)
})

test('while the form is open the page says that the certificate was replaced, and compares on demand', async ({
  page,
  request,
}) => {
  await page.clock.install()
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await updated(request, withBatch(person))
  const heard = page.waitForResponse('**/presence')
  await page.clock.fastForward(31_000)
  await heard
  await expect(page.getByText('This certificate was corrected meanwhile.')).toBeVisible()
  await page.getByRole('button', { name: 'Compare now' }).click()
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible()
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText('Saraswathy T K')
})

test('the last update was used meanwhile: told by whom, nothing was sent, and the changes are a draft', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  const named = (name: string) => ({ ...person.item, recipient: { ...person.item.recipient, name } })
  let current = person.certificateId
  for (const name of ['Sarasvati', 'Sarasvathi', 'Saraswati', 'Saraswathi']) {
    current = await updated(request, named(name))
  }
  await openForm(page, { ...person, certificateId: current })
  await expect(page.getByText('This is the last update. Check it with the person first.')).toBeVisible()
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await updated(request, named('Saraswathy'))
  await page.getByRole('checkbox', { name: /^I read the new details/ }).check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByText(/The last update was used at \d\d:\d\d by /)).toBeVisible()
  await expect(page.getByText('Your changes are saved as a draft. Contact your supervisor.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check the changes' })).toHaveCount(0)
  await shot(page, 'conflict-limit')
  await sound(page, 'limit reached meanwhile')
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Save draft' }).click()
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Continue a draft' })).toContainText(person.code)
})
