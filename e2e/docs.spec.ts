/** The developers' documentation: find an endpoint, try it with a token, take it away as a command, see what was refused. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { runShell } from '../lib/testing/shell'
import { anItem, expect, signIn, test } from './journey'
import { OPERATOR, ADDRESS, TOKEN } from './product'
import { shot } from './shot'
import { fits, sound } from './sound'

/** The token of a new client, given by an administrator. */
async function aClient(browser: Browser, sandbox: boolean): Promise<{ clientId: string; name: string; token: string }> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page)
  const name = `Hospital system ${randomBytes(3).toString('hex')}`
  const answer = await page.request.post('/v3/clients', {
    headers: { origin: ADDRESS },
    data: { name, facilityCode: null, batch: 'all', sandbox, ratePerMinute: null },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  const { token, client } = await answer.json()
  await page.context().close()
  return { clientId: client.clientId, name, token }
}

async function useToken(page: Page, token: string): Promise<void> {
  await page.getByLabel('Access token', { exact: true }).first().fill(token)
  await page.getByRole('button', { name: 'Use this token' }).first().click()
}

async function goTo(page: Page, topic: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: topic, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: topic })).toBeVisible()
}

/** What stands in the clipboard. */
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test.describe('trying an endpoint', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('with the token of a sandbox client: certified from the page, then again from a shell', async ({
    page,
    browser,
  }) => {
    const { name, token } = await aClient(browser, true)
    await page.goto('/docs')
    await useToken(page, token)
    await expect(page.getByText(`The token of ${name}`)).toBeVisible()
    await expect(page.getByText('What you send makes test certificates only.')).toBeVisible()
    await shot(page, 'docs-token-sandbox')
    await goTo(page, 'Certify and update')
    await page.getByRole('button', { name: 'Try it: Certify vaccinations' }).click()
    const panel = page.getByRole('group', { name: 'Try it: Certify vaccinations' })
    const item = anItem(`O'Brien "$HOME" \`x\``)
    await panel.getByLabel('Body (JSON)').fill(JSON.stringify([item], null, 2))
    await panel.getByLabel('prefer').fill('wait=20')
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    const answer = panel.getByRole('group', { name: 'Answer' })
    await expect(answer).toContainText('"state": "issued"', { timeout: 30_000 })
    await expect(panel.getByText('200 Done')).toBeVisible()
    await expect(panel.getByText(/^\d[\d,]* ms$/)).toBeVisible()
    await panel.getByText(/^\d+ headers$/).click()
    await expect(panel.getByRole('group', { name: /headers$/ })).toContainText('preference-applied: wait')
    await panel.getByRole('button', { name: 'Copy the request id' }).click()
    expect(await copied(page)).toMatch(/^[0-9a-f-]{36}$/)
    await shot(page, 'docs-try-it')

    await panel.getByRole('button', { name: 'Copy as curl' }).click()
    const command = await copied(page)
    expect(command).not.toContain(token)
    const folder = mkdtempSync(join(tmpdir(), 'errata-docs-'))
    const { output, errors, code } = await runShell(command, { folder, env: { ERRATA_TOKEN: token } })
    expect([code, errors]).toEqual([0, ''])
    const [result] = JSON.parse(output).results
    expect(result).toMatchObject({
      status: 'already_certified',
      preEnrollmentCode: item.preEnrollmentCode,
      state: 'issued',
    })

    await panel.getByRole('checkbox', { name: 'Write the token itself into what is copied' }).check()
    await panel.getByRole('button', { name: 'Copy as curl' }).click()
    expect(await copied(page)).toContain(token)
  })

  test('a page comes as a file, a QR code as a picture', async ({ page, browser, request }) => {
    const { token } = await aClient(browser, true)
    const headers = { Authorization: `Bearer ${token}`, Prefer: 'wait=20' }
    const certified = await request.post('/v3/certify', { headers, data: [anItem()] })
    const { certificateId } = (await certified.json()).results[0]
    await page.goto('/docs/read-certificates')
    await page.getByRole('button', { name: 'Try it: One certificate in the form that Accept asks for' }).click()
    const panel = page.getByRole('group', { name: 'Try it: One certificate in the form that Accept asks for' })
    await useToken(page, token)
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(panel.getByRole('alert')).toHaveText('Fill in certificateId')
    await panel.getByRole('textbox', { name: 'certificateId' }).fill(certificateId)
    await panel.getByRole('combobox', { name: 'Answer as' }).selectOption('image/png')
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(panel.getByRole('img', { name: 'The picture that was answered' })).toBeVisible()
    await panel.getByRole('combobox', { name: 'Answer as' }).selectOption('application/pdf')
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(panel.getByText('200 Done')).toBeVisible()
    const download = page.waitForEvent('download')
    await panel.getByRole('link', { name: 'Save the file' }).click()
    expect((await download).suggestedFilename()).toBe('answer.pdf')
  })

  test('what anyone may ask needs no token', async ({ page }) => {
    await page.goto('/docs/verify')
    await page.getByRole('button', { name: 'Try it: Was this certificate replaced or revoked?' }).click()
    const panel = page.getByRole('group', { name: 'Try it: Was this certificate replaced or revoked?' })
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(panel.getByText('404 Refused')).toBeVisible()
    await expect(panel.getByRole('group', { name: 'Answer' })).toContainText('NOT_REVOKED')
  })
})

test.describe('the token', () => {
  test('of a client that makes real certificates is warned about before anything is sent', async ({ page }) => {
    await page.goto('/docs')
    await useToken(page, TOKEN)
    await expect(page.getByText('This is not the token of a sandbox client.')).toBeVisible()
    await shot(page, 'docs-token-real')
    await goTo(page, 'Certify and update')
    await page.getByRole('button', { name: 'Try it: Certify vaccinations' }).click()
    await expect(page.getByRole('button', { name: 'Send for real' })).toBeVisible()
    await shot(page, 'docs-try-it-real')
  })

  test('is refused with a sentence, and is nowhere after a reload', async ({ page, browser }) => {
    const { token } = await aClient(browser, true)
    await page.goto('/docs')
    await useToken(page, 'errata_not-a-token')
    await expect(page.getByRole('alert').first()).toHaveText('This access token is not valid.')
    await useToken(page, token)
    await expect(page.getByText('What you send makes test certificates only.')).toBeVisible()
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(kept).not.toContain(token)
    expect(await page.content()).not.toContain(token)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Use this token' }).first()).toBeVisible()
    await expect(page.getByLabel('Access token', { exact: true }).first()).toHaveValue('')
  })
})

test('an endpoint is found by word, path and refusal code, with the keyboard alone', async ({ page }) => {
  await page.goto('/docs')
  const field = page.getByRole('searchbox', { name: 'Find an endpoint' })
  await expect(field).toBeEnabled()
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.type('stale_version')
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await expect(contents.getByRole('link', { name: /^Update certificates PUT$/ }).first()).toBeVisible()
  await expect(contents.getByRole('link', { name: /^Certify vaccinations POST$/ })).toHaveCount(0)
  await shot(page, 'docs-find')
  await page.keyboard.press('Enter')
  await page.waitForURL('/docs/certify-and-update#updateCertificates')
  await expect(page.getByRole('heading', { level: 2, name: 'Update certificates', exact: true })).toBeInViewport()
  await field.fill('nothing-like-this')
  await expect(contents.getByRole('status')).toHaveText('Nothing has this in it.')
})

test('the last calls: the developer sees them with the token, the administrator on a screen', async ({
  page,
  browser,
  request,
}) => {
  const { clientId, name, token } = await aClient(browser, true)
  const headers = { Authorization: `Bearer ${token}` }
  await request.get('/v3/certificates?preEnrollmentCode=x', { headers })
  const wrong = { ...anItem(), recipient: { name: 'Hidden Person' } }
  const refused = await request.post('/v3/certify', { headers, data: [wrong] })
  const id = refused.headers()['x-request-id']!
  await page.goto('/docs#calls')
  await useToken(page, token)
  const list = page.locator('#calls')
  await expect(list.getByRole('listitem').first()).toContainText('/v3/certify')
  await list.getByText(/^\d+ reasons$/).click()
  await expect(list.getByText('/recipient/nationality')).toBeVisible()
  await expect(list).not.toContainText('Hidden')
  await shot(page, 'docs-calls')

  const administrator = await (await browser.newContext()).newPage()
  await signIn(administrator, OPERATOR, `/administration/clients/${clientId}`)
  await administrator.getByRole('link', { name: 'Show the last calls' }).click()
  await expect(administrator.getByRole('heading', { level: 1, name: 'The last calls' })).toBeVisible()
  await expect(administrator.getByText(id)).toBeVisible()
  await expect(administrator.getByRole('status').filter({ hasText: 'calls' })).toHaveText('2 calls')
  await administrator.getByRole('checkbox', { name: 'Only what was refused or failed' }).check()
  await expect(administrator.getByRole('status').filter({ hasText: 'call' })).toHaveText('1 call')
  await expect(administrator.getByText(`Copy the request id ${id}`)).toHaveCount(0)
  await expect(administrator.getByRole('button', { name: `Copy the request id ${id}` })).toBeVisible()
  // New ones appear by themselves.
  await request.get('/v3/transactions/none', { headers })
  await expect(administrator.getByText('TRANSACTION_NOT_FOUND')).toBeVisible()
  await expect(administrator.getByText(name).first()).toBeVisible()
  await shot(administrator, 'administration-calls')
  await administrator.context().close()
})

test('on paper only what is to be read is printed', async ({ page }) => {
  await page.goto('/docs/certify-and-update')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Contents' })).toBeHidden()
  await expect(page.getByRole('button', { name: /^Try it/ }).first()).toBeHidden()
  await expect(page.getByRole('table', { name: 'Body' }).first()).toBeVisible()
  await shot(page, 'docs-print')
})

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme })

      test('every page of the documentation', async ({ page, browser }) => {
        test.setTimeout(240_000)
        const { clientId, token } = await aClient(browser, false)
        await page.goto('/docs')
        await expect(page.getByRole('button', { name: 'Use this token' }).first()).toBeEnabled()
        await sound(page, 'start')
        await shot(page, `docs-start-${size}-${colorScheme}`)
        await useToken(page, token)
        await expect(page.getByText('This is not the token of a sandbox client.')).toBeVisible()
        await sound(page, 'start with a token')
        if (size === 'phone') await page.getByRole('button', { name: 'Show the contents' }).click()
        await sound(page, 'contents')
        if (size === 'phone') await shot(page, `docs-contents-${colorScheme}`)
        await goTo(page, 'Certify and update')
        await sound(page, 'topic')
        await page.getByRole('button', { name: 'Try it: Where an accepted item stands' }).click()
        const panel = page.getByRole('group', { name: 'Try it: Where an accepted item stands' })
        await panel.getByRole('textbox', { name: 'transactionId' }).fill('none')
        await panel.getByRole('button', { name: 'Send', exact: true }).click()
        await expect(panel.getByText('404 Refused')).toBeVisible()
        await panel.getByText(/^\d+ headers$/).click()
        await sound(page, 'try it')
        await panel.scrollIntoViewIfNeeded()
        await page.screenshot({ path: `e2e/results/screens/docs-panel-${size}-${colorScheme}.png` })
        for (const path of ['answers', 'read-certificates', 'as-divoc', 'administration']) {
          await page.goto(`/docs/${path}`)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          // Topics are built of the parts of the one scanned above, in the same colours: their length is what differs.
          await (path === 'answers' && size === 'desk' ? sound(page, path) : fits(page, path))
          await shot(page, `docs-${path}-${size}-${colorScheme}`)
        }
        await signIn(page, OPERATOR, `/administration/clients/${clientId}/calls`)
        await expect(page.getByText('TRANSACTION_NOT_FOUND')).toBeVisible()
        await sound(page, 'last calls')
        await shot(page, `calls-${size}-${colorScheme}`)
      })
    })
  }
}
