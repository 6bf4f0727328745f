/**
 * `npm run test:servers [-- 15 16 17 18] [files…]`: the database tests on real servers, as a country has them: reached over TCP,
 * with a password, one version after the other. Without a version: all of them; without files: every database test. A
 * server that is there already is used with TEST_DATABASE_URL.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { prepare } from '../start/prepare.mjs'
import { say, step } from '../start/progress.mjs'
import { placeForTests } from './in-memory.mjs'
import { programsOf, PACKAGES } from './servers/programs.mjs'
import { THROWN_AWAY } from './servers/settings.mjs'

const given = process.argv.slice(2)
const named = given.filter((word) => word in PACKAGES)
const files = given.filter((word) => !(word in PACKAGES))
let stop = null
let test = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(1))

await prepare({ pages: false })
if (process.env.TEST_DATABASE_URL) await end(await tested(process.env.TEST_DATABASE_URL))
const results = []
for (const version of named.length > 0 ? named : Object.keys(PACKAGES)) results.push(await onServer(version))
say(
  `\nDatabase tests on ${results.map(({ says, code }) => `${says}: ${code === 0 ? 'passed' : 'FAILED'}`).join(' · ')}`,
)
await end(results.every(({ code }) => code === 0) ? 0 : 1)

async function onServer(version) {
  const programs = await step(`Getting PostgreSQL ${version}`, () => programsOf(version))
  const dataDir = mkdtempSync(join(placeForTests(), `errata-server-${version}-`))
  // Run by root, the server is nobody's, who has to reach its folder.
  chmodSync(dataDir, 0o755)
  const { startDatabase } = await import('../embedded/postgres.mjs')
  const server = await startDatabase({ dataDir, transport: 'tcp', settings: THROWN_AWAY, programs })
  stop = async () => {
    stop = null
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const says = await versionOf(server.url)
  say(`PostgreSQL ${says} at ${new URL(server.url).host}`)
  const code = await tested(server.url)
  await stop?.()
  return { says, code }
}

async function versionOf(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('show server_version')
  await client.end()
  return rows[0].server_version.split(' ')[0]
}

function tested(url) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = ['run', '--config', 'lib/testing/vitest.config.ts', '--project', 'db', ...files]
  const env = { ...process.env, TEST_DATABASE_URL: url }
  return new Promise((resolve) => {
    test = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit', env })
    test.once('close', (code) => resolve(code ?? 1))
  })
}

async function end(code) {
  test?.kill('SIGTERM')
  await stop?.()
  process.exit(code)
}
