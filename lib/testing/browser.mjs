/** Finds a Chromium for the journeys, or installs one: the test command has to work on a bare machine. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { say, step } from '../start/progress.mjs'
import { run } from '../start/run.mjs'

const USUAL_PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Path of a browser that starts. Looked for in CHROMIUM_PATH, Playwright's own folder and the usual places; else
 * installed by Playwright, or as root from the system's packages (Playwright's host is not reached from everywhere).
 * @returns {Promise<string>}
 * @throws with a sentence when there is none and none can be installed
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given && !starts(given)) throw new Error(`CHROMIUM_PATH is ${given}, but that does not start.`)
  const found = given || (await installed())
  if (found) return found
  const attempts = [['Installing Chromium with Playwright', withPlaywright]]
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    attempts.push(['Installing Chromium with apt-get', withApt])
  for (const [label, attempt] of attempts) {
    try {
      await step(label, attempt)
    } catch (error) {
      say(`  ${error.message.split('\n').slice(0, 3).join('\n  ')}`) // the next way may work; the end of the list throws
      continue
    }
    const now = await installed()
    if (now) return now
  }
  throw new Error('No Chromium was found or could be installed. Install one and set CHROMIUM_PATH to its program.')
}

async function installed() {
  const { chromium } = await import('@playwright/test')
  return [chromium.executablePath(), ...USUAL_PLACES].find(starts)
}

function starts(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

async function withPlaywright() {
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  await run('playwright install', process.execPath, [cli, 'install', 'chromium'])
}

async function withApt() {
  await run('apt-get update', 'apt-get', ['update'])
  await run('apt-get install', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
}
