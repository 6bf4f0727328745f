/** Administrators check a sample of certificates; verifiers download what is published about them. */
import { certified, expect, signIn, test, updated } from './journey'
import { OPERATOR } from './product'
import { shot } from './shot'
import { sound } from './sound'

test('a check is begun, followed and finished; replaced certificates are in the lists that anybody downloads', async ({
  page,
  request,
}) => {
  // Other journeys leave thousands of certificates: the sample is as large as it gets.
  test.setTimeout(180_000)
  const person = await certified(request)
  await updated(request, { ...person.item, recipient: { ...person.item.recipient, name: 'Sarasvathy T' } })
  const { pages } = await (await request.get('/v3/revocation-list')).json()
  await expect
    .poll(async () => {
      const last = `/v3/revocation-list/pages/${pages.at(-1).page}`
      return (await request.get(last, { headers: { Accept: 'text/csv' } })).text()
    })
    .toContain(`${person.certificateId},superseded`)
  const list = await request.get('/status/1/revocation')
  expect(list.headers()['content-type']).toContain('application/vc')
  expect((await list.json()).type).toContain('BitstringStatusListCredential')

  await signIn(page, OPERATOR, '/administration/checks')
  await expect(page.getByRole('heading', { name: 'Checks' })).toBeVisible()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The check is finished.' })).toBeAttached({
    timeout: 120_000,
  })
  await expect(page.getByText('Nothing wrong').first()).toBeVisible()
  await sound(page, 'checks')
  await shot(page, 'checks')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'checks on a phone')
  await shot(page, 'checks-phone')
})
