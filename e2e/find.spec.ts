/** Finding a certificate by what the holder brings. */
import { anItem, certified, expect, open, signIn, test } from './journey'
import { shot } from './shot'
import { sound } from './sound'

test.beforeEach(({ page }) => signIn(page))

test('nothing typed and nothing found are told, and the code is never in the address', async ({ page }) => {
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Enter a pre-enrollment code')
  await page.getByLabel('Pre-enrollment code').fill('NOBODY-1957')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No certificate for NOBODY-1957.')).toBeVisible()
  await expect(page).toHaveTitle(/^Error: Find/)
  await expect(page).toHaveURL('/')
})

test('one dose opens at once: by code, with spaces, with its dose, and by certificate number', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  const spaced = `${person.code.slice(0, 4)} ${person.code.slice(4)}`
  for (const typed of [person.code, spaced, `${person.code}-1`, person.certificateId]) {
    await page.goto('/')
    await open(page, { ...person, code: typed })
    await expect(page.getByRole('heading', { level: 1, name: 'Sarasvathy T K' })).toBeVisible()
  }
})

test('several doses are listed with their state and what is left', async ({ page, request }) => {
  const { item } = await certified(request)
  await certified(request, { ...item, vaccination: { ...item.vaccination, dose: 2 } })
  await page.getByLabel('Pre-enrollment code').fill(item.preEnrollmentCode)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('heading', { name: '2 certificates for code' })).toBeVisible()
  const doses = page.getByRole('listitem').filter({ hasText: /Dose \d of 2/ })
  await expect(doses).toHaveCount(2)
  await expect(doses.first()).toContainText('Current')
  await expect(doses.first()).toContainText('5 of 5 updates left')
  await page.getByRole('link', { name: 'Dose 2 of 2' }).click()
  await expect(page.getByRole('heading', { level: 1, name: item.recipient.name })).toBeVisible()
})

test('what is typed before the page works is found as well', async ({ page, request }) => {
  const person = await certified(request)
  let late: (() => void) | undefined
  const released = new Promise<void>((resolve) => (late = resolve))
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByLabel('Pre-enrollment code').fill(person.code)
  await expect(page.getByRole('button', { name: 'Find', exact: true })).toBeDisabled()
  late!()
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await page.waitForURL(`/certificates/${person.certificateId}`)
})

test('identity and phone are dots until somebody asks', async ({ page, request }) => {
  await open(page, await certified(request, anItem('Ruwini Perera')))
  await expect(page.getByText('571304456V')).toHaveCount(0)
  await page.getByRole('button', { name: 'Reveal Identity number' }).click()
  await expect(page.getByText('571304456V')).toBeVisible()
})

test('"/" goes to the find field, "?" lists the keys, and both can be switched off', async ({ page, request }) => {
  await open(page, await certified(request))
  await page.keyboard.press('/')
  const field = page.getByLabel('Find by pre-enrollment code')
  await expect(field).toBeFocused()
  await page.keyboard.type('?')
  await expect(field).toHaveValue('?')
  await page.getByRole('link', { name: 'History' }).focus()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list.getByRole('row', { name: 'Ctrl Enter Continue' })).toBeVisible()
  await sound(page, 'keys', '[role="dialog"]')
  await shot(page, 'keys')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'History' })).toBeFocused()
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'List the shortcuts' }).click()
  await expect(list).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Keyboard shortcuts' }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('link', { name: 'History' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(field).not.toBeFocused()
  await page.keyboard.press('?')
  await expect(list).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('link', { name: 'History' })).toBeVisible()
})
