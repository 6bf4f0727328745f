/** Confirm before submit: the clerk shows a code, the holder's phone opens it, and each sees what the other does. */
import { devices, type Browser, type Page } from '@playwright/test'
import { decode } from 'fast-png'
import jsQR from 'jsqr'
import { certified, expect, giveReason, openForm, signIn, test, toCheck, type Person } from './journey'
import { shot } from './shot'
import { findings } from './sound'

let person: Person

test.beforeEach(async ({ page, request }) => {
  person = await certified(request)
  await signIn(page)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.getByLabel('Batch').fill('4121MC041')
  await giveReason(page)
  await toCheck(page)
})

test('the holder confirms on the own phone, the box is ticked, and the history says so', async ({ page, browser }) => {
  const phone = await aPhone(browser, 'en')
  const address = await showCode(page)
  await expect(page.getByText('Waiting for the holder to scan the code')).toBeVisible()
  await shot(page, 'confirm-desk-waiting')

  await phone.goto(address)
  await expect(phone.getByRole('heading', { name: 'Are the new details right?' })).toBeVisible()
  const name = phone.getByRole('article').filter({ hasText: 'Full name' })
  await expect(name.locator('del')).toHaveText('v')
  await expect(name.locator('ins')).toHaveText('w')
  await expect(name).toContainText('one letter replaced: v by w')
  await expect(phone.getByRole('article')).toHaveCount(2)
  await expect(phone.getByText('571304456V')).toHaveCount(0)
  await sound(phone)
  await shot(phone, 'confirm-phone-open')
  await expect(page.getByText('The holder is looking at the changes')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I read the new details/ })).not.toBeChecked()
  await shot(page, 'confirm-desk-opened')

  await test.step('a second phone sees nothing', async () => {
    const other = await aPhone(browser, 'en')
    await other.goto(address)
    await expect(other.getByRole('heading', { name: 'This code does not work any more' })).toBeVisible()
    await sound(other)
    await shot(other, 'confirm-phone-unusable')
    await other.context().close()
  })

  await phone.reload()
  await phone.getByRole('button', { name: 'All of this is right' }).click()
  await expect(phone.getByRole('heading', { name: 'Thank you' })).toBeFocused()
  await expect(phone.getByText('Saraswathy')).toHaveCount(0)
  await sound(phone)
  await shot(phone, 'confirm-phone-right')

  await expect(page.getByText('The holder confirmed these changes on their own phone.')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I read the new details/ })).toBeChecked()
  await sound(page)
  await shot(page, 'confirm-desk-right')
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByRole('heading', { name: 'Certificate replaced' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Open the new certificate' }).click()
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByText(/The holder confirmed the changes on their own phone/)).toBeVisible()
  await shot(page, 'confirm-history')
})

test('what the holder marks as wrong leads back to its field, and the old answer counts no more', async ({
  page,
  browser,
}) => {
  const phone = await aPhone(browser, 'en')
  await phone.goto(await showCode(page))
  const name = phone.getByRole('article').filter({ hasText: 'Full name' })
  await name.getByRole('checkbox', { name: 'This is wrong' }).check()
  await name.getByLabel(/What is right/).fill('Saraswathi T K')
  await sound(phone)
  await shot(phone, 'confirm-phone-marked')
  await phone.getByRole('button', { name: 'Send: 1 detail is wrong' }).click()
  await expect(phone.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await shot(phone, 'confirm-phone-reported')

  await expect(page.getByText('The holder says that something is not right.')).toBeVisible()
  await expect(page.getByText('Saraswathi T K')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I read the new details/ })).not.toBeChecked()
  await sound(page)
  await shot(page, 'confirm-desk-wrong')
  await page.getByRole('button', { name: 'Correct Full name' }).click()
  await expect(page.getByLabel('Full name')).toBeFocused()
  await page.getByLabel('Full name').fill('Saraswathi T K')
  await toCheck(page)
  await expect(page.getByRole('button', { name: 'Let the holder check' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I read the new details/ })).not.toBeChecked()
})

test('a cancelled code opens nothing, and a new one does', async ({ page, browser }) => {
  const phone = await aPhone(browser, 'en')
  const first = await showCode(page)
  const withdrawn = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await withdrawn
  await phone.goto(first)
  await expect(phone.getByRole('heading', { name: 'This code does not work any more' })).toBeVisible()
  await phone.goto(await showCode(page))
  await expect(phone.getByRole('button', { name: 'All of this is right' })).toBeVisible()
})

test('a code that nobody scans ends after a minute, and can be made anew', async ({ page }) => {
  await page.clock.install()
  // The registry's own minute, told a minute later: what the desk sees then is what it is told.
  await showCode(page)
  await page.route('**/v3/confirmations/*', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'expired', secondsLeft: 0 } })
  })
  await expect(async () => {
    await page.clock.runFor(2000)
    await expect(page.getByText('The time is over.')).toBeVisible({ timeout: 500 })
  }).toPass()
  await shot(page, 'confirm-desk-expired')
  await page.unroute('**/v3/confirmations/*')
  await page.getByRole('button', { name: 'New code' }).click()
  await expect(page.getByText('Waiting for the holder to scan the code')).toBeVisible()
})

test('in Arabic, from the right, and in the dark', async ({ page, browser }) => {
  const phone = await aPhone(browser, 'ar', 'dark')
  await phone.goto(await showCode(page))
  await expect(phone.getByRole('heading', { name: 'هل البيانات الجديدة صحيحة؟' })).toBeVisible()
  await expect(phone.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(phone.getByRole('article').filter({ hasText: 'الاسم الكامل' }).locator('ins')).toHaveText('w')
  await phone.getByRole('checkbox').last().check()
  await sound(phone)
  await shot(phone, 'confirm-phone-arabic')
  await phone.getByRole('button', { name: 'English' }).click()
  await expect(phone.getByRole('heading', { name: 'Are the new details right?' })).toBeVisible()
  await expect(phone.getByRole('checkbox').last()).toBeChecked()
})

test('the phone loses the connection while answering: nothing is lost', async ({ page, browser }) => {
  const phone = await aPhone(browser, 'en')
  await phone.goto(await showCode(page))
  await expect(phone.getByRole('article')).toHaveCount(2)
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: 'All of this is right' }).click()
  await expect(phone.getByRole('alert').filter({ hasText: 'No connection' })).toBeVisible()
  await shot(phone, 'confirm-phone-offline')
  await phone.context().setOffline(false)
  await phone.getByRole('button', { name: 'All of this is right' }).click()
  await expect(phone.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /I read the new details/ })).toBeChecked()
})

test('leaving the check page takes the code back', async ({ page, browser }) => {
  const phone = await aPhone(browser, 'en')
  const address = await showCode(page)
  const withdrawn = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await withdrawn
  await phone.goto(address)
  await expect(phone.getByRole('heading', { name: 'This code does not work any more' })).toBeVisible()
})

test.describe('on a phone of 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })

  test('the code fits beside the words of the desk', async ({ page }) => {
    await showCode(page)
    await sound(page)
    await shot(page, 'confirm-desk-phone')
  })
})

/** Presses the button and reads the code from its picture, as a phone does. */
async function showCode(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Let the holder check' }).click()
  const code = page.getByRole('img', { name: 'QR code for the holder’s phone' })
  await expect(code).toBeVisible()
  const { width, height, data, channels } = decode(await code.screenshot())
  const dots = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let dot = 0; dot < width * height; dot++) {
    if (Number(data[dot * channels]) < 128) dots.fill(0, dot * 4, dot * 4 + 3)
  }
  const found = jsQR(dots, width, height)
  expect(found, 'a QR code on the screen').not.toBeNull()
  expect(found!.data).toMatch(/\/c\/confirm\/[A-Za-z0-9_-]{24}$/)
  return found!.data
}

/** Another device: no sign-in, nothing of the clerk's. */
async function aPhone(browser: Browser, language: 'en' | 'ar', colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({
    ...devices['Pixel 5'],
    viewport: { width: 360, height: 740 },
    locale: language,
    colorScheme,
  })
  return context.newPage()
}

async function sound(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, 'wider than the window').toBe(0)
}
