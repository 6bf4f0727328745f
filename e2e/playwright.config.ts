/** Settings of the journeys: one product on an own port with an own database, a real browser, no sleeps. */
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import '../lib/testing/own-temporary-folder'
import { ADDRESS } from './product'

/** The browser of the test command, else the system's (the one without windows costs less), else Playwright's own. */
const browser = (
  process.env.CHROMIUM_PATH === undefined
    ? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
    : [process.env.CHROMIUM_PATH]
).find((path) => path && existsSync(path))
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  globalSetup: './product.ts',
  // Files side by side; the journeys of one file one after the other.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    baseURL: ADDRESS,
    locale: 'en-GB',
    timezoneId: 'Asia/Kathmandu',
    // Recording every journey costs nearly half of the processor time. `--trace on` records one that fails here.
    trace: 'on-first-retry',
    launchOptions: { executablePath: browser, args: asRoot ? ['--no-sandbox'] : [] },
  },
})
