/** What only the built product shows: how it answers before and around our own handlers. */
import { randomUUID } from 'node:crypto'
import { anItem, certified, expect, get, signIn, test } from './journey'
import { TOKEN } from './product'

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }

test.describe('an address that cannot be decoded is the fault of who asked', () => {
  for (const path of [
    '/v3/certificates/%ff',
    '/v3/certificates/%ff.pdf',
    '/v3/transactions/%ff',
    '/v3/transactions/%zz',
    '/v1/certificates/%C3%28',
    '/divoc/api/v3/certificates/%ED%A0%80',
    '/certificate/api/certificatePDF/%ff',
    '/certificate/api/certificateQRCode/%',
    '/contexts/%ff',
    '/contexts/a/%zz/b',
  ]) {
    test(path, async ({ request }) => {
      const answer = await get(request, path)
      expect([answer.status(), answer.headers()['content-type']]).toEqual([400, 'application/json'])
      expect(await answer.json()).toEqual({
        code: 'MALFORMED_REQUEST',
        message: 'The address is not encoded correctly.',
        reference: answer.headers()['x-request-id'],
      })
      expect(answer.headers()['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(answer.headers()['x-content-type-options']).toBe('nosniff')
    })
  }

  test('whatever the method', async ({ request }) => {
    const put = await request.put('/v3/certificates/%ff', { headers: AUTHORIZED, data: [anItem()] })
    expect([put.status(), (await put.json()).code]).toEqual([400, 'MALFORMED_REQUEST'])
    const head = await request.head('/certificate/api/certificatePDF/%ff', { headers: AUTHORIZED })
    expect(head.status()).toBe(400)
  })

  test('also where a page would stand', async ({ page }) => {
    await signIn(page)
    expect((await page.request.get('/certificates/%ff')).status()).toBe(400)
  })
})

test('a code with letters of every kind is found at its encoded address', async ({ request }) => {
  const code = `ශ්‍රී/é %25 ${randomUUID()}`
  await certified(request, { ...anItem(), preEnrollmentCode: code })
  const pdf = await get(request, `/certificate/api/certificatePDF/${encodeURIComponent(code)}`)
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
})

test('a repeated request with its Idempotency-Key gets the same bytes', async ({ request }) => {
  const sent = { headers: { ...AUTHORIZED, 'Idempotency-Key': randomUUID() }, data: [anItem()] }
  const first = await request.post('/v3/certify', sent)
  const again = await request.post('/v3/certify', sent)
  expect([first.status(), again.status()]).toEqual([200, 200])
  expect(await again.text()).toBe(await first.text())
})

test('a page that is no number is refused by its name', async ({ request }) => {
  const { certificateId } = await certified(request)
  for (const page of ['0', 'abc']) {
    const answer = await get(request, `/v3/certificates/${certificateId}.page.svg?page=${page}`)
    expect(answer.status()).toBe(400)
    expect((await answer.json()).message).toMatch(/^page must be /)
  }
  expect((await get(request, `/v3/certificates/${certificateId}.page.svg?page=1`)).status()).toBe(200)
})
