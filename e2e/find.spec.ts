/** Finding a certificate by what the holder brings. */
import { anItem, certified, expect, find, holdScripts, open, reveal, signIn, test, updated } from './journey'
import { addOperator } from './product'
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

test('a number is found however its digits are grouped, and an old one leads to the certificate that replaced it', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  const old = person.certificateId
  const fresh = await updated(request, {
    ...person.item,
    recipient: { ...person.item.recipient, name: 'Saraswathy T K' },
  })
  const groups = old.match(/\d{1,3}/g)!
  for (const typed of [groups.join(' '), groups.join('-'), groups.join('.')]) {
    await page.goto('/')
    await find(page, typed)
    await page.waitForURL(`/certificates/${fresh}`)
    await expect(page.getByRole('status').filter({ hasText: 'which was replaced on' })).toContainText(
      'You searched for',
    )
  }
  await shot(page, 'found-by-old-number')
  await sound(page, 'found by an old number')
  await page.goto('/')
  await open(page, { ...person, certificateId: fresh })
  await expect(page.getByText('You searched for')).toHaveCount(0)
})

test('a code that looks like a code with its dose, or like a number, is found as itself first', async ({
  page,
  request,
}) => {
  const plain = await certified(request)
  const tricky = anItem('Ruwini Perera')
  tricky.preEnrollmentCode = `${plain.code}-1`
  const dosed = await certified(request, tricky)
  await open(page, dosed)
  await expect(page.getByRole('heading', { level: 1, name: 'Ruwini Perera' })).toBeVisible()
  const numeric = anItem('Nimal Silva')
  numeric.preEnrollmentCode = plain.certificateId
  const named = await certified(request, numeric)
  await page.goto('/')
  await open(page, named)
  await expect(page.getByRole('heading', { level: 1, name: 'Nimal Silva' })).toBeVisible()
})

test('too many searches and a registry that is down are told with what to do next', async ({ page, request }) => {
  const person = await certified(request)
  const field = page.getByLabel('Pre-enrollment code')
  await page.route('**/v3/certificates?*', (route) => route.abort())
  await field.fill(person.code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('We cannot search now. Nothing was changed.')).toBeVisible()
  await shot(page, 'find-unavailable')
  await page.unroute('**/v3/certificates?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForURL(`/certificates/${person.certificateId}`)
  await page.goto('/')
  await page.route('**/v3/certificates?*', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '40' },
      json: { code: 'TOO_MANY_REQUESTS', message: 'Too many searches. Wait 40 seconds.' },
    }),
  )
  await field.fill(person.code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Too many searches. Wait 40 seconds.')).toBeVisible()
  await sound(page, 'too many searches')
})

test('what was opened last can be opened again: code and initials, for oneself alone, until it is forgotten', async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000)
  const clerk = await addOperator('MAH')
  const item = { ...anItem('Ruwini Perera'), facility: { name: 'Maharagama MOH Office' } }
  const person = await certified(request, item)
  const own = await (await browser.newContext()).newPage()
  await signIn(own, clerk)
  await expect(own.getByRole('heading', { name: 'Opened last' })).toHaveCount(0)
  await open(own, person)
  await expect(own.getByRole('heading', { level: 1, name: 'Ruwini Perera' })).toBeVisible()
  await own.goto('/')
  const list = own.getByRole('region', { name: 'Opened last' })
  await expect(list).toContainText(person.code)
  await expect(list).toContainText('R. P.')
  await expect(list).not.toContainText('Ruwini')
  await shot(own, 'recent')
  await sound(own, 'opened last')
  await list.getByRole('link', { name: person.code }).click()
  await own.waitForURL(`/certificates/${person.certificateId}`)
  const other = await (await browser.newContext()).newPage()
  await signIn(other, await addOperator('MAH'))
  await expect(other.getByText(person.code)).toHaveCount(0)
  await own.goto('/')
  await own.getByRole('button', { name: 'Forget these' }).click()
  await expect(own.getByText('Forgotten.')).toBeVisible()
  await own.reload()
  await expect(own.getByRole('heading', { name: 'Find a certificate' })).toBeVisible()
  await expect(own.getByText(person.code)).toHaveCount(0)
  expect(await own.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(person.code)
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

test('what is typed and sent before a page works is found as soon as it does', async ({ page, request }) => {
  const [one, other] = [await certified(request), await certified(request)]
  const release = await holdScripts(page)
  await page.goto('/', { waitUntil: 'commit' })
  await find(page, one.code)
  release()
  await page.waitForURL(`/certificates/${one.certificateId}`)

  await page.unrouteAll()
  const releaseAgain = await holdScripts(page)
  await page.reload({ waitUntil: 'commit' })
  await page.getByLabel('Find by pre-enrollment code').fill(other.code)
  await page.keyboard.press('Enter')
  releaseAgain()
  await page.waitForURL(`/certificates/${other.certificateId}`)
})

test('identity and phone are dots until somebody gives a reason', async ({ page, request }) => {
  await open(page, await certified(request, anItem('Ruwini Perera')))
  await expect(page.getByText('571304456V')).toHaveCount(0)
  await reveal(page, 'Identity number')
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
