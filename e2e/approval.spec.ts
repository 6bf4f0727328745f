/** Four eyes: a correction waits for a supervisor, who asks, approves or rejects; and one update is granted beyond the limit. */
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import {
  anItem,
  certified,
  expect,
  get,
  giveReason,
  openForm,
  reveal,
  signIn,
  test,
  toCheck,
  updated,
  type Person,
} from './journey'
import { addOperator, type OPERATOR } from './product'
import { shot } from './shot'
import { fits, sound } from './sound'

async function at(browser: Browser, operator: typeof OPERATOR): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, operator)
  return page
}

const atMaharagama = () => ({ ...anItem(), facility: { name: 'Maharagama MOH Office' } })

/** Corrects the name to another one, and the identity number where one is given; the check page announces a supervisor. */
async function askFor(page: Page, person: Person, name: string, identity?: string): Promise<void> {
  await page.goto('/')
  await openForm(page, person)
  await page.getByLabel('Full name').fill(name)
  if (identity !== undefined) {
    await page.getByRole('button', { name: 'Replace Identity number' }).click()
    await page.getByRole('textbox', { name: 'Identity number' }).fill(identity)
  }
  await giveReason(page)
  await toCheck(page)
  await expect(page.getByRole('heading', { name: 'A supervisor looks at this first' })).toBeVisible()
  await expect(page.getByText('The name becomes another name.')).toBeVisible()
  await page.getByRole('checkbox', { name: /^I read the new details/ }).check()
}

async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Ask a supervisor' }).click()
  await page.waitForURL(/\/approvals\/[0-9a-f-]{36}$/)
  await expect(page.getByText('Waiting for a supervisor. You need not do anything.')).toBeVisible()
  return new URL(page.url()).pathname
}

/** A picture at the width of a telephone, and back. */
async function narrow(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!
  await page.setViewportSize({ width: 360, height: 780 })
  await fits(page, name)
  await shot(page, `${name}-360`)
  await page.setViewportSize(size)
}

/** From the top: what is under the header while the page is scrolled counts as covered. */
async function soundFromTop(page: Page, what: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0))
  await sound(page, what)
}

async function lineageOf(request: APIRequestContext, { code }: Person) {
  return (await (await get(request, `/v3/certificates?preEnrollmentCode=${code}`)).json()).lineages[0]
}

test('asked for, asked back, answered, approved: the new certificate is there; another one is rejected with a reason', async ({
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const person = await certified(request, atMaharagama())
  const clerk = await at(browser, await addOperator('MAH', ['operator']))
  const supervisor = await at(browser, await addOperator('MAH', ['supervisor']))

  await askFor(clerk, person, 'Kamala Perera', '660000007V')
  await shot(clerk, 'approval-ahead')
  await soundFromTop(clerk, 'check page that announces a supervisor')
  await narrow(clerk, 'approval-ahead')
  const address = await send(clerk)
  await shot(clerk, 'approval-mine')
  await soundFromTop(clerk, 'own request')
  await narrow(clerk, 'approval-mine')

  await clerk.goto(`/certificates/${person.certificateId}`)
  await expect(clerk.getByText('A correction of this certificate waits for a supervisor.')).toBeVisible()
  await shot(clerk, 'approval-on-record')

  await supervisor.goto('/today')
  const entry = supervisor.getByRole('link', { name: new RegExp(person.code) })
  await expect(entry).toBeVisible()
  await shot(supervisor, 'approval-today')
  await entry.click()
  const changes = supervisor.getByRole('table', { name: 'What would change' })
  await expect(changes).not.toContainText('0000007V')
  await reveal(supervisor, 'hidden values')
  await expect(changes).toContainText('571304456V')
  await expect(changes).toContainText('660000007V')
  await shot(supervisor, 'approval-decide')
  await soundFromTop(supervisor, 'request to decide')
  await narrow(supervisor, 'approval-decide')
  await supervisor.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(supervisor.getByRole('alert').first()).toContainText('Write your question')
  await supervisor.getByLabel('Your words').fill('Which document did you see?')
  await supervisor.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(supervisor.getByText('Waits for an answer')).toBeVisible()

  await clerk.goto('/approvals')
  await clerk.getByRole('link', { name: new RegExp(person.code) }).click()
  await expect(clerk.getByText('Which document did you see?')).toBeVisible()
  await shot(clerk, 'approval-question')
  await clerk.getByLabel('Answer', { exact: true }).fill('The marriage certificate.')
  await clerk.getByRole('button', { name: 'Send the answer' }).click()
  await expect(clerk.getByText('Your answer is with the supervisor.')).toBeVisible()

  await supervisor.reload()
  await expect(supervisor.getByText('The marriage certificate.')).toBeVisible()
  await supervisor.getByLabel('Your words').fill('Seen and right.')
  // By the keyboard: from the words to the button.
  await supervisor.keyboard.press('Tab')
  await expect(supervisor.getByRole('button', { name: 'Approve', exact: true })).toBeFocused()
  await supervisor.keyboard.press('Enter')
  await expect(supervisor.getByText(/^Approved by you on/)).toBeVisible()
  await expect(clerk.getByText('A supervisor approved it, and the new certificate is issued.')).toBeVisible({
    timeout: 30_000,
  })
  await shot(clerk, 'approval-done')
  const lineage = await lineageOf(request, person)
  expect(lineage).toMatchObject({ updatesUsed: 1, holderName: 'Kamala Perera', approval: null })
  await clerk.goto(`/certificates/${lineage.current.certificateId}/history`)
  await expect(clerk.getByRole('link', { name: /^Approved by clerk-/ })).toBeVisible()

  await askFor(clerk, { ...person, certificateId: lineage.current.certificateId }, 'Somebody Else Altogether')
  const second = await send(clerk)
  expect(second).not.toBe(address)
  await supervisor.goto(second)
  await supervisor.getByLabel('Your words').fill('The document says otherwise.')
  await supervisor.getByRole('button', { name: 'Reject' }).click()
  await expect(supervisor.getByText(/^Rejected by you on/)).toBeVisible()
  await clerk.reload()
  await expect(clerk.getByText('A supervisor rejected it. The certificate is as it was.')).toBeVisible()
  await expect(clerk.getByText('The document says otherwise.')).toBeVisible()
  await shot(clerk, 'approval-rejected')
  expect((await lineageOf(request, person)).updatesUsed).toBe(1)
  await supervisor.goto('/approvals?list=decided')
  await expect(supervisor.getByRole('link', { name: new RegExp(person.code) }).first()).toBeVisible()
  await shot(supervisor, 'approval-list')
  await soundFromTop(supervisor, 'list of requests')
})

test('where no update is left, a supervisor grants one more, with a reason', async ({ browser, request }) => {
  test.setTimeout(120_000)
  const item = atMaharagama()
  const person = await certified(request, item)
  let newest = person.certificateId
  for (const batch of ['B1', 'B2', 'B3', 'B4', 'B5']) {
    newest = await updated(request, { ...item, vaccination: { ...item.vaccination, batch } })
  }
  const clerk = await at(browser, await addOperator('MAH', ['operator']))
  const supervisor = await at(browser, await addOperator('MAH', ['supervisor']))
  await clerk.goto(`/certificates/${newest}`)
  await clerk.getByRole('link', { name: 'Ask a supervisor for one more' }).click()
  await clerk.getByLabel('Batch').fill('B6')
  await giveReason(clerk)
  await shot(clerk, 'approval-beyond-form')
  await toCheck(clerk)
  await clerk.getByLabel('What the supervisor should know').fill('The vial is here.')
  await clerk.getByRole('checkbox', { name: /^I read the new details/ }).check()
  await shot(clerk, 'approval-beyond-check')
  await soundFromTop(clerk, 'check page beyond the limit')
  const address = await send(clerk)

  await supervisor.goto(address)
  await supervisor.getByRole('button', { name: 'Grant one update and approve' }).click()
  await expect(supervisor.getByRole('alert').first()).toContainText('Write why one more update is granted')
  await supervisor.getByLabel('Your words').fill('Our own mistake.')
  await shot(supervisor, 'approval-grant')
  await supervisor.getByRole('button', { name: 'Grant one update and approve' }).click()
  await expect(clerk.getByText('A supervisor approved it, and the new certificate is issued.')).toBeVisible({
    timeout: 30_000,
  })
  expect(await lineageOf(request, person)).toMatchObject({ updatesUsed: 6, updatesLimit: 6, updatesRemaining: 0 })
  await clerk.getByRole('link', { name: 'Open the new certificate' }).click()
  await expect(clerk.getByText('No updates left').first()).toBeVisible()
  await shot(clerk, 'approval-granted-record')
})
