/**
 * `npm run bench [part of a name]`: runs every *.bench.ts as a program of its own, one after the other, with a fresh
 * migrated database in DATABASE_URL and a fresh DATA_DIR. Each prints its figures as a markdown table.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { bundleEntry, root } from '../start/bundle.mjs'
import { generateClient } from '../start/prepare.mjs'
import { say } from '../start/progress.mjs'

const wanted = process.argv[2] ?? ''
const benches = ['lib', 'app', 'components']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))))
  .filter((path) => path.endsWith('.bench.ts') && path.includes(wanted))
  .sort()
if (benches.length === 0) {
  console.error(`No *.bench.ts${wanted ? ` with "${wanted}" in its name` : ''}.`)
  process.exit(1)
}

await generateClient()
let failed = 0
for (const path of benches) failed += (await runBench(path)) ? 0 : 1
process.exit(failed === 0 ? 0 : 1)

async function runBench(path) {
  say(`\n### ${path}\n`)
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
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', DATA_DIR: dataDir, DATABASE_URL: url },
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.once('close', resolve))
}
