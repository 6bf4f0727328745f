/** Printing: paper, large print, copies that are counted, the print window, and what there is when it does not open. */
import type { Page } from '@playwright/test'
import { readPdf } from '../lib/testing/read-pdf'
import {
  certified,
  expect,
  get,
  giveReason,
  open,
  openForm,
  replace,
  signIn,
  test,
  toCheck,
  type Person,
} from './journey'
import { shot } from './shot'
import { findings } from './sound'

let person: Person

test.beforeEach(async ({ page, request }) => {
  person = await certified(request)
  // Whether a browser has a viewer for PDFs is the browser's: what it does with a print window is seen here.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true, configurable: true })
    const asked = { print: 0 }
    Object.assign(window, { asked })
    window.print = () => void ((window.top as unknown as { asked: typeof asked }).asked.print += 1)
  })
  // The frame is answered with a page that counts, since a browser without window has nothing to show or print a PDF with.
  await page.route('**/v3/certificates/*.pdf?*', async (route) => {
    const answer = await route.fetch()
    const isFrame = route.request().resourceType() === 'document'
    if (!isFrame) return route.fulfill({ response: answer })
    await route.fulfill({ status: 200, contentType: 'text/html', body: '<p>the certificate</p>' })
  })
  await signIn(page)
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Print the certificate' })
const printWindows = (page: Page) =>
  page.evaluate(() => (window as unknown as { asked: { print: number } }).asked.print)

test('two copies in large print on Letter are counted, say so on paper, and stand on record and in history', async ({
  page,
  request,
}) => {
  await open(page, person)
  await expect(page.getByText('Not printed yet')).toBeVisible()
  await page.getByRole('button', { name: 'Print' }).click()
  await sound(page)
  await shot(page, 'print-dialog')
  await page.getByRole('radio', { name: /Large print/ }).check()
  await page.getByRole('radio', { name: 'US Letter' }).check()
  await page.getByRole('button', { name: 'One copy more' }).click()
  const counted = page.waitForResponse((answer) => answer.request().method() === 'POST' && /prints$/.test(answer.url()))
  await page.getByRole('button', { name: 'Print 2 copies' }).click()
  const { printId } = await (await counted).json()
  await expect(dialog(page).getByText(/2 copies, counted/)).toBeVisible()
  await sound(page)
  await shot(page, 'print-sent')

  await test.step('what is printed says who printed it, on two pages of Letter', async () => {
    const address = await dialog(page).getByRole('link', { name: 'Open the PDF' }).getAttribute('href')
    expect(address).toContain(`print=${printId}`)
    const pdf = await readPdf(new Uint8Array(await (await get(request, address!)).body()))
    const text = pdf.pages.map((one) => one.text.replaceAll('\u00a0', ' ')).join(' ')
    expect(text).toMatch(/Version 1, printed by .+, \d+ \w{3} \d{4}, \d\d:\d\d/)
    expect(pdf.pages.length).toBe(2)
    expect(pdf.viewerPreferences).toMatchObject({ NumCopies: 2, PrintScaling: 'None' })
  })

  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/Printed once, 2 copies, last .+ by asha/i)).toBeVisible()
  await shot(page, 'print-record')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('article').filter({ hasText: '2 copies, large print, US Letter' })).toBeVisible()
  await expect(page.getByText(/No changes since it was issued/)).toBeVisible()
  await sound(page)
  await shot(page, 'print-history')

  await test.step('this computer remembers its paper', async () => {
    await page.goto(`/certificates/${person.certificateId}`)
    await page.getByRole('button', { name: 'Print' }).click()
    await expect(page.getByRole('radio', { name: 'US Letter' })).toBeChecked()
    await expect(page.getByRole('radio', { name: /^Usual/ })).toBeChecked()
  })
})

test('the print window belongs to the PDF, which is loaded in a frame nobody sees', async ({ page }) => {
  await open(page, person)
  await page.getByRole('button', { name: 'Print' }).click()
  await page.getByRole('button', { name: 'Print 1 copy' }).click()
  await expect(dialog(page).getByText('The print window is open: 1 copy, counted.')).toBeVisible()
  expect(await printWindows(page)).toBe(1)
  await expect(page.locator('iframe')).toHaveAttribute('aria-hidden', 'true')
})

test('a browser without PDF viewer is given the PDF to open', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }))
  await page.reload()
  await open(page, person)
  await page.getByRole('button', { name: 'Print' }).click()
  await page.getByRole('button', { name: 'Print 1 copy' }).click()
  await expect(dialog(page).getByText('Ready to print: 1 copy, counted.')).toBeVisible()
  await expect(dialog(page).getByRole('link', { name: 'Open the PDF' })).toBeVisible()
  await shot(page, 'print-ready')
})

test('when printing fails the PDF can be downloaded, and what was not counted is not said to be', async ({ page }) => {
  await open(page, person)
  await page.getByRole('button', { name: 'Print' }).click()
  await page.route('**/prints', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page.getByRole('button', { name: 'Print 1 copy' }).click()
  await expect(dialog(page).getByText('Printing failed. Download the PDF instead.')).toBeVisible()
  await expect(dialog(page).getByText('Nothing was counted.')).toBeVisible()
  await sound(page)
  await shot(page, 'print-failed')
  const download = page.waitForEvent('download')
  await dialog(page).getByRole('link', { name: 'Download the PDF' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/)
})

test('after a correction the new certificate is printed from the page that says so; the old one warns', async ({
  page,
}) => {
  await openForm(page, person)
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  const fresh = await replace(page)
  await page.getByRole('button', { name: 'Print' }).click()
  const counted = page.waitForRequest((request) => request.method() === 'POST' && /prints$/.test(request.url()))
  await page.getByRole('button', { name: 'Print 1 copy' }).click()
  expect((await counted).url()).toContain(fresh)
  await page.goto(`/certificates/${person.certificateId}`)
  await page.getByRole('button', { name: 'Print' }).click()
  await expect(dialog(page).getByText('This is not the current certificate.')).toBeVisible()
  await shot(page, 'print-replaced')
})

test('the test strip is a PDF of the chosen paper', async ({ page, request }) => {
  await open(page, person)
  await page.getByRole('button', { name: 'Print' }).click()
  const address = await dialog(page).getByRole('link', { name: 'Open a test strip' }).getAttribute('href')
  const pdf = await readPdf(new Uint8Array(await (await get(request, address!)).body()))
  expect(pdf.pages).toHaveLength(1)
  expect(pdf.pages[0]!.text).toContain('This is not a certificate.')
})

test.describe('on a phone of 360 px in the dark', () => {
  test.use({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })

  test('the dialog fits and can be used with the keyboard alone', async ({ page }) => {
    await open(page, person)
    await page.getByRole('button', { name: 'Print' }).focus()
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toBeVisible()
    await sound(page)
    await shot(page, 'print-dialog-phone')
    await page.getByLabel('Number of copies').focus()
    await page.keyboard.type('3')
    await expect(page.getByRole('button', { name: 'Print 3 copies' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Print' })).toBeFocused()
  })
})

async function sound(page: Page): Promise<void> {
  const inDialog = (await page.getByRole('dialog').count()) > 0
  expect(await findings(page, inDialog ? '[role="dialog"]' : undefined)).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, 'wider than the window').toBe(0)
}
