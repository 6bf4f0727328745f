/** The W3C's test suites that the VC API is run against: which there are, what each is told about us, how each is run and read. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ folder: string, title: string, tags: string[], repository: string }} Suite
 * @typedef {{ passing: number, failing: number, pending: number }} Score
 */

/** @type {Suite[]} The folder is the name of the repository, as a checkout has it. */
export const SUITES = [
  {
    folder: 'vc-data-model-2.0-test-suite',
    title: 'VC Data Model 2.0',
    tags: ['vc2.0'],
    repository: 'https://github.com/w3c/vc-data-model-2.0-test-suite',
  },
  {
    folder: 'vc-di-eddsa-test-suite',
    title: 'Data Integrity eddsa-rdfc-2022',
    tags: ['eddsa-rdfc-2022'],
    repository: 'https://github.com/w3c/vc-di-eddsa-test-suite',
  },
  {
    folder: 'vc-bitstring-status-list-test-suite',
    title: 'Bitstring Status List',
    tags: ['BitstringStatusList'],
    repository: 'https://github.com/w3c/vc-bitstring-status-list-test-suite',
  },
  {
    folder: 'vc-api-issuer-test-suite',
    title: 'VC-API issuer',
    tags: ['vc-api'],
    repository: 'https://github.com/w3c-ccg/vc-api-issuer-test-suite',
  },
  {
    folder: 'vc-api-verifier-test-suite',
    title: 'VC-API verifier',
    tags: ['vc-api'],
    repository: 'https://github.com/w3c-ccg/vc-api-verifier-test-suite',
  },
]

/** What stands in the way of running a suite, as a sentence; null when nothing does. */
export function obstacleTo(suite, folder) {
  if (!existsSync(folder)) return `absent: git clone ${suite.repository}`
  if (!existsSync(mochaOf(folder))) return 'not installed: npm install in its folder'
  return null
}

/** The file that the suites read their local implementation from. */
export function configText(suite, { door, did }) {
  const supports = { vc: ['2.0'] }
  const at = (path) => [{ id: did, endpoint: `${door}${path}`, tags: suite.tags, supports }]
  const implementation = {
    name: 'Errata',
    implementation: 'Errata',
    issuers: at('/credentials/issue'),
    verifiers: at('/credentials/verify'),
    vpVerifiers: at('/presentations/verify'),
  }
  const settings = { enableInteropTests: false, testAllImplementations: false }
  return `module.exports = ${JSON.stringify({ settings, implementations: [implementation] }, null, 2)}\n`
}

/**
 * Runs one suite with its own mocha. Its `localConfig.cjs` is ours meanwhile and is put back afterwards; the whole output
 * goes to `report`. The score is null when the suite ended without one.
 * @returns {Promise<{ score: Score | null, closing: string }>}
 */
export async function runSuite(folder, config, report) {
  const file = join(folder, 'localConfig.cjs')
  const kept = `${file}.kept`
  if (existsSync(file)) renameSync(file, kept)
  writeFileSync(file, config)
  try {
    const output = await outputOf(folder)
    mkdirSync(join(report, '..'), { recursive: true })
    writeFileSync(report, output)
    return { score: scoreIn(output), closing: closingOf(output) }
  } finally {
    rmSync(file, { force: true })
    if (existsSync(kept)) renameSync(kept, file)
  }
}

/** The last tally that mocha printed; null when there is none. */
export function scoreIn(output) {
  const tally = (word) => Number([...output.matchAll(new RegExp(`^\\s+(\\d+) ${word}`, 'gm'))].at(-1)?.[1] ?? NaN)
  const passing = tally('passing')
  if (Number.isNaN(passing)) return null
  return { passing, failing: tally('failing') || 0, pending: tally('pending') || 0 }
}

/** From the tally on: what mocha says about each failure. Without a tally the last lines. */
export function closingOf(output, most = 80) {
  const lines = output.trimEnd().split('\n')
  const tally = lines.findLastIndex((line) => /^\s+\d+ passing/.test(line))
  return (tally < 0 ? lines.slice(-20) : lines.slice(tally, tally + most)).join('\n')
}

/**
 * 0: every suite ran and nothing failed. 1: something failed, or a suite ended without a score. 2: nothing failed, but not
 * every suite ran.
 * @param {({ obstacle: string } | { score: Score | null })[]} results
 */
export function exitCodeOf(results) {
  if (results.some((result) => 'score' in result && (!result.score || result.score.failing > 0))) return 1
  return results.some((result) => 'obstacle' in result) ? 2 : 0
}

/** One line for each suite. */
export function tableOf(rows) {
  const lines = rows.map(({ title, result }) =>
    'obstacle' in result
      ? `| ${title} | – | – | – | ${result.obstacle} |`
      : result.score
        ? `| ${title} | ${result.score.passing} | ${result.score.failing} | ${result.score.pending} | |`
        : `| ${title} | – | – | – | ended without a score |`,
  )
  return ['| suite | passed | failed | skipped | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}

function mochaOf(folder) {
  return join(folder, 'node_modules', 'mocha', 'bin', 'mocha.js')
}

function outputOf(folder) {
  const args = [
    mochaOf(folder),
    'tests/',
    '--reporter',
    'spec',
    '--timeout',
    '15000',
    '--preserve-symlinks',
    '--no-color',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.once('error', reject)
    child.once('close', () => resolve(output))
  })
}
