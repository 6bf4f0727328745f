/** Every page: no axe finding in light and dark, one h1, and nothing wider than a phone of 360 px. */
import {
  anItem,
  certified,
  expect,
  giveReason,
  openForm,
  replace,
  reveal,
  signIn,
  test,
  toCheck,
  updated,
} from './journey'
import { findings, sound } from './sound'

test('what is wrong is found, also in a part of a page', async ({ page }) => {
  await page.setContent('<!doctype html><title>Errata</title><div id="part"><img src="data:,"></div><input>')
  expect((await findings(page)).join()).toMatch(/image-alt.*label:/s)
  expect((await findings(page, '#part')).join()).toMatch(/^image-alt: (?!.*label:)/s)
})

/** A name and places that test every width: long words, two scripts. */
const LONG = 'වික්‍රමසිංහ ආරච්චිලාගේ දොන් අනුරාධා නිශ්ශංක විජේසූරිය Wickramasinghe-Jayawardena'

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme })

      test('every page of a correction', async ({ page, request }) => {
        test.setTimeout(180_000)
        await page.goto('/sign-in')
        await sound(page, 'sign in')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await expect(page.getByRole('alert').first()).toBeVisible()
        await sound(page, 'sign in with errors')
        await signIn(page)
        await sound(page, 'find')
        await page.getByLabel('Pre-enrollment code').fill('NOBODY')
        await page.keyboard.press('Enter')
        await expect(page.getByText('No certificate for')).toBeVisible()
        await sound(page, 'not found')

        const person = await certified(request, anItem(LONG))
        const dose = { ...person.item.vaccination, dose: 2 }
        await certified(request, { ...person.item, vaccination: dose })
        await page.getByLabel('Pre-enrollment code').fill(person.code)
        await page.keyboard.press('Enter')
        await expect(page.getByRole('heading', { name: '2 certificates for code' })).toBeVisible()
        await sound(page, 'several doses')
        await page.getByLabel('Pre-enrollment code').fill(`${person.code}-1`)
        await openForm(page, { ...person, code: `${person.code}-1` })
        await sound(page, 'form')
        await page.getByLabel('Full name').fill(`${LONG}a`)
        await reveal(page, 'Phone or e-mail')
        await page.getByRole('button', { name: 'Add Address' }).first().click()
        await page.getByRole('button', { name: 'Check the changes' }).click()
        await expect(page.getByRole('alert').first()).toBeVisible()
        await sound(page, 'form with errors')
        if (size === 'phone') {
          await page.getByRole('tab', { name: 'Preview' }).click()
          await sound(page, 'preview')
          await page.getByRole('tab', { name: 'Details' }).click()
        }
        await giveReason(page)
        await toCheck(page)
        await sound(page, 'check')
        await page.getByRole('checkbox', { name: 'Also correct dose 2' }).uncheck()
        const fresh = await replace(page)
        await sound(page, 'replaced')
        await page.getByRole('link', { name: 'Open the new certificate' }).click()
        await expect(page.getByRole('link', { name: 'History' })).toBeVisible()
        await sound(page, 'record')
        await page.getByRole('button', { name: 'Show the QR code' }).click()
        await sound(page, 'QR code', '[role="dialog"]')
        await page.keyboard.press('Escape')
        await expect(page.getByRole('button', { name: 'Show the QR code' })).toBeFocused()
        await page.getByRole('button', { name: /^Account/ }).click()
        await sound(page, 'account menu', '[role="menu"]')
        await page.keyboard.press('Escape')
        await page.getByRole('link', { name: 'History' }).click()
        await page.getByRole('button', { name: /Show the changes/ }).click()
        await sound(page, 'history')
        await page.goto(`/certificates/${person.certificateId}`)
        await expect(page.getByText('This certificate was replaced')).toBeVisible()
        await sound(page, 'replaced certificate')
        await page.goto(`/certificates/${fresh}9`)
        await expect(page.getByRole('heading', { name: 'No certificate with this number' })).toBeVisible()
        await sound(page, 'no such certificate')
      })

      test('the conflict page', async ({ page, request }) => {
        await signIn(page)
        const person = await certified(request)
        await openForm(page, person)
        await page.getByLabel('Full name').fill('Saraswathy T K')
        await giveReason(page)
        await toCheck(page)
        await updated(request, { ...person.item, facility: { name: 'Maharagama MOH Office' } })
        await page.getByRole('checkbox', { name: /^I read the new details/ }).check()
        await page.getByRole('button', { name: 'Replace the certificate' }).click()
        await expect(page.getByRole('row', { name: /Full name/ })).toBeVisible()
        await sound(page, 'conflict')
        await page.getByRole('button', { name: 'Leave' }).click()
        await sound(page, 'leaving', '[role="alertdialog"]')
      })
    })
  }
}
