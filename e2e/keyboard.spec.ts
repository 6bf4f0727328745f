/** The whole journey without a mouse: find, correct, check, replace, next. */
import { certified, expect, test } from './journey'
import { OPERATOR } from './product'

test('from sign-in to the new certificate by keyboard alone', async ({ page, request }) => {
  const person = await certified(request)
  const next = await certified(request)
  const focused = page.locator(':focus')
  const tabTo = async (name: RegExp, roles = ['button', 'link', 'textbox', 'radio', 'checkbox']) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press('Tab')
      const found = await focused.evaluate(
        (element) =>
          element.getAttribute('aria-label') ||
          (element as HTMLInputElement).labels?.[0]?.textContent ||
          element.textContent ||
          '',
      )
      if (name.test(found)) return
    }
    throw new Error(`Tab never reached ${name} (${roles.join(', ')})`)
  }

  await page.goto('/sign-in')
  await tabTo(/^Username/)
  await page.keyboard.type(OPERATOR.username)
  await tabTo(/^Password/)
  await page.keyboard.type(OPERATOR.password)
  await page.keyboard.press('Enter')

  await expect(page.getByLabel('Pre-enrollment code')).toBeFocused()
  await page.keyboard.type(person.code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByRole('heading', { name: 'Correct this certificate' })).toBeFocused()
  await tabTo(/^Full name/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Nobody')
  await page.keyboard.press('Alt+z')
  await expect(page.getByLabel('Full name')).toHaveValue('Sarasvathy T K')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Saraswathy T K')
  await tabTo(/^Vaccine/)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toBeHidden()
  await tabTo(/^The holder/)
  await page.keyboard.press('Space')
  await tabTo(/^Our typing error/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByRole('heading', { name: 'Check the changes' })).toBeFocused()
  await tabTo(/^I read the new details/)
  await page.keyboard.press('Space')
  // It waits until the person's other doses are known.
  await expect(page.getByRole('button', { name: 'Replace the certificate' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Certificate replaced' })).toBeFocused({ timeout: 30_000 })

  await page.keyboard.press('Control+Enter')
  await expect(page.getByLabel('Pre-enrollment code')).toBeFocused()
  await page.keyboard.type(next.code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Find by pre-enrollment code')).toBeFocused()
})
