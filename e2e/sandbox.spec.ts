/** A developer tries the API out in the sandbox: nothing of it reaches the people at work. */
import { randomBytes } from 'node:crypto'
import { anItem, certified, expect, find, signIn, test } from './journey'
import { ADDRESS } from './product'
import { shot } from './shot'

test('a test certificate is signed, watermarked and told from a real one; nobody at work sees it', async ({
  page,
  request,
}) => {
  await signIn(page)
  const added = await page.request.post('/v3/clients', {
    headers: { Origin: ADDRESS },
    data: { name: `Trying out ${randomBytes(4).toString('hex')}`, facilityCode: null, sandbox: true },
  })
  expect(added.status(), await added.text()).toBe(200)
  const { token } = await added.json()
  const headers = { Authorization: `Bearer ${token}`, Prefer: 'wait=20' }
  const item = anItem('Tried Out')
  const answer = await request.post('/v3/certify', { headers, data: [item] })
  const { certificateId } = (await answer.json()).results[0]
  const file = (ending: string) => request.get(`/v3/certificates/${certificateId}.${ending}`, { headers })

  await page.goto('/')
  await find(page, item.preEnrollmentCode)
  await expect(page.getByText(/No certificate/).first()).toBeVisible()
  await page.goto(`/certificates/${certificateId}`)
  await expect(page.getByRole('heading', { name: /There is no certificate|not found|no certificate/i })).toBeVisible()
  await shot(page, 'sandbox-not-there')

  // The same code among the real ones is another certificate.
  const real = await certified(request, { ...item, recipient: { ...item.recipient, name: 'Real Holder' } })
  expect(real.certificateId).not.toBe(certificateId)

  await page.setContent(await (await file('page.svg')).text())
  await shot(page, 'sandbox-page')

  await page.goto('/verify')
  const buffer = await (await file('png')).body()
  await page.getByLabel('Open a picture or PDF').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer })
  await expect(page.getByRole('heading', { name: 'Test', exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Tried Out')).toHaveCount(0)
  await shot(page, 'sandbox-verify')

  const emptied = await request.delete('/v3/sandbox', { headers })
  expect(await emptied.json()).toEqual({ removed: { certificates: 1, transactions: 1 } })
  expect((await file('json')).status()).toBe(404)
})
