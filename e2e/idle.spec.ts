/** The end of a session: a warning at 13 of 15 minutes, nothing lost, nothing left on the screen. The browser's clock is moved, nobody waits. */
import type { Page } from '@playwright/test'
import { certified, expect, openForm, signIn, test } from './journey'
import { OPERATOR } from './product'
import { shot } from './shot'
import { sound } from './sound'

const MINUTE = 60_000

test.beforeEach(async ({ context }) => {
  await context.clock.install()
})

/** Signed in, and the page knows how long the session lasts. */
async function arrive(page: Page): Promise<void> {
  await signIn(page)
  await expect.poll(() => endTold(page)).not.toBeNull()
}

/** What a page tells the others once it has taken in when the session ends: before, a clock that is put forward ends it. */
function endTold(page: Page): Promise<string | null> {
  return page.evaluate(() => localStorage.getItem('errata-session'))
}

test('after 13 idle minutes a warning with the draft saved; staying renews the session and gives the focus back', async ({
  page,
  request,
}) => {
  await arrive(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.clock.fastForward(2000)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await page.clock.fastForward(12 * MINUTE)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await page.clock.fastForward(2 * MINUTE)
  const warning = page.getByRole('alertdialog', { name: /^You will be signed out in / })
  await expect(warning).toContainText('Your draft is saved.')
  const stay = warning.getByRole('button', { name: 'Stay signed in' })
  await expect(stay).toBeFocused()
  await shot(page, 'idle-warning')
  const renewed = page.waitForResponse('**/v3/session')
  await page.keyboard.press('Enter')
  expect((await renewed).status()).toBe(200)
  await expect(warning).toHaveCount(0)
  await expect(page.getByLabel('Full name')).toBeFocused()
  await expect(page.getByLabel('Full name')).toHaveValue('Saraswathy T K')
})

test('at 15 minutes the page is gone, and after signing in the same page, the same field and the draft are back', async ({
  page,
  request,
}) => {
  await arrive(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Batch').fill('4121MC041')
  await page.clock.fastForward(2000)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await page.clock.fastForward(14 * MINUTE)
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.clock.fastForward(2 * MINUTE)
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/certificates/${person.certificateId}/correct`)}`)
  await expect(page.getByText('Sarasvathy')).toHaveCount(0)
  // The server has ended the session too, not only this page.
  const asked = await page.request.get(`/v3/certificates/${person.certificateId}`)
  expect(asked.status()).toBe(401)

  await page.getByLabel('Username').fill(OPERATOR.username)
  await page.getByLabel('Password', { exact: true }).fill(OPERATOR.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`/certificates/${person.certificateId}/correct`)
  await expect(page.getByText(/^Your draft of \d\d:\d\d was restored\.$/)).toBeVisible()
  await expect(page.getByLabel('Batch')).toHaveValue('4121MC041')
  await expect(page.getByLabel('Batch')).toBeFocused()
})

test('what is done in one window counts for all, and signing out in one hides the others', async ({
  page,
  context,
}) => {
  await arrive(page)
  const other = await context.newPage()
  const before = await endTold(page)
  await other.goto('/')
  await expect.poll(() => endTold(other)).not.toBe(before)
  await context.clock.fastForward(14 * MINUTE)
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expect(other.getByRole('alertdialog')).toBeVisible()
  await other.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(other.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await other.getByRole('button', { name: /^Account/ }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in?next=%2F')
})

test('what the page asks by itself does not keep anybody signed in', async ({ page, request }) => {
  await arrive(page)
  const person = await certified(request)
  await openForm(page, person)
  const asked = page.waitForRequest((sent) => sent.url().endsWith('/presence') && 'x-unattended' in sent.headers())
  await page.clock.fastForward(5 * MINUTE)
  const answer = await (await asked).response()
  expect(await answer!.headerValue('set-cookie')).toBeNull()
  await page.clock.fastForward(9 * MINUTE)
  await expect(page.getByRole('alertdialog')).toBeVisible()
})

test('for colours of the night and a phone', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 360, height: 740 })
  await arrive(page)
  await page.clock.fastForward(14 * MINUTE)
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await shot(page, 'idle-warning-phone-dark')
  await sound(page, 'warning', '[role="alertdialog"]')
})
