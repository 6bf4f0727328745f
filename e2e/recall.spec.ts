/** Recalls: a batch proposed by one person, confirmed by another, carried out with progress; declined, stopped, lifted. */
import { randomBytes } from 'node:crypto'
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { anItem, certified, expect, get, issued, signIn, test, updated, type Item } from './journey'
import { addOperator, copyInDatabase, OPERATOR, TOKEN } from './product'
import { shot } from './shot'
import { sound } from './sound'

const FACILITY = 'Maharagama MOH Office'

/** A batch number nobody else has. */
const aBatch = () => `RB${randomBytes(4).toString('hex').toUpperCase()}`

/** Certificates of a batch, at Maharagama. */
async function ofBatch(request: APIRequestContext, batch: string, n: number): Promise<Item[]> {
  const items = Array.from({ length: n }, () => {
    const item = anItem()
    return { ...item, facility: { name: FACILITY }, vaccination: { ...item.vaccination, batch } }
  })
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const answer = await request.post('/v3/certify', { headers, data: items })
  expect(answer.status(), await answer.text()).toBe(200)
  for (const { transactionId } of (await answer.json()).results) await issued(request, transactionId)
  return items
}

async function stateOf(request: APIRequestContext, item: Item): Promise<string> {
  const answer = await get(request, `/v3/certificates?preEnrollmentCode=${item.preEnrollmentCode}`)
  return (await answer.json()).lineages[0].state
}

const SUPERVISES = ['operator', 'supervisor']

async function operatorAt(browser: Browser, operator: typeof OPERATOR): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, operator)
  return page
}

/** From the form to the page of the proposal. */
async function propose(page: Page, batch: string, action = 'Suspend them'): Promise<void> {
  await page.goto('/recalls/new')
  await page.getByRole('combobox', { name: 'Batch' }).fill(batch)
  await page.getByRole('combobox', { name: 'Vaccine' }).fill('covishield')
  await page.getByRole('radio', { name: action }).check()
  await page.getByRole('textbox', { name: 'Why' }).fill('Cold chain broken, notice 2026/14')
  await page.getByRole('button', { name: 'See what it would do' }).click()
  await expect(page.getByRole('heading', { name: 'What this would do', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: /^Propose: / }).click()
  await expect(page.getByText('You proposed this. Somebody else has to confirm it.')).toBeVisible()
}

/** The second person finds it on the list and confirms it. */
async function confirm(page: Page, batch: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Type the batch to confirm' }).fill(batch)
  await page.getByRole('button', { name: /^(Suspend|Cancel|Make valid) [\d,]+ certificate/ }).click()
}

test('one person proposes, another one sees what changed since and confirms; the results stand row by row; then it is lifted', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000)
  const batch = aBatch()
  const items = await ofBatch(request, batch, 8)
  const first = await operatorAt(browser, await addOperator('MAH', SUPERVISES))
  await first.getByRole('link', { name: 'Recalls' }).click()
  await expect(first.getByRole('heading', { name: 'Recalls' })).toBeVisible()
  await sound(first, 'recalls')
  await first.getByRole('link', { name: 'Propose a recall' }).click()
  await first.getByRole('button', { name: 'See what it would do' }).click()
  await expect(first.getByRole('alert').first()).toContainText('Enter the batch')
  await shot(first, 'recall-form-errors')
  await sound(first, 'form of a recall with errors')

  await first.getByRole('combobox', { name: 'Batch' }).fill(batch.slice(0, 8))
  await first.getByRole('option', { name: batch }).click()
  await expect(first.getByRole('combobox', { name: 'Vaccine' })).toHaveValue('Covishield')
  await first.getByRole('radio', { name: 'Suspend them' }).check()
  await first.getByRole('textbox', { name: 'Why' }).fill('Cold chain broken, notice 2026/14')
  await shot(first, 'recall-form')
  await first.getByRole('button', { name: 'See what it would do' }).click()
  await expect(first.getByRole('heading', { name: '8 certificates' })).toBeVisible()
  await expect(first.getByText('8 certificates are suspended until somebody lifts it.')).toBeVisible()
  await shot(first, 'recall-preview')
  await sound(first, 'preview of a recall')
  await first.getByRole('button', { name: 'Propose: 8 certificates' }).click()
  await expect(first.getByText('You proposed this. Somebody else has to confirm it.')).toBeVisible()
  await shot(first, 'recall-proposed')
  await sound(first, 'a recall that waits')
  expect(await stateOf(request, items[0]!)).toBe('current')

  // Meanwhile one gets another batch and one more is certified.
  const { vaccination } = items[0]!
  await updated(request, { ...items[0]!, vaccination: { ...vaccination, batch: `${batch}Z` } })
  await certified(request, { ...anItem(), facility: { name: FACILITY }, vaccination })

  const second = await operatorAt(browser, await addOperator('MAH', SUPERVISES))
  const link = second.getByRole('link', { name: /^Recalls.* to confirm$/ })
  await link.click()
  await second.getByRole('link', { name: `Suspend batch ${batch}` }).click()
  await expect(second.getByRole('heading', { name: 'You are the second person' })).toBeVisible()
  await expect(second.getByText(/1 certificate fits? now that/).first()).toBeVisible()
  await expect(second.getByText(/1 certificate seen at that time does not fit/).first()).toBeVisible()
  await shot(second, 'recall-second')
  await sound(second, 'the second person')
  await confirm(second, `${batch}X`)
  await expect(second.getByRole('alert').first()).toContainText('This is not the batch of the recall')
  await confirm(second, batch.toLowerCase())
  await expect(second.getByText('8 certificates changed.').first()).toBeVisible({ timeout: 30_000 })
  await expect(second.getByRole('row')).toHaveCount(9)
  await shot(second, 'recall-done')
  await sound(second, 'a recall that is done')
  expect(await stateOf(request, items[1]!)).toBe('suspended')
  expect(await stateOf(request, items[0]!)).toBe('current')
  const download = second.waitForEvent('download')
  await second.getByRole('link', { name: 'Download as a table (CSV)' }).click()
  expect((await download).suggestedFilename()).toMatch(/^recall-.*\.csv$/)

  await certified(request, { ...anItem(), facility: { name: FACILITY }, vaccination })
  await second.reload()
  await expect(second.getByText('1 more since')).toBeVisible()
  await second.getByRole('link', { name: 'Propose the rest' }).click()
  await expect(second.getByRole('combobox', { name: 'Batch' })).toHaveValue(batch)
  await second.goBack()

  // The batch was found safe: the same way back.
  await second.getByRole('link', { name: 'The batch was found safe' }).click()
  await expect(second.getByText('8 certificates become valid again')).toBeVisible()
  await second.getByRole('button', { name: /^Propose: / }).click()
  await expect(second.getByRole('alert').first()).toContainText('Why is missing')
  await second.getByRole('textbox', { name: 'Why' }).fill('Notice 2026/19 withdrawn')
  await shot(second, 'recall-lift')
  await sound(second, 'lifting a recall')
  await second.getByRole('button', { name: /^Propose: / }).click()
  await expect(second.getByText('You proposed this.')).toBeVisible()
  await first.goto(second.url())
  await confirm(first, batch)
  await expect(first.getByText('8 certificates changed.').first()).toBeVisible({ timeout: 30_000 })
  expect(await stateOf(request, items[1]!)).toBe('current')
})

test('a proposal is withdrawn under the hands of the second person, another one declined: nothing is changed', async ({
  browser,
  request,
}) => {
  const batch = aBatch()
  const [item] = await ofBatch(request, batch, 1)
  const first = await operatorAt(browser, await addOperator('MAH', SUPERVISES))
  const second = await operatorAt(browser, await addOperator('MAH', SUPERVISES))
  await propose(first, batch, 'Cancel them for good')
  await second.goto(first.url())
  await expect(second.getByText('1 certificate is cancelled for good.')).toBeVisible()
  await first.getByRole('button', { name: 'Withdraw it' }).click()
  await sound(first, 'withdrawing', '[role="alertdialog"]')
  await first.getByRole('alertdialog').getByRole('button', { name: 'Withdraw it' }).click()
  await expect(first.getByText('Withdrawn', { exact: true })).toBeVisible()
  await confirm(second, batch)
  await expect(second.getByText('Withdrawn', { exact: true })).toBeVisible()
  await expect(second.getByRole('button', { name: /^Cancel 1 certificate/ })).toHaveCount(0)

  await propose(first, batch, 'Cancel them for good')
  await second.goto(first.url())
  await second.getByRole('button', { name: 'Decline it' }).click()
  await second.getByRole('textbox', { name: 'Why not (optional)' }).fill('The notice names another batch')
  await shot(second, 'recall-declining')
  await second.getByRole('alertdialog').getByRole('button', { name: 'Decline it' }).click()
  await expect(second.getByText('The notice names another batch')).toBeVisible()
  await shot(second, 'recall-declined')
  expect(await stateOf(request, item!)).toBe('current')
  const stranger = await operatorAt(browser, await addOperator('GOT'))
  await stranger.goto(first.url())
  await expect(stranger.getByRole('heading', { name: 'There is no such recall.' })).toBeVisible()
})

test('thousands of certificates: progress goes on while the page is left, is stopped and goes on', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000)
  const batch = aBatch()
  const [item] = await ofBatch(request, batch, 1)
  const found = await get(request, `/v3/certificates?preEnrollmentCode=${item!.preEnrollmentCode}`)
  const certificateId = (await found.json()).lineages[0].history[0].certificateId
  await copyInDatabase(certificateId, 9999, `${batch}-`)
  const first = await operatorAt(browser, await addOperator('MAH', SUPERVISES))
  await propose(first, batch)
  const supervisor = await operatorAt(browser, OPERATOR)
  await supervisor.goto(first.url())
  await confirm(supervisor, batch)
  const bar = supervisor.getByRole('progressbar', { name: 'Progress of the recall' })
  await expect(bar).toBeVisible()
  await supervisor.getByRole('button', { name: 'Stop' }).click()
  await supervisor.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click()
  await expect(supervisor.getByText('Stopped. What is done stays done; the rest waits.').last()).toBeVisible()
  await shot(supervisor, 'recall-stopped')
  await sound(supervisor, 'a stopped recall')
  const at = Number(await bar.getAttribute('aria-valuenow'))
  expect(at).toBeGreaterThan(0)
  expect(at).toBeLessThan(10_000)
  await supervisor.getByRole('button', { name: 'Go on' }).click()
  await expect(supervisor.getByText('It goes on when you leave this page.').last()).toBeVisible()
  await supervisor.setViewportSize({ width: 360, height: 740 })
  await supervisor.emulateMedia({ colorScheme: 'dark' })
  await shot(supervisor, 'recall-running-360-dark')
  await sound(supervisor, 'a running recall on a phone')
  const address = supervisor.url()
  await supervisor.goto('/')
  await first.goto(address)
  await expect(first.getByText('10,000 certificates changed.').first()).toBeVisible({ timeout: 90_000 })
  await supervisor.goto(address)
  await supervisor.getByRole('button', { name: /^Changed/ }).click()
  await shot(supervisor, 'recall-done-360-dark')
  await supervisor.goto('/recalls')
  await expect(supervisor.getByText(`Suspend batch ${batch}`)).toBeVisible()
  await shot(supervisor, 'recalls-360-dark')
  await sound(supervisor, 'recalls on a phone')
  await supervisor.goto('/recalls/new')
  await sound(supervisor, 'the form of a recall on a phone')
  await shot(supervisor, 'recall-form-360-dark')
})
