/** The letters of the pages on a slow line. */
import type { Page } from '@playwright/test'
import { anItem, certified, expect, holdBack, signIn, test } from './journey'

const LETTERS = '**/*.woff2'
/** As `npm run bench screens` counts them; a tenth of what people notice. */
const SHIFT_BUDGET = 0.01

test.beforeEach(({ page }) => page.addInitScript(sumShifts))

test('Latin letters that come late: no other script steps in for them, and nothing moves when they come', async ({
  page,
  request,
}) => {
  const { certificateId, item } = await certified(request)
  const asked = lettersAskedFor(page)
  await signIn(page, undefined, '/sign-in')
  const pages = [`/certificates/${certificateId}`, '/recalls', '/docs']
  const shown = [item.recipient.name, 'Recalls', 'Developer documentation']
  const release = await holdBack(page, LETTERS)
  for (const [at, path] of pages.entries()) {
    await page.goto(path, { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { name: shown[at], level: 1 })).toBeVisible()
  }
  await page.goto(pages[0]!, { waitUntil: 'commit' })
  await expect(page.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  release()
  await page.waitForLoadState('load')
  await page.evaluate(() => document.fonts.ready)
  expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBeLessThan(SHIFT_BUDGET)
  expect(asked).toEqual(expect.arrayContaining(['inter-latin-wght-normal', 'source-serif-4-latin-wght-normal']))
  expect(asked.filter(isOfAnotherScript)).toEqual([])
})

test('a name in Sinhala is set in letters of ours, and Latin ones beside it are not taken from there', async ({
  page,
  request,
}) => {
  const { certificateId } = await certified(request, anItem('නිමල් පෙරේරා'))
  const asked = lettersAskedFor(page)
  await signIn(page, undefined, `/certificates/${certificateId}`)
  await expect(page.getByRole('heading', { name: 'නිමල් පෙරේරා' })).toBeVisible()
  await expect.poll(() => asked).toContainEqual(expect.stringMatching(/^noto-sans-sinhala-sinhala-/))
  expect(asked.filter(isOfAnotherScript)).toEqual([])
})

/** Names of the files, without what their content adds to them. */
function lettersAskedFor(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const name = /\/([a-z0-9-]+?-normal)[.-][^/]*woff2$/.exec(request.url())?.[1]
    if (name) asked.push(name)
  })
  return asked
}

/** A file of a family that is for one script, with letters of another. */
function isOfAnotherScript(name: string): boolean {
  return name.startsWith('noto') && !/^noto-sans-([a-z]+)-\1-/.test(name)
}

/** Runs in the page. */
function sumShifts(): void {
  const shared = Object.assign(window, { shifts: 0 })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shared.shifts += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}
