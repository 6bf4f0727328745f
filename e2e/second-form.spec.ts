/** The certificate as VC Data Model 2.0 in people's hands: downloaded from the record and, in Arabic, behind the holder's link. */
import { readFileSync } from 'node:fs'
import { certified, expect, reveal, signIn, test } from './journey'
import { OPERATOR, ADDRESS } from './product'
import { shot } from './shot'

test('an operator and the holder download the certificate for wallet apps, and it names the list that says it counts', async ({
  page,
  browser,
  request,
}) => {
  test.setTimeout(120_000)
  const { certificateId } = await certified(request)
  await signIn(page, OPERATOR, `/certificates/${certificateId}`)
  const link = page.getByRole('link', { name: 'Download for wallet apps' })
  // It holds what is hidden on the screen.
  await expect(link).toHaveCount(0)
  await reveal(page, 'Identity number')
  await expect(link).toBeVisible()
  await shot(page, 'second-form-record')
  const [ofOperator] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(ofOperator.suggestedFilename()).toBe(`certificate-${certificateId}.vc.json`)
  const text = readFileSync(await ofOperator.path(), 'utf8')
  const credential = JSON.parse(text)
  expect(credential.credentialSubject.vaccination).toMatchObject({ batch: '4121MCO41', dose: 1, totalDoses: 2 })
  const list = await request.get(credential.credentialStatus[0].statusListCredential)
  expect([list.status(), list.headers()['content-type']]).toEqual([200, 'application/vc'])
  const words = await request.get(credential['@context'][1])
  expect((await words.json())['@context'].totalDoses).toBe(`${credential['@context'][1]}#totalDoses`)

  const links = page.getByRole('region', { name: 'Link for the holder' })
  await links.getByRole('button', { name: 'Make a link' }).click()
  await expect(links.getByText('The link is ready')).toBeVisible()
  const address = await links.getByText('/c/').innerText()
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'ar' })
  const phone = await context.newPage()
  await phone.goto(address.startsWith('http') ? address : `${ADDRESS}${address}`)
  const fields = phone.getByRole('textbox')
  for (const [index, value] of ['30', '1', '1957'].entries()) await fields.nth(index).fill(value)
  await phone.getByRole('button', { name: 'أظهر شهادتي' }).or(phone.locator('form button[type=submit]')).first().click()
  const download = phone.getByRole('link', { name: 'تنزيل لتطبيقات المحفظة' })
  await expect(download).toBeVisible()
  await shot(phone, 'second-form-holder-arabic-phone')
  const [ofHolder] = await Promise.all([phone.waitForEvent('download'), download.click()])
  expect(readFileSync(await ofHolder.path(), 'utf8')).toBe(text)
  await context.close()
})
