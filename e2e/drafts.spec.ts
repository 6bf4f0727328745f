/** What an operator types is kept on the server: through a reload, a sign-out, the end of a session, on another computer, and without a connection. */
import { certified, expect, giveReason, openForm, replace, signIn, test, toCheck, updated } from './journey'
import { addOperator } from './product'
import { shot } from './shot'
import { sound } from './sound'

const NAME = 'Saraswathy T K'

test('saved while typing, there again after a reload with the same field, and gone when it is sent', async ({
  page,
  request,
}) => {
  await signIn(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill(NAME)
  await giveReason(page)
  await page.getByRole('group', { name: 'Date of birth' }).getByLabel('Month').fill('13')
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await shot(page, 'draft-saved')

  await page.reload()
  await expect(page.getByText(/^Your draft of \d\d:\d\d was restored\.$/)).toBeVisible()
  await expect(page.getByLabel('Full name')).toHaveValue(NAME)
  const birth = page.getByRole('group', { name: 'Date of birth' })
  await expect(birth.getByLabel('Month')).toHaveValue('13')
  await expect(birth.getByLabel('Month')).toBeFocused()
  await expect(page.getByRole('radio', { name: 'The holder', exact: true })).toBeChecked()
  await shot(page, 'draft-restored')

  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('Sarasvathy T K')
  await expect(page.getByRole('radio', { name: 'The holder', exact: true })).not.toBeChecked()
  await page.getByRole('button', { name: 'Bring my draft back' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue(NAME)
  await birth.getByLabel('Month').fill('03')
  await expect(page.getByText('updated just now')).toBeVisible()
  await sound(page, 'form with a restored draft')
  await toCheck(page)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Check the changes' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText(NAME)
  const newest = await replace(page)
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Opened last' })).toContainText(person.code)
  await expect(page.getByRole('link', { name: person.code })).toHaveCount(1)
  await page.goto(`/certificates/${newest}/correct`)
  await expect(page.getByLabel('Full name')).toHaveValue(NAME)
  await expect(page.getByText('No changes yet')).toBeVisible()
  await expect(page.getByText('was restored')).toHaveCount(0)
})

test('leaving asks: save, discard or stay; a saved draft waits on the find page, on any computer, for this operator alone', async ({
  page,
  request,
  browser,
}) => {
  await signIn(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill(NAME)
  await page.getByRole('link', { name: person.code }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Leave this correction?')
  await shot(page, 'draft-leave')
  await sound(page, 'leaving', '[role="alertdialog"]')
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByRole('link', { name: person.code })).toBeFocused()
  await page.getByRole('link', { name: 'Errata: Find a certificate' }).click()
  await question.getByRole('button', { name: 'Save draft' }).click()
  const waiting = page.getByRole('region', { name: 'Continue a draft' }).getByRole('link', { name: person.code })
  await expect(waiting).toHaveAccessibleName(/ Dose 1 S\. T\. K\. saved \d\d:\d\d$/)
  await expect(page.getByRole('region', { name: 'Continue a draft' })).not.toContainText(/Saras/)
  await shot(page, 'draft-list')
  await sound(page, 'find with drafts')
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)

  const colleague = await browser.newPage()
  await signIn(colleague, await addOperator('GOT'))
  await openForm(colleague, person)
  await expect(colleague.getByLabel('Full name')).toHaveValue('Sarasvathy T K')
  await expect(colleague.getByText('was restored')).toHaveCount(0)
  await colleague.close()

  const elsewhere = await browser.newPage()
  await signIn(elsewhere)
  await elsewhere.getByRole('region', { name: 'Continue a draft' }).getByRole('link', { name: person.code }).click()
  await expect(elsewhere.getByText('was restored')).toBeVisible()
  await expect(elsewhere.getByLabel('Full name')).toHaveValue(NAME)
  await elsewhere.getByRole('button', { name: 'Discard' }).click()
  await elsewhere.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await expect(elsewhere.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  await elsewhere.getByRole('link', { name: 'Correct this certificate' }).click()
  await expect(elsewhere.getByLabel('Full name')).toHaveValue('Sarasvathy T K')
  await elsewhere.close()
})

test('without a connection it says so, does not let the page go unasked, and saves when the connection is back', async ({
  page,
  request,
}) => {
  await signIn(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.route('**/v3/drafts/*', (route) => route.abort())
  await page.getByLabel('Full name').fill(NAME)
  await expect(page.getByText('Not saved: no connection').first()).toBeVisible()
  await page.getByRole('link', { name: person.code }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Save draft' }).click()
  await expect(question.getByRole('alert')).toHaveText('There is no connection. Stay here, or try again.')
  await shot(page, 'draft-offline')
  await question.getByRole('button', { name: 'Stay' }).click()
  await page.unroute('**/v3/drafts/*')
  await page.getByLabel('Full name').fill(`${NAME} `)
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
})

test('two windows of one person: the older one is not overwritten unseen, and either can go on', async ({
  page,
  request,
  context,
}) => {
  await signIn(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Here')
  await expect(page.getByText(/^Draft saved/).first()).toBeVisible()
  const other = await context.newPage()
  await other.goto(`/certificates/${person.certificateId}/correct`)
  await expect(other.getByLabel('Full name')).toHaveValue('Here')
  await other.getByLabel('Full name').fill('There')
  await expect(other.getByText('Saving the draft…')).toBeVisible()
  await expect(other.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await page.getByLabel('Batch').fill('X1')
  await expect(page.getByText('You changed this draft in another window or on another computer.')).toBeVisible()
  await shot(page, 'draft-elsewhere')
  await page.getByRole('button', { name: 'Use the other one' }).click()
  await expect(page.getByLabel('Full name')).toHaveValue('There')
  await expect(page.getByLabel('Batch')).toHaveValue('4121MCO41')
  await page.getByLabel('Batch').fill('X2')
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await other.getByLabel('Batch').fill('X3')
  await other.getByRole('button', { name: 'Keep what is here' }).click()
  await expect(other.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()
  await other.reload()
  await expect(other.getByLabel('Batch')).toHaveValue('X3')
})

test('a colleague at the same certificate is named, with the facility, and no longer when the form is closed', async ({
  page,
  request,
  browser,
}) => {
  await signIn(page)
  const person = await certified(request)
  const colleague = await browser.newPage()
  const clerk = await addOperator('GOT')
  await signIn(colleague, clerk)
  await openForm(colleague, person)
  await openForm(page, person)
  const note = page.getByRole('status').filter({ hasText: 'opened this' })
  await expect(note).toContainText(`${clerk.username} (MOH Gothatuwa) opened this just now.`)
  await shot(page, 'presence')
  await sound(page, 'form with a colleague')
  await colleague.getByRole('link', { name: person.code }).click()
  await expect(colleague.getByRole('status').filter({ hasText: '(All facilities) opened this' })).toBeVisible()
  await expect
    .poll(async () => (await page.request.get(`/v3/certificates/${person.certificateId}/presence`)).json())
    .toMatchObject({ others: [] })
  await colleague.close()
})

test('a draft whose certificate was replaced meanwhile opens as a comparison', async ({ page, request }) => {
  await signIn(page)
  const person = await certified(request)
  await openForm(page, person)
  await page.getByLabel('Full name').fill(NAME)
  await giveReason(page)
  await expect(page.getByText(/^Draft saved/).first()).toBeVisible()
  const newest = await updated(request, { ...person.item, vaccination: { ...person.item.vaccination, batch: 'B2' } })
  await page.goto(`/certificates/${newest}/correct`)
  await expect(page.getByRole('heading', { name: 'Someone corrected this certificate meanwhile' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Full name/ })).toContainText(NAME)
  await expect(page.getByRole('row', { name: /Batch/ })).toContainText('B2')
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(page).toHaveURL(`/certificates/${newest}/correct/check`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await replace(page)
})
