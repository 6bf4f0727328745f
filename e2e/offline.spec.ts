/** A verifier without a connection: the device is made ready, then checks with what it keeps, and says how old that is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test'
import { anItem, certified, expect, get, issued, signIn, test, updated } from './journey'
import { OPERATOR, ADDRESS, TOKEN } from './product'
import { shot } from './shot'
import { sound } from './sound'

const NAME = 'Sarasvathy T K'

type Credential = ReturnType<typeof JSON.parse>

const signedText = async (request: APIRequestContext, id: string) =>
  (await get(request, `/v3/certificates/${id}.jsonld`)).text()

function changed(text: string, change: (credential: Credential) => void): string {
  const credential = JSON.parse(text)
  change(credential)
  return JSON.stringify(credential)
}

/** Revokes, suspends or lifts as a source system does. */
async function changeStatus(
  request: APIRequestContext,
  id: string,
  action: 'revoke' | 'suspend' | 'lift',
  body: object,
): Promise<void> {
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const answer = await request.post(`/v3/certificates/${id}/${action}`, { headers, data: body })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Waits until the published list says this of a number. */
async function listed(request: APIRequestContext, id: string, state: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const index = await (await request.get('/v3/revocation-list')).json()
        const last = await request.get(`/v3/revocation-list/pages/${index.pages.at(-1).page}`, {
          headers: { accept: 'application/json' },
        })
        const { entries } = await last.json()
        return entries.findLast(([number]: string[]) => number === id)?.[1]
      },
      { intervals: [500, 1000, 2000], timeout: 60_000 },
    )
    .toBe(state)
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

async function expectVerdict(page: Page, word: string, code: string): Promise<void> {
  const result = page.locator('[data-verdict]')
  await expect(result.getByRole('heading', { name: word, exact: true })).toBeVisible()
  await expect(result.getByText(`code ${code}`)).toBeVisible()
}

/** Pastes, compares, goes on. */
async function check(page: Page, text: string, word: string, code: string, sentence?: RegExp): Promise<void> {
  await paste(page, text)
  await expectVerdict(page, word, code)
  if (sentence) await expect(page.locator('[data-verdict]').getByText(sentence)).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.locator('[data-verdict]')).toHaveCount(0)
}

async function toVerify(page: Page): Promise<void> {
  await page.goto('/verify')
  await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
}

async function makeReady(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Get ready for offline' }).click()
  await expect(page.getByText('This device is ready to check without a connection.')).toBeVisible({ timeout: 60_000 })
}

/** Everything that the page and its worker send, as "METHOD path body". */
function recorded(context: BrowserContext): string[] {
  const sent: string[] = []
  context.on('request', (request) => {
    if (/^(blob|data):/.test(request.url())) return
    sent.push(
      `${request.method()} ${decodeURIComponent(request.url().replace(ADDRESS, ''))} ${request.postData() ?? ''}`,
    )
  })
  return sent
}

/** A test result: what its credential says is read with words that the page did not come with. */
async function testResult(request: APIRequestContext): Promise<string> {
  const { preEnrollmentCode, recipient } = anItem(NAME)
  const testDetails = {
    ...{ disease: 'COVID-19', testType: 'RT-PCR', testName: 'TaqPath', sampleOrigin: 'Nasopharyngeal swab' },
    ...{ sampleCollectionTimestamp: '2021-07-05T08:20:00Z', resultTimestamp: '2021-07-05T19:45:00Z' },
    result: 'Negative',
  }
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const data = [{ preEnrollmentCode, recipient, testDetails, facility: { name: 'MOH Gothatuwa' } }]
  const answer = await request.post('/v1/test/certify', { headers, data })
  expect(answer.status(), await answer.text()).toBe(200)
  const { results } = await answer.json()
  await issued(request, results[0].transactionId)
  return signedText(request, results[0].certificateId)
}

test.describe('a device that was made ready', () => {
  test('checks without a connection after the page was loaded again, and is brought up to date with one', async ({
    page,
    context,
    request,
  }) => {
    const [valid, replaced, cancelled, suspended, over] = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const person = await certified(request, anItem(NAME))
        return { ...person, text: await signedText(request, person.certificateId) }
      }),
    )
    await updated(request, { ...replaced!.item, facility: { name: 'Maharagama MOH Office' } })
    await changeStatus(request, cancelled!.certificateId, 'revoke', { reason: { cause: 'fraud', note: 'secret' } })
    await changeStatus(request, suspended!.certificateId, 'suspend', {
      reason: { cause: 'other' },
      until: '2099-01-01T00:00:00Z',
    })
    await changeStatus(request, over!.certificateId, 'suspend', { reason: { cause: 'other' } })
    await changeStatus(request, over!.certificateId, 'lift', { reason: { cause: 'other' } })
    for (const [person, state] of [
      [replaced!, 'superseded'],
      [cancelled!, 'revoked'],
      [suspended!, 'suspended'],
      [over!, 'current'],
    ] as const) {
      await listed(request, person.certificateId, state)
    }

    const result = await testResult(request)
    const sent = recorded(context)
    await toVerify(page)
    await expect(page.getByText('Connected: the registry is asked about every certificate.')).toBeVisible()
    await expect(page.getByText('No list of replaced and cancelled certificates is kept')).toBeVisible()
    await shot(page, 'offline-not-ready')
    await makeReady(page)
    await expect(page.getByText(/List of replaced and cancelled certificates: .*old\)/)).toBeVisible()
    await shot(page, 'offline-ready')

    await context.setOffline(true)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
    await expect(page.getByText('No connection to the registry.')).toBeVisible()
    await shot(page, 'offline-start')
    await paste(page, valid!.text)
    await expectVerdict(page, 'Could not check', '16')
    await expect(page.getByText(/Genuine, and not among the replaced, cancelled or suspended/)).toBeVisible()
    await expect(page.getByText(NAME)).toBeVisible()
    await shot(page, 'offline-not-in-list')
    await page.keyboard.press('Space')
    await check(page, over!.text, 'Could not check', '16')
    // Of any type in force: what its words mean is kept as well.
    await paste(page, result)
    await expectVerdict(page, 'Could not check', '16')
    await expect(page.getByText(/Genuine, and not among the replaced, cancelled or suspended/)).toBeVisible()
    await expect(page.locator('[data-verdict]').getByText('Negative')).toBeVisible()
    await page.keyboard.press('Space')
    await paste(page, result.replace('"Negative"', '"Positive"'))
    await expectVerdict(page, 'Could not check', '17')
    await page.keyboard.press('Space')
    await check(page, cancelled!.text, 'Cancelled', '03', /because of fraud/)
    await check(page, suspended!.text, 'Suspended', '04', /This stands in the list of/)
    await paste(page, replaced!.text)
    await expectVerdict(page, 'Replaced', '02')
    await expect(page.getByText(/The registry did not answer. This stands in the list of .*old\)/)).toBeVisible()
    await shot(page, 'offline-replaced')
    await page.keyboard.press('Space')

    // What nobody may see: the person on a forgery, whatever is in the way of knowing that it is one.
    await paste(
      page,
      changed(valid!.text, ({ credentialSubject }) => (credentialSubject.name = 'Somebody Else')),
    )
    await expectVerdict(page, 'Could not check', '17')
    expect(await page.locator('main').innerText()).not.toMatch(/Somebody|1957|Covishield/)
    await page.keyboard.press('Space')

    // The reader of pictures and that of PDFs are kept too.
    for (const extension of ['png', 'pdf'] as const) {
      const buffer = await (await get(request, `/v3/certificates/${replaced!.certificateId}.${extension}`)).body()
      const mimeType = extension === 'png' ? 'image/png' : 'application/pdf'
      await page.locator('input[type="file"]').setInputFiles({ name: `old.${extension}`, mimeType, buffer })
      await expectVerdict(page, 'Replaced', '02')
      await page.keyboard.press('Space')
    }

    // With a connection again the registry answers, and the list takes what is new, and only that.
    await updated(request, { ...valid!.item, facility: { name: 'Maharagama MOH Office' } })
    await listed(request, valid!.certificateId, 'superseded')
    await context.setOffline(false)
    await expect(page.getByText('Connected: the registry is asked about every certificate.')).toBeVisible()
    await page.getByRole('button', { name: 'Update now' }).click()
    await expect(page.getByText('This device is ready to check without a connection.')).toBeVisible()
    await check(page, cancelled!.text, 'Cancelled', '03')
    await context.setOffline(true)
    await page.reload()
    await expect(page.getByText('No connection to the registry.')).toBeVisible()
    await check(page, valid!.text, 'Replaced', '02')

    // Nothing of a certificate but its number ever left, and no number while there was a list alone.
    const mine = sent.filter((one) => !/\/(parts|_next\/static)\//.test(one))
    const allowed = [
      /^GET \/verify $/,
      /^GET \/verify\/(worker\.js|app\.webmanifest) $/,
      /^GET \/\.well-known\/did\.json $/,
      /^GET \/v3\/trusted-issuers $/,
      /^GET \/contexts\/[\w/-]+ $/,
      /^GET \/v3\/revocation-list\/pages\/\d+ $/,
      /^GET \/v3\/certificates\/\d+\/status $/,
    ]
    expect(mine.filter((one) => !allowed.some((shape) => shape.test(one)))).toEqual([])
    expect(mine.join('\n')).not.toContain(suspended!.certificateId)
    expect(mine.some((one) => one.includes('/revocation-list/pages/'))).toBe(true)

    await context.setOffline(false)
    await page.reload()
    await page.getByRole('button', { name: 'Remove from this device' }).click()
    await expect(page.getByRole('button', { name: 'Get ready for offline' })).toBeVisible()
    expect(
      await page.evaluate(async () => [
        (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length,
      ]),
    ).toEqual([0, 0])
  })

  test('says when its list is too old, when its clock is wrong, and what is in the way of keeping anything', async ({
    page,
    context,
    request,
    browser,
  }) => {
    const person = await certified(request, anItem(NAME))
    const text = await signedText(request, person.certificateId)
    await toVerify(page)
    await makeReady(page)
    await context.setOffline(true)
    await page.clock.setFixedTime(new Date(Date.now() + 50 * 60 * 60 * 1000))
    await page.reload()
    await expect(page.getByText('This list is too old: there is a newer one.')).toBeVisible()
    await paste(page, text)
    await expectVerdict(page, 'Could not check', '16')
    await expect(page.getByText(/\(2 days old\)/)).toBeVisible()
    await expect(page.getByText('This list is too old to be relied on')).toBeVisible()
    await shot(page, 'offline-too-old')
    await page.clock.setFixedTime(new Date(Date.now() - 60 * 60 * 1000))
    await page.reload()
    await expect(page.getByText('The clock of this device is wrong.')).toBeVisible()

    const troubles: [string, RegExp][] = [
      [
        `Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined }); delete Navigator.prototype.serviceWorker`,
        /cannot keep pages/,
      ],
      [
        `IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') }`,
        /keeps nothing here, as in private windows/,
      ],
      [`IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }`, /no room left/],
    ]
    for (const [script, sentence] of troubles) {
      const other = await browser.newContext({ baseURL: ADDRESS, locale: 'en-GB' })
      await other.addInitScript(script)
      const window = await other.newPage()
      await toVerify(window)
      await window.getByRole('button', { name: 'Get ready for offline' }).click()
      await expect(window.getByRole('alert').getByText(sentence)).toBeVisible({ timeout: 60_000 })
      await paste(window, text)
      await expectVerdict(window, 'Valid', '01')
      await other.close()
    }
  })

  test('speaks the language that was chosen last, on a phone in the dark, and axe finds nothing', async ({
    browser,
    request,
  }) => {
    const person = await certified(request, anItem(NAME))
    const context = await browser.newContext({
      baseURL: ADDRESS,
      locale: 'ar',
      colorScheme: 'dark',
      viewport: { width: 360, height: 740 },
    })
    const page = await context.newPage()
    await page.goto('/verify')
    await page.getByRole('button', { name: 'التجهيز للعمل بدون اتصال' }).click()
    await expect(page.getByText('هذا الجهاز جاهز للتحقق بدون اتصال.')).toBeVisible({ timeout: 60_000 })
    await sound(page, 'ready in Arabic')
    await context.setOffline(true)
    await page.reload()
    await expect(page.getByText('لا يوجد اتصال بالسجل.')).toBeVisible()
    await shot(page, 'offline-start-arabic')
    await paste(page, await signedText(request, person.certificateId))
    await expect(page.getByRole('heading', { name: 'تعذّر التحقق' })).toBeVisible()
    await sound(page, 'by the list, in Arabic')
    await shot(page, 'offline-not-in-list-arabic')
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'English' }).click()
    await page.reload()
    await expect(page.getByText('No connection to the registry.')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
    await expect(page).toHaveTitle(/^Check a certificate/)
    await context.close()
  })
})

test('a certificate that is suspended, lifted and cancelled through the API is told as that, at once', async ({
  page,
  request,
}) => {
  const person = await certified(request, anItem(NAME))
  const text = await signedText(request, person.certificateId)
  const { certificateId: id } = person
  await toVerify(page)
  await check(page, text, 'Valid', '01')
  await changeStatus(request, id, 'suspend', { reason: { cause: 'other' }, until: '2099-06-01T00:00:00Z' })
  await paste(page, text)
  await expectVerdict(page, 'Suspended', '04')
  await expect(page.getByText(/Genuine, but suspended from .* until .*1 Jun 2099/)).toBeVisible()
  await shot(page, 'verify-suspended')
  await page.keyboard.press('Space')
  // Its end is over a moment later: then it counts again, though nobody has lifted it.
  await changeStatus(request, id, 'suspend', {
    reason: { cause: 'other' },
    until: new Date(Date.now() + 1500).toISOString(),
  })
  await expect
    .poll(async () => (await (await request.get(`/v3/certificates/${id}/status`)).json()).state, { timeout: 10_000 })
    .toBe('current')
  await check(page, text, 'Valid', '01')
  await changeStatus(request, id, 'revoke', { reason: { cause: 'recall', note: 'nobody reads this' } })
  await paste(page, text)
  await expectVerdict(page, 'Cancelled', '03')
  await expect(page.getByText(/Genuine, but cancelled on .* because of a recall/)).toBeVisible()
  expect(await page.locator('main').innerText()).not.toContain('nobody reads this')
  await shot(page, 'verify-cancelled')
})

test('an issuer that an administrator trusts: its certificates are genuine, until it is disabled', async ({
  page,
  context,
}) => {
  const vectors = join(import.meta.dirname, '..', 'lib', 'testing', 'vectors')
  const signed = readFileSync(join(vectors, 'ascii.lk.rsa.signed.json'), 'utf8')
  const pem = readFileSync(join(vectors, 'rsa2048.public.pem'), 'utf8')
  const did = 'did:india'
  const document = { id: did, verificationMethod: [{ id: did, type: 'RsaVerificationKey2018', publicKeyPem: pem }] }
  await signIn(page, OPERATOR, '/administration/trust/new')
  await sound(page, 'trusting an issuer', 'main')
  const keys = page.getByLabel('Public key')
  await page.getByLabel('Issuer', { exact: true }).fill('Ministry of Health, Vectoria')

  // A private key is named as one, and not sent.
  const bodies: string[] = []
  context.on('request', (request) => bodies.push(request.postData() ?? ''))
  await keys.fill(readFileSync(join(vectors, 'rsa2048.private.pem'), 'utf8'))
  await expect(page.getByText(/This holds a private key/)).toBeVisible()
  await page.getByRole('button', { name: 'Trust this key' }).click()
  await expect(page.getByRole('alert').getByText(/This holds a private key/)).toBeVisible()
  await shot(page, 'trust-private-key')
  expect(bodies.join('')).not.toContain('PRIVATE KEY')

  await keys.fill(JSON.stringify(document, null, 2))
  await expect(page.getByText('One key was found')).toBeVisible()
  await expect(page.getByText(did, { exact: true })).toBeVisible()
  await shot(page, 'trust-new')
  await page.getByRole('button', { name: 'Trust this key' }).click()
  const done = page.getByText('Ministry of Health, Vectoria is trusted now.')
  const known = page.getByText(/in the list already/).first()
  await expect(done.or(known)).toBeVisible()
  await page.goto('/administration/trust')
  await page.getByRole('link', { name: 'Ministry of Health, Vectoria' }).click()
  const enable = page.getByRole('button', { name: 'Enable' })
  await expect(page.getByRole('button', { name: /^(Enable|Disable)$/ })).toBeVisible()
  if (await enable.isVisible()) await enable.click()
  await expect(page.getByRole('button', { name: 'Disable' })).toBeVisible()
  await sound(page, 'a trusted issuer', 'main')
  await shot(page, 'trust-issuer')
  await page.goto('/administration/trust')
  await sound(page, 'the trust list', 'main')
  await shot(page, 'trust-list')

  const verifier = await context.newPage()
  await toVerify(verifier)
  await paste(verifier, signed)
  await expectVerdict(verifier, 'Genuine', '15')
  await expect(
    verifier.getByText(/Signed by .*Vectoria.*whose key .* trusts. We could not check whether/),
  ).toBeVisible()
  await shot(verifier, 'verify-trusted')
  await verifier.close()

  await page.getByRole('link', { name: 'Ministry of Health, Vectoria' }).click()
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Ministry of Health, Vectoria is not trusted any more.')).toBeVisible()
  // Browsers keep the list for a minute: this one never had it.
  const later = await (await page.context().browser()!.newContext({ baseURL: ADDRESS, locale: 'en-GB' })).newPage()
  await toVerify(later)
  await paste(later, signed)
  await expectVerdict(later, 'Not genuine', '05')
  await expect(later.getByText('Bhaya Mitra')).toHaveCount(0)
  await later.context().close()
})
