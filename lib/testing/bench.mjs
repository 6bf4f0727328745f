/**
 * `npm run bench [part of a name]`: runs every *.bench.ts as a program of its own, one after the other, with a fresh
 * migrated database in DATABASE_URL and a fresh DATA_DIR. Each prints its figures as Markdown tables (printTable of measure.ts)
 * below its own first sentence; what else is said goes to standard error, so that standard output is the document. Options are
 * passed on. Exit code 1: a part failed, or misses what it has to reach.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { bundleEntry, root } from '../start/bundle.mjs'
import { generateClient, prepare } from '../start/prepare.mjs'
import { say } from '../start/progress.mjs'
import { machine } from './machine.mjs'

/** They start the whole product, which has to be built by then. */
const ON_THE_PRODUCT = ['screens', 'serving', 'start'].map((name) => join('lib', 'testing', `${name}.bench.ts`))

const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const wanted = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? ''
const benches = ['lib', 'app', 'components']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))))
  .filter((path) => path.endsWith('.bench.ts') && path.includes(wanted))
  .sort()
if (benches.length === 0) {
  console.error(`No *.bench.ts${wanted ? ` with "${wanted}" in its name` : ''}.`)
  process.exit(1)
}

await generateClient()
if (benches.some((path) => ON_THE_PRODUCT.includes(path))) await prepare({ pages: true })
const day = new Date().toISOString().slice(0, 10)
say(`# Figures\n\n\`npm run bench${wanted && ` ${wanted}`}\`, ${day}, ${machine()}, embedded PostgreSQL.`)
const failed = []
for (const path of benches) if (!(await runBench(path))) failed.push(path)
if (failed.length > 0) console.error(`\nFailed, or misses what it has to reach: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

async function runBench(path) {
  say(`\n## ${basename(path, '.bench.ts')}\n\n${firstSentence(path)}\n`)
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-bench-'))
  chmodSync(dataDir, 0o755) // run by root, the database's user has to get in
  // Settings of the product, the wait for the disk included: the figures are meant to be believed.
  const database = await startDatabase({ dataDir })
  try {
    await applyMigrations(database.url)
    const program = join(root, '.build', 'bench', `${basename(path, '.ts')}.mjs`)
    await bundleEntry(path, program)
    return (await code(program, dataDir, database.url)) === 0
  } finally {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function code(program, dataDir, url) {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...options], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', DATA_DIR: dataDir, DATABASE_URL: url },
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.once('close', resolve))
}

/** What a part says of itself on top, without how it is called. */
function firstSentence(path) {
  const comment = /^\/\*\*(.*?)\*\//s.exec(readFileSync(join(root, path), 'utf8'))?.[1] ?? ''
  const text = comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim()
  const [sentence] = text.replace(/^`npm run [^`]+`: /, '').split(/(?<=\.) /)
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
