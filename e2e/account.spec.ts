/** The own account: a second factor, recovery codes, sessions; and the way in through the country's sign-in service. */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { totpAt } from '../lib/auth/totp'
import { claimsOf, startIdentityProvider, type IdentityProvider } from '../lib/testing/identity-provider'
import { expect, signIn, test } from './journey'
import { OPERATOR, addOperator, ADDRESS, SERVICE_NAME, SERVICE_PORT } from './product'
import { shot } from './shot'
import { sound } from './sound'

const PHONE = { width: 360, height: 740 }

/** A code that was not used yet: of the next half minute when `later`. */
const codeOf = (secret: string, later = 0) => totpAt(secret, Math.floor(Date.now() / 30_000) + later)

async function typePassword(page: Page, who: { username: string; password: string }): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(who.username)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Picks the page from the account menu. */
async function openAccount(page: Page): Promise<void> {
  // A page that is still being put together may close a menu that was opened early: people press again.
  await expect(async () => {
    await page.getByRole('button', { name: /^Account/ }).click({ timeout: 5000 })
    await page.getByRole('menuitem', { name: 'Your account' }).click({ timeout: 5000 })
  }).toPass()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
}

/** From the QR code to the recovery codes; answers the secret and the codes. */
async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  const secret = (await page.locator('output').textContent())!.replaceAll(' ', '')
  await page.getByLabel('Code of six digits').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible()
  const codes = await page
    .getByRole('listitem')
    .filter({ hasText: /^[a-z2-9]{5}-[a-z2-9]{5}$/ })
    .allTextContents()
  expect(codes).toHaveLength(10)
  return { secret, codes }
}

const newPage = async (browser: Browser) => (await browser.newContext()).newPage()

test('what would outlast the moment asks again who somebody is, and then goes on', async ({ page, browser }) => {
  const who = await addOperator('MAH')
  const elsewhere = await newPage(browser)
  await signIn(elsewhere, who)
  await signIn(page, who)
  await openAccount(page)
  // The first answer is the one that the registry gives ten minutes after the sign-in.
  await page.route(
    '**/v3/account/sessions',
    (route) => route.fulfill({ status: 403, json: { code: 'PROOF_REQUIRED', message: 'Nothing was changed.' } }),
    { times: 1 },
  )
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(question.getByLabel('Your password')).toBeFocused()
  await sound(page, 'proof')
  await shot(page, 'proof-1280')
  await page.setViewportSize(PHONE)
  await sound(page, 'proof on a phone')
  await shot(page, 'proof-360')
  await question.getByLabel('Your password').fill('not this one')
  await question.getByRole('button', { name: 'Confirm' }).click()
  await expect(question.getByRole('alert')).toContainText('This is not your password.')
  await question.getByLabel('Your password').fill(who.password)
  await question.getByRole('button', { name: 'Confirm' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: /1/ }).first()).toBeVisible()
  await elsewhere.goto('/account')
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  // This session goes on, under another id.
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
})

test('a second factor is set up, asked for, and replaced by a recovery code when the phone is away', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const who = await addOperator('MAH')
  const elsewhere = await newPage(browser)
  await signIn(elsewhere, who)
  await signIn(page, who)
  await openAccount(page)
  await sound(page, 'account')
  await shot(page, 'account-1280')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByLabel('Your password').fill('not this one')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('alert').first()).toContainText('This is not your password.')
  await page.getByLabel('Your password').fill(who.password)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('img', { name: 'QR code for the app' })).toBeVisible()
  await sound(page, 'enrolment')
  await shot(page, 'account-enrol-1280')
  await page.getByLabel('Code of six digits').fill('000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('alert').first()).toContainText('This code does not fit.')
  const { secret, codes } = await enrol(page)
  await sound(page, 'recovery codes')
  await shot(page, 'account-codes-1280')
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The second factor is on.' })).toBeVisible()
  await expect(page.getByText(codes[0]!)).toHaveCount(0)
  // Whoever was signed in without it is signed out.
  await elsewhere.goto('/')
  await expect(elsewhere).toHaveURL(/\/sign-in/)

  await typePassword(elsewhere, who)
  await expect(elsewhere.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
  await sound(elsewhere, 'code')
  await shot(elsewhere, 'sign-in-code-1280')
  await elsewhere.getByLabel('Code of six digits').fill('12')
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await expect(elsewhere.getByRole('alert').first()).toContainText('This code does not fit.')
  await elsewhere.getByLabel('Code of six digits').fill(codeOf(secret, 1))
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await expect(elsewhere.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()

  const third = await newPage(browser)
  await third.setViewportSize(PHONE)
  await typePassword(third, who)
  await third.getByRole('button', { name: 'Use a recovery code' }).click()
  await shot(third, 'sign-in-recovery-360')
  await sound(third, 'recovery code on a phone')
  await third.getByLabel('Recovery code').fill(codes[3]!.toUpperCase().replace('-', ' '))
  await third.getByRole('button', { name: 'Sign in' }).click()
  await expect(third.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
  await openAccount(third)
  await expect(third.getByText('9 of 10 left.')).toBeVisible()
  await sound(third, 'account on a phone')
  await shot(third, 'account-360')

  // A session is ended from another one, and the page there says so.
  await page.reload()
  await expect(page.getByRole('button', { name: /^Sign out there/ })).toHaveCount(2)
  await shot(page, 'account-sessions-1280')
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Signed out in 2 places.' })).toBeVisible()
  for (const gone of [elsewhere, third]) {
    await gone.goto('/')
    await expect(gone).toHaveURL(/\/sign-in/)
  }
})

test('who has to have a second factor sets it up first; an administrator takes it away when the phone is lost', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const who = await addOperator('MAH')
  await signIn(page, OPERATOR, `/administration/operators`)
  await page.getByLabel('Find an operator').fill(who.username)
  await page.getByRole('link', { name: who.username }).click()
  await page.getByRole('checkbox', { name: 'Needs a second factor' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('None yet: has to set one up at the next sign-in.')).toBeVisible()

  const theirs = await newPage(browser)
  await theirs.setViewportSize(PHONE)
  await typePassword(theirs, who)
  await expect(theirs.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible()
  await theirs.goto('/today')
  await expect(theirs).toHaveURL('/second-factor')
  await sound(theirs, 'a second factor is due')
  await shot(theirs, 'second-factor-due-360')
  await theirs.getByRole('button', { name: 'Set up' }).click()
  await expect(theirs.getByRole('img', { name: 'QR code for the app' })).toBeVisible()
  await sound(theirs, 'enrolment on a phone')
  await shot(theirs, 'second-factor-enrol-360')
  await enrol(theirs)
  await sound(theirs, 'recovery codes on a phone')
  await shot(theirs, 'second-factor-codes-360')
  await theirs.getByRole('button', { name: 'I have kept them' }).click()
  await expect(theirs.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()

  await page.reload()
  await expect(page.getByText('Signs in with a code of an app, too.')).toBeVisible()
  await sound(page, 'operator')
  await shot(page, 'administration-second-factor-1280')
  await page.getByRole('button', { name: 'Reset the second factor' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset the second factor' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'was reset' })).toBeVisible()
  await theirs.goto('/')
  await expect(theirs).toHaveURL(/\/sign-in/)
  await typePassword(theirs, who)
  await expect(theirs.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible()
})

test('a client gets what its token may do, an end, and a new token while the old one still works', async ({ page }) => {
  const name = `Ward system ${randomUUID().slice(0, 8)}`
  const search = async (token: string) =>
    (
      await page.request.get('/v3/certificates?preEnrollmentCode=NOBODY', {
        headers: { Authorization: `Bearer ${token}` },
      })
    ).status()
  await signIn(page, OPERATOR, '/administration/clients/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: 'All facilities' }).check()
  await page.getByRole('checkbox', { name: 'Find and read' }).uncheck()
  await page.getByLabel('Days until its token ends').fill('90')
  await sound(page, 'new client')
  await shot(page, 'client-new-1280')
  await page.getByRole('button', { name: 'Add the client' }).click()
  await expect(page.getByRole('heading', { name: `${name} was added` })).toBeVisible()
  const token = (await page.locator('output').textContent())!
  expect(await search(token)).toBe(403)
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await page.getByLabel('Find an API client').fill(name)
  await page.getByRole('link', { name }).click()
  await page.getByRole('checkbox', { name: 'Find and read' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${name} was saved.`)).toBeVisible()
  expect(await search(token)).toBe(200)
  await page.getByRole('radio', { name: 'works one more day' }).check()
  await page.getByRole('button', { name: 'Make a new token' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new token' }).click()
  await expect(page.getByText(`${name} has a new token.`)).toBeVisible()
  const fresh = (await page.locator('output').textContent())!
  expect([await search(token), await search(fresh)]).toEqual([200, 200])
  await page.setViewportSize(PHONE)
  // Below the header, which stays, nothing can be pressed.
  await page.evaluate(() => scrollTo(0, 0))
  await sound(page, 'client on a phone')
  await shot(page, 'client-token-360')
  await page.getByRole('button', { name: 'Stop the old token now' }).click()
  await expect(page.getByText('The old token is refused from now on.')).toBeVisible()
  expect([await search(token), await search(fresh)]).toEqual([401, 200])
})

test.describe('the sign-in service', () => {
  let service: IdentityProvider
  test.beforeAll(async () => {
    service = await startIdentityProvider([ADDRESS], SERVICE_PORT)
  })
  test.afterAll(() => service.close())

  test('lets its people in with the rights of its claims, says why it lets others not, and signs out there, too', async ({
    page,
  }) => {
    const login = `kamala-${randomUUID().slice(0, 8)}`
    service.people.set(login, { ...claimsOf(login, 'facility-staff', 'MAH'), name: 'Kamala Perera' })
    const stranger = `stranger-${randomUUID().slice(0, 8)}`
    service.people.set(stranger, claimsOf(stranger, 'recipient', 'MAH'))
    const go = async (as: string) => {
      await page.getByRole('button', { name: `Continue with ${SERVICE_NAME}` }).click()
      await page.getByPlaceholder('Enter any login').fill(as)
      await page.getByPlaceholder('and password').fill('x')
      await page.getByRole('button', { name: 'Sign-in' }).click()
    }
    await page.goto('/sign-in')
    await sound(page, 'sign in with a service')
    await shot(page, 'sign-in-service-1280')
    await go(stranger)
    await expect(page.getByRole('alert').first()).toContainText('has no role for this system')
    await shot(page, 'sign-in-service-refused-1280')
    await go(login)
    await expect(page.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Account/ })).toContainText('Kamala Perera')
    await openAccount(page)
    await expect(page.getByText(`You come through ${SERVICE_NAME}`)).toBeVisible()
    await shot(page, 'account-service-1280')
    await page.getByRole('button', { name: /^Account/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(new RegExp(`localhost:${SERVICE_PORT}/session/end`))
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await page.goto('/')
    await expect(page).toHaveURL(/\/sign-in/)
  })
})
