/** Cancelling, suspending and lifting: what it takes, what everybody sees then, what happens when somebody was faster, and lost answers. */
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import {
  anItem,
  certified,
  expect,
  find,
  get,
  giveReason,
  signIn,
  test,
  toCheck,
  updated,
  verifierAnswer,
} from './journey'
import { OPERATOR, TOKEN } from './product'
import { shot } from './shot'
import { findings, sound } from './sound'

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }
const PHONE = { width: 360, height: 740 }

test('an operator cancels a certificate for good, and it can be certified again as version 1', async ({
  page,
  request,
  browser,
}) => {
  test.setTimeout(180_000)
  const person = await certified(request)
  const { certificateId, code } = person
  const link = await holderLink(request, certificateId)
  await signIn(page, OPERATOR, `/certificates/${certificateId}`)
  await sound(page, 'record with the ways to end it')
  await shot(page, 'revoke-record')
  await page.getByRole('link', { name: 'Cancel certificate…' }).click()
  await expect(page.getByRole('heading', { name: 'Cancel this certificate', level: 1 })).toBeFocused()
  await sound(page, 'cancel')
  await shot(page, 'revoke-cancel')

  await test.step('nothing is cancelled without a reason, and without looking at the number', async () => {
    await page.getByRole('button', { name: 'Cancel the certificate for good' }).click()
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expect(summary).toBeFocused()
    await sound(page, 'cancel with errors')
    await shot(page, 'revoke-cancel-errors')
    await summary.getByRole('link', { name: 'Choose why' }).click()
    await expect(page.getByRole('radio', { name: 'It should not have been issued' })).toBeFocused()
    await page.getByRole('radio', { name: 'Another reason' }).check()
    await page.getByLabel('Type the last 4 digits').fill('0')
    await page.keyboard.press('Enter')
    await expect(summary.getByRole('link', { name: 'Write down the reason' })).toBeVisible()
    await expect(summary.getByRole('link', { name: /^Type \d{4}, the last 4 digits/ })).toBeVisible()
    expect(await verifierAnswer(request, certificateId)).toBe(404)
  })

  await test.step('with both it is cancelled at once, everywhere', async () => {
    await page.getByRole('radio', { name: 'It should not have been issued' }).check()
    await page.getByLabel('Note').fill('Entered for her sister')
    await page.getByLabel('Type the last 4 digits').fill(certificateId.slice(-4))
    await page.getByRole('button', { name: 'Cancel the certificate for good' }).click()
    await page.waitForURL(`/certificates/${certificateId}`)
    await expect(page.getByText('The certificate was cancelled.')).toBeVisible()
    await expect(page.getByText('This certificate was cancelled on')).toBeVisible()
    await expect(page.getByText('Entered for her sister')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Correct this certificate' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Cancel certificate…' })).toHaveCount(0)
    await sound(page, 'cancelled record')
    await shot(page, 'revoke-cancelled')
    expect(await verifierAnswer(request, certificateId)).toBe(200)
    expect(await statusOf(request, certificateId)).toMatchObject({ state: 'revoked', cause: 'error' })
  })

  await test.step('the history says who, when and why', async () => {
    await page.getByRole('link', { name: 'History' }).click()
    const entry = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Cancelled' }) })
    await expect(entry).toContainText('It should not have been issued')
    await expect(entry).toContainText('Entered for her sister')
    await expect(entry).toContainText(OPERATOR.username)
    await sound(page, 'history of a cancelled certificate')
    await shot(page, 'revoke-history')
  })

  await test.step('the holder is told on the own phone, in both languages, without the note', async () => {
    const phone = await openedLink(browser, link)
    await expect(phone.getByRole('heading', { level: 1 })).toContainText('Your certificate was cancelled on')
    await expect(phone.getByText('Reason: it should not have been issued.')).toBeVisible()
    await expect(phone.getByText('Entered for her sister')).toHaveCount(0)
    await expect(phone.getByRole('button', { name: 'Show the QR code' })).toHaveCount(0)
    await holderSound(phone, 'holder of a cancelled certificate')
    await shot(phone, 'revoke-holder-phone')
    await phone.getByRole('button', { name: 'العربية' }).click()
    await expect(phone.getByText('السبب: ما كان ينبغي إصدارها.')).toBeVisible()
    await holderSound(phone, 'holder of a cancelled certificate, in Arabic')
    await shot(phone, 'revoke-holder-phone-ar')
    await phone.close()
  })

  await test.step('certified again it is another certificate with a fresh allowance; both are found', async () => {
    const again = await certified(request, person.item)
    expect(again.certificateId).not.toBe(certificateId)
    await page.goto('/')
    await find(page, code)
    await expect(page.getByRole('heading', { name: '2 certificates for code' })).toBeVisible()
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
    await expect(page.getByText(/^cancelled on /)).toBeVisible()
    await expect(page.getByText('5 of 5 updates left')).toBeVisible()
    await shot(page, 'revoke-find')
  })

  await test.step('the list of the day has it, with the cause and without the note', async () => {
    await page.goto('/today?kind=status')
    const entry = page.getByRole('article').filter({ hasText: code })
    await expect(entry).toContainText('It should not have been issued')
    await expect(entry).not.toContainText('Entered for her sister')
    await sound(page, 'today, cancelled and suspended')
    await shot(page, 'revoke-today')
  })
})

test('an operator suspends a certificate until a time, changes the end, lifts the suspension', async ({
  page,
  request,
  browser,
}) => {
  test.setTimeout(180_000)
  const { certificateId } = await certified(request)
  const link = await holderLink(request, certificateId)
  await signIn(page, OPERATOR, `/certificates/${certificateId}/suspend`)
  await expect(page.getByRole('heading', { name: 'Suspend this certificate' })).toBeVisible()
  await page.getByRole('radio', { name: 'Until a time that I set' }).check()
  await page.getByRole('textbox', { name: 'Day' }).fill('31')
  await page.getByRole('textbox', { name: 'Month' }).fill('2')
  await page.getByRole('textbox', { name: 'Year' }).fill('2099')
  await page.getByRole('button', { name: 'Suspend the certificate' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary.getByRole('link', { name: 'Enter a day and a time that exist' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Year' }).fill('2020')
  await page.getByRole('textbox', { name: 'Day' }).fill('1')
  await page.getByRole('button', { name: 'Suspend the certificate' }).click()
  await expect(summary.getByRole('link', { name: 'Enter a time that is still to come' })).toBeVisible()
  await sound(page, 'suspend with errors')
  await shot(page, 'revoke-suspend-errors')
  await page.getByRole('textbox', { name: 'Year' }).fill('2099')
  await expect(page.getByText('On 1 Feb 2099, 00:00 it is valid again by itself')).toBeVisible()
  await page.getByRole('radio', { name: 'It may be wrong and is being looked into' }).check()
  await shot(page, 'revoke-suspend')
  await page.getByRole('button', { name: 'Suspend the certificate' }).click()
  await page.waitForURL(`/certificates/${certificateId}`)
  await expect(page.getByText('The certificate is suspended.')).toBeVisible()
  await expect(page.getByText(/This certificate is suspended from .* until 1 Feb 2099, 00:00/)).toBeVisible()
  await sound(page, 'suspended record')
  await shot(page, 'revoke-suspended')
  expect(await statusOf(request, certificateId)).toMatchObject({ state: 'suspended' })

  const phone = await openedLink(browser, link)
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('until 1 Feb 2099, 00:00')
  await expect(phone.getByText('Reason: something in it may be wrong and is being looked into.')).toBeVisible()
  await holderSound(phone, 'holder of a suspended certificate')
  await shot(phone, 'revoke-holder-suspended-phone')

  await page.getByRole('link', { name: 'Change the suspension…' }).click()
  await expect(page.getByRole('radio', { name: 'Until a time that I set' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'It may be wrong and is being looked into' })).toBeChecked()
  await page.getByRole('radio', { name: 'Until somebody lifts it' }).check()
  await page.getByRole('button', { name: 'Change the suspension' }).click()
  await expect(page.getByText('The suspension was changed.')).toBeVisible()
  expect(await statusOf(request, certificateId)).toMatchObject({ state: 'suspended', until: null })

  await page.getByRole('link', { name: 'Lift suspension…' }).click()
  await expect(page.getByRole('heading', { name: 'Lift the suspension' })).toBeFocused()
  await sound(page, 'lift')
  await page.getByRole('radio', { name: 'It was looked into: the certificate is right' }).check()
  await page.getByLabel('Note').fill('Batch record seen')
  await shot(page, 'revoke-lift')
  await page.getByRole('button', { name: 'Lift the suspension' }).click()
  await expect(page.getByText('The suspension was lifted. The certificate is valid again.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  expect(await statusOf(request, certificateId)).toMatchObject({ state: 'current' })
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { name: 'Suspension lifted' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Suspension now without an end' })).toBeVisible()
  await shot(page, 'revoke-history-lifted')
  await phone.reload()
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('This is your current certificate')
  await phone.close()
})

test('somebody was faster: nothing is done, and the page says what happened and where to go on', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000)
  const person = await certified(request)
  await signIn(page, OPERATOR, `/certificates/${person.certificateId}/cancel`)
  await fillCancel(page, person.certificateId)
  const newest = await updated(request, { ...person.item, recipient: { ...person.item.recipient, name: 'Sara T K' } })
  await page.getByRole('button', { name: 'Cancel the certificate for good' }).click()
  await expect(page.getByRole('heading', { name: 'Not done: the certificate is not as it was' })).toBeFocused()
  await sound(page, 'overtaken')
  await shot(page, 'revoke-overtaken')
  expect(await statusOf(request, newest)).toMatchObject({ state: 'current' })
  await page.getByRole('link', { name: 'Open the current certificate' }).click()
  await page.waitForURL(`/certificates/${newest}`)

  await page.goto(`/certificates/${newest}/suspend`)
  await page.getByRole('radio', { name: 'Until somebody lifts it' }).check()
  await page.getByRole('radio', { name: 'The vaccine, test or batch' }).check()
  await post(request, newest, 'revoke')
  await page.getByRole('button', { name: 'Suspend the certificate' }).click()
  await expect(page.getByRole('heading', { name: 'Not done: the certificate is not as it was' })).toBeVisible()
  await expect(page.getByText(/cancelled it on/)).toBeVisible()
  for (const action of ['cancel', 'suspend', 'lift']) {
    await page.goto(`/certificates/${newest}/${action}`)
    await expect(page.getByRole('heading', { name: 'This cannot be done now' })).toBeVisible()
  }
})

test('an answer that is lost is asked for again, and nothing is done twice', async ({ page, request }) => {
  test.setTimeout(120_000)
  const { certificateId } = await certified(request)
  await signIn(page, OPERATOR, `/certificates/${certificateId}/cancel`)
  await fillCancel(page, certificateId)
  await page.route('**/revoke', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Cancel the certificate for good' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toContainText('No answer came. It may have been done or not.')
  await page.unroute('**/revoke')
  await page.getByRole('button', { name: 'Cancel the certificate for good' }).click()
  await page.waitForURL(`/certificates/${certificateId}`)
  await expect(page.getByText('The certificate was cancelled.')).toBeVisible()
  const { lineage } = await (await get(request, `/v3/certificates/${certificateId}`)).json()
  expect(lineage.history[0].statuses).toHaveLength(1)
})

test('a correction that was begun cannot be sent after the certificate was cancelled', async ({ page, request }) => {
  test.setTimeout(120_000)
  const person = await certified(request)
  await signIn(page, OPERATOR, `/certificates/${person.certificateId}/correct`)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await post(request, person.certificateId, 'revoke')
  await page.getByRole('checkbox', { name: /read the new details|confirmed/ }).check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByText('This certificate was cancelled meanwhile.')).toBeVisible()
  await shot(page, 'revoke-correction-refused')
})

test.describe('on a phone, in the dark', () => {
  test.use({ viewport: PHONE, colorScheme: 'dark' })

  test('every page of cancelling and suspending', async ({ page, request }) => {
    test.setTimeout(180_000)
    const long = 'වික්‍රමසිංහ ආරච්චිලාගේ දොන් අනුරාධා Wickramasinghe-Jayawardena'
    const { certificateId, code } = await certified(request, anItem(long))
    await signIn(page)
    for (const [address, name] of [
      ['', 'record'],
      ['/cancel', 'cancel'],
      ['/suspend', 'suspend'],
    ] as const) {
      await page.goto(`/certificates/${certificateId}${address}`)
      await expect(page.getByRole('main').getByText(code).first()).toBeVisible()
      if (name === 'suspend') {
        await page.getByRole('radio', { name: 'Until a time that I set' }).check()
        await page.getByRole('button', { name: 'Suspend the certificate' }).click()
        await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeVisible()
      }
      await sound(page, `${name}, phone`)
      await shot(page, `revoke-${name}-phone`)
    }
    await post(request, certificateId, 'suspend', { until: '2099-02-01T00:00:00Z' })
    for (const [address, name] of [
      ['', 'suspended'],
      ['/lift', 'lift'],
      ['/history', 'history'],
    ] as const) {
      await page.goto(`/certificates/${certificateId}${address}`)
      await expect(page.getByRole('main').getByText(code).first()).toBeVisible()
      await sound(page, `${name}, phone`)
      await shot(page, `revoke-${name}-phone`)
    }
  })
})

async function fillCancel(page: Page, certificateId: string): Promise<void> {
  await page.getByRole('radio', { name: 'The vaccine, test or batch was called back' }).check()
  await page.getByLabel('Type the last 4 digits').fill(certificateId.slice(-4))
}

async function post(request: APIRequestContext, certificateId: string, action: string, more = {}): Promise<void> {
  const data = { reason: { cause: 'error', note: 'By the source system' }, ...more }
  const answer = await request.post(`/v3/certificates/${certificateId}/${action}`, { headers: AUTHORIZED, data })
  expect(answer.status(), await answer.text()).toBe(200)
}

async function statusOf(request: APIRequestContext, certificateId: string) {
  return (await request.get(`/v3/certificates/${certificateId}/status`)).json()
}

async function holderLink(request: APIRequestContext, certificateId: string): Promise<string> {
  const answer = await request.post(`/v3/certificates/${certificateId}/links`, { headers: AUTHORIZED, data: {} })
  return (await answer.json()).url
}

async function openedLink(browser: Browser, link: string): Promise<Page> {
  const phone = await (await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true })).newPage()
  await phone.goto(link)
  await expect(phone.getByRole('button', { name: 'Show my certificate' })).toBeEnabled()
  await phone.getByLabel('Day').fill('30')
  await phone.getByLabel('Month').fill('1')
  await phone.getByLabel('Year', { exact: true }).fill('1957')
  await phone.getByRole('button', { name: 'Show my certificate' }).click()
  return phone
}

/** The holder's page carries the issuer's name, not ours: no finding of axe, nothing wider than the phone. */
async function holderSound(phone: Page, what: string): Promise<void> {
  expect(await findings(phone), what).toEqual([])
  const wider = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, `${what} is wider than the window`).toBe(0)
}
