/** Bulk: corrections from a file, with a bad row that is put right; and one mistake of a session that two people put right. */
import { randomBytes } from 'node:crypto'
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { anItem, expect, get, issued, signIn, test, type Item } from './journey'
import { addOperator, TOKEN } from './product'
import { shot } from './shot'
import { fits, sound } from './sound'

const FACILITY = 'Maharagama MOH Office'
const aBatch = () => `BU${randomBytes(4).toString('hex').toUpperCase()}`

/** Certificates of a batch and a day, at Maharagama; answers their numbers. */
async function certified(request: APIRequestContext, items: Item[]): Promise<string[]> {
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const answer = await request.post('/v3/certify', { headers, data: items })
  expect(answer.status(), await answer.text()).toBe(200)
  const { results } = await answer.json()
  for (const { transactionId } of results) await issued(request, transactionId)
  return results.map(({ certificateId }: { certificateId: string }) => certificateId)
}

function ofBatch(batch: string, n: number): Item[] {
  return Array.from({ length: n }, () => {
    const item = anItem()
    return { ...item, facility: { name: FACILITY }, vaccination: { ...item.vaccination, batch } }
  })
}

async function batchOf(request: APIRequestContext, { preEnrollmentCode }: Item): Promise<string> {
  const found = await (await get(request, `/v3/certificates?preEnrollmentCode=${preEnrollmentCode}`)).json()
  const { certificateId } = found.lineages[0].current
  return (await (await get(request, `/v3/certificates/${certificateId}`)).json()).record.vaccination.batch
}

/** A phone in the dark: nothing sticks out, everything is still read. */
async function onAPhone(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!
  await page.setViewportSize({ width: 360, height: 800 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, `${name}-360-dark`)
  await fits(page, `${name} on a phone`)
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(before)
}

async function personAt(browser: Browser, roles: string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, await addOperator('MAH', roles))
  return page
}

test('corrections from a file: the template, what each row would change, a bad row that is put right', async ({
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const items = ofBatch(aBatch(), 3)
  const ids = await certified(request, items)
  const page = await personAt(browser, ['operator'])
  await page.getByRole('link', { name: 'Bulk' }).click()
  await expect(page.getByRole('heading', { name: 'Bulk', level: 1 })).toBeVisible()
  await sound(page, 'bulk runs')
  await page.getByRole('link', { name: 'Upload a file' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the template' }).click()
  expect((await download).suggestedFilename()).toBe('VaccinationCertificate-corrections.csv')
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Choose a file')
  await shot(page, 'bulk-form-errors')
  await onAPhone(page, 'bulk-form-errors')
  await sound(page, 'upload of a file with errors')

  const upload = async (name: string, text: string) => {
    await page
      .getByLabel('The file', { exact: true })
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('textbox', { name: 'Why' }).fill('Batch misread on the box')
    await page.getByRole('button', { name: 'Upload and check' }).click()
  }
  await upload('wrong.csv', 'colour\nred\n')
  await expect(page.getByRole('alert').first()).toContainText('“colour”')
  const rows = [
    'certificateId;preEnrollmentCode;vaccinationDose;vaccinationBatch;vaccinationTotalDoses',
    `${ids[0]};;;NEW1;`,
    `;${items[1]!.preEnrollmentCode};1;NEW1;`,
    `${ids[2]};;;NEW1;two`,
  ]
  await upload('corrections.csv', `\uFEFF${rows.join('\r\n')}\r\n`)
  await expect(page.getByRole('heading', { name: 'corrections.csv' })).toBeVisible()
  await expect(page.getByText('2 certificates would be corrected')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('1 row cannot be done: see why below.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Row 4' })).toContainText('vaccinationTotalDoses')
  await shot(page, 'bulk-checked')
  await onAPhone(page, 'bulk-checked')
  await sound(page, 'a checked file')
  expect(await batchOf(request, items[0]!)).not.toBe('NEW1')

  await page.getByRole('button', { name: 'Correct 2 certificates' }).click()
  await expect(page.getByText('2 certificates corrected.').first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Fix this row' }).click()
  const form = page.getByRole('form', { name: 'Cells of row 4' })
  await form.getByRole('textbox', { name: 'vaccinationTotalDoses' }).fill('3')
  await shot(page, 'bulk-fix')
  await onAPhone(page, 'bulk-fix')
  await sound(page, 'a row that is put right')
  await form.getByRole('button', { name: 'Check it again' }).click()
  await page.getByRole('button', { name: 'Correct 1 certificate' }).click({ timeout: 30_000 })
  await expect(page.getByText('3 certificates corrected.').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('listitem').filter({ hasText: 'Row 4' })).toContainText('New certificate')
  await expect.poll(() => Promise.all(items.map((item) => batchOf(request, item)))).toEqual(['NEW1', 'NEW1', 'NEW1'])
  await shot(page, 'bulk-done')
  await sound(page, 'a run that is done')
  const results = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as a table (CSV)' }).click()
  expect((await results).suggestedFilename()).toMatch(/^bulk-.*\.csv$/)
})

test('the same wrong batch on a whole session: one person proposes, another one approves', async ({
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const batch = aBatch()
  const items = ofBatch(batch, 4)
  const [first] = await certified(request, items)
  const clerk = await personAt(browser, ['operator'])
  await clerk.goto(`/certificates/${first}`)
  await clerk.getByRole('link', { name: 'Same mistake on others?' }).click()
  await expect(clerk.getByRole('heading', { name: 'Others of this session' })).toBeVisible()
  const choice = clerk.getByRole('radio', { name: `Batch: ${batch}` })
  await expect(choice).toHaveAccessibleDescription('on 4 certificates')
  await choice.check()
  await clerk.getByRole('button', { name: 'Propose: correct 4 certificates' }).click()
  await expect(clerk.getByRole('alert').first()).toContainText('Enter what is right')
  await clerk.getByRole('textbox', { name: 'Batch: what is right' }).fill('RIGHT1')
  await clerk.getByRole('textbox', { name: 'Why' }).fill('As on the box in the fridge')
  await shot(clerk, 'bulk-same')
  await onAPhone(clerk, 'bulk-same')
  await sound(clerk, 'others of a session')
  await clerk.getByRole('button', { name: 'Propose: correct 4 certificates' }).click()
  await expect(clerk.getByText('You proposed this.')).toBeVisible()
  await expect(clerk.getByText('4 certificates would be corrected')).toBeVisible({ timeout: 30_000 })
  expect(await batchOf(request, items[0]!)).toBe(batch)

  const second = await personAt(browser, ['operator', 'supervisor'])
  await second.getByRole('link', { name: /^Bulk.* to approve$/ }).click()
  await second.getByRole('link', { name: 'Batch becomes RIGHT1' }).first().click()
  await expect(second.getByRole('heading', { name: 'You are the second person' })).toBeVisible()
  await shot(second, 'bulk-second')
  await onAPhone(second, 'bulk-second')
  await sound(second, 'the second person of a bulk correction')
  await second.getByRole('button', { name: 'Approve: correct 4 certificates' }).click()
  await expect(second.getByText('4 certificates corrected.').first()).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => Promise.all(items.map((item) => batchOf(request, item)))).toEqual(Array(4).fill('RIGHT1'))
  await shot(second, 'bulk-approved')
})
