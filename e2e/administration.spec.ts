/** Administrators add, change, reset and disable operators, facilities and API clients; the first sign-in sets an own password. */
import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { anItem, certified, expect, signIn, test } from './journey'
import { addOperator, OPERATOR } from './product'
import { shot } from './shot'
import { sound } from './sound'

const mark = () => randomBytes(4).toString('hex')

/** Adds an operator on screen; answers how that person signs in the first time. */
async function added(page: Page, facility?: string) {
  const username = `nimal-${mark()}`
  await page.goto('/administration/operators/new')
  await page.getByLabel('Username').fill(username.toUpperCase())
  await page.getByLabel('Full name').fill('Nimal Perera')
  if (facility) {
    await page.getByRole('radio', { name: 'One facility' }).check()
    await page.getByLabel('Name or code of the facility').fill(facility.slice(0, 6))
    await page.getByRole('option', { name: facility }).click()
  }
  await page.getByRole('button', { name: 'Add the operator' }).click()
  await expect(page.getByRole('heading', { name: 'Nimal Perera was added' })).toBeVisible()
  const password = (await page.locator('output').textContent())!
  return { username, password }
}

async function firstSignIn(page: Page, operator: { username: string; password: string }): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(operator.username)
  await page.getByLabel('Password', { exact: true }).fill(operator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('New password once more').fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
}

test('a new operator sets an own password before anything else, and works at the own facility', async ({
  page,
  request,
}) => {
  await signIn(page)
  const operator = await added(page, 'Maharagama MOH Office')
  await shot(page, 'administration-one-time-password')
  await firstSignIn(page, operator)
  await expect(page.getByRole('heading', { name: 'Set your own password' })).toBeVisible()
  await shot(page, 'password-first')
  for (const path of ['/', '/today', '/administration/operators']) {
    await page.goto(path)
    await expect(page).toHaveURL('/password')
  }
  await setPassword(page, operator.password)
  await expect(page.getByRole('alert').first()).toContainText('This is the password you have now')
  await setPassword(page, 'short')
  await expect(page.getByRole('alert').first()).toContainText('at least 12 characters')
  await page.getByLabel('New password', { exact: true }).fill('three short planks')
  await page.getByLabel('New password once more').fill('three short plans')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('alert').first()).toContainText('not the same')
  await shot(page, 'password-problems')
  await setPassword(page, 'three short planks')
  await expect(page.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Account/ })).toContainText('Maharagama MOH Office')
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0)
  const foreign = await certified(request, { ...anItem(), facility: { name: 'MOH Gothatuwa' } })
  await page.getByLabel('Pre-enrollment code').fill(foreign.code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('This certificate belongs to another facility.')).toBeVisible()
  await firstSignIn(page, operator)
  await expect(page.getByRole('alert').first()).toContainText('Username or password is incorrect.')
})

test('disabling ends the session of somebody at work; a reset makes a new beginning', async ({ page, browser }) => {
  const clerk = await addOperator('MAH')
  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, clerk)
  await signIn(page, OPERATOR, '/administration/operators')
  await page.getByLabel('Find an operator').fill(clerk.username)
  await page.getByRole('link', { name: clerk.username }).click()
  await page.getByRole('button', { name: 'Disable' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`Disable ${clerk.username}?`)
  await shot(page, 'administration-disable')
  await question.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'is disabled' })).toBeVisible()
  await desk.goto('/')
  await expect(desk).toHaveURL(/\/sign-in/)
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'can sign in again' })).toBeVisible()
  await page.getByRole('button', { name: 'Reset the password' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset the password' }).click()
  await expect(page.getByRole('heading', { name: 'One-time password' })).toBeVisible()
  const password = (await page.locator('output').textContent())!
  await shot(page, 'administration-operator')
  await page.reload()
  await expect(page.getByText('One-time password', { exact: true })).toBeVisible()
  await expect(page.getByText(password)).toHaveCount(0)
  await firstSignIn(desk, { username: clerk.username, password })
  await expect(desk.getByRole('heading', { name: 'Set your own password' })).toBeVisible()
})

test('what is wrong with an operator stands at the field; nobody disables themselves by mistake', async ({ page }) => {
  await signIn(page, OPERATOR, '/administration/operators/new')
  await page.getByRole('button', { name: 'Add the operator' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Choose the facility from the list')
  await page.getByRole('radio', { name: 'All facilities' }).check()
  await page.getByRole('button', { name: 'Add the operator' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Username is missing')
  await page.getByLabel('Username').fill(OPERATOR.username.toUpperCase())
  await page.getByLabel('Full name').fill('Somebody')
  await page.getByRole('button', { name: 'Add the operator' }).click()
  await expect(page.getByRole('alert').first()).toContainText('There is an operator with this username already.')
  await page.getByRole('alert').getByRole('link').click()
  await expect(page.getByLabel('Username')).toBeFocused()
  await shot(page, 'administration-operator-taken')
  await page.goto('/administration/operators')
  await page.getByLabel('Find an operator').fill(OPERATOR.username)
  await page.getByRole('link', { name: OPERATOR.username }).first().click()
  await expect(page.getByRole('link', { name: 'Change your own password' })).toBeVisible()
  await page.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('Disable yourself?')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Disable' })).toBeFocused()
})

test('facilities are added, renamed and closed, and own what is recorded under their names', async ({
  page,
  request,
}) => {
  const code = `K${mark()}`
  await signIn(page, OPERATOR, '/administration/facilities')
  await page.getByRole('link', { name: 'Add a facility' }).click()
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByLabel('Name', { exact: true }).fill('Maharagama MOH Office')
  await page.getByRole('button', { name: 'Add the facility' }).click()
  await expect(page.getByRole('alert').first()).toContainText('means facility MAH already')
  await page.getByLabel('Name', { exact: true }).fill(`Kandy ${code}`)
  await page.getByLabel('Other names').fill(`MOH ${code}\n\nකැන්ඩි ${code}`)
  await page.getByRole('button', { name: 'Add the facility' }).click()
  await expect(page.getByText(`Kandy ${code} was added.`)).toBeVisible()
  await shot(page, 'administration-facility')
  await certified(request, { ...anItem(), facility: { name: `කැන්ඩි ${code}` } })
  const clerk = await addOperator(code)
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText(`Kandy ${code} is disabled.`)).toBeVisible()
  await page.goto('/administration/facilities')
  await page.getByLabel('Find a facility').fill(code)
  const row = page.getByRole('listitem').filter({ hasText: `Kandy ${code}` })
  await expect(row).toContainText('Disabled')
  await expect(row).toContainText('2 other names')
  await shot(page, 'administration-facilities')
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(clerk.username)
  await page.getByLabel('Password', { exact: true }).fill(clerk.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Your facility is disabled. Ask your administrator.')
})

test('an API client gets its token once, a new one when it leaked, and can be stopped', async ({ page, request }) => {
  const name = `Hospital system ${mark()}`
  await signIn(page, OPERATOR, '/administration/clients/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: 'All facilities' }).check()
  await page.getByRole('radio', { name: /^Refuse only that item/ }).check()
  await page.getByLabel('Requests a minute').fill('many')
  await page.getByRole('button', { name: 'Add the client' }).click()
  await expect(page.getByRole('alert').first()).toContainText('must be a whole number')
  await page.getByLabel('Requests a minute').fill('600')
  await page.getByRole('button', { name: 'Add the client' }).click()
  await expect(page.getByRole('heading', { name: `${name} was added` })).toBeVisible()
  await shot(page, 'administration-token')
  const token = (await page.locator('output').textContent())!
  const call = async (with_: string) =>
    (
      await request.get('/v3/certificates?preEnrollmentCode=x', { headers: { Authorization: `Bearer ${with_}` } })
    ).status()
  expect(await call(token)).toBe(200)
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await page.getByLabel('Find an API client').fill(name)
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('600 a minute')
  await shot(page, 'administration-clients')
  await page.getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Make a new token' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new token' }).click()
  await expect(page.getByText(`${name} has a new token.`)).toBeVisible()
  const fresh = (await page.locator('output').textContent())!
  expect([await call(token), await call(fresh)]).toEqual([401, 200])
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Disabled: its calls are refused.')).toBeVisible()
  expect(await call(fresh)).toBe(401)
})

test('who is no administrator finds no way in, and a kind page at the address', async ({ page }) => {
  await signIn(page, await addOperator('MAH'))
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0)
  for (const path of ['operators', 'facilities/new', 'clients']) {
    await page.goto(`/administration/${path}`)
    await expect(page.getByRole('heading', { name: 'Only for administrators' })).toBeVisible()
  }
  await sound(page, 'not an administrator')
  await shot(page, 'administration-not-allowed')
})

test('everybody changes the own password from the account menu, and stays signed in', async ({ page, browser }) => {
  const clerk = await addOperator('MAH')
  await signIn(page, clerk)
  const other = await (await browser.newContext()).newPage()
  await signIn(other, clerk)
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Change your password' }).click()
  await expect(page.getByRole('heading', { name: 'Change your password' })).toBeVisible()
  await page.getByLabel('Your password now').fill('wrong')
  await setPassword(page, 'four long planks')
  await expect(page.getByRole('alert').first()).toContainText('This is not your password.')
  await page.getByLabel('Your password now').fill(clerk.password)
  await setPassword(page, 'four long planks')
  await expect(page.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
  await other.goto('/')
  await expect(other).toHaveURL(/\/sign-in/)
})

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme })

      test('every page of the administration', async ({ page }) => {
        test.setTimeout(240_000)
        await signIn(page)
        for (const path of [
          'operators',
          'operators/new',
          'facilities',
          'facilities/new',
          'facilities/MAH',
          'clients',
          'clients/new',
        ]) {
          await page.goto(`/administration/${path}`)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          if (!path.includes('/'))
            await expect(
              page
                .getByRole('listitem')
                .filter({ has: page.getByRole('link') })
                .nth(4),
            ).toBeVisible()
          await sound(page, path)
          await shot(page, `administration-${path.replace('/', '-')}-${size}-${colorScheme}`)
        }
        await page.goto('/administration/operators')
        await page.getByRole('link', { name: OPERATOR.username }).first().click()
        await expect(page.getByRole('heading', { name: 'Access' })).toBeVisible()
        await sound(page, 'one operator')
        await page.getByRole('button', { name: 'Disable' }).click()
        await sound(page, 'question', '[role="alertdialog"]')
        await page.getByRole('button', { name: 'Cancel' }).click()
        await page.goto('/password')
        await sound(page, 'password')
        await shot(page, `password-${size}-${colorScheme}`)
        await page.goto('/')
        if (size === 'phone') {
          await page.getByRole('button', { name: /^Menu/ }).click()
          await sound(page, 'menu', '[role="menu"]')
          await shot(page, `menu-${colorScheme}`)
          await page.getByRole('menuitem', { name: 'Administration' }).click()
        } else {
          await page.getByRole('link', { name: 'Administration' }).click()
        }
        await expect(page.getByRole('heading', { name: 'Operators' })).toBeVisible()
      })
    })
  }
}
