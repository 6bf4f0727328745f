/**
 * `npm run bench screens`: the pages as people have them. Production build, Chromium, its processor slowed down to a quarter:
 * JavaScript, time until a page can be used, layout shifts; and, at full speed, how soon the preview follows what is typed.
 * Each page is opened anew ARRIVALS times: medians of the times, the most of the shifts.
 * Exit code 1 where a budget is not met. With E2E_ADDRESS as the journeys: on a product that runs already.
 */
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { findBrowser } from './browser.mjs'
import { startInstallation } from './load/installation.mjs'
import { printTable, quantile } from './measure'
import { SCREENS, type Material, type Screen } from './screens/list'
import { followed } from './screens/live-preview'
import { benchmarkIndex } from './screens/benchmark-index'
import { made, signedIn, type Place } from './screens/material'
import { arrivalOf, shiftOf, watch, type Arrival } from './screens/watched'

const SLOWER = 4
const ARRIVALS = 3
const EDITS = 24
const BUDGET = { script: 120 * 1024, interactiveMs: 1000, shift: 0.01, qrMs: 50, pageMs: 250 }
const DESK = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Asia/Colombo' }
const PHONE = { ...DESK, viewport: { width: 360, height: 740 } }

let missed = 0
const place = await whereItRuns()
const path = await findBrowser()
const browser = await chromium.launch({
  executablePath: path || undefined,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const state = await signedIn(browser, place)
  const material = await made(browser, place, state)
  console.log(
    `\nThe processor slowed down to a quarter, no network in between. JavaScript as it comes over the line (Brotli).`,
  )
  console.log(`Medians of ${ARRIVALS} arrivals; the most that shifted in one of them.`)
  const speeds = [await speedOf(browser)]
  const rows: string[][] = []
  for (const screen of SCREENS) {
    const row = await rowOf(browser, screen, material, state)
    console.error(row.join('  '))
    rows.push(row)
  }
  speeds.push(await speedOf(browser))
  console.log(`BenchmarkIndex of Lighthouse, slowed down, before and after: ${speeds.join(' and ')}.\n`)
  printTable(
    ['page', 'JavaScript KB', 'painted ms', 'interactive ms, cold', 'again', 'blocked ms', 'layout shift', 'after use'],
    rows,
  )
  const times = await previewTimes(browser, material, state)
  console.log(`\nFrom the last of three keys to the new picture on the screen, ${EDITS} edits, full speed.\n`)
  printTable(
    ['preview', 'median ms', 'p95 ms', 'budget ms'],
    [
      ['QR code', ...figures(times.qr, BUDGET.qrMs)],
      ['page', ...figures(times.page, BUDGET.pageMs)],
    ],
  )
} finally {
  await browser.close()
  await place.stop()
}
if (missed > 0) console.log(`\n${missed} figures beyond their budgets.`)
process.exit(missed === 0 ? 0 : 1)

async function whereItRuns(): Promise<Place> {
  const address = process.env.E2E_ADDRESS
  if (!address) return startInstallation('embedded')
  const operator = { username: 'asha', password: 'correct horse battery' }
  return { address, token: 'errata-journeys-token-0123456789abcdef', operator, stop: async () => {} }
}

/** How fast the slowed processor is just now. */
async function speedOf(browser: Browser): Promise<number> {
  const context = await browser.newContext()
  try {
    return await benchmarkIndex(await slowPage(context))
  } finally {
    await context.close()
  }
}

async function rowOf(browser: Browser, screen: Screen, material: Material, state: State): Promise<string[]> {
  const colds: Cold[] = []
  while (colds.length < ARRIVALS) colds.push(await coldOf(browser, screen, material, state, colds.length === 0))
  const median = (of: (one: Cold) => number) =>
    quantile(
      colds.map(of).sort((one, other) => one - other),
      0.5,
    )
  const most = (of: (one: Cold) => number) => Math.max(...colds.map(of))
  const limit = screen.kind === 'public' ? BUDGET.script : Infinity
  const soon = screen.kind === 'operator' ? BUDGET.interactiveMs : Infinity
  return [
    screen.name,
    held(median(({ script }) => script) / 1024, limit / 1024, 1),
    median(({ paintedAt }) => paintedAt).toFixed(0),
    held(
      median(({ interactiveAt }) => interactiveAt),
      soon,
    ),
    held(colds[0]!.again!.interactiveAt, soon),
    median(({ blocked }) => blocked).toFixed(0),
    held(
      most(({ shift }) => shift),
      BUDGET.shift,
      4,
    ),
    held(colds[0]!.shifted, BUDGET.shift, 4),
  ]
}

interface Cold extends Arrival {
  /** Of the first arrival: once people have done the first thing there, and the page opened once more. */
  shifted: number
  again?: Arrival
}

/** In a browser that knows nothing of the page. */
async function coldOf(
  browser: Browser,
  screen: Screen,
  material: Material,
  state: State,
  isFirst: boolean,
): Promise<Cold> {
  const isOperators = screen.kind === 'operator' && screen.name !== 'Sign in'
  const context = await contextFor(browser, isOperators ? state : undefined, screen.kind === 'public')
  try {
    const { page, ...cold } = await arrived(context, screen, material)
    const shifted = isFirst && screen.then ? await used(page, screen, material) : cold.shift
    await page.close()
    return { ...cold, shifted, again: isFirst ? await arrived(context, screen, material) : undefined }
  } finally {
    await context.close()
  }
}

async function arrived(context: BrowserContext, screen: Screen, material: Material): Promise<Arrival & { page: Page }> {
  const page = await slowPage(context)
  await watch(page, screen.control)
  await page.goto(new URL(await screen.path(material), place.address).href)
  return { ...(await arrivalOf(page)), page }
}

async function slowPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return page
}

/** Layout shifts until people have done the first thing there. */
async function used(page: Page, { then }: Screen, material: Material): Promise<number> {
  await then!(page, material)
  await page.waitForTimeout(700)
  return shiftOf(page)
}

async function previewTimes(browser: Browser, { certificateId }: Material, state: State) {
  const context = await contextFor(browser, state)
  try {
    const page = await context.newPage()
    await page.goto(`${place.address}/certificates/${certificateId}/correct`)
    await page.getByLabel('Full name').pressSequentially(' x')
    await page.getByAltText(/^The certificate with your changes/).waitFor()
    return await followed(page, EDITS)
  } finally {
    await context.close()
  }
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

function contextFor(browser: Browser, storageState?: State, isPhone = false): Promise<BrowserContext> {
  // A service worker would answer the second visit; a certificate is mostly checked without one.
  return browser.newContext({ ...(isPhone ? PHONE : DESK), storageState, serviceWorkers: 'block' })
}

function figures(times: number[], budget: number): string[] {
  return [held(quantile(times, 0.5), budget), quantile(times, 0.95).toFixed(0), String(budget)]
}

/** A figure, and whether it keeps to its budget. */
function held(value: number, budget: number, digits = 0): string {
  if (value <= budget) return value.toFixed(digits)
  missed += 1
  return `**${value.toFixed(digits)}** (${budget})`
}
