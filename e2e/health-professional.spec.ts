/** A health professional's registration through DIVOC's VC API: certified, corrected, seen by an operator, the holder and a verifier. */
import { randomBytes } from 'node:crypto'
import type { APIRequestContext, Page } from '@playwright/test'
import { entityExample } from '../lib/api/examples'
import { expect, get, giveReason, replace, signIn, test, toCheck } from './journey'
import { TOKEN } from './product'
import { shot } from './shot'

const ENTITY = 'HealthProfessional_1'
const CERTIFY = `/vc-certification/v1/certify/${ENTITY}`
const headers = { Authorization: `Bearer ${TOKEN}` }

function aPayload() {
  const { certificateId: _replaced, ...published } = entityExample
  const registrationId = `KA-${randomBytes(4).toString('hex').toUpperCase()}`
  return { ...published, registrationId, validTill: '2099-09-09T21:01:01.121Z' }
}

/** Follows a transaction at the address with DIVOC's capital letter; answers the certificate's number. */
async function followed(request: APIRequestContext, transactionId: string): Promise<string> {
  const read = async () => (await get(request, `/vc-management/V1/transaction/${transactionId}`)).json()
  await expect
    .poll(async () => (await read()).status, { intervals: [100, 200, 400], timeout: 30_000 })
    .toBe('SUCCESSFUL')
  return (await read()).certificateId
}

async function certified(request: APIRequestContext, payload: object): Promise<string> {
  const answer = await request.post(CERTIFY, { headers, data: payload })
  expect(answer.status(), await answer.text()).toBe(200)
  return followed(request, (await answer.json()).transactionId)
}

/** Checks a certificate on the verify page. */
async function verify(page: Page, request: APIRequestContext, certificateId: string, word: string): Promise<void> {
  const credential = await (await get(request, `/v3/certificates/${certificateId}.jsonld`)).text()
  await page.goto('/verify')
  await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, credential)
  await expect(page.getByRole('status').getByRole('heading', { name: word, exact: true })).toBeVisible()
}

test('a registration is certified, corrected on screen, opened by its holder and verified', async ({
  page,
  request,
}) => {
  const payload = aPayload()
  const first = await certified(request, { ...payload, name: 'Neah' })

  await signIn(page)
  await page.getByLabel('Pre-enrollment code').fill(payload.registrationId)
  await page.keyboard.press('Enter')
  await page.waitForURL(`/certificates/${first}`)
  await expect(page.getByText('Registration of a health professional').first()).toBeVisible()
  await shot(page, 'health-professional-record')
  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await page.getByLabel('Full name').fill('Neha')
  await shot(page, 'health-professional-form')
  await giveReason(page)
  await toCheck(page)
  await shot(page, 'health-professional-check')
  const second = await replace(page)

  // What was replaced can be corrected no more by number; the newest can.
  const stale = await request.put(CERTIFY, { headers, data: { ...payload, certificateId: first, name: 'Nehha' } })
  expect(stale.status()).toBe(412)
  const answer = await request.put(CERTIFY, {
    headers,
    data: { ...payload, certificateId: second, university: 'Mysore' },
  })
  const third = await followed(request, (await answer.json()).transactionId)

  await verify(page, request, third, 'Valid')
  await expect(page.getByText(payload.registrationId)).toBeVisible()
  await shot(page, 'health-professional-valid')
  await verify(page, request, first, 'Replaced')

  const made = await request.post(`/v3/certificates/${third}/links`, { headers, data: {} })
  await page.goto((await made.json()).url)
  for (const [part, value] of [
    ['Day', '29'],
    ['Month', '11'],
    ['Year', '1991'],
  ] as const) {
    await page.getByLabel(part, { exact: true }).fill(value)
  }
  await page.keyboard.press('Enter')
  await expect(page.getByText('Mysore').first()).toBeVisible()
  await shot(page, 'health-professional-holder')
})

test('one whose time is over, or has not come, says so to whoever checks it', async ({ page, request }) => {
  const expired = await certified(request, { ...aPayload(), validTill: entityExample.validTill })
  await verify(page, request, expired, 'Expired')
  await shot(page, 'health-professional-expired')
  const early = await certified(request, { ...aPayload(), validFrom: '2098-01-01T00:00:00Z' })
  await verify(page, request, early, 'Not yet valid')
  await page.setViewportSize({ width: 360, height: 740 })
  await shot(page, 'health-professional-early-360')
  await page.goto(`/vc-certification/v1/certificate/${ENTITY}/${early}`)
  expect((await request.get(`/vc-certification/v1/certificate/${ENTITY}/${early}`)).status()).toBe(401)
})
