/** A source system is told what happens: registered, tested, a failure seen and sent again. The receiver is a server of this journey. */
import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { certified, expect, signIn, test } from './journey'
import { OPERATOR, stopWebhook } from './product'
import { shot } from './shot'
import { sound } from './sound'

interface Got {
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** What a receiver checks, as Standard Webhooks says. */
function isSigned({ headers, body }: Got, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

test('a receiver is registered, tested, misses a message, and gets it again', async ({ page, request }) => {
  const got: Got[] = []
  let status = 204
  const receiver = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => {
      got.push({ headers: asked.headers, body: Buffer.concat(parts).toString('utf8') })
      answer.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/errata`
  try {
    const name = `Hospital system ${randomBytes(4).toString('hex')}`
    await signIn(page, OPERATOR, '/administration/clients/new')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('radio', { name: 'All facilities' }).check()
    await page.getByRole('button', { name: 'Add the client' }).click()
    await expect(page.getByRole('heading', { name: `${name} was added` })).toBeVisible()
    await page.goto('/administration/clients')
    await page.getByLabel('Find an API client').fill(name)
    await page.getByRole('link', { name }).click()
    await expect(page.getByText('None yet.')).toBeVisible()
    await page.getByRole('link', { name: 'Add a webhook' }).click()

    await page.getByLabel('Address').fill('http://hospital.example/hooks')
    await page.getByRole('button', { name: 'Add the webhook' }).click()
    await expect(page.getByRole('alert').first()).toContainText('must begin with https://')
    await shot(page, 'webhook-new')
    await sound(page, 'new webhook')
    await page.getByLabel('Address').fill(url)
    await page.getByRole('button', { name: 'Add the webhook' }).click()
    const secret = (await page.locator('output').textContent())!
    expect(secret).toMatch(/^whsec_/)
    await shot(page, 'webhook-secret')
    await page.getByRole('link', { name: 'To the webhook' }).click()

    await page.getByRole('button', { name: 'Send a test message' }).click()
    const messages = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
    // What happens in other journeys is told here, too.
    const trial = messages.filter({ hasText: 'Test message' }).first()
    const trials = () => got.filter(({ body }) => JSON.parse(body).type === 'webhook.test')
    await expect(trial).toContainText('Arrived')
    await expect(trial).toContainText('answered 204')
    expect(isSigned(trials()[0]!, secret)).toBe(true)

    status = 500
    await page.getByRole('button', { name: 'Send a test message' }).click()
    await expect(trial).toContainText('Failed')
    await expect(trial).toContainText('It answered 500.')
    await expect(page.getByText('Nothing has arrived since')).toBeVisible()
    const { certificateId } = await certified(request)
    const missed = messages.filter({ hasText: certificateId })
    await expect(missed).toContainText('It answered 500.')
    await shot(page, 'webhook-failing')
    await sound(page, 'failing webhook')

    status = 200
    const failed = messages.filter({ hasText: 'Test message' }).filter({ hasText: 'Failed' })
    await failed.getByRole('button', { name: 'Send again' }).click()
    await expect(failed).toHaveCount(0)
    // The message waits for its turn first, and does so without being one that failed.
    const again = () => got.filter(({ headers }) => headers['webhook-id'] === trials()[1]!.headers['webhook-id'])
    await expect.poll(() => again().length, { timeout: 30_000 }).toBeGreaterThan(1)
    // What waits is tried again by itself.
    await expect(missed).toContainText('Arrived', { timeout: 30_000 })
    const told = got.map(({ body }) => JSON.parse(body)).find(({ data }) => data.certificateId === certificateId)
    expect(told).toMatchObject({ type: 'certificate.issued', data: { status: 'SUCCESSFUL' } })
    await expect(page.getByText('Arrives', { exact: true })).toBeVisible()
    await page.evaluate(() => scrollTo(0, 0))
    await shot(page, 'webhook')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(() => scrollTo(0, 0))
    await shot(page, 'webhook-phone')
    await sound(page, 'webhook on a phone')

    await stopWebhook(url)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto('/today')
    await expect(page.getByText('webhook stopped')).toBeVisible()
    await shot(page, 'webhook-stopped-today')
    await page.getByRole('link', { name }).click()
    await expect(page.getByText('nothing had arrived for days')).toBeVisible()
    await shot(page, 'webhook-stopped')
    await page.getByRole('button', { name: 'Switch on again' }).click()
    await expect(page.getByText('Arrives', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('None yet.')).toBeVisible()
  } finally {
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
  }
})
