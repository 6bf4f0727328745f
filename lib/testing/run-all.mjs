/**
 * `npm test`: everything, on a bare checkout too. Installs packages and a browser where they are missing, runs the unit
 * and database tests, builds, and walks through the product in the browser. Ends with what failed below lib, once more,
 * and one line "N passed, N failed".
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { complaintAbout } from '../start/node-version.mjs'
import { prepare } from '../start/prepare.mjs'
import { say } from '../start/progress.mjs'

const complaint = complaintAbout(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(1)
}

const results = join(root, '.build', 'results')
mkdirSync(results, { recursive: true })

// Packages first (nothing below can be imported without them), then the bundles that tests run as programs.
await prepare({ pages: false })

const outcomes = [await testsBelowLib()]
if (existsSync(join(root, 'e2e', 'playwright.config.ts'))) outcomes.push(await journeys())

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
for (const name of outcomes.flatMap((outcome) => outcome.names)) say(`failed: ${name}`)
say(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 && outcomes.every((outcome) => outcome.code === 0) ? 0 : 1)

/** Unit and database tests. A file that does not load counts as one failure. */
async function testsBelowLib() {
  say('\n── Unit and database tests ──')
  const file = join(results, 'vitest.json')
  rmSync(file, { force: true })
  const code = await show([
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--config', 'lib/testing/vitest.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ])
  if (!existsSync(file)) return { passed: 0, failed: 1, code, names: ['unit and database tests as a whole'] }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const failures = testResults.filter(({ status }) => status === 'failed')
  const failedIn = ({ assertionResults }) => assertionResults.filter((test) => test.status === 'failed')
  // A file that does not load, or whose preparation fails, has no failed test of its own.
  const unloaded = failures.filter((result) => failedIn(result).length === 0)
  const names = failures.flatMap((result) => {
    const tests = failedIn(result).map((test) => ` › ${test.fullName}\n${test.failureMessages.join('\n')}`)
    return (tests.length ? tests : [` does not load\n${result.message}`]).map((test) => `${result.name}${test}`)
  })
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, code, names }
}

/** The journeys on the production build. A test that passed only on a second try counts as passed; Playwright names it. */
async function journeys() {
  say('\n── Journeys in the browser ──')
  const { findBrowser } = await import('./browser.mjs')
  const browser = await findBrowser()
  await prepare({ pages: true })
  const file = join(results, 'playwright.json')
  rmSync(file, { force: true })
  const code = await show(
    [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      ...['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    ],
    { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  )
  if (!existsSync(file)) return { passed: 0, failed: 1, code, names: ['the journeys as a whole'] }
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'))
  // Playwright has just said which.
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, code, names: [] }
}

function show(args, env = {}) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}
