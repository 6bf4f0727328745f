/** Two people correct the same certificate: the second sees what the first did, and nothing is sent by itself. */
import { certified, expect, giveReason, openForm, replace, signIn, test, toCheck, updated } from './journey'

test.beforeEach(({ page }) => signIn(page))

test('somebody else was faster: theirs and yours side by side, then again from the current one', async ({
  page,
  request,
}) => {
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)

  const theirs = { ...person.item, vaccination: { ...person.item.vaccination, batch: '4121MC041' } }
  const newest = await updated(request, theirs)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()

  await expect(page.getByRole('heading', { name: 'Someone corrected this certificate meanwhile' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Batch/ })).toContainText('4121MC041')
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText('Saraswathy T K')
  await page.getByRole('button', { name: 'Start again from the current certificate' }).click()

  await expect(page).toHaveURL(`/certificates/${newest}/correct`)
  await expect(page.getByLabel('Batch')).toHaveValue('4121MC041')
  await expect(page.getByLabel('Full name')).toHaveValue('Sarasvathy T K')
  await page.getByRole('button', { name: 'Use it Full name' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('Saraswathy T K')
  await toCheck(page)
  await replace(page)
  await expect(page.getByText('3 of 5 updates left')).toBeVisible()
})

test('the last update was used meanwhile: told, and nothing was sent', async ({ page, request }) => {
  const person = await certified(request)
  const withName = (name: string) => ({ ...person.item, recipient: { ...person.item.recipient, name } })
  let current = person.certificateId
  for (const name of ['Sarasvati', 'Sarasvathi', 'Saraswati', 'Saraswathi']) {
    current = await updated(request, withName(name))
  }
  await openForm(page, { ...person, certificateId: current })
  await expect(page.getByText('This is the last update. Check it with the person first.')).toBeVisible()
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await updated(request, withName('Saraswathy'))
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Replace the certificate' }).click()
  await expect(page.getByText(/The last update was used at \d\d:\d\d by /)).toBeVisible()
  await expect(page.getByText('Your changes were not sent. Contact your supervisor.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start again from the current certificate' })).toHaveCount(0)
})
