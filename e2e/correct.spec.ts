/** The journey that the product is for: a misspelt name becomes a new certificate, and the old one verifies as replaced. */
import { readFile } from 'node:fs/promises'
import type { Locator } from '@playwright/test'
import { scanned } from './foreign-decoder'
import {
  anItem,
  certified,
  expect,
  get,
  giveReason,
  holdScripts,
  openForm,
  replace,
  signIn,
  test,
  toCheck,
  verifierAnswer,
} from './journey'

test.beforeEach(({ page }) => signIn(page))

test('a form that is sent before its page works goes nowhere: what is typed does not get into the address', async ({
  page,
  request,
}) => {
  const address = `/certificates/${(await certified(request)).certificateId}/correct`
  const release = await holdScripts(page)
  await page.goto(address, { waitUntil: 'commit' })
  const asked: string[] = []
  page.on('request', (sent) => asked.push(sent.url()))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.keyboard.press('Enter')
  release()
  await expect(page.getByRole('button', { name: 'Check the changes' })).toBeEnabled()
  await expect(page).toHaveURL(address)
  expect(asked.filter((url) => url.includes('Saraswathy'))).toEqual([])
})

test('a misspelt name is corrected end to end', async ({ page, request }) => {
  const person = await certified(request)
  await openForm(page, person)

  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.getByLabel('Batch').fill('4121MC041')
  await expect(page.getByText('2 changes')).toBeVisible()
  await expect(page.getByRole('tab', { name: 'After' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('img', { name: /with your changes/ })).toBeVisible()
  await expect(page.getByText(/prints at \d+ mm/)).toBeVisible()
  await giveReason(page)
  await toCheck(page)

  const name = page.getByRole('row', { name: /Full name/ })
  await expect(name.locator('del')).toHaveText('v')
  await expect(name.locator('ins')).toHaveText('w')
  await expect(name).toContainText('one letter replaced: v by w')
  await expect(page.getByRole('row', { name: /Batch/ })).toContainText('letter O replaced by digit 0')
  await expect(page.getByText('4 of 5 updates')).toBeVisible()

  const fresh = await replace(page)
  await expect(page.getByText('Signed and checked')).toBeVisible()
  await expect(page.getByText('QR code scanned from its picture')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'now verifies as replaced' })).toContainText('read back')

  expect(await verifierAnswer(request, person.certificateId)).toBe(200)
  expect(await verifierAnswer(request, fresh)).toBe(404)

  await test.step('another decoder reads the new QR code and finds the new name in it', async () => {
    const credential = JSON.parse(scanned(await (await get(request, `/v3/certificates/${fresh}.png`)).body()))
    expect(credential.credentialSubject.name).toBe('Saraswathy T K')
    expect(credential.evidence[0]).toMatchObject({ certificateId: fresh, batch: '4121MC041' })
  })

  await test.step('the PDF can be downloaded', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download PDF' }).click()
    expect((await readFile(await (await download).path())).subarray(0, 5).toString()).toBe('%PDF-')
  })

  await test.step('the old certificate leads to the new one, and the history says who and why', async () => {
    await page.goto(`/certificates/${person.certificateId}`)
    await expect(page.getByText(/This certificate was replaced on/)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Correct this certificate' })).toHaveCount(0)
    await page.getByRole('link', { name: /Open the current certificate/ }).click()
    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByText('Asked by the holder · our typing error')).toBeVisible()
    await page.getByRole('button', { name: /Show the changes/ }).click()
    await expect(page.getByRole('row', { name: /Full name/ }).locator('ins')).toHaveText('w')
  })
})

test('nothing moves: neither with the first letter nor when the registry has looked', async ({ page, request }) => {
  await openForm(page, await certified(request))
  const topOf = (what: Locator) => what.evaluate((one) => one.getBoundingClientRect().top + scrollY)
  const batch = page.getByLabel('Batch')
  const before = await topOf(batch)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await expect(page.getByRole('button', { name: 'Undo Full name' })).toBeVisible()
  expect(await topOf(batch)).toBe(before)
  await expect(page.getByText('updated just now')).toBeVisible()
  await giveReason(page)

  const looked = page.waitForResponse(/dryRun/)
  let look = () => {}
  const held = new Promise<void>((resolve) => (look = resolve))
  await page.route(/dryRun/, async (route) => {
    await held
    await route.continue()
  })
  await toCheck(page)
  await expect(page.getByText('Worth knowing; it does not stop the correction')).toBeVisible()
  const what = page.getByRole('heading', { name: 'What happens' })
  const stood = await topOf(what)
  // A tick that is under way when the answer comes is not lost.
  const box = page.getByRole('checkbox', { name: /^I read the new details/ })
  await box.hover()
  await page.mouse.down()
  look()
  await (await looked).finished()
  await expect(page.getByText('Worth knowing; it does not stop the correction')).toBeVisible()
  expect(await topOf(what)).toBe(stood)
  await page.mouse.up()
  await expect(box).toBeChecked()
})

test('the QR code on the screen is one that a phone reads', async ({ page, request }) => {
  const person = await certified(request)
  await openForm(page, person)
  await page.getByRole('link', { name: person.code }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  const code = page.getByRole('dialog').getByRole('img')
  await expect(code).toBeVisible()
  const credential = JSON.parse(scanned(await code.screenshot({ scale: 'device' })))
  expect(credential.evidence[0].certificateId).toBe(person.certificateId)
})

test('names in Sinhala and Arabic go through unharmed', async ({ page, request }) => {
  for (const [before, after] of [
    ['නිමල් පෙරේරා', 'නිමාල් පෙරේරා'],
    ['فاطمة الزهراء محمد', 'فاطمة الزهراء محمود'],
  ] as const) {
    await page.goto('/')
    await openForm(page, await certified(request, anItem(before)))
    await page.getByLabel('Full name').fill(after)
    await giveReason(page)
    await toCheck(page)
    const fresh = await replace(page)
    const credential = JSON.parse(scanned(await (await get(request, `/v3/certificates/${fresh}.png`)).body()))
    expect(credential.credentialSubject.name).toBe(after)
  }
})

test('"Find the next one" ends with the hand on the find field', async ({ page, request }) => {
  await openForm(page, await certified(request))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await replace(page)
  await page.getByRole('link', { name: 'Find the next one' }).click()
  await expect(page.getByLabel('Pre-enrollment code')).toBeFocused()
})
