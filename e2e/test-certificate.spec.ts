/** Another kind of certificate goes the same way: a test result is found, corrected, previewed, replaced, and read by a foreign decoder. */
import { scanned } from './foreign-decoder'
import { anItem, expect, get, giveReason, issued, open, replace, signIn, test, toCheck } from './journey'
import { TOKEN } from './product'
import { shot } from './shot'

const DETAILS = {
  disease: 'COVID-19',
  testType: 'RT-PCR',
  testName: 'TaqPath COVID-19 Combo Kit',
  sampleOrigin: 'Nasopharyngeal swab',
  sampleCollectionTimestamp: '2021-07-05T08:20:00Z',
  resultTimestamp: '2021-07-05T19:45:00Z',
  result: 'Negative',
}

test('a test result is corrected end to end, in the words of its own kind', async ({ page, request }) => {
  const { preEnrollmentCode: code, recipient } = anItem()
  const item = { preEnrollmentCode: code, recipient, testDetails: DETAILS, facility: { name: 'MOH Gothatuwa' } }
  const answer = await request.post('/v1/test/certify', { headers: { Authorization: `Bearer ${TOKEN}` }, data: [item] })
  expect(answer.status(), await answer.text()).toBe(200)
  const { results } = await answer.json()
  await issued(request, results[0].transactionId)
  const { certificateId } = results[0] as { certificateId: string }

  await signIn(page)
  await open(page, { code, certificateId, item: item as never })
  await expect(page.getByText('Certificate of test result').first()).toBeVisible()
  await expect(page.getByText('Sample taken 5 Jul 2021, 13:50').first()).toBeVisible()
  await expect(page.getByText(/\bdose\b/i)).toHaveCount(0)
  await shot(page, 'test-record')

  await page.getByRole('link', { name: 'Correct this certificate' }).click()
  await page.getByLabel('Result', { exact: true }).selectOption('Positive')
  await expect(page.getByText('1 change', { exact: true })).toBeVisible()
  await expect(page.getByRole('img', { name: /with your changes/ })).toBeVisible()
  await shot(page, 'test-correct')
  await giveReason(page)
  await toCheck(page)
  await expect(page.getByRole('row', { name: /Result/ })).toContainText('Positive')
  await shot(page, 'test-check')
  const fresh = await replace(page)

  await test.step('another decoder reads what was found, and the codes of test and pathogen', async () => {
    const credential = JSON.parse(scanned(await (await get(request, `/v3/certificates/${fresh}.png`)).body()))
    expect(credential.evidence[0]).toMatchObject({
      certificateId: fresh,
      result: 'Positive',
      testTypeCode: 'LP6464-4',
      pathogenCode: 'XN109',
    })
  })

  await test.step('whoever checks the code sees what kind it is and what was found', async () => {
    const png = await (await get(request, `/v3/certificates/${fresh}.png`)).body()
    await page.goto('/verify')
    await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'certificate.png', mimeType: 'image/png', buffer: png })
    await expect(page.getByRole('status').getByRole('heading', { name: 'Valid', exact: true })).toBeVisible()
    await expect(page.getByText('Certificate of test result')).toBeVisible()
    await expect(page.getByText('Positive', { exact: true })).toBeVisible()
    await shot(page, 'test-verify')
  })

  await test.step('a wrong time of the sample is corrected, and the certificate stays one', async () => {
    await page.goto(`/certificates/${fresh}`)
    await page.getByRole('link', { name: 'Correct “Sample taken”' }).click()
    const really = page.getByRole('group', { name: /Sample taken/ })
    await really.getByRole('textbox', { name: 'Hour' }).fill('09')
    await expect(page.getByText('Sample taken 5 Jul 2021, 09:50')).toBeVisible()
    await giveReason(page)
    await page.setViewportSize({ width: 360, height: 800 })
    await shot(page, 'test-move-360')
    await page.getByRole('button', { name: 'Check the correction' }).click()
    await expect(page.getByRole('row', { name: /Sample taken/ })).toContainText('09:50')
    const moved = await replace(page)
    await page.goto(`/certificates/${moved}`)
    await expect(page.getByText('version 3')).toBeVisible()
    await expect(page.getByText('Sample taken 5 Jul 2021, 09:50').first()).toBeVisible()
    await shot(page, 'test-record-360')
  })
})
