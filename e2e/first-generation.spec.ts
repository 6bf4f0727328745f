/** DIVOC's first generation on the running product: certified over /v1, corrected on screen, checked by a verifier. */
import { anItem, expect, get, giveReason, issued, replace, signIn, test, toCheck } from './journey'
import { OPERATOR, TOKEN } from './product'
import { shot } from './shot'

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }
const V1 = 'https://divoc.dev/credentials/vaccination/v1'

const address = { addressLine1: '12, Lake Road', district: 'Udaipur', state: 'Rajasthan', pincode: '313001' }

function firstGenerationItem() {
  const item = anItem()
  return {
    ...item,
    recipient: { ...item.recipient, address },
    facility: { ...item.facility, address },
  }
}

test('certified at /v1, corrected on screen: it stays of its generation, and its code is valid', async ({
  page,
  request,
}) => {
  const item = firstGenerationItem()
  const refused = await request.post('/v1/certify', { headers: AUTHORIZED, data: [anItem()] })
  expect(refused.status()).toBe(400)
  expect((await refused.json()).details.map(({ path }: { path: string }) => path)).toEqual([
    '/recipient/address',
    '/facility/address',
  ])
  const answer = await request.post('/v1/certify', { headers: AUTHORIZED, data: [item] })
  expect(answer.status(), await answer.text()).toBe(200)
  const { certificateId, transactionId } = (await answer.json()).results[0]
  await issued(request, transactionId)

  await signIn(page, OPERATOR, `/certificates/${certificateId}/correct`)
  await expect(page.getByRole('heading', { name: 'Correct this certificate' })).toBeVisible()
  await page.getByLabel('Full name').fill('Sarasvathi T K')
  await giveReason(page)
  await toCheck(page)
  const corrected = await replace(page)

  const credential = await (await get(request, `/v3/certificates/${corrected}.jsonld`)).json()
  expect(credential['@context'][1]).toBe(V1)
  expect(credential.credentialSubject).not.toHaveProperty('dob')
  const row = await (await get(request, `/v1/certificates/${corrected}`)).json()
  expect(row.meta).toEqual({ certificateType: 'certifyV2', previousCertificateId: certificateId })

  for (const [number, word] of [
    [corrected, 'Valid'],
    [certificateId, 'Replaced'],
  ] as const) {
    const png = await (await get(request, `/v3/certificates/${number}.png`)).body()
    await page.goto('/verify')
    await page.getByLabel('Open a picture or PDF').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer: png })
    await expect(page.getByRole('heading', { name: word, exact: true })).toBeVisible({ timeout: 20_000 })
    await shot(page, `first-generation-${word.toLowerCase()}`)
  }
})
