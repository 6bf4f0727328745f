/** Another facility's record is opened with a reason, seen by its supervisor and closed by an objection; hidden values are revealed, and kept by a correction. */
import type { Browser, Page } from '@playwright/test'
import { anItem, certified, expect, get, giveReason, open, openForm, reveal, signIn, test, toCheck } from './journey'
import { addOperator } from './product'
import { shot } from './shot'
import { sound } from './sound'

const HERE = 'Maharagama MOH Office'

async function at(
  browser: Browser,
  facility: string,
  roles: string[],
  size?: { width: number; height: number },
): Promise<Page> {
  const page = await (await browser.newContext(size ? { viewport: size } : {})).newPage()
  await signIn(page, await addOperator(facility, roles))
  return page
}

test("another facility's record opens with a reason; its supervisor sees who looked at what, and an objection closes it", async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000)
  const person = await certified(request, { ...anItem('Sarasvathy T K'), facility: { name: HERE } })
  const reader = await at(browser, 'GOT', ['operator'])
  const supervisor = await at(browser, 'MAH', ['operator', 'supervisor'], { width: 360, height: 780 })

  await reader.getByLabel('Pre-enrollment code').fill(person.code)
  await reader.keyboard.press('Enter')
  await expect(reader.getByText('This certificate belongs to another facility.')).toBeVisible()
  await expect(reader.getByText('Sarasvathy')).toHaveCount(0)
  await shot(reader, 'opening-offer')
  await reader.getByRole('button', { name: 'Open with a reason' }).click()
  const dialog = reader.getByRole('dialog', { name: "Open another facility's record" })
  await dialog.getByRole('button', { name: 'Open the record' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose a reason')
  await sound(reader, 'reason for opening', '[role="dialog"]')
  await dialog.getByRole('radio', { name: 'The holder is here and asks for it' }).check()
  await shot(reader, 'opening-dialog')
  await dialog.getByRole('button', { name: 'Open the record' }).click()

  await reader.waitForURL(`/certificates/${person.certificateId}`)
  const banner = reader.getByRole('region', { name: `Opened with a reason: a record of ${HERE}` })
  await expect(banner).toContainText('29 minutes left.')
  await expect(reader.getByRole('heading', { name: 'Sarasvathy T K' })).toBeVisible()
  await expect(reader.getByRole('link', { name: 'Correct this certificate' })).toHaveCount(0)
  await expect(reader.getByText('571304456V')).toHaveCount(0)
  await sound(reader, 'opened record')
  await shot(reader, 'opening-record')
  await reader.getByRole('link', { name: 'History' }).click()
  await expect(reader.getByRole('heading', { name: 'History' })).toBeVisible()
  await expect(banner).toBeVisible()
  await reader.goBack()
  await expect(reader.getByRole('heading', { name: 'Sarasvathy T K' })).toBeVisible()
  await reader.setViewportSize({ width: 360, height: 780 })
  await shot(reader, 'opening-record-360')
  await reader.setViewportSize({ width: 1280, height: 800 })

  await supervisor.goto('/today')
  const item = supervisor.getByRole('article').filter({ hasText: person.code })
  await expect(item).toContainText('opened a record of your facility')
  await expect(item).toContainText('The holder is here and asks for it')
  await expect(item).toContainText('read it')
  await sound(supervisor, 'openings on the list of the day')
  await shot(supervisor, 'opening-today-360')
  await item.getByRole('button', { name: 'Object', exact: true }).click()
  await item.getByLabel('Why do you object?').fill('The holder is not with you.')
  await supervisor.setViewportSize({ width: 1280, height: 800 })
  await shot(supervisor, 'opening-today')
  await item.getByRole('button', { name: 'Object and end it now' }).click()
  await expect(item).toContainText('Objected to by')

  // Without a click of the reader.
  await expect(reader.getByRole('heading', { name: 'Belongs to another facility' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(reader.getByText('Sarasvathy')).toHaveCount(0)
  await shot(reader, 'opening-closed')
})

test('hidden values are shown with a reason, and a correction keeps those that nobody looked at', async ({
  page,
  request,
}) => {
  const person = await certified(request, anItem('Sarasvathy T K'))
  await signIn(page)
  await openForm(page, person)
  await expect(page.getByRole('textbox', { name: 'Identity number' })).toHaveValue('••••\u2009456V')
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.getByRole('button', { name: 'Replace Phone or e-mail' }).click()
  await page.getByRole('textbox', { name: 'Phone or e-mail' }).fill('0110001122')
  await giveReason(page)
  await shot(page, 'masked-form')
  await page.setViewportSize({ width: 360, height: 780 })
  await shot(page, 'masked-form-360')
  await page.setViewportSize({ width: 1280, height: 800 })
  await toCheck(page)
  await expect(page.getByText('0771234567')).toHaveCount(0)
  await shot(page, 'masked-check')
  await page.getByRole('checkbox', { name: /I read the new details/ }).check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByRole('heading', { name: 'Certificate replaced' })).toBeVisible({ timeout: 30_000 })

  const found = await (await get(request, `/v3/certificates?preEnrollmentCode=${person.code}`)).json()
  const now = found.lineages[0].current.certificateId
  const { record } = await (await get(request, `/v3/certificates/${now}`)).json()
  expect(record.recipient).toMatchObject({
    name: 'Saraswathy T K',
    identity: '571304456V',
    contact: ['tel:0110001122'],
  })

  await page.goto('/')
  await open(page, { ...person, certificateId: now })
  await expect(page.getByText('571304456V')).toHaveCount(0)
  await reveal(page, 'Identity number')
  await expect(page.getByText('571304456V')).toBeVisible()
  await shot(page, 'revealed-record')
  // The reason holds for the record: the form does not ask again.
  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await page.getByRole('button', { name: 'Reveal Identity number' }).click()
  await expect(page.getByRole('textbox', { name: 'Identity number' })).toHaveValue('571304456V')
})
