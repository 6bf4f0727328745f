/** Pictures of screens and states, for people to look at: e2e/results/screens/<name>.png. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** E2E_SCREENS keeps them elsewhere: the next run begins with empty results. */
const FOLDER = process.env.E2E_SCREENS ?? join(import.meta.dirname, 'results', 'screens')

/** Takes a picture of the whole page as it is. Where nobody will look (the integration run) it takes none. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env.CI && !process.env.E2E_SCREENS) return
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true })
}
