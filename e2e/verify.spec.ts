/** Anybody checks a certificate: by camera, picture, PDF and clipboard; every verdict; and nothing personal leaves the device. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type APIRequestContext, type Page } from '@playwright/test'
import { packCredential, qrValue } from '../lib/rendering/zip'
import { filmOf } from './camera-picture'
import { anItem, certified, expect, get, signIn, test, updated, type Person } from './journey'
import { ADDRESS } from './product'
import { scriptSize } from './script-size'
import { shot } from './shot'
import { sound } from './sound'

const NAME = 'Sarasvathy T K'

type Credential = ReturnType<typeof JSON.parse>

/** The credential of a certificate exactly as signed. */
async function signedText(request: APIRequestContext, certificateId: string): Promise<string> {
  return (await get(request, `/v3/certificates/${certificateId}.jsonld`)).text()
}

async function fileOf(request: APIRequestContext, certificateId: string, extension: 'pdf' | 'png') {
  const buffer = await (await get(request, `/v3/certificates/${certificateId}.${extension}`)).body()
  const mimeType = extension === 'pdf' ? 'application/pdf' : 'image/png'
  return { name: `certificate.${extension}`, mimeType, buffer }
}

async function toVerify(page: Page): Promise<void> {
  await page.goto('/verify')
  await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
}

/** Opens a file in the scanner. */
async function upload(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(file)
}

/** Pastes a text as a person does with Ctrl+V. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

async function expectVerdict(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('status').getByRole('heading', { name: word, exact: true })).toBeVisible()
}

/** A PDF that asks for a password. */
function lockedPdf(): Buffer {
  const key = 'ab'.repeat(32)
  return Buffer.from(`%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<${key}>/U<${key}>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<aa><aa>]>>
%%EOF`)
}

/** A browser of its own, whose camera shows this film; without one a picture that holds no code. */
async function withCamera(film: string | null, look: (page: Page) => Promise<void>): Promise<void> {
  const { launchOptions } = test.info().project.use
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const shown = film === null ? [] : [`--use-file-for-fake-video-capture=${film}`]
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), ...camera, ...shown],
  })
  try {
    await look(await browser.newPage({ baseURL: ADDRESS, locale: 'en-GB', viewport: { width: 390, height: 844 } }))
  } finally {
    await browser.close()
  }
}

function changed(text: string, change: (credential: Credential) => void): string {
  const credential = JSON.parse(text)
  change(credential)
  return JSON.stringify(credential)
}

test.describe('what a verifier sees', () => {
  let person: Person
  let signed: string

  test.beforeAll(async ({ request }) => {
    person = await certified(request, anItem(NAME))
    signed = await signedText(request, person.certificateId)
  })

  test('the picture and the PDF that our API makes are valid, and nothing personal is sent anywhere', async ({
    page,
    request,
  }) => {
    const asked: string[] = []
    page.on('request', (sent) => {
      asked.push(`${sent.method()} ${sent.url()}`)
      expect(sent.postData(), sent.url()).toBeNull()
    })
    await toVerify(page)
    await shot(page, 'verify-start')
    for (const extension of ['png', 'pdf'] as const) {
      await upload(page, await fileOf(request, person.certificateId, extension))
      await expectVerdict(page, 'Valid')
      const result = page.getByRole('status')
      await expect(result.getByText(NAME)).toBeVisible()
      await expect(result.getByText('30 Jan 1957')).toBeVisible()
      await expect(result.getByText('Covishield')).toBeVisible()
      await expect(result.getByText('Compare with a photo ID.')).toBeVisible()
      await expect(result.getByText('code 01')).toBeVisible()
      if (extension === 'png') await shot(page, 'verify-valid')
      await page.getByRole('button', { name: /^Check the next certificate/ }).click()
      await expect(page.getByText(NAME)).toHaveCount(0)
    }
    // Nothing but the page, its own static files, the issuer's keys, and the state by certificate number.
    const allowed = [
      /^GET \/verify$/,
      /^GET \/parts\//,
      /^GET \/_next\/static\/media\/icon/,
      /^GET \/(icon|favicon|apple-icon)/,
      /^GET \/\.well-known\/did\.json$/,
      /^GET \/v3\/trusted-issuers$/,
      /^GET \/verify\/app\.webmanifest$/,
      new RegExp(`^GET /v3/certificates/${person.certificateId}/status$`),
    ]
    const sent = asked.filter((one) => !/ (blob|data):/.test(one)).map((one) => one.replace(ADDRESS, ''))
    expect(sent.filter((one) => !allowed.some((shape) => shape.test(one)))).toEqual([])
    expect(sent).toContain('GET /.well-known/did.json')
    expect(sent).toContain(`GET /v3/certificates/${person.certificateId}/status`)
  })

  test('replaced: since when, and to ask for the current one', async ({ page, request }) => {
    const old = await certified(request, anItem('Nimal Perera'))
    const file = await fileOf(request, old.certificateId, 'png')
    await updated(request, { ...old.item, recipient: { ...old.item.recipient, name: 'Nimal Pereira' } })
    await toVerify(page)
    await upload(page, file)
    await expectVerdict(page, 'Replaced')
    await expect(page.getByRole('status').getByText(/Genuine, but replaced on .* Ask for the current/)).toBeVisible()
    await expect(page.getByText('Nimal Perera', { exact: true })).toBeVisible()
    await shot(page, 'verify-replaced')
  })

  test('altered and not genuine: nothing of what they say is shown', async ({ page }) => {
    const forgeries: [string, string, (credential: Credential) => void][] = [
      ['Not genuine', 'verify-not-genuine', ({ credentialSubject }) => (credentialSubject.name = 'Somebody Else')],
      ['Altered', 'verify-altered', ({ evidence: [event] }) => ([event.dose, event.totalDoses] = [2, 1])],
      [
        'Altered',
        'verify-altered-number',
        ({ evidence: [event] }) => ([event.batch, event.certificateId] = [event.certificateId, event.batch]),
      ],
    ]
    for (const [word, picture, change] of forgeries) {
      await toVerify(page)
      await paste(page, qrValue(packCredential(changed(signed, change))))
      await expectVerdict(page, word)
      const text = await page.locator('main').innerText()
      for (const secret of [NAME, 'Somebody', '1957', 'Covishield', '4121MCO41', person.certificateId]) {
        expect(text).not.toContain(secret)
      }
      await shot(page, picture)
    }
  })

  test('a preview, something else, and another issuer are told apart from forgeries', async ({ page }) => {
    await toVerify(page)
    await paste(
      page,
      changed(signed, ({ proof }) => (proof.type = 'PreviewNotValid')),
    )
    await expect(page.getByRole('status').getByText('This is a preview, not a certificate.')).toBeVisible()
    await page.keyboard.press('Space')
    await paste(page, 'https://example.com/menu')
    await expectVerdict(page, 'Not a certificate')
    await page.keyboard.press('Space')
    await paste(
      page,
      changed(signed, ({ proof }) => (proof.verificationMethod = 'did:elsewhere')),
    )
    await expectVerdict(page, 'Could not check')
    await expect(page.getByRole('status').getByText('code 12')).toBeVisible()
    await expect(page.getByText(NAME)).toHaveCount(0)
  })

  test('without a connection: could not check, neither valid nor invalid', async ({ page, context }) => {
    await toVerify(page)
    await paste(page, signed)
    await expectVerdict(page, 'Valid')
    await page.keyboard.press('Space')
    await context.setOffline(true)
    await paste(page, signed)
    await expectVerdict(page, 'Could not check')
    await expect(page.getByRole('status').getByText('code 07')).toBeVisible()
    await expect(page.getByText(NAME)).toBeVisible()
    await shot(page, 'verify-could-not-check')
    await page.keyboard.press('Space')
    await paste(
      page,
      changed(signed, ({ credentialSubject }) => (credentialSubject.name = 'Somebody Else')),
    )
    await expectVerdict(page, 'Could not check')
    await expect(page.getByText('Somebody Else')).toHaveCount(0)
    await context.setOffline(false)
    await page.keyboard.press('Space')
    await paste(
      page,
      changed(signed, ({ credentialSubject }) => (credentialSubject.name = 'Somebody Else')),
    )
    await expectVerdict(page, 'Not genuine')
  })

  test('a registry that answers with an error: could not check', async ({ page }) => {
    await page.route('**/status', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'gone' }))
    await toVerify(page)
    await paste(page, signed)
    await expectVerdict(page, 'Could not check')
  })

  test('a result goes after a minute, unless it is kept; Space goes on', async ({ page }) => {
    await page.clock.install()
    await toVerify(page)
    await paste(page, signed)
    await expectVerdict(page, 'Valid')
    await expect(page.getByRole('button', { name: /^Check the next certificate/ })).toBeFocused()
    await page.clock.runFor(30_000)
    await expect(page.getByText(NAME)).toBeVisible()
    await page.clock.runFor(31_000)
    await expect(page.getByText(NAME)).toHaveCount(0)
    await expect(page.getByRole('status').getByText('The last result was cleared.')).toBeVisible()
    await paste(page, signed)
    await expectVerdict(page, 'Valid')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.clock.runFor(120_000)
    await expect(page.getByText(NAME)).toBeVisible()
    await page.locator('h1').focus()
    await page.keyboard.press('Space')
    await expect(page.getByText(NAME)).toHaveCount(0)
    await expect(page.locator('h1')).toBeFocused()
  })

  test('files without a code, broken files and locked ones are named as such', async ({ page }) => {
    await toVerify(page)
    const blank = await page.evaluate(() => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 60
      return canvas.toDataURL('image/png').split(',')[1]!
    })
    await upload(page, { name: 'blank.png', mimeType: 'image/png', buffer: Buffer.from(blank, 'base64') })
    await expect(page.getByRole('alert').getByText('No QR code was found')).toBeVisible()
    await upload(page, { name: 'no.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 nothing') })
    await expect(page.getByRole('alert').getByText('This file could not be read')).toBeVisible()
    await upload(page, { name: 'locked.pdf', mimeType: 'application/pdf', buffer: lockedPdf() })
    await expect(page.getByRole('alert').getByText('This PDF is locked with a password')).toBeVisible()
    await upload(page, { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
    await expect(page.getByRole('alert').getByText('This file could not be read')).toBeVisible()
    await shot(page, 'verify-file-problem')
  })

  test('a device without a camera and a camera that is not allowed are told apart', async ({ page, context }) => {
    await toVerify(page)
    await page.getByRole('button', { name: 'Scan with the camera' }).click()
    await expect(page.getByRole('alert').getByText(/The camera is blocked|This device has no camera/)).toBeVisible()
    await context.grantPermissions(['camera'])
    await page.getByRole('button', { name: 'Scan with the camera' }).click()
    await expect(page.getByRole('alert').getByText('This device has no camera')).toBeVisible()
  })

  test('the camera reads a certificate that is held before it, and the next one without another press', async ({
    request,
  }) => {
    const folder = join(import.meta.dirname, 'results')
    mkdirSync(folder, { recursive: true })
    const film = join(folder, `camera-${person.certificateId}.y4m`)
    filmOf(qrValue(packCredential(signed)), film)
    await withCamera(film, async (page) => {
      await toVerify(page)
      await page.getByRole('button', { name: 'Scan with the camera' }).click()
      await expectVerdict(page, 'Valid')
      await expect(page.getByText(NAME)).toBeVisible()
      await shot(page, 'verify-by-camera')
      await updated(request, { ...person.item, facility: { name: 'Maharagama MOH Office' } })
      await page.keyboard.press('Space')
      await expectVerdict(page, 'Replaced')
      await page.getByRole('button', { name: /^Check the next certificate/ }).click()
      await expectVerdict(page, 'Replaced')
    })
  })

  test('a camera that finds nothing for 45 seconds brings advice; it can be stopped', async () => {
    await withCamera(null, async (page) => {
      await page.clock.install()
      await toVerify(page)
      await page.getByRole('button', { name: 'Scan with the camera' }).click()
      await expect(page.getByText('Hold the QR code inside the frame')).toBeVisible()
      await expect(page.getByText('Not found yet?')).toHaveCount(0)
      await page.clock.runFor(46_000)
      await expect(page.getByRole('status').getByText('Not found yet?')).toBeVisible()
      await shot(page, 'verify-camera-advice')
      await page.getByRole('button', { name: 'Stop the camera' }).click()
      await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeVisible()
    })
  })
})

test('the public pages bring less than 120 KB of JavaScript', async ({ request }) => {
  // What readers and verifiers decode with comes when it is needed; none of it may slip in here.
  expect(await scriptSize(request, '/verify')).toBeLessThan(120)
  expect(await scriptSize(request, '/c/any')).toBeLessThan(120)
  expect(await scriptSize(request, '/c/confirm/any')).toBeLessThan(120)
})

test.describe('in Arabic, on a phone', () => {
  test.use({ locale: 'ar', viewport: { width: 360, height: 740 } })

  test('the page is mirrored and says everything in Arabic', async ({ page, request }) => {
    const person = await certified(request, anItem(NAME))
    await page.goto('/verify')
    await expect(page.getByRole('heading', { name: 'التحقق من شهادة' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page.getByRole('button', { name: 'المسح بالكاميرا' })).toBeEnabled()
    await shot(page, 'verify-start-arabic')
    await paste(page, await signedText(request, person.certificateId))
    await expectVerdict(page, 'صالحة')
    await expect(page.getByText('30 يناير 1957')).toBeVisible()
    await shot(page, 'verify-valid-arabic')
    await page.keyboard.press('Space')
    await updated(request, { ...person.item, facility: { name: 'Maharagama MOH Office' } })
    await paste(page, await signedText(request, person.certificateId))
    await expectVerdict(page, 'مستبدَلة')
    await shot(page, 'verify-replaced-arabic')
  })
})

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    for (const locale of ['en-GB', 'ar']) {
      test.describe(`${size}, ${colorScheme}, ${locale}`, () => {
        test.use({ viewport, colorScheme, locale })

        test('no finding of axe, nothing wider than the screen', async ({ page, request }) => {
          const { certificateId } = await certified(
            request,
            anItem('වික්‍රමසිංහ ආරච්චිලාගේ දොන් අනුරාධා Wickramasinghe-Jayawardena'),
          )
          const signed = await signedText(request, certificateId)
          await page.goto('/verify')
          await expect(page.locator('button:enabled').first()).toBeVisible()
          await sound(page, 'verify')
          for (const text of [
            signed,
            changed(signed, ({ credentialSubject }) => (credentialSubject.name = 'x')),
            changed(signed, ({ proof }) => (proof.verificationMethod = 'did:elsewhere')),
          ]) {
            await paste(page, text)
            await expect(page.locator('[data-verdict]')).toBeVisible()
            await sound(page, 'a verdict')
            await shot(
              page,
              `verify-${await page.locator('[data-verdict]').getAttribute('data-verdict')}-${size}-${colorScheme}-${locale}`,
            )
            await page.keyboard.press('Space')
          }
        })
      })
    }
  }
}

test.describe('an operator finds a certificate by scanning the old one', () => {
  const openScanner = async (page: Page) => {
    await page.getByRole('button', { name: 'Scan the old certificate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Scan the old certificate' })
    await expect(dialog.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
    return dialog
  }

  test('a replaced certificate leads to the current one; the code itself is not sent', async ({ page, request }) => {
    const old = await certified(request, anItem(NAME))
    const pdf = await fileOf(request, old.certificateId, 'pdf')
    const fresh = await updated(request, { ...old.item, facility: { name: 'Maharagama MOH Office' } })
    await signIn(page)
    const dialog = await openScanner(page)
    await shot(page, 'find-scan')
    await sound(page, 'scanning the old certificate', '[role="dialog"]')
    const bodies: string[] = []
    page.on('request', (sent) => bodies.push(`${decodeURIComponent(sent.url())} ${sent.postData() ?? ''}`))
    await dialog.locator('input[type="file"]').setInputFiles(pdf)
    await page.waitForURL(`/certificates/${fresh}`)
    await expect(page.getByText('which was replaced')).toBeVisible()
    const own = bodies.filter((one) => !one.includes('/_next/')).join('\n')
    expect(own).toContain(old.certificateId)
    for (const secret of [NAME, '1957-01-30', 'jws', 'PK']) expect(own).not.toContain(secret)
  })

  test('a number is never taken for the code of somebody else', async ({ page, request }) => {
    const meant = await certified(request, anItem(NAME))
    // Another person, whose code is by chance the number of that certificate.
    await certified(request, { ...anItem('Somebody Else'), preEnrollmentCode: meant.certificateId })
    await signIn(page)
    const dialog = await openScanner(page)
    await dialog.locator('input[type="file"]').setInputFiles(await fileOf(request, meant.certificateId, 'png'))
    await page.waitForURL(`/certificates/${meant.certificateId}`)
  })

  test('a preview is refused kindly, and the next try works', async ({ page, request }) => {
    const person = await certified(request, anItem(NAME))
    const signed = await signedText(request, person.certificateId)
    await signIn(page)
    const dialog = await openScanner(page)
    await paste(
      page,
      changed(signed, ({ proof }) => (proof.type = 'PreviewNotValid')),
    )
    await expect(dialog.getByRole('alert').getByText('This is a preview, not a certificate.')).toBeVisible()
    await shot(page, 'find-scan-preview')
    await paste(page, 'hello')
    await expect(dialog.getByRole('alert').getByText('This is not the QR code of a certificate.')).toBeVisible()
    await paste(page, signed)
    await page.waitForURL(`/certificates/${person.certificateId}`)
  })
})
