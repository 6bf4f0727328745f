/** Signing in, and what happens to people who are not signed in. */
import { expect, signIn, test } from './journey'

test('a wrong password is told in one sentence that does not say what was wrong', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill('asha')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toContainText('Username or password is incorrect.')
  await expect(summary).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Sign in/)
})

test('missing fields are named and lead to their field', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Enter your password' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
})

test('after five failures the account waits and says until when', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(`guessed-${Date.now()}`)
  for (let attempt = 1; attempt <= 6; attempt++) {
    const answered = page.waitForResponse(/callback\/credentials/)
    await page.getByLabel('Password', { exact: true }).fill(`guess ${attempt}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await answered
  }
  await expect(page.getByRole('alert').first()).toContainText(/Too many attempts\. Try again at \d\d:\d\d/)
})

test('a page opened without signing in comes back after it', async ({ page }) => {
  await page.goto('/certificates/123456789')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Username').fill('asha')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/certificates/123456789')
  await expect(page.getByRole('heading', { name: 'No certificate with this number' })).toBeVisible()
})

test('signing out closes the door', async ({ page }) => {
  await signIn(page)
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
})
