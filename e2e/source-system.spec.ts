/** A source system's walk over the API: certify, update, the PDF, and what verifiers hear. */
import { anItem, certified, expect, get, test, updated, verifierAnswer } from './journey'

test('certify, update, PDF: the old number verifies as replaced at once', async ({ request }) => {
  const { item, certificateId, code } = await certified(request, anItem())
  expect(await verifierAnswer(request, certificateId)).toBe(404)
  const fresh = await updated(request, { ...item, recipient: { ...item.recipient, name: 'Saraswathy T K' } })
  expect(await verifierAnswer(request, certificateId)).toBe(200)
  expect(await verifierAnswer(request, fresh)).toBe(404)

  const found = await (await get(request, `/v3/certificates?preEnrollmentCode=${code}`)).json()
  expect(found.lineages[0]).toMatchObject({ updatesUsed: 1, updatesRemaining: 4, current: { certificateId: fresh } })

  const pdf = await get(request, `/certificate/api/certificatePDF/${code}`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('nobody reads a certificate without a token or a session', async ({ request }) => {
  const { certificateId } = await certified(request)
  expect((await request.get(`/v3/certificates/${certificateId}`)).status()).toBe(401)
  expect((await request.get(`/v3/certificates/${certificateId}.pdf`)).status()).toBe(401)
})
