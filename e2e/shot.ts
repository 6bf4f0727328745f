/** Pictures of screens and states, for people to look at: e2e/results/screens/<name>.png. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** Takes a picture of the whole page as it is. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, 'results', 'screens', `${name}.png`), fullPage: true })
}
