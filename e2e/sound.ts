/** What every page must be, whatever is on it. */
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No finding of axe, one h1, a title, no sideways scrolling. `what` names the page in a failure; `within` is what axe looks at. */
export async function sound(page: Page, what: string, within?: string): Promise<void> {
  // A page that is being drawn anew has no title for a moment.
  await expect(page, what).toHaveTitle(/Errata/)
  // From the top: what the header covers of a page that is scrolled is no small target.
  await page.evaluate(() => scrollTo(0, 0))
  expect(await findings(page, within), what).toEqual([])
  await fits(page, what)
}

/** One h1 and no sideways scrolling: for pages that are built of what was scanned elsewhere, where only lengths differ. */
export async function fits(page: Page, what: string): Promise<void> {
  expect(await page.locator('h1').count(), `h1 of ${what}`).toBe(1)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, `${what} is wider than the window`).toBe(0)
}

/** What axe finds, within `within` alone if it is given: each rule that is broken, with the elements that do. */
export async function findings(page: Page, within?: string): Promise<string[]> {
  if (within) await page.locator(within).first().waitFor()
  // Colours are measured when they have arrived, not on their way. What moves without end has none to wait for.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished.catch(() => {})),
    ),
  )
  // Once a document, and without axe's adapter for Playwright: that opens a page of its own for each scan, and takes ten times as long.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(
    async ({ within, rules }) => {
      const here = window as unknown as { axe: typeof axe }
      // What is in order need not be described element by element: on long pages that takes most of the time.
      const { violations } = await here.axe.run(within ?? document, {
        runOnly: rules,
        resultTypes: ['violations'],
        iframes: false,
      })
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
      )
    },
    { within, rules: RULES },
  )
}
