/** An administrator changes what is asked, signed, shown and printed, by the screens alone: the documentation's own example. */
import { truncateSync, writeFileSync } from 'node:fs'
import type { APIRequestContext, Locator, Page } from '@playwright/test'
import { anItem, expect, get, issued, signIn, test } from './journey'
import { OPERATOR, TOKEN } from './product'
import { shot } from './shot'
import { sound } from './sound'

/** A type of this journey's own: the others go on with theirs. */
const TYPE = 'JourneyCertificate'
const HERE = `/administration/types/${TYPE}`

test.describe.configure({ mode: 'serial' })

test.afterAll(async ({ browser }) => {
  const page = await browser.newPage()
  await signIn(page)
  await goBack(page)
  await page.close()
})

test('a type of an own begins as a copy, and is published as it is', async ({ page }) => {
  await signIn(page)
  await page.getByRole('link', { name: 'Administration' }).click()
  await page.getByRole('link', { name: 'Certificate types' }).click()
  await expect(page.getByRole('link', { name: 'Certificate of vaccination' })).toBeVisible()
  await sound(page, 'types')
  await shot(page, 'types-list')
  // An earlier run left it in force.
  if ((await page.getByRole('link', { name: 'Certificate of the journey' }).count()) > 0) return goBack(page)
  await page.getByRole('link', { name: 'New type' }).click()
  await page.getByRole('button', { name: 'Begin the draft' }).click()
  await expect(page.getByRole('alert').first()).toContainText('begins with a capital letter')
  await sound(page, 'new type with problems')
  await page.getByLabel('Copy of').selectOption('VaccinationCertificate')
  await page.getByLabel('Name', { exact: true }).fill(TYPE)
  await page.getByLabel('Title', { exact: true }).fill('Certificate of the journey')
  await shot(page, 'types-new')
  await page.getByRole('button', { name: 'Begin the draft' }).click()
  await publish(page)
})

test('"Parent name" is added, checked, looked at and published; then it is asked for', async ({ page, request }) => {
  test.setTimeout(180_000)
  await signIn(page, OPERATOR, HERE)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(page.getByRole('heading', { name: new RegExp(`${TYPE}, draft of version`) })).toBeVisible()
  await expect(page.getByText('Nothing is wrong')).toBeVisible({ timeout: 20_000 })
  await shot(page, 'types-editor')

  // A field that is wrong is said to be wrong at its place, and can be taken back.
  const recipient = page.getByRole('region', { name: 'Section Recipient' })
  await recipient.getByRole('button', { name: 'Change Nationality' }).click()
  await recipient.getByLabel('Kind').selectOption('Code list')
  const problem = page.getByRole('list', { name: 'Errors' }).getByRole('button')
  await expect(problem.first()).toContainText('Nationality')
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled()
  await recipient.getByRole('button', { name: 'Change Nationality' }).click()
  await problem.first().click()
  await expect(recipient.getByRole('button', { name: 'Change Nationality' })).toBeFocused()
  await expect(recipient.getByText('say its codeList')).toBeVisible()
  await shot(page, 'types-error')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(problem).toHaveCount(0)

  // The field, with all that belongs to it, in one go.
  await recipient.getByRole('button', { name: 'Change Nationality' }).click()
  await recipient.getByRole('button', { name: 'Add a field to Recipient' }).click()
  const adding = recipient.getByRole('group', { name: 'New field' })
  await adding.getByRole('button', { name: 'Add the field' }).click()
  await expect(adding.getByText('Label is missing')).toBeVisible()
  await adding.getByLabel('Label', { exact: true }).fill('Parent name')
  await adding.getByLabel('Has to be given').check()
  await shot(page, 'types-add-field')
  await adding.getByRole('button', { name: 'Add the field' }).click()
  await expect(recipient.getByRole('button', { name: 'Change Parent name' })).toBeVisible()
  const up = recipient.getByRole('button', { name: 'Move Parent name up' })
  while (await up.isEnabled()) await up.press('Enter')
  await recipient.getByRole('button', { name: 'Change Parent name' }).press('Alt+ArrowDown')
  await expect(recipient.getByRole('listitem').nth(1).getByRole('button').first()).toHaveAccessibleName(
    'Change Parent name',
  )
  await page.getByLabel('What is new in it').fill('Parent name')
  await expect(page.getByText('Nothing is wrong')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  // Side by side: what comes of it.
  const preview = page.getByRole('region', { name: 'Preview', exact: true })
  await expect(preview.getByRole('status').first()).toContainText('With sample values', { timeout: 30_000 })
  await expect(preview.getByRole('textbox', { name: 'Parent name' })).toHaveValue(/Parent name/)
  await sound(page, 'editor of a type')
  await shot(page, 'types-preview-form')
  await preview.getByRole('tab', { name: 'Credential' }).click()
  await expect(preview.getByRole('region')).toContainText('"parentName": "Parent name sample')
  await preview.getByRole('tab', { name: 'QR code' }).click()
  await expect(preview.getByText('Room in a QR code')).toBeVisible()
  await shot(page, 'types-preview-qr')
  await preview.getByRole('tab', { name: 'Pages' }).click()
  await expect(preview.getByRole('img', { name: 'Page 1' })).toBeVisible()
  await preview.getByLabel('Paper').selectOption('US letter')
  await expect(preview.getByRole('status').first()).toContainText('With sample values', { timeout: 30_000 })
  await shot(page, 'types-preview-pages')

  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'editor of a type on a phone')
  await shot(page, 'types-editor-360')
  await page.getByRole('tab', { name: 'Preview' }).click()
  await sound(page, 'preview of a type on a phone')
  await shot(page, 'types-preview-360')
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await publish(page, async (dialog) => {
    await expect(dialog).toContainText('have to give Parent name from now on')
    await sound(page, 'publishing a type')
    await shot(page, 'types-publish')
  })
  await sound(page, 'one type')
  await shot(page, 'types-published')

  // Everybody is asked for it at once.
  const refused = await certify(request)
  expect(refused.status()).toBe(400)
  expect(await refused.text()).toContain('Parent name is missing')
  const answer = await certify(request, { parentName: 'Kamala Devi' })
  expect(answer.status(), await answer.text()).toBe(200)
  const [{ certificateId, transactionId }] = (await answer.json()).results
  await issued(request, transactionId)
  const credential = await (await get(request, `/v3/certificates/${certificateId}.jsonld`)).json()
  expect(credential.credentialSubject.parentName).toBe('Kamala Devi')
  await page.goto(`/certificates/${certificateId}/correct`)
  await expect(page.getByRole('textbox', { name: 'Parent name' })).toHaveValue('Kamala Devi')
  await page.goto('/administration/types')
})

test('versions are compared in words and line by line; an earlier one comes into force again', async ({ page }) => {
  await signIn(page, OPERATOR, HERE)
  await page.getByLabel('Compare version', { exact: true }).selectOption('1')
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  const inWords = page.getByRole('region', { name: 'In words' })
  await expect(inWords.getByText('Parent name').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'type.json' })).toContainText('recipient.parentName')
  await sound(page, 'comparing versions')
  await shot(page, 'types-compare')
  await page.goto(HERE)
  await goBack(page)
  await shot(page, 'types-rolled-back')
})

test('as text: errors stand at their lines; two people at one draft lose nothing', async ({ page, browser }, info) => {
  await signIn(page, OPERATOR, HERE)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('tab', { name: 'Text' }).click()
  const text = page.getByRole('textbox', { name: 'Text of type.json' })
  const before = await text.inputValue()
  await text.fill(before.replace('"title": "Certificate of the journey"', '"title": Certificate'))
  await expect(page.getByRole('button', { name: /^Line \d+: Here a value is expected/ })).toBeVisible()
  await expect(page.getByText('Not saved: type.json is no JSON object.')).toBeVisible()
  await page.getByRole('tab', { name: 'Fields' }).click()
  await expect(page.getByText('The fields cannot be shown')).toBeVisible()
  await page.getByRole('tab', { name: 'Text' }).click()
  await shot(page, 'types-text-error')
  await text.fill(before.replace('"from": "recipient.nationality"', '"from": "recipient.nobody"'))
  await page.getByRole('list', { name: 'Errors' }).getByRole('button').first().click()
  await expect(text).toBeFocused()
  await text.fill(before)
  await expect(page.getByText('Nothing is wrong')).toBeVisible({ timeout: 20_000 })

  // A logo of 50 MB is refused before anything is sent; one of a usual size is taken.
  await page.getByRole('tab', { name: 'Look and rules' }).click()
  const logo = page.getByLabel('Choose a file')
  const big = info.outputPath('big.png')
  writeFileSync(big, '')
  truncateSync(big, 50 * 1024 * 1024)
  await logo.setInputFiles(big)
  await expect(page.getByRole('alert').filter({ hasText: '50 MB' })).toContainText('at most 400 KB')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'
  await logo.setInputFiles({ name: 'Ministry logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) })
  await expect(page.getByRole('img', { name: 'The logo as it was chosen' })).toBeVisible()
  await page.getByLabel('Second language on paper and for holders').fill('hi')
  await shot(page, 'types-rules')
  await page.getByRole('tab', { name: 'Code lists' }).click()
  const vaccines = page.getByRole('region', { name: 'vaccines' }).first()
  await vaccines.getByRole('button', { name: 'Add a row to vaccines' }).click()
  await vaccines.getByLabel('Matches of the new row').fill('qdenga')
  await vaccines.getByLabel('Label of qdenga').fill('Qdenga')
  await vaccines.getByLabel('Code of Qdenga').fill('XM5DF6')
  await page.getByRole('tab', { name: 'Fields' }).click()
  const recipient = page.getByRole('region', { name: 'Section Recipient' })
  await recipient.getByRole('button', { name: 'Change Full name' }).click()
  await recipient.getByLabel('In Hindi (hi)').fill('पूरा नाम')
  await expect(page.getByText('Nothing is wrong')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await shot(page, 'types-hindi')

  // Somebody else writes the same draft meanwhile.
  const other = await (await browser.newContext()).newPage()
  await signIn(other)
  await other.goto(page.url())
  await other.getByRole('tab', { name: 'Look and rules' }).click()
  await other.getByLabel('Title of the certificate').fill('Certificate of somebody else')
  await expect(other.getByText('Saved', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Look and rules' }).click()
  await page.getByLabel('Title of the certificate').fill('Certificate of mine')
  const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else changed this draft' })
  await expect(conflict).toContainText('Certificate of somebody else')
  await sound(page, 'conflict of a draft')
  await shot(page, 'types-conflict')
  await conflict.getByRole('button', { name: 'Keep mine', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await other.reload()
  await other.getByRole('tab', { name: 'Look and rules' }).click()
  await expect(other.getByLabel('Title of the certificate')).toHaveValue('Certificate of mine')

  // The draft goes; what is in force stays.
  await page.goto(HERE)
  await page.getByRole('button', { name: 'Discard: version' }).first().click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('was discarded')).toBeVisible()
  await other.getByLabel('Title of the certificate').fill('Too late')
  await expect(other.getByText('This draft is not there any more')).toBeVisible()
  await shot(other, 'types-gone')
})

async function publish(page: Page, look?: (dialog: Locator) => Promise<void>): Promise<void> {
  await expect(page.getByText('Nothing is wrong')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Publish…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('It is in force at once')
  await look?.(dialog)
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText(/^Version \d+ is in force\.$/)).toBeVisible({ timeout: 30_000 })
}

/** Version 1, the copy as it was, into force: from wherever the type is. */
async function goBack(page: Page): Promise<void> {
  await page.goto(HERE)
  await expect(page.getByRole('heading', { name: /^Version 1\b/ })).toBeVisible()
  const back = page.getByRole('button', { name: 'Put into force again: version 1', exact: true })
  if ((await back.count()) === 0) return
  await back.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Put into force again' }).click()
  await expect(page.getByText('Version 1 is in force again.')).toBeVisible({ timeout: 30_000 })
}

function certify(request: APIRequestContext, recipient: object = {}) {
  const item = anItem()
  return request.post(`/v4/${TYPE}/certify`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
    data: [{ ...item, recipient: { ...item.recipient, ...recipient } }],
  })
}
