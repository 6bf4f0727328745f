/** The list of a day: holders' reports, failures, corrections and dose without updates left, and what is done about them. */
import { randomBytes } from 'node:crypto'
import type { Browser, APIRequestContext, Page } from '@playwright/test'
import {
  anItem,
  certified,
  expect,
  giveReason,
  openForm,
  replace,
  signIn,
  test,
  toCheck,
  updated,
  type Person,
} from './journey'
import { addFailure, addOperator, TOKEN } from './product'
import { shot } from './shot'
import { sound } from './sound'

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }
const AT_MAHARAGAMA = { facility: { name: 'Maharagama MOH Office' } }

/** What a holder reports on the own phone; answers the reference. */
async function reported(
  browser: Browser,
  request: APIRequestContext,
  { certificateId }: Person,
  report: { kind?: string; fields?: { path: string; right: string }[]; note?: string } = {},
): Promise<string> {
  const made = await request.post(`/v3/certificates/${certificateId}/links`, { headers: AUTHORIZED, data: {} })
  const token = (await made.json()).url.split('/').at(-1)
  const phone = await browser.newContext()
  await phone.request.post(`/v3/holder/${token}/session`, { data: { dateOfBirth: '1957-01-30' } })
  const sent = await phone.request.post(`/v3/holder/${token}/reports`, {
    data: {
      certificateId,
      kind: 'wrong',
      fields: [{ path: 'recipient.name', right: 'Saraswathy T K' }],
      note: '',
      attempt: randomBytes(16).toString('hex'),
      ...report,
    },
  })
  expect(sent.status(), await sent.text()).toBe(200)
  const { reference } = await sent.json()
  await phone.close()
  return reference
}

const itemOf = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })
/** The entries alone: what else waits for somebody there (openings to review) is of other journeys. */
const entries = (page: Page) => page.getByRole('list', { name: 'Entries' }).getByRole('article')
const filter = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name })

test('a holder’s report is corrected with the holder’s words beside the fields, and closed with an answer', async ({
  page,
  browser,
  request,
}) => {
  test.setTimeout(240_000)
  const person = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  const reference = await reported(browser, request, person, {
    fields: [
      { path: 'recipient.name', right: 'Saraswathy T K' },
      { path: 'recipient.dob', right: 'the thirtieth of January' },
    ],
    note: 'As in my passport.\nw, not v.',
  })
  await signIn(page, await addOperator('MAH'))
  const today = page.getByRole('link', { name: /^Today/ })
  await expect(today).toContainText(/\d/)
  await today.click()
  const item = itemOf(page, reference)
  await expect(item).toContainText('Waits for an answer')
  await expect(item).toContainText('S. T. K.')
  await expect(item).not.toContainText('Sarasvathy')
  await shot(page, 'today-report')
  await item.getByRole('link', { name: 'Correct' }).click()

  await expect(page.getByText(`What the holder says stands beside the fields (report ${reference}).`)).toBeVisible()
  await expect(page.getByText('w, not v.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Sarasvathy T K')
  await expect(page.getByRole('group', { name: 'Date of birth' })).toContainText('the thirtieth of January')
  await expect(page.getByRole('button', { name: 'Use it for Date of birth' })).toHaveCount(0)
  await shot(page, 'correct-with-report')
  await sound(page, 'form with a report')
  await page.getByRole('button', { name: 'Use it for Full name' }).click()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByText(`report ${reference}`)).toBeVisible()
  await toCheck(page)
  await replace(page)

  await page.getByRole('link', { name: /^Today/ }).click()
  await expect(item).toContainText('A newer certificate was issued')
  await item.getByRole('button', { name: 'Close with an answer' }).click()
  await expect(item.getByRole('radio', { name: 'The certificate was corrected' })).toBeChecked()
  await expect(item.getByLabel('Your answer')).toHaveValue(/We corrected your certificate/)
  await shot(page, 'today-closing')
  await sound(page, 'closing a report')
  await item.getByLabel('Your answer').fill('Thank you, the name is right now.')
  await item.getByRole('button', { name: 'Close the report' }).click()
  await expect(page.getByText(`Report ${reference} was closed.`).first()).toBeVisible()
  await expect(item).toContainText('Thank you, the name is right now.')
  await expect(item).toContainText('The certificate was corrected')
  await expect(itemOf(page, person.code).filter({ hasText: 'Corrected' }).first()).toBeVisible()
})

test('a report is not closed as corrected before it was, nor without an answer', async ({ page, browser, request }) => {
  const person = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  const reference = await reported(browser, request, person, { kind: 'not_requested', fields: [] })
  await signIn(page, await addOperator('MAH'), '/today?kind=report')
  const item = itemOf(page, reference)
  await expect(item).toContainText('The holder did not ask for the last change')
  await item.getByRole('button', { name: 'Close with an answer' }).click()
  await expect(item.getByRole('radio', { name: /The certificate was corrected/ })).toBeDisabled()
  await item.getByRole('button', { name: 'Close the report' }).click()
  const summary = item.getByRole('alert')
  await expect(summary.getByRole('link')).toHaveText(['Choose what came of it', 'Write an answer'])
  await summary.getByRole('link', { name: 'Choose what came of it' }).click()
  await expect(item.getByRole('radio', { name: 'Everything was right' })).toBeFocused()
  await item.getByRole('radio', { name: 'Everything was right' }).check()
  await expect(item.getByLabel('Your answer')).toHaveValue(/the details are the same/)
  await item.getByRole('radio', { name: 'It cannot be put right here' }).check()
  await expect(item.getByLabel('Your answer')).toHaveValue(/Please contact/)
  await item.getByRole('button', { name: 'Close the report' }).click()
  await expect(item).toContainText('It cannot be put right here')
})

test('a failure is tried again with the values that were not issued beside the fields, not in them', async ({
  page,
  request,
}) => {
  const clerk = await addOperator('MAH')
  const person = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  const transactionId = await addFailure(person.certificateId, 'Saraswathy T K', clerk.username)
  await signIn(page, clerk, '/today?kind=failure')
  const item = itemOf(page, transactionId)
  await expect(item).toContainText('could not be read back')
  await expect(item).toContainText('The old certificate is still valid. This did not use an update.')
  await shot(page, 'today-failure')
  await item.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByText('What was not issued stands beside the fields.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Full name' })).toHaveValue('Sarasvathy T K')
  await page.getByRole('button', { name: 'Use it for Full name' }).click()
  await giveReason(page)
  await toCheck(page)
  await replace(page)
  await page.goto('/today?kind=failure')
  await expect(item).toContainText('A later correction of it was accepted.')
  await expect(item.getByRole('link', { name: 'Try again' })).toHaveCount(0)
})

test('the list is filtered by kind, by person, by day and by a whole code; nothing personal is in the address', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000)
  const clerk = await addOperator('MAH')
  const [mine, theirs] = [
    await certified(request, { ...anItem(), ...AT_MAHARAGAMA }),
    await certified(request, { ...anItem(), ...AT_MAHARAGAMA }),
  ]
  await updated(request, { ...theirs.item, vaccinator: { name: 'Other Person' } })
  for (const name of ['A B', 'C D', 'E F', 'G H', 'I J']) {
    await updated(request, { ...theirs.item, vaccinator: { name } }).catch(() => null)
  }
  await signIn(page, clerk)
  await openForm(page, mine)
  await page.getByRole('textbox', { name: 'Full name' }).fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await replace(page)

  await page.getByRole('link', { name: /^Today/ }).click()
  await filter(page, /^Corrections/).click()
  await expect(page).toHaveURL('/today?kind=correction')
  await expect(itemOf(page, mine.code)).toContainText('Full name')
  await expect(itemOf(page, theirs.code).first()).toContainText('by the API')
  await page.getByRole('button', { name: 'Only mine' }).click()
  await expect(itemOf(page, theirs.code)).toHaveCount(0)
  await expect(itemOf(page, mine.code)).toContainText('you')
  await page.getByRole('button', { name: 'Whole facility' }).click()
  await filter(page, /^No updates left/).click()
  await expect(itemOf(page, theirs.code).filter({ hasText: 'The last update was used' })).toBeVisible()
  await expect(itemOf(page, theirs.code).filter({ hasText: 'asked for and refused' })).toBeVisible()
  await shot(page, 'today-limits')

  await filter(page, /^All/).click()
  await page.getByLabel('Find on the list').fill(mine.code.slice(0, -1))
  await page.getByLabel('Find on the list').press('Enter')
  await expect(page.getByText('Nothing on any list belongs to')).toBeVisible()
  await page.getByLabel('Find on the list').fill(mine.code)
  await page.getByLabel('Find on the list').press('Enter')
  await expect(entries(page)).toHaveCount(1)
  await expect(entries(page)).toContainText(mine.code)
  await expect(page).toHaveURL('/today')
  await page.getByRole('button', { name: 'Show the day again' }).click()
  await expect(entries(page).nth(1)).toBeVisible()
  await page.getByRole('button', { name: 'The day before' }).click()
  await expect(page).toHaveURL(/\/today\?day=\d{4}-\d\d-\d\d$/)
  await expect(itemOf(page, mine.code)).toHaveCount(0)
  await page.getByRole('button', { name: 'Back to today' }).click()
  await expect(page).toHaveURL('/today')
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Today')
})

test('other facilities see nothing of it, and the registry being down is told with a way on', async ({
  page,
  browser,
  request,
}) => {
  const person = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  const reference = await reported(browser, request, person)
  await signIn(page, await addOperator('KOR'), '/today')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect(itemOf(page, reference)).toHaveCount(0)
  await page.getByLabel('Find on the list').fill(reference)
  await page.getByLabel('Find on the list').press('Enter')
  await expect(page.getByText(`Nothing on any list belongs to ${reference}.`)).toBeVisible()
  await shot(page, 'today-nothing')
  await page.route('**/v3/today?*', (route) => route.abort())
  await page.getByLabel('Find on the list').fill(`${reference}0`)
  await page.getByLabel('Find on the list').press('Enter')
  const failed = page.getByRole('alert').filter({ hasText: 'We cannot show the list now. Nothing was changed.' })
  await expect(failed).toBeVisible()
  await shot(page, 'today-unavailable')
  await page.unroute('**/v3/today?*')
  await failed.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText(`Nothing on any list belongs to ${reference}0.`)).toBeVisible()
})

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme })

      test('the list of the day', async ({ page, browser, request }) => {
        const clerk = await addOperator('MAH')
        const person = await certified(request, { ...anItem('අනුරාධා විජේසූරිය'), ...AT_MAHARAGAMA })
        await addFailure(person.certificateId, 'අනුරාධා', clerk.username)
        const reference = await reported(browser, request, person, { note: 'ස්තුතියි' })
        await signIn(page, clerk, '/today')
        await expect(itemOf(page, reference)).toBeVisible()
        await sound(page, 'today')
        await shot(page, `today-${size}-${colorScheme}`)
        await itemOf(page, reference).getByRole('button', { name: 'Close with an answer' }).click()
        await itemOf(page, reference).getByRole('button', { name: 'Close the report' }).click()
        await sound(page, 'closing with errors')
        await shot(page, `today-closing-${size}-${colorScheme}`)
      })
    })
  }
}
