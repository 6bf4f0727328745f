/** The holder on the own phone: from the link that an operator makes to the corrected certificate, a report, and a copy without connection. */
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { anItem, certified, expect, giveReason, replace, signIn, test, toCheck, updated, type Person } from './journey'
import { OPERATOR, TOKEN } from './product'
import { shot } from './shot'
import { findings } from './sound'

const PHONE = { width: 360, height: 740 }
const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }

test('an operator makes a link, and the holder finds the corrected certificate behind it', async ({
  page,
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const person = await certified(request)
  await signIn(page, OPERATOR, `/certificates/${person.certificateId}`)
  const links = page.getByRole('region', { name: 'Link for the holder' })
  await links.getByRole('button', { name: 'Make a link' }).click()
  await expect(links.getByText('The link is ready')).toBeVisible()
  await expect(links.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  const oldLink = await links.getByText('/c/').innerText()
  await shot(page, 'holder-link-record')
  await links.getByRole('button', { name: 'Done' }).click()
  await expect(links.getByText('1 link works')).toBeVisible()

  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.getByLabel('Batch').fill('4121MC041')
  await giveReason(page)
  await toCheck(page)
  const fresh = await replace(page)
  await links.getByRole('button', { name: 'Make another link' }).click()
  await expect(links.getByText('The link is ready')).toBeVisible()
  const freshLink = await links.getByText('/c/').innerText()
  await shot(page, 'holder-link-done')

  const phone = await phoneOf(browser)
  await test.step('a wrong answer and an empty one show nothing', async () => {
    await phone.goto(freshLink)
    await shot(phone, 'holder-ask-phone')
    await phone.getByRole('button', { name: 'Show my certificate' }).click()
    await expect(phone.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeFocused()
    await shot(phone, 'holder-ask-missing-phone')
    await answer(phone, '31', '1', '1957')
    await expect(phone.getByText('We could not show a certificate for these details.')).toBeVisible()
    await shot(phone, 'holder-ask-wrong-phone')
  })

  await test.step('the right one shows the current certificate, what changed and why', async () => {
    await answer(phone, '30', '1', '1957')
    const heading = phone.getByRole('heading', { level: 1 })
    await expect(heading).toContainText('This is your current certificate, updated')
    await expect(heading).toBeFocused()
    await expect(phone.getByText('Saraswathy T K').first()).toBeVisible()
    const changes = phone.getByRole('region', { name: 'What changed and why' })
    await expect(changes).toContainText('Changed by MOH Gothatuwa')
    await expect(changes).toContainText('You asked for it: a typing error of the facility.')
    await expect(changes.locator('del').first()).toHaveText('v')
    await expect(changes.locator('ins').first()).toHaveText('w')
    await expect(phone.getByText('You opened an old version.')).toHaveCount(0)
    await shot(phone, 'holder-open-phone')
  })

  await test.step('the QR code fills the screen and can be left with Escape', async () => {
    await phone.getByRole('button', { name: 'Show the QR code' }).click()
    const dialog = phone.getByRole('dialog')
    await expect(dialog.getByRole('img')).toBeVisible()
    await expect(dialog).toContainText('Turn up the brightness')
    await phone.screenshot({ path: 'e2e/results/screens/holder-qr-phone.png' })
    await phone.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(phone.getByRole('button', { name: 'Show the QR code' })).toBeFocused()
  })

  await test.step('the PDF is downloaded', async () => {
    const download = phone.waitForEvent('download')
    await phone.getByRole('link', { name: 'Download PDF' }).click()
    expect((await download).suggestedFilename()).toBe(`certificate-${fresh}.pdf`)
  })

  await test.step('loaded again it is still open; closed it asks again', async () => {
    await phone.reload()
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('updated')
    await phone.route('**/v3/holder/*/session', (route) => route.abort())
    await phone.getByRole('button', { name: 'Close my certificate' }).click()
    await expect(phone.getByText('No connection: whoever has this device')).toBeVisible()
    await phone.unroute('**/v3/holder/*/session')
    await phone.reload()
    await phone.getByRole('button', { name: 'Close my certificate' }).click()
    await expect(phone.getByText('Your certificate is closed on this device.')).toBeVisible()
    await phone.reload()
    await expect(phone.getByRole('heading', { name: 'Open your certificate' })).toBeVisible()
    await expect(phone.getByText('Saraswathy')).toHaveCount(0)
  })

  await test.step('the link made before the correction opens the current one and says so', async () => {
    await phone.goto(oldLink)
    await answer(phone, '30', '1', '1957')
    await expect(phone.getByText('You opened an old version. Here is the current one.')).toBeVisible()
    await expect(phone.getByText(`Certificate ${person.certificateId} was replaced on`)).toBeVisible()
    await shot(phone, 'holder-old-link-phone')
  })

  await test.step('an ended link shows nothing from that moment on', async () => {
    await page.reload()
    await expect(links.getByText('2 links work')).toBeVisible()
    await links
      .getByRole('button', { name: /^End the link/ })
      .first()
      .click()
    await expect(links.getByText('1 link works')).toBeVisible()
    await links.getByRole('button', { name: /^End the link/ }).click()
    await expect(links.getByText(/link.? works?/)).toHaveCount(0)
    await phone.goto(freshLink)
    await answer(phone, '30', '1', '1957')
    await expect(phone.getByText('We could not show a certificate for these details.')).toBeVisible()
    await phone.goto(oldLink)
    await expect(phone.getByRole('heading', { name: 'Open your certificate' })).toBeVisible()
  })
})

test('five wrong tries lock a link, and one that does not exist alike', async ({ browser, request }) => {
  const link = await aLink(request, await certified(request))
  const phone = await phoneOf(browser)
  for (const address of [link, link.replace(/[^/]+$/, '0000-1111-2222-3333-4444-5555-6666')]) {
    await phone.goto(address)
    for (let n = 0; n < 5; n++) {
      const answered = phone.waitForResponse(/\/session$/)
      await answer(phone, '31', '1', '1957')
      expect((await answered).status()).toBe(404)
      await expect(phone.getByText('We could not show a certificate for these details.')).toBeVisible()
    }
    await answer(phone, '30', '1', '1957')
    await expect(phone.getByText(/^Too many tries\. Try again at \d\d:\d\d\.$/)).toBeVisible()
  }
  await shot(phone, 'holder-locked-phone')
})

test('people without a date of birth answer with the year and the end of the identity', async ({
  browser,
  request,
}) => {
  const item = anItem()
  const { dob: _none, ...recipient } = item.recipient
  const person = await certified(request, { ...item, recipient: { ...recipient, age: '64' } } as never)
  const phone = await phoneOf(browser)
  await phone.goto(await aLink(request, person))
  await phone.getByLabel('The certificate shows an age').check()
  await phone.getByLabel('Year of birth').fill('1957')
  await phone.getByLabel(/^Last 4 letters/).fill('456v')
  await shot(phone, 'holder-ask-age-phone')
  await phone.getByRole('button', { name: 'Show my certificate' }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('This is your current certificate, issued')
})

test('a report gets a number, survives a lost connection, and its answer is read here', async ({
  browser,
  request,
}) => {
  const person = await certified(request)
  const link = await aLink(request, person)
  await updated(request, { ...person.item, recipient: { ...person.item.recipient, name: 'Saraswati T K' } })
  const phone = await phoneOf(browser)
  await phone.goto(link)
  await answer(phone, '30', '1', '1957')
  await phone.getByRole('button', { name: 'Something is still wrong' }).click()
  await phone.getByRole('button', { name: 'Send the report' }).click()
  await expect(phone.getByRole('link', { name: 'Choose what is wrong, or write what it is' })).toBeVisible()
  await phone.getByRole('checkbox', { name: /^Full name/ }).check()
  await phone.getByLabel('Full name: what is right?').fill('Saraswathy T K')
  await phone.getByLabel('Anything else').fill('As in my passport. <b>x</b>')
  await shot(phone, 'holder-report-phone')

  await test.step('in Arabic nothing that was written is lost', async () => {
    await phone.getByRole('button', { name: 'العربية' }).click()
    await expect(phone.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(phone.getByLabel('الاسم الكامل: ما هو الصحيح؟')).toHaveValue('Saraswathy T K')
    await shot(phone, 'holder-report-ar-phone')
    await phone.getByRole('button', { name: 'English' }).click()
  })

  await phone.context().setOffline(true)
  await expect(phone.getByText(/No connection\. What you see is from \d\d:\d\d/)).toBeVisible()
  await phone.getByRole('button', { name: 'Send the report' }).click()
  await expect(phone.getByText('Your report is still here')).toBeVisible()
  await phone.context().setOffline(false)
  await phone.getByRole('button', { name: 'Send the report' }).click()
  await expect(phone.getByRole('heading', { name: 'Your report was sent' })).toBeFocused()
  const reference = await phone
    .getByText(/^H-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .first()
    .innerText()
  await shot(phone, 'holder-report-sent-phone')
  await expect(phone.getByRole('region', { name: 'Your reports' })).toContainText(reference)

  await phone.getByRole('button', { name: 'I did not ask for this change' }).click()
  await expect(phone.getByRole('heading', { name: 'You did not ask for this change' })).toBeFocused()
  await phone.getByRole('button', { name: 'Send the report' }).click()
  await expect(phone.getByRole('region', { name: 'Your reports' }).getByRole('listitem')).toHaveCount(2)
  await shot(phone, 'holder-reports-phone')
})

test('after a quarter of an hour it is closed, and a report that was being written is still there', async ({
  browser,
  request,
}) => {
  const link = await aLink(request, await certified(request))
  const phone = await phoneOf(browser)
  await phone.clock.install()
  await phone.goto(link)
  await answer(phone, '30', '1', '1957')
  await phone.getByRole('button', { name: 'Something is still wrong' }).click()
  await phone.getByLabel('Anything else').fill('The batch is not mine')
  await phone.clock.fastForward('15:05')
  await expect(phone.getByText('Closed after 15 minutes, so that nobody else reads it.')).toBeVisible()
  await expect(phone.getByText('What you wrote is still here.')).toBeVisible()
  await expect(phone.getByText('Sarasvathy')).toHaveCount(0)
  await shot(phone, 'holder-ended-phone')
  await answer(phone, '30', '1', '1957')
  await expect(phone.getByLabel('Anything else')).toHaveValue('The batch is not mine')
})

test('a copy is kept for those who choose it, shown without a connection, and removed', async ({
  browser,
  request,
}) => {
  const person = await certified(request)
  const link = await aLink(request, person)
  const phone = await phoneOf(browser)
  await phone.goto(link)
  await answer(phone, '30', '1', '1957')
  const stored = () =>
    phone.evaluate(async () => ({
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      caches: (await caches.keys()).length,
      kept: localStorage.length + sessionStorage.length,
    }))
  expect(await stored()).toEqual({ workers: 0, caches: 0, kept: 0 })
  await phone.getByRole('button', { name: 'Keep a copy on this phone' }).click()
  await expect(phone.getByText(/A copy is kept on this phone\. Saved on/)).toBeVisible()
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await shot(phone, 'holder-copy-kept-phone')

  await test.step('without a connection the same link shows the copy, in both languages', async () => {
    await phone.context().setOffline(true)
    await phone.goto(link)
    await expect(phone.getByText(/^Saved on .+, may have changed\.$/)).toBeVisible()
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('This is your current certificate, issued')
    await expect(phone.getByText(person.item.recipient.name).first()).toBeVisible()
    await expect(phone.getByText(person.item.recipient.identity)).toHaveCount(0)
    await expect(phone.getByRole('img')).toBeVisible()
    await shot(phone, 'holder-copy-offline-phone')
    await sound(phone, 'copy')
    await phone.getByLabel('العربية').check()
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('هذه شهادتك الحالية')
    await shot(phone, 'holder-copy-offline-ar-phone')
    await sound(phone, 'copy in Arabic')
  })

  await test.step('with the connection back it is asked again, and the copy is offered', async () => {
    await phone.context().setOffline(false)
    await phone.context().clearCookies({ name: 'errata-holder' })
    await reopened(phone, link)
    await expect(phone.getByText(/A copy from .+ is kept on this phone/)).toBeVisible()
    await shot(phone, 'holder-ask-copy-phone')
  })

  await test.step('another link has no part in it', async () => {
    const other = await aLink(request, await certified(request))
    await phone.goto(other)
    await expect(phone.getByText('is kept on this phone')).toHaveCount(0)
  })

  await test.step('it is removed from the copy itself, also without a connection, and nothing stays behind', async () => {
    await phone.goto(link)
    await phone.context().setOffline(true)
    await phone.getByRole('link', { name: 'Show the copy' }).click()
    await expect(phone.getByText(/^Saved on/)).toBeVisible()
    await phone.getByRole('button', { name: 'Remove the copy' }).click()
    await expect(phone.getByText('The copy was removed from this phone.')).toBeVisible()
    await phone.context().setOffline(false)
    await reopened(phone, link)
    await expect(phone.getByText('is kept on this phone')).toHaveCount(0)
    expect(await stored()).toEqual({ workers: 0, caches: 0, kept: 0 })
  })
})

test('a slip is printed alone on one sheet of A4 and of Letter, and says nothing about the person', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  // The browser's own dialog cannot be driven; the slip stays for as long as that would be open.
  await page.addInitScript(() => (window.print = () => {}))
  await signIn(page, OPERATOR, `/certificates/${person.certificateId}`)
  const links = page.getByRole('region', { name: 'Link for the holder' })
  await links.getByRole('button', { name: 'Make a link' }).click()
  const print = async () => {
    await links.getByRole('button', { name: 'Print a slip' }).click()
    await expect(page.locator('[data-slip]')).toBeAttached()
  }
  for (const format of ['A4', 'Letter'] as const) {
    // Printing ends with the slip's leaving, here too.
    await print()
    const pdf = await page.pdf({ format, margin: { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' } })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
  }
  await print()
  await page.emulateMedia({ media: 'print' })
  const text = await page.locator('[data-slip]').innerText()
  expect(text).toContain('Your certificate on your phone')
  expect(text).toContain('شهادتك على هاتفك')
  for (const personal of [person.item.recipient.name, '1957', person.code, person.certificateId, '571304456V']) {
    expect(text).not.toContain(personal)
  }
  await shot(page, 'holder-slip')
})

for (const [size, viewport] of [
  ['phone', PHONE],
  ['desk', { width: 1280, height: 900 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test(`both languages are sound: ${size}, ${colorScheme}`, async ({ browser, request }) => {
      test.setTimeout(120_000)
      const person = await certified(request, anItem('Wickramasinghe-Jayawardena නිශ්ශංක විජේසූරිය'))
      const link = await aLink(request, person)
      await updated(request, { ...person.item, recipient: { ...person.item.recipient, gender: 'Male' } })
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' })
      const phone = await context.newPage()
      await phone.goto(link)
      await answer(phone, '31', '1', '1957')
      await expect(phone.getByText('We could not show')).toBeVisible()
      await sound(phone, 'question')
      await answer(phone, '30', '1', '1957')
      await phone.getByRole('button', { name: 'Show Identity number' }).click()
      await phone.getByText('All 2 versions').click()
      await phone.getByRole('button', { name: 'Something is still wrong' }).click()
      await phone.getByRole('checkbox', { name: /^Full name/ }).check()
      await phone.getByRole('button', { name: 'Send the report' }).click()
      await expect(phone.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeVisible()
      await sound(phone, 'certificate')
      await shot(phone, `holder-all-${size}-${colorScheme}`)
      await phone.getByRole('button', { name: 'العربية' }).click()
      await expect(phone.getByRole('heading', { level: 1 })).toContainText('هذه شهادتك الحالية')
      await sound(phone, 'certificate in Arabic')
      await shot(phone, `holder-all-ar-${size}-${colorScheme}`)
      await phone.getByRole('button', { name: 'اعرض رمز QR' }).click()
      await sound(phone, 'QR code', 'dialog')
      await phone.keyboard.press('Escape')
      await phone.getByRole('button', { name: 'أغلق شهادتي' }).click()
      await expect(phone.getByText('أُغلقت شهادتك على هذا الجهاز.')).toBeVisible()
      await sound(phone, 'question in Arabic')
      await shot(phone, `holder-ask-ar-${size}-${colorScheme}`)
      await context.close()
    })
  }
}

test('a page that breaks says so, and can be tried again', async ({ page }) => {
  // No answer of ours: what draws the certificate cannot draw this.
  await page.route('**/v3/holder/*', (route) => route.fulfill({ json: { secondsLeft: 900 } }))
  await page.goto('/c/any-link')
  await expect(page.getByRole('heading', { name: 'Something went wrong on our side' })).toBeVisible()
  await expect(page).toHaveTitle('Error: Something went wrong on our side')
  await page.unroute('**/v3/holder/*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Open your certificate' })).toBeVisible()
})

test('a holder with colours of the own sees every button and every mark', async ({ browser, request }) => {
  const person = await certified(request)
  const link = await aLink(request, person)
  await updated(request, { ...person.item, recipient: { ...person.item.recipient, name: 'Saraswathy T K' } })
  const context = await browser.newContext({ viewport: PHONE, forcedColors: 'active', locale: 'en-GB' })
  const phone = await context.newPage()
  await phone.goto(link)
  await answer(phone, '30', '1', '1957')
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible()
  for (const name of ['Show the QR code', 'Something is still wrong', 'Close my certificate']) {
    await expect(phone.getByRole('button', { name })).not.toHaveCSS('border-top-width', '0px')
  }
  await shot(phone, 'holder-forced-colours-phone')
  await context.close()
})

test('a keyboard alone opens a certificate', async ({ page, request }) => {
  await page.goto(await aLink(request, await certified(request)))
  await expect(page.getByRole('button', { name: 'Show my certificate' })).toBeEnabled()
  await page.getByLabel('Day').focus()
  await page.keyboard.type('30')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1957')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

/** A page on a phone of its own. */
async function phoneOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', timezoneId: 'Asia/Kathmandu' })
  return context.newPage()
}

/** A link made through the API. */
async function aLink(request: APIRequestContext, { certificateId }: Person): Promise<string> {
  const made = await request.post(`/v3/certificates/${certificateId}/links`, { headers: AUTHORIZED, data: {} })
  expect(made.status(), await made.text()).toBe(200)
  return (await made.json()).url
}

/** Opens a link until its question comes: while the server is slow, a kept copy is shown instead. */
async function reopened(page: Page, link: string): Promise<void> {
  await expect(async () => {
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'Open your certificate' })).toBeVisible({ timeout: 2000 })
  }).toPass()
}

async function answer(page: Page, day: string, month: string, year: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Show my certificate' })).toBeEnabled()
  await page.getByLabel('Day').fill(day)
  await page.getByLabel('Month').fill(month)
  await page.getByLabel('Year', { exact: true }).fill(year)
  await page.getByRole('button', { name: 'Show my certificate' }).click()
}

/** No finding of axe, one h1 that can be seen, nothing wider than the window. */
async function sound(page: Page, what: string, within?: string): Promise<void> {
  expect(await findings(page, within), what).toEqual([])
  await expect(page.locator('h1:visible'), `h1 of ${what}`).toHaveCount(1)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, `${what} is wider than the window`).toBe(0)
}
