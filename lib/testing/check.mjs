/**
 * `npm run check`: types, lint, format, layers and the unit tests, side by side; what failed is shown whole.
 * `--without-tests` leaves the unit tests to `npm test`, which runs them too.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { generateClient } from '../start/prepare.mjs'
import { say, step } from '../start/progress.mjs'

const bin = (...path) => join(root, 'node_modules', ...path)

const CHECKS = {
  types: [bin('typescript', 'bin', 'tsc'), '--noEmit'],
  lint: [
    bin('eslint', 'bin', 'eslint.js'),
    ...['--config', '.config/eslint.config.mjs', '--max-warnings', '0'],
    ...['--cache', '--cache-location', '.build/eslint', '.'],
  ],
  format: [
    bin('prettier', 'bin', 'prettier.cjs'),
    // What git ignores is ignored here too. Type declarations are data and keep their own layout; shapes.json is made.
    ...['--config', '.config/prettier.json', '--check', '--cache', '--cache-location', '.build/prettier'],
    ...[
      '.',
      '!lib/testing/vectors/**',
      '!**/type.json',
      '!lib/verification/shapes.json',
      '!**/*.md',
      '!package-lock.json',
    ],
  ],
  'unit tests and layers': [
    bin('vitest', 'vitest.mjs'),
    ...['run', '--config', 'lib/testing/vitest.config.ts', '--project', 'unit'],
  ],
}

if (!existsSync(join(root, 'lib', 'generated', 'prisma'))) await step('Generating the database client', generateClient)
if (process.argv.includes('--without-tests')) delete CHECKS['unit tests and layers']
const results = await Promise.all(Object.entries(CHECKS).map(([name, args]) => check(name, args)))
const failed = results.filter((result) => !result.passed)
for (const { name, output } of failed) say(`\n──── ${name} ────\n${output.trim()}`)
const counts = results.map(({ output }) => /^\s*Tests\s+.*$/m.exec(output)?.[0].trim()).find(Boolean)
if (counts) say(`\n${counts}`)
say(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.map(({ name }) => name).join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

function check(name, args) {
  const began = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => {
      say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
      resolve({ name, passed: code === 0, output })
    })
  })
}
