/** Finds a Chromium for the journeys, or installs one: the test command has to work on a bare machine. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { say, step } from '../start/progress.mjs'
import { run } from '../start/run.mjs'

/** Chromium without the parts that draw a window: the journeys cost a third less processor time in it. */
const SHELL = '/usr/bin/chromium-headless-shell'
const WITH_WINDOWS = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
/** What Playwright installed (a shell, too), whose path Playwright itself knows. */
const OWN = ''

/**
 * Path of a browser that starts; empty for Playwright's own. Looked for in CHROMIUM_PATH, the shell's place, Playwright's
 * folder and the usual places of browsers with windows; else installed, as root from the system's packages (Playwright's
 * host is not reached from everywhere) or by Playwright. Where CI is set a browser with windows is the last resort.
 * @returns {Promise<string>}
 * @throws with a sentence when there is none and none can be installed
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given && !starts(given)) throw new Error(`CHROMIUM_PATH is ${given}, but that does not start.`)
  const slow = WITH_WINDOWS.find(starts)
  const found = given || ((await light()) ?? (process.env.CI ? undefined : slow))
  if (found !== undefined) return found
  const apt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const attempts = [
    ...(apt ? [['Installing Chromium without windows with apt-get', () => withApt('chromium-headless-shell')]] : []),
    ...(slow ? [] : [['Installing Chromium with Playwright', withPlaywright]]),
    ...(apt && !slow ? [['Installing Chromium with apt-get', () => withApt('chromium')]] : []),
  ]
  for (const [label, attempt] of attempts) {
    try {
      await step(label, attempt)
    } catch (error) {
      say(`  ${error.message.split('\n').slice(0, 3).join('\n  ')}`) // the next way may work; the end of the list throws
      continue
    }
    const now = (await light()) ?? WITH_WINDOWS.find(starts)
    if (now !== undefined) return now
  }
  if (slow) return slow
  throw new Error('No Chromium was found or could be installed. Install one and set CHROMIUM_PATH to its program.')
}

async function light() {
  return starts(SHELL) ? SHELL : (await ownStarts()) ? OWN : undefined
}

async function ownStarts() {
  const { chromium } = await import('@playwright/test')
  return chromium.launch().then(
    (browser) => browser.close().then(() => true),
    () => false,
  )
}

function starts(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

async function withPlaywright() {
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  await run('playwright install', process.execPath, [cli, 'install', 'chromium'])
}

async function withApt(name) {
  await run('apt-get update', 'apt-get', ['update'])
  await run('apt-get install', 'apt-get', ['install', '-y', '--no-install-recommends', name], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
}
