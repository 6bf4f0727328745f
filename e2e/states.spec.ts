/** What can stop or turn a correction, and what the screen says then. */
import { certified, expect, giveReason, open, openForm, replace, signIn, test, toCheck, updated } from './journey'

test.beforeEach(({ page }) => signIn(page))

test('a dose without updates left says so and offers to ask a supervisor for one more', async ({ page, request }) => {
  const person = await certified(request)
  let current = person.certificateId
  for (const name of ['Sarasvati T K', 'Sarasvathi T K', 'Saraswati T K', 'Saraswathi T K', 'Saraswathy T K']) {
    current = await updated(request, { ...person.item, recipient: { ...person.item.recipient, name } })
  }
  await open(page, { ...person, certificateId: current })
  await expect(page.getByText('Dose 1 was corrected 5 times. Contact your supervisor.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toHaveCount(0)
  await page.goto(`/certificates/${current}/correct`)
  await expect(
    page.getByText('No updates are left. You can write the correction and ask a supervisor for one more.'),
  ).toBeVisible()
})

test('nothing changed uses no update', async ({ page, request }) => {
  await openForm(page, await certified(request))
  await giveReason(page)
  await page.getByRole('button', { name: 'Check the changes' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toContainText('You have not changed anything. No update will be used.')
  await expect(summary).toBeFocused()
  await expect(page).toHaveTitle(/^Error: /)
})

test('errors come on submit, lead to their fields and repeat the same words there', async ({ page, request }) => {
  await openForm(page, await certified(request))
  const until = page.getByRole('group', { name: 'Valid until' })
  await until.getByLabel('Year').fill('2020')
  await page.getByRole('button', { name: 'Check the changes' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary.getByRole('link')).toHaveText([
    'Valid until is before valid from',
    'Say who asked for the correction',
    'Say why the correction is needed',
  ])
  await summary.getByRole('link', { name: 'Valid until is before valid from' }).click()
  await expect(until.getByLabel('Day')).toBeFocused()
  await expect(until).toContainText('Valid until is before valid from')
  await summary.getByRole('link', { name: 'Say who asked' }).click()
  await expect(page.getByRole('radio', { name: 'The holder', exact: true })).toBeFocused()

  await page.getByLabel('Full name').fill('')
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(summary.getByRole('link').first()).toHaveText('Full name is missing')
})

test('a day that no calendar has is an error like others, also while it is typed', async ({ page, request }) => {
  await openForm(page, await certified(request))
  const birth = page.getByRole('group', { name: 'Date of birth' })
  await birth.getByLabel('Month').fill('13')
  await expect(birth).toContainText('Changed')
  const given = page.getByRole('group', { name: 'Date of vaccination' })
  await given.getByLabel('Hour').fill('99')
  await page.getByRole('button', { name: 'Check the changes' }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary.getByRole('link', { name: /Date of birth/ })).toBeVisible()
  await expect(summary.getByRole('link', { name: /Date of vaccination/ })).toBeVisible()
})

test('a changed field shows what it was; undo takes one back, Alt+Z the last', async ({ page, request }) => {
  await openForm(page, await certified(request))
  const name = page.getByLabel('Full name')
  await name.fill('Saraswathy T K')
  await page.getByLabel('Batch').fill('4121MC041')
  await expect(page.getByText('2 changes')).toBeVisible()
  await page.keyboard.press('Alt+z')
  await expect(page.getByText('Batch is back to what it was.')).toBeVisible()
  await expect(page.getByLabel('Batch')).toHaveValue('4121MCO41')
  await page.getByRole('button', { name: 'Undo Full name' }).click()
  await expect(name).toHaveValue('Sarasvathy T K')
  await expect(page.getByText('No changes yet')).toBeVisible()
})

test('a name that looks like another person is warned about, not blocked', async ({ page, request }) => {
  await openForm(page, await certified(request))
  await page.getByLabel('Full name').fill('Nimal Perera')
  await expect(page.getByText('This looks like a different person.')).toBeVisible()
  await giveReason(page)
  await toCheck(page)
})

test('without a preview the correction goes on', async ({ page, request }) => {
  await page.route('**/v3/preview', (route) => route.abort())
  await openForm(page, await certified(request))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await expect(page.getByText('Preview is not available. You can still continue.')).toBeVisible()
  await giveReason(page)
  await toCheck(page)
})

test('changes are not lost by accident: leaving asks, going back keeps, loading the page again brings them back', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await page.getByRole('link', { name: person.code }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Leave this correction?')
  await question.getByRole('button', { name: 'Stay' }).click()
  await giveReason(page)
  await toCheck(page)
  await page.getByRole('button', { name: 'Change Full name' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('Saraswathy T K')
  await expect(page.getByLabel('Full name')).toBeFocused()
  await toCheck(page)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Check the changes' })).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('Saraswathy T K')
  const saved = page.waitForResponse('**/v3/drafts/*')
  await page.getByRole('button', { name: 'Undo Full name' }).click()
  await saved
  await page.goto(`/certificates/${person.certificateId}/correct/check`)
  await expect(page.getByRole('heading', { name: 'Correct this certificate' })).toBeVisible()
})

test('the holder has to confirm before anything is sent', async ({ page, request }) => {
  await openForm(page, await certified(request))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await page.getByRole('link', { name: 'Tick the box when the holder has confirmed' }).click()
  await expect(page.getByRole('checkbox')).toBeFocused()
})

test('an answer that got lost is asked for again, and the certificate is replaced once', async ({ page, request }) => {
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await page.route(
    '**/v4/VaccinationCertificate/certificate',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByText('Try again: the same change is never made twice.')).toBeVisible()
  await replace(page)
  await expect(page.getByText('4 of 5 updates left')).toBeVisible()
})

test('an update that fails says that the old certificate is still valid', async ({ page, request }) => {
  await page.route('**/v3/transactions/*', async (route) => {
    const real = await route.fetch()
    const failure = { code: 'UNREADABLE_QR', message: 'The QR code could not be read.' }
    await route.fulfill({ response: real, json: { ...(await real.json()), state: 'failed', failure } })
  })
  await openForm(page, await certified(request))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByRole('heading', { name: 'The update was not issued' })).toBeVisible()
  await expect(page.getByText('The old certificate is still valid. This did not use an update.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
})
