/** An operator of one facility: theirs can be corrected, others' are closed and say so, by every way in. */
import { anItem, certified, expect, open, signIn, test } from './journey'
import { addOperator } from './product'

test('the certificate of another facility stays closed and says whose work it is', async ({ page, request }) => {
  const own = await certified(request, { ...anItem(), facility: { name: 'Maharagama MOH Office' } })
  const foreign = await certified(request)
  await signIn(page, await addOperator('MAH'))
  await expect(page.getByRole('button', { name: /^Account/ })).toContainText('Maharagama MOH Office')

  for (const typed of [foreign.code, foreign.certificateId]) {
    await page.getByLabel('Pre-enrollment code').fill(typed)
    await page.keyboard.press('Enter')
    await expect(page.getByText('This certificate belongs to another facility.')).toBeVisible()
    await expect(page).toHaveURL('/')
  }
  for (const path of ['', '/correct', '/history']) {
    await page.goto(`/certificates/${foreign.certificateId}${path}`)
    await expect(page.getByRole('heading', { name: 'Belongs to another facility' })).toBeVisible()
    await expect(page.getByText(foreign.item.recipient.name)).toHaveCount(0)
  }

  await page.goto('/')
  await open(page, own)
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
})
